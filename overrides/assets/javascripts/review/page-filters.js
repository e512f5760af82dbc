/* Which rows are shown, and how far the review is. A row that is being answered stays where it is
   until somebody filters again. */
"use strict";

const reviewFilters = (() => {
  const { STATUSES, UNANSWERED, covers, key } = reviewModel;

  /** The days that an acceptance is compared with. */
  const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);

  /** @param {PageRow[]} rows @param {HTMLElement} panel */
  const open = (rows, panel) => {
    const shown = /** @type {HTMLSelectElement} */ (panel.querySelector("[name=status]"));
    const words = /** @type {HTMLInputElement} */ (panel.querySelector("[name=text]"));
    const again = /** @type {HTMLElement} */ (panel.querySelector("[data-do=again]"));
    const parts = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll(".dok-checklist")]);

    /** Whether a filter lets a row through. @param {Review} review @param {Guide} guide @returns {(row: PageRow) => boolean} */
    const matching = (review, guide) => {
      const answers = new Map(review.answers.map((each) => [key(each), each]));
      const openKeys = new Set(reviewGate.openPoints(review, guide, today()).map(key));
      const wanted = words.value.toLowerCase().split(/\s+/);
      return (row) => {
        const answer = answers.get(row.key);
        const text = [row.control, row.audience, row.title, row.summary, row.requirement, row.quick, row.settings?.[review.operator || ""]].join(" ").toLowerCase();
        const status = answer?.status || UNANSWERED;
        const fits = !shown.value || shown.value === status || (shown.value === "open" && openKeys.has(row.key)) || (shown.value === "changed" && answer?.changed);
        return covers(review, row) && Boolean(fits) && wanted.every((word) => text.includes(word));
      };
    };

    /** Say how far the review is. @param {Review} review @param {Guide} guide */
    const count = (review, guide) => {
      const answers = new Map(review.answers.map((each) => [key(each), each.status]));
      const inScope = rows.filter((row) => covers(review, row));
      /** @param {string} status @param {PageRow[]} [of] */
      const number = (status, of = inScope) => of.filter((row) => (answers.get(row.key) || UNANSWERED) === status).length;
      const done = inScope.length - number(UNANSWERED);
      const progress = /** @type {HTMLProgressElement} */ (panel.querySelector("progress"));
      progress.max = inScope.length || 1;
      progress.value = done;
      const visible = rows.filter((row) => !row.element.hidden);
      const counts = STATUSES.slice(1).map((each) => `${number(each)} ${each}`).join(", ");
      const points = reviewGate.openPoints(review, guide, today()).filter((each) => each.control).length;
      /** @type {HTMLElement} */ (panel.querySelector(".dok-review__status")).textContent =
        `${done} of ${inScope.length} reviewed: ${counts}. ${points} open finding${points === 1 ? "" : "s"}. ${visible.length} shown.`;
      const fits = matching(review, guide);
      again.hidden = visible.every(fits);
      for (const part of parts) {
        const here = visible.filter((row) => part.contains(row.element));
        /** @type {HTMLElement} */ (part.querySelector("summary")).textContent =
          `${here.length} requirement${here.length === 1 ? "" : "s"}, ${here.length - number(UNANSWERED, here)} reviewed`;
      }
    };

    /** Show what the filters let through. @param {Review} review @param {Guide} guide */
    const apply = (review, guide) => {
      const fits = matching(review, guide);
      for (const row of rows) row.element.hidden = !fits(row);
      const narrowed = Boolean(shown.value || words.value.trim());
      for (const part of parts) {
        const none = !part.querySelector("tbody tr:not([hidden])");
        part.hidden = none;
        /** @type {HTMLElement} */ (part.previousElementSibling).hidden = none;
        if (narrowed && !none) part.open = true;
      }
      count(review, guide);
    };

    /** Open the part where the review goes on. @param {Review} review */
    const goOn = (review) => {
      const answered = new Set(review.answers.filter((each) => each.status !== UNANSWERED).map(key));
      const next = rows.find((row) => covers(review, row) && !answered.has(row.key));
      if (answered.size && next) for (const part of parts) part.open = part.contains(next.element);
    };

    /** @param {boolean} unfolded */
    const fold = (unfolded) => {
      for (const part of parts) part.open = unfolded;
    };

    return { apply, count, goOn, fold };
  };

  return { open };
})();
