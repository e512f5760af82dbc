/* Steps that can be taken back, if nobody has answered anew since. */
"use strict";

/** @typedef {{key: string, field: string, before: Answer | undefined, after: Answer | undefined}} Step */

const reviewHistory = (() => {
  const open = () => {
    /** @type {Step[]} */
    let steps = [];
    return {
      clear: () => void (steps = []),
      isEmpty: () => steps.length === 0,
      /** Typing into one field is one step. @param {Step} step */
      add: (step) => {
        const last = steps[steps.length - 1];
        const typed = reviewModel.WRITTEN.includes(step.field) && step.field !== "items";
        if (typed && last?.key === step.key && last.field === step.field) last.after = step.after;
        else steps.push(step);
      },
      /** The step to take back, and whether the answer is still the one that it made.
       * @param {(key: string) => Answer | undefined} now */
      take: (now) => {
        const step = steps.pop();
        return step && { step, holds: reviewModel.same(now(step.key), step.after) };
      },
    };
  };

  return { open };
})();
