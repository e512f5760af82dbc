/* A review as JSON, in the shape of `review-1.json`. */
"use strict";

const reviewJson = (() => {
  const LISTS = ["answers", "kept_apart"];

  /** The review; fields without a value and answers without content are left out. @param {Review} review */
  const write = (review) => {
    /** @type {Fields} */
    const data = { schema_version: reviewModel.SCHEMA_VERSION, catalog: review.catalog };
    const head = /** @type {Fields} */ (review);
    for (const name of reviewModel.HEAD) if (head[name]) data[name] = head[name];
    for (const name of LISTS) {
      const answers = head[name].filter((/** @type {Answer} */ each) => !reviewModel.isEmpty(each)).map(reviewModel.answer);
      if (answers.length || name === "answers") data[name] = answers;
    }
    return `${JSON.stringify(data, null, 2)}\n`;
  };

  /** The names of fields that stand twice in one object: of these JavaScript keeps the last alone. @param {string} content */
  const twice = (content) => {
    /** @type {Set<string>[]} */
    const open = [];
    const found = new Set();
    for (const [token, colon] of content.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g)) {
      if (token === "{") open.push(new Set());
      else if (token === "}") open.pop();
      else if (colon) {
        const name = JSON.parse(token.slice(0, -colon.length));
        const names = open[open.length - 1];
        if (names.has(name)) found.add(name);
        names.add(name);
      }
    }
    return [...found].sort();
  };

  /** A number stays as it is written: many digits would be rounded.
   * @param {string} _ @param {unknown} value @param {{source?: string}} [context] */
  const asWritten = (_, value, context) =>
    typeof value === "number" && context?.source && String(value) !== context.source ? context.source : value;

  /** A value as text; what is none is written as JSON. @param {unknown} value @returns {string | null} */
  const text = (value) => (value === null || value === undefined || typeof value === "string" ? value ?? null : JSON.stringify(value));

  /** @param {string} place @param {any} entry @param {string[]} problems @param {boolean} apart @returns {Row} */
  const row = (place, entry, problems, apart) => {
    if (!entry || typeof entry !== "object" || Array.isArray(entry)) {
      problems.push(`${place}: is no answer; kept as a note`);
      return { place, cells: new Map([["note", text(entry)]]), apart };
    }
    const cells = new Map(Object.entries(entry).map(([name, value]) => [name, text(value)]));
    if (Array.isArray(entry.items)) cells.set("items", entry.items.map((/** @type {unknown} */ each) => text(each) || "").join(", "));
    for (const [name, value] of Object.entries(entry))
      if (typeof value === "object" && value !== null && name !== "items")
        problems.push(`${place}: ${name} is no text; taken over as JSON`);
    if (entry.changed === false) cells.delete("changed");
    return { place, cells, apart };
  };

  /** @param {string} content @returns {any} */
  const parsed = (content) => {
    try {
      return JSON.parse(content, asWritten);
    } catch (error) {
      throw new Error(`cannot be read as JSON: ${error instanceof Error ? error.message : error}`);
    }
  };

  /** The review of a JSON file. Throws an Error if it holds none.
   * @param {string} content @param {Guide} guide @returns {Taken} */
  const read = (content, guide) => {
    const data = parsed(content);
    if (!data || !Array.isArray(data.answers)) throw new Error("holds no review; it has no list of answers");
    const version = data.schema_version ?? reviewModel.SCHEMA_VERSION;
    if (!reviewModel.READ_VERSIONS.includes(version))
      throw new Error(`is of version ${text(version)}; only ${reviewModel.READ_VERSIONS.join(" and ")} are read`);
    const problems = twice(content).map((name) => `the field "${name}" stands twice; the last is taken`);
    const apart = Array.isArray(data.kept_apart) ? data.kept_apart : [];
    const names = Object.keys(data).filter((name) => !["schema_version", "answers"].includes(name) && data[name] !== apart);
    const head = new Map(names.map((name) => [name, text(data[name])]));
    const rows = [...data.answers, ...apart].map((/** @type {unknown} */ entry, /** @type {number} */ index) =>
      row(`answer ${index + 1}`, entry, problems, index >= data.answers.length),
    );
    const taken = reviewTaking.take(head, rows, guide);
    return { review: taken.review, problems: [...problems, ...taken.problems] };
  };

  return { read, write };
})();
