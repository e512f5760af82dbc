/* How a review is taken over from a format: what fits is kept, the rest is said and stays. */
"use strict";

/** @typedef {{review: Review, problems: string[]}} Taken */

const reviewTaking = (() => {
  /** The most bytes of a file and answers in it; the guide has some 200 requirements. */
  const MOST_BYTES = 20000000;
  const MOST_ANSWERS = 5000;
  const { key, name, same, PARTLY, NOT_APPLICABLE, GAPS } = reviewModel;

  /** What an answer to a known requirement needs besides to be clear. @param {Answer} answer @param {Requirement} asked */
  const lacking = (answer, asked) => {
    const found = [];
    if (answer.changed) found.push(`${name(answer)} was answered before it was changed`);
    if (answer.status === NOT_APPLICABLE && !answer.reason) found.push("not applicable needs a reason");
    if (answer.status === PARTLY && asked.items.length && !answer.items) found.push("partly met needs the items that are not met");
    if (answer.items && answer.status !== PARTLY) found.push(`${answer.status}, but items are named that are not met`);
    if (GAPS.includes(answer.status) && answer.expires && !(answer.reason && answer.owner))
      found.push("an accepted gap needs a reason, an owner and an end");
    return found;
  };

  /** Put an answer where it belongs; return what is to be said of it.
   * @param {Answer} answer @param {Guide} guide @param {Map<string, Answer>} found @param {Answer[]} apart */
  const place = (answer, guide, found, apart) => {
    const asked = guide.byKey.get(key(answer));
    const first = found.get(key(answer));
    if (asked && !first) {
      found.set(key(answer), answer);
      return lacking(answer, asked);
    }
    if (first && same(first, answer)) return [`${name(answer)} stands twice with the same answer; left out`];
    apart.push(answer);
    return [`${name(answer)} ${asked ? "stands twice" : "is not in this version of the guide"}; kept apart`];
  };

  /** @param {Map<string, string | null>} head @param {Guide} guide @param {string[]} problems */
  const sayVersion = (head, guide, problems) => {
    const made = head.get("catalog");
    if (made === undefined || made === null || made === guide.version) return;
    const shown = reviewValues.quoted(reviewValues.clean(made, "catalog", problems));
    problems.push(`made for version ${shown} of the guide, read with ${guide.version}`);
  };

  /** The review that a format has read; nothing of it is lost. Throws an Error if it is too large.
   * @param {Map<string, string | null>} head @param {Row[]} rows @param {Guide} guide @returns {Taken} */
  const take = (head, rows, guide) => {
    if (rows.length > MOST_ANSWERS)
      throw new Error(`holds ${rows.length} answers, more than ${MOST_ANSWERS}; this is no review`);
    /** @type {string[]} */
    const problems = [];
    const taken = reviewValues.readHead(head, problems);
    const found = new Map();
    /** @type {Answer[]} */
    const apart = [];
    for (const row of [...rows.filter((each) => !each.apart), ...rows.filter((each) => each.apart)]) {
      const entry = reviewEntry.read(row.cells, guide);
      if (reviewModel.isEmpty(entry.answer)) continue;
      const said = [...entry.problems, ...place(entry.answer, guide, found, apart)];
      problems.push(...said.map((each) => `${row.place}: ${each}`));
    }
    sayVersion(head, guide, problems);
    const answers = guide.requirements.map((each) => found.get(key(each))).filter((each) => each !== undefined);
    return { review: { ...reviewModel.blank(guide), ...taken, answers, kept_apart: apart }, problems };
  };

  return { MOST_BYTES, MOST_ANSWERS, lacking, take };
})();
