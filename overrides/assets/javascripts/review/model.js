/* One model of a review: what `dok_guide.review.model` is in Python. The JSON is that of
   `review-1.json`, which says what each field means. */
"use strict";

/**
 * @typedef {{control: string, audience: string, status: string, items?: string[], reason?: string,
 *   evidence?: string, note?: string, owner?: string, due?: string, expires?: string,
 *   fingerprint?: string, changed?: boolean}} Answer
 * @typedef {{schema_version: string, catalog: string, subject?: string, subject_version?: string,
 *   operator?: string, level?: number, audience?: string, depth?: string, reviewer?: string,
 *   approver?: string, started?: string, date?: string, approved?: string,
 *   answers: Answer[], kept_apart: Answer[]}} Review
 * @typedef {{control: string, audience: string, level: number, fingerprint: string, items: string[],
 *   title?: string, category?: string, summary?: string, requirement?: string, quick?: string,
 *   settings?: Record<string, string>}} Requirement
 * @typedef {{version: string, requirements: Requirement[], byKey: Map<string, Requirement>,
 *   withdrawn: string[]}} Guide
 * @typedef {Record<string, any>} Fields any object, by the names of its fields
 */

const reviewModel = (() => {
  const SCHEMA_VERSION = "1.1";
  const READ_VERSIONS = ["1.0", "1.1"];
  const STATUSES = ["not reviewed", "met", "partly met", "not met", "not applicable"];
  const [UNANSWERED, , PARTLY, NOT_MET, NOT_APPLICABLE] = STATUSES;
  const GAPS = [PARTLY, NOT_MET];
  const WRITTEN = ["items", "reason", "evidence", "note", "owner", "due", "expires"];
  const FIELDS = ["control", "audience", "status", ...WRITTEN, "fingerprint", "changed"];
  const DATES = ["due", "expires"];
  const HEAD = [
    "subject", "subject_version", "operator", "level", "audience", "depth",
    "reviewer", "approver", "started", "date", "approved",
  ];

  /** What an answer belongs to. @param {{control: string, audience: string}} answer */
  const key = (answer) => `${answer.control}\n${answer.audience}`;

  /** The same, as people say it. @param {{control: string, audience: string}} answer */
  const name = (answer) => `${answer.control || "no control"} (${answer.audience || "no audience"})`;

  /** An answer without fields that hold nothing, in the order in which they are written.
   * @param {Fields} fields @returns {Answer} */
  const answer = (fields) => {
    /** @type {Fields} */
    const found = { control: fields.control || "", audience: fields.audience || "", status: fields.status || UNANSWERED };
    for (const each of FIELDS.slice(3)) if (fields[each]?.length || fields[each] === true) found[each] = fields[each];
    return /** @type {Answer} */ (found);
  };

  /** Whether nobody has written anything. @param {Fields} each */
  const isEmpty = (each) => each.status === UNANSWERED && !WRITTEN.some((field) => each[field]?.length);

  /** What a person wrote into a field; letters of items with commas. @param {Fields} each @param {string} field */
  const text = (each, field) => (field === "items" ? (each.items || []).join(", ") : each[field] || "");

  /** Whether two answers are the same in all that is said. @param {Answer | undefined} one @param {Answer | undefined} other */
  const same = (one, other) => JSON.stringify(one && answer(one)) === JSON.stringify(other && answer(other));

  /** @param {string} version @param {Requirement[]} requirements @param {string[]} withdrawn @returns {Guide} */
  const guide = (version, requirements, withdrawn) => ({
    version, requirements, withdrawn, byKey: new Map(requirements.map((each) => [key(each), each])),
  });

  /** @param {Guide} of @returns {Review} */
  const blank = (of) => ({ schema_version: SCHEMA_VERSION, catalog: of.version, answers: [], kept_apart: [] });

  /** Whether a requirement is in the scope of a review. @param {Review} review @param {Requirement} asked */
  const covers = (review, asked) =>
    asked.level <= (review.level || Infinity) && (!review.audience || review.audience === asked.audience);

  /** The review with an answer put in its place; without an answer that place is empty.
   * @param {Review} review @param {Guide} of @param {string} place @param {Answer | undefined} given @returns {Review} */
  const withAnswer = (review, of, place, given) => {
    const answers = new Map(review.answers.map((each) => [key(each), each]));
    if (given && !isEmpty(given)) answers.set(place, given);
    else answers.delete(place);
    const sorted = of.requirements.map((each) => answers.get(key(each)));
    return { ...review, answers: sorted.filter((each) => each !== undefined) };
  };

  return {
    SCHEMA_VERSION, READ_VERSIONS, STATUSES, UNANSWERED, PARTLY, NOT_APPLICABLE, GAPS, WRITTEN, FIELDS,
    DATES, HEAD, key, name, answer, isEmpty, text, same, guide, blank, covers, withAnswer,
  };
})();
