/* The gate: whatever is not clearly met, not applicable with a reason, or accepted is open. */
"use strict";

/** @typedef {{control: string, audience: string, why: string}} Open without a control it is the review as a whole */

const reviewGate = (() => {
  const { key, UNANSWERED, NOT_APPLICABLE, GAPS } = reviewModel;
  /** What an acceptance needs, as people call it. @type {["reason" | "owner" | "expires", string][]} */
  const ACCEPTANCE = [["reason", "a reason"], ["owner", "an owner"], ["expires", "an end"]];

  /** @param {Answer} answer @param {string} day */
  const whyNotAccepted = (answer, day) => {
    if (!answer.expires) return answer.status;
    const missing = ACCEPTANCE.filter(([field]) => !answer[field]).map(([, what]) => what);
    if (missing.length) return `${answer.status}; its acceptance lacks ${missing.join(" and ")}`;
    return answer.expires < day ? `${answer.status}; its acceptance ended on ${answer.expires}` : "";
  };

  /** Why an answer is not clearly fine on a day; nothing if it is, or is just not given. @param {Answer} answer @param {string} day */
  const whyOpen = (answer, day) => {
    if (answer.changed) return "changed since the answer";
    if (answer.status === UNANSWERED) return reviewModel.isEmpty(answer) ? "" : "something is written, but no verdict";
    if (answer.items && !GAPS.includes(answer.status)) return `${answer.status}, but items are named that are not met`;
    if (answer.status === NOT_APPLICABLE) return answer.reason ? "" : "not applicable without a reason";
    return GAPS.includes(answer.status) ? whyNotAccepted(answer, day) : "";
  };

  /** What is open on a day in the scope of a review. @param {Review} review @param {Guide} guide @param {string} day @param {boolean} required whether each has to be reviewed */
  const openPoints = (review, guide, day, required = false) => {
    const answers = new Map(review.answers.map((each) => [key(each), each]));
    const twice = new Set(review.kept_apart.map(key));
    const asked = guide.requirements.filter((each) => reviewModel.covers(review, each));
    /** @type {Open[]} */
    const found = [];
    if (asked.every((each) => (answers.get(key(each))?.status || UNANSWERED) === UNANSWERED))
      found.push({ control: "", audience: "", why: "nothing was reviewed" });
    for (const each of asked) {
      const { control, audience } = each;
      const answer = answers.get(key(each)) || reviewModel.answer(/** @type {any} */ ({ control, audience }));
      const why = twice.has(key(each)) ? "contradicted by another answer" : whyOpen(answer, day);
      if (why || (required && answer.status === UNANSWERED)) found.push({ control, audience, why: why || UNANSWERED });
    }
    const unknown = review.kept_apart.filter((each) => !guide.byKey.has(key(each)) && !guide.withdrawn.includes(each.control));
    for (const { control, audience } of unknown)
      found.push({ control: control || "no control", audience: audience || "no audience", why: "not in this version of the guide" });
    return found;
  };

  return { whyOpen, openPoints };
})();
