/* One review put into another: nothing is dropped, and who contradicts whom is listed. */
"use strict";

/** @typedef {{review: Review, added: number, alike: number, conflicts: Answer[], problems: string[]}} Merged */

const reviewMerging = (() => {
  const { key, same, HEAD } = reviewModel;

  /** The head of one with what only the other has; the scope stays. @param {Review} mine @param {Review} theirs @param {string[]} problems */
  const head = (mine, theirs, problems) => {
    const here = /** @type {Fields} */ (mine);
    const there = /** @type {Fields} */ (theirs);
    /** @type {Fields} */
    const found = {};
    for (const name of HEAD) {
      const scope = name === "level" || name === "audience";
      if (!here[name] && there[name] && !scope) found[name] = there[name];
      else if (there[name] && here[name] !== there[name])
        problems.push(`${name} is ${reviewValues.quoted(String(here[name] || "all"))} here and ${reviewValues.quoted(String(there[name]))} in the file; left as it is here`);
    }
    return found;
  };

  /** What both hold. Where they contradict each other, the answer of the first stands, and that of the
   * second is kept apart until somebody decides. @param {Review} mine @param {Review} theirs @param {Guide} guide @returns {Merged} */
  const merge = (mine, theirs, guide) => {
    const answers = new Map(mine.answers.map((each) => [key(each), each]));
    const apart = [...mine.kept_apart];
    /** @type {string[]} */
    const problems = [];
    /** @type {Answer[]} */
    const conflicts = [];
    let added = 0;
    let alike = 0;
    let review = { ...mine, ...head(mine, theirs, problems) };
    for (const answer of theirs.answers) {
      const here = answers.get(key(answer));
      if (!here) {
        review = reviewModel.withAnswer(review, guide, key(answer), answer);
        added += 1;
      } else if (same(here, answer)) alike += 1;
      else conflicts.push(answer);
    }
    for (const answer of [...conflicts, ...theirs.kept_apart])
      if (!apart.some((each) => same(each, answer))) apart.push(answer);
    return { review: { ...review, kept_apart: apart }, added, alike, conflicts, problems };
  };

  return { merge };
})();
