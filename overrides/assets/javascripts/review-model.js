/* A review, without a page: what `dok_guide.review.model` is in Python. The shape of the JSON is
   that of `review-1.json`. */
"use strict";

/**
 * @typedef {{control: string, audience: string, status: string, reason?: string, evidence?: string,
 *   note?: string, owner?: string, expires?: string, fingerprint?: string}} Answer
 * @typedef {{schema_version: string, catalog: string, subject?: string, subject_version?: string,
 *   reviewer?: string, date?: string, answers: Answer[], kept_apart?: Answer[]}} Review
 */

const dokReview = (() => {
  const STATUSES = ["not reviewed", "met", "partly met", "not met", "not applicable"];
  const WRITTEN = ["reason", "evidence", "note", "owner", "expires"];
  const HEAD = ["subject", "subject_version", "reviewer", "date"];
  const MOST_BYTES = 20000000;

  /** @param {{control: string, audience: string}} answer */
  const key = (answer) => `${answer.control} ${answer.audience}`;

  /** @param {Answer} answer */
  const isEmpty = (answer) =>
    answer.status === STATUSES[0] && !WRITTEN.some((name) => answer[/** @type {"note"} */ (name)]);

  /** @param {unknown} value */
  const text = (value) => (value === undefined || value === null ? "" : String(value)).trim();

  /** @param {string} value */
  const isDate = (value) => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));

  /**
   * The answer that an entry of a file holds; what does not fit moves into the note.
   * @param {Record<string, unknown>} entry @param {string} place @param {string[]} problems
   * @returns {Answer}
   */
  const answerOf = (entry, place, problems) => {
    /** @type {Record<string, string>} */
    const found = { control: text(entry.control), audience: text(entry.audience).toLowerCase() };
    const status = (text(entry.status) || STATUSES[0]).toLowerCase().split(/\s+/).join(" ");
    const notes = text(entry.note) ? [text(entry.note)] : [];
    found.status = status;
    if (!STATUSES.includes(status)) {
      problems.push(`${place}: the status "${status}" is not known; moved into the note`);
      notes.push(`Status was: ${text(entry.status)}`);
      found.status = STATUSES[0];
    }
    for (const name of WRITTEN) if (name !== "note" && text(entry[name])) found[name] = text(entry[name]);
    if (found.expires && !isDate(found.expires)) {
      problems.push(`${place}: "${found.expires}" is no date; moved into the note`);
      notes.push(`Expires was: ${found.expires}`);
      delete found.expires;
    }
    if (notes.length) found.note = notes.join("\n");
    if (/^[0-9a-f]{12}$/.test(text(entry.fingerprint))) found.fingerprint = text(entry.fingerprint);
    return /** @type {Answer} */ (/** @type {unknown} */ (found));
  };

  /**
   * Read a file; nothing of it is lost. Throws an Error if it holds no review.
   * @param {string} content @param {Map<string, string>} known the fingerprint of each requirement
   * @param {string} catalog the version of the guide
   * @returns {{review: Review, problems: string[]}}
   */
  const read = (content, known, catalog) => {
    if (content.length > MOST_BYTES) throw new Error("The file is too large to be a review.");
    let data;
    try {
      data = JSON.parse(content);
    } catch (error) {
      throw new Error(`The file cannot be read as JSON: ${error}`);
    }
    if (!data || !Array.isArray(data.answers)) throw new Error("The file holds no review.");
    if (!text(data.schema_version || "1.0").startsWith("1."))
      throw new Error(`The file is of version ${data.schema_version}; this page knows 1.0.`);
    /** @type {string[]} */
    const problems = [];
    /** @type {Review} */
    const review = { schema_version: "1.0", catalog, answers: [], kept_apart: [] };
    for (const name of HEAD) {
      const value = text(data[name]).slice(0, 200);
      if (value && (name !== "date" || isDate(value))) review[/** @type {"subject"} */ (name)] = value;
    }
    const seen = new Set();
    const entries = [...data.answers, ...(Array.isArray(data.kept_apart) ? data.kept_apart : [])];
    entries.forEach((entry, index) => {
      const place = `answer ${index + 1}`;
      const found = answerOf(entry && typeof entry === "object" ? entry : { note: text(entry) }, place, problems);
      if (isEmpty(found)) return;
      if (known.has(key(found)) && !seen.has(key(found))) {
        seen.add(key(found));
        review.answers.push(found);
      } else {
        const why = known.has(key(found)) ? "stands twice" : "is not in this version of the guide";
        problems.push(`${place}: ${key(found) || "something"} ${why}; kept apart`);
        review.kept_apart?.push(found);
      }
    });
    if (data.catalog && data.catalog !== catalog)
      problems.push(`The review was made for version ${data.catalog} of the guide.`);
    return { review, problems };
  };

  /** @param {Review} review */
  const write = (review) => {
    const { answers, kept_apart: apart = [], ...head } = review;
    /** @type {Record<string, unknown>} */
    const data = { ...head, answers: answers.filter((each) => !isEmpty(each)) };
    if (apart.length) data.kept_apart = apart;
    return `${JSON.stringify(data, null, 2)}\n`;
  };

  /** A cell that no spreadsheet calculates. @param {unknown} value */
  const cell = (value) => {
    const plain = text(value);
    return `"${(/^[=+\-@\t\r\n']/.test(plain) ? `'${plain}` : plain).replaceAll('"', '""')}"`;
  };

  /** @param {Review} review @param {Map<string, string>} known */
  const toCsv = (review, known) => {
    const columns = ["control", "audience", "status", ...WRITTEN, "fingerprint"];
    const answers = new Map(review.answers.map((each) => [key(each), each]));
    const rows = [...known.keys()].map((name) => {
      const [control, audience] = name.split(" ");
      return answers.get(name) || { control, audience, status: STATUSES[0] };
    });
    const lines = [...rows, ...(review.kept_apart || [])].map((each) =>
      columns.map((name) => cell(/** @type {Record<string, unknown>} */ (each)[name])).join(","),
    );
    const header = columns.map((name) => name[0].toUpperCase() + name.slice(1)).join(",");
    return `\ufeff${[header, ...lines].join("\r\n")}\r\n`;
  };

  return { STATUSES, WRITTEN, HEAD, MOST_BYTES, key, isEmpty, read, write, toCsv };
})();
