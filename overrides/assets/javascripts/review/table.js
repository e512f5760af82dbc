/* The flat table of a review, one row for each control and audience, as Python writes and reads it. */
"use strict";

const reviewTable = (() => {
  /** Columns with the field of an answer that they hold; none where they are only for reading.
   * @type {[string, string][]} */
  const COLUMNS = [
    ["Control", "control"], ["Audience", "audience"], ["Title", ""], ["Category", ""], ["Level", ""],
    ["Scope", ""], ["Summary", ""], ["Requirement", ""], ["Setting", ""], ["Quick check", ""],
    ["Status", "status"], ["Items not met", "items"], ["Reason", "reason"], ["Evidence", "evidence"],
    ["Note", "note"], ["Owner", "owner"], ["Due", "due"], ["Accepted until", "expires"],
    ["Flag", "changed"], ["Fingerprint", "fingerprint"],
  ];
  /** What columns were called before, and the columns that there were not at that time. @type {Record<string, string>} */
  const FORMER = Object.assign(Object.create(null), { expires: "accepted until" });
  const NEW = ["Items not met", "Due"];
  const NEEDED = ["Control", "Audience", "Status"];
  const CHANGED = "changed since the answer";
  const [INSIDE, OUTSIDE, APART] = ["in scope", "outside the scope", "kept apart"];
  /** How far down a header is looked for. */
  const MOST_ABOVE = 20;

  /** @typedef {[number, string[]]} Line @typedef {{places: Map<string, number>, extra: Map<number, string>, former: boolean}} Header */

  /** @param {Answer} answer @param {string} field */
  const cell = (answer, field) => {
    if (field === "changed") return answer.changed ? CHANGED : "";
    if (field === "fingerprint") return answer.fingerprint ? `${reviewEntry.MARK}${answer.fingerprint}` : "";
    return reviewModel.text(answer, field);
  };

  /** @param {Answer} answer @param {Fields} shown */
  const cells = (answer, shown) => COLUMNS.map(([column, field]) => (field ? cell(answer, field) : String(shown[column] ?? "")));

  /** @param {Review} review @param {Requirement} asked @param {string} scope */
  const shownOf = (review, asked, scope) => ({
    Title: asked.title, Category: asked.category, Level: asked.level, Scope: scope, Summary: asked.summary,
    Requirement: asked.requirement, Setting: asked.settings?.[review.operator || ""], "Quick check": asked.quick,
  });

  /** The cells of what is in scope, of answers outside of it, and of those apart. @param {Review} review @param {Guide} guide */
  const rows = (review, guide) => {
    const answers = new Map(review.answers.map((each) => [reviewModel.key(each), each]));
    /** @param {Requirement} asked @param {string} scope */
    const row = (asked, scope) => {
      const { control, audience, fingerprint } = asked;
      const answer = answers.get(reviewModel.key(asked)) || reviewModel.answer({ control, audience, fingerprint });
      return cells(answer, shownOf(review, asked, scope));
    };
    const inside = guide.requirements.filter((each) => reviewModel.covers(review, each));
    const outside = guide.requirements.filter((each) => !inside.includes(each) && answers.has(reviewModel.key(each)));
    return [
      ...inside.map((each) => row(each, INSIDE)),
      ...outside.map((each) => row(each, OUTSIDE)),
      ...review.kept_apart.map((each) => cells(each, { Scope: APART })),
    ];
  };

  /** What a line names; a column that stands twice is one of others the second time. @param {string[]} line @returns {Header} */
  const headerOf = (line) => {
    const places = new Map();
    const extra = new Map();
    let former = false;
    line.forEach((text, index) => {
      const name = reviewValues.words(text).toLowerCase();
      const ours = COLUMNS.find(([column]) => column.toLowerCase() === (FORMER[name] || name));
      former ||= name in FORMER;
      if (ours && !places.has(ours[0])) places.set(ours[0], index);
      else if (name) extra.set(index, reviewValues.strip(text));
    });
    return { places, extra, former };
  };

  /** @param {Line[]} lines @returns {[number, Header]} */
  const findHeader = (lines) => {
    const found = lines.slice(0, MOST_ABOVE).map(([, line]) => headerOf(line));
    const at = found.findIndex(({ places }) => NEEDED.every((column) => places.has(column)));
    if (at >= 0) return [at, found[at]];
    const best = found.reduce((one, other) => (other.places.size > one.places.size ? other : one));
    const missing = NEEDED.filter((column) => !best.places.has(column));
    throw new Error(`the column ${missing.join(", ")} is missing; restore the header`);
  };

  /** @param {string[]} texts */
  const joined = (texts) => texts.map(reviewValues.strip).filter(Boolean).join(", ");

  /** @param {Line} line @param {Header} header @returns {Row} */
  const readRow = ([number, line], header) => {
    const found = COLUMNS.filter(([column, field]) => field && header.places.has(column));
    const cells = new Map(found.map(([column, field]) => [field, line[header.places.get(column) ?? -1] ?? null]));
    const more = [...header.extra].filter(([index]) => line[index]).map(([index, name]) => `${name}: ${line[index]}`);
    if (more.length) cells.set("note", [cells.get("note"), ...more].filter(Boolean).join("\n"));
    const scope = line[header.places.get("Scope") ?? -1] || "";
    return { place: `row ${number}`, cells, apart: reviewValues.strip(scope).toLowerCase() === APART };
  };

  /** The rows of numbered lines below their header, and what is not taken over.
   * @param {Line[]} lines @returns {{rows: Row[], problems: string[]}} */
  const readRows = (lines) => {
    const [at, header] = findHeader(lines);
    const problems = lines.slice(0, at).filter(([, line]) => line.some(Boolean))
      .map(([number, line]) => `row ${number}: stands above the header; left out: ${joined(line)}`);
    const never = header.former ? NEW : [];
    const missing = COLUMNS.filter(([column, field]) => field && !header.places.has(column) && !never.includes(column)).map(([column]) => column);
    if (missing.length) problems.push(`missing columns ${missing.join(", ")}; they are taken as empty`);
    if (header.extra.size) problems.push(`unknown columns ${[...header.extra.values()].join(", ")}; moved into the note`);
    const named = new Set([...header.places.values(), ...header.extra.keys()]);
    for (const [number, line] of lines.slice(at + 1)) {
      const beside = line.filter((text, index) => text && !named.has(index));
      if (beside.length) problems.push(`row ${number}: stands beside the columns; left out: ${joined(beside)}`);
    }
    const rows = lines.slice(at + 1).map((line) => readRow(line, header));
    return { rows: rows.filter((row) => [...row.cells.values()].some(Boolean)), problems };
  };

  /** The table; the fields of the review stand in lines of their own below it. @param {Review} review @param {Guide} guide */
  const write = (review, guide) => {
    const head = /** @type {Fields} */ (review);
    const lines = ["catalog", ...reviewModel.HEAD].filter((name) => head[name]).map((name) => [`#${name}`, reviewCsv.guarded(String(head[name]))]);
    const table = rows(review, guide).map((row) => row.map(reviewCsv.guarded));
    return reviewCsv.written([COLUMNS.map(([column]) => column), ...table, ...lines]);
  };

  /** The review of a CSV file. Throws an Error if it holds none. @param {Uint8Array} data @param {Guide} guide @returns {Taken} */
  const read = (data, guide) => {
    const { text, problems } = reviewCsv.decoded(data);
    const lines = reviewCsv.lines(text);
    const isHead = (/** @type {Line} */ [, line]) => line.length > 1 && line[0].startsWith("#");
    const head = new Map(lines.filter(isHead).map(([, line]) => [reviewValues.strip(line[0].slice(1)), reviewCsv.plain(line[1])]));
    /** @type {Line[]} */
    const body = lines.filter((line) => !isHead(line)).map(([number, line]) => [number, line.map(reviewCsv.plain)]);
    if (!body.some(([, line]) => line.some(Boolean))) throw new Error("is empty");
    const found = readRows(body);
    const taken = reviewTaking.take(head, found.rows, guide);
    return { review: taken.review, problems: [...problems, ...found.problems, ...taken.problems] };
  };

  return { CHANGED, read, write };
})();
