/* Two reviews of the same thing become one, as `dok-guide review merge` makes it; where they
   contradict each other, both answers stay. */
"use strict";

/** @typedef {{review: Review, added: number, conflicts: string[], notes: string[]}} Merged */

const reviewMerging = (() => {
  const { key, name, same, isEmpty, answer, HEAD, WRITTEN } = reviewModel;

  /** What two answers say together; nothing if they contradict each other. @param {Answer} one @param {Answer} other */
  const both = (one, other) => {
    if (same(one, other)) return one;
    const [mine, theirs] = [/** @type {Fields} */ (one), /** @type {Fields} */ (other)];
    const differ = (/** @type {string} */ each) => mine[each] && theirs[each] && String(mine[each]) !== String(theirs[each]);
    if (one.status !== other.status || WRITTEN.some(differ)) return undefined;
    const older = other.changed ? other : one;
    return answer({ ...older, ...Object.fromEntries(WRITTEN.map((each) => [each, mine[each] || theirs[each]])) });
  };

  /** The wider scope, the weaker depth, both reviewers, the longer time; or the first.
   * @param {string} field @param {any} mine @param {any} theirs */
  const together = (field, mine, theirs) => {
    const known = [mine, theirs].filter(Boolean).sort();
    if (field === "level") return known.length > 1 ? Math.max(...known) : undefined;
    if (field === "audience") return undefined;
    if (field === "reviewer" && known.length > 1) return `${mine}, ${theirs}`;
    if (field === "depth" && known.length > 1) return "quick";
    if (field === "started") return known[0];
    return field === "date" ? known[known.length - 1] : mine || theirs;
  };

  /** @param {Fields} one @param {Fields} other @param {string[]} notes */
  const head = (one, other, notes) => {
    /** @type {Fields} */
    const found = {};
    const shown = (/** @type {unknown} */ value) => reviewValues.quoted(String(value || ""));
    for (const field of HEAD) {
      const [mine, theirs] = [one[field], other[field]];
      if (mine === theirs) continue;
      found[field] = together(field, mine, theirs);
      if (field === "level" || field === "audience" || (mine && theirs))
        notes.push(`${field}: ${shown(mine)} and ${shown(theirs)}; ${shown(found[field])} is taken`);
    }
    return found;
  };

  /** The answers of both; of two that differ, the second is kept apart.
   * @param {Review} one @param {Review} other @param {Guide} guide @returns {Merged} */
  const merge = (one, other, guide) => {
    /** @type {Merged} */
    const merged = { review: one, added: 0, conflicts: [], notes: [] };
    const answers = new Map(one.answers.map((each) => [key(each), each]));
    /** @type {Answer[]} */
    const apart = [];
    for (const second of other.answers.filter((each) => !isEmpty(each))) {
      const first = answers.get(key(second));
      const joined = first ? both(first, second) : second;
      if (!first) merged.added += 1;
      if (joined) answers.set(key(second), joined);
      else if (first) {
        apart.push(second);
        merged.conflicts.push(`${name(second)}: ${first.status} and ${second.status}`);
      }
    }
    const kept = [...one.kept_apart, ...other.kept_apart, ...apart].filter((each) => !same(each, answers.get(key(each))));
    const once = kept.filter((each, index) => kept.findIndex((first) => same(first, each)) === index);
    const sorted = guide.requirements.map((each) => answers.get(key(each))).filter((each) => each !== undefined);
    merged.review = { ...one, ...head(one, other, merged.notes), answers: sorted, kept_apart: once };
    return merged;
  };

  return { merge };
})();
