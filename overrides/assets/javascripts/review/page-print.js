/* The page on paper: what was answered stands there as text, with whose review it is; fields of a form
   would be cut off. */
"use strict";

const reviewPrint = (() => {
  const { make } = reviewPage;
  const { HEAD, WRITTEN, key, text } = reviewModel;
  /** @type {Record<string, string>} */
  const NAMES = {
    subject: "Subject", subject_version: "Version", operator: "Operator", level: "Up to level", audience: "Audience", depth: "Depth",
    reviewer: "Assessor", approver: "Approver", started: "Started", date: "Finished", approved: "Approved",
  };

  /** @param {string} label @param {string} value */
  const line = (label, value) => make("p", {}, make("strong", { textContent: `${label}: ` }), value);

  /** @param {string} className @param {Node[]} inside */
  const paper = (className, ...inside) => make("div", { className: `dok-paper ${className}` }, ...inside);

  /** @param {Review} review @param {string} name @param {string} shown */
  const about = (review, name, shown) => {
    const head = /** @type {Fields} */ (review);
    const lines = HEAD.map((field) => line(NAMES[field], String(head[field] || "–")));
    return paper("dok-paper__about", line("Review", name), line("Guide", review.catalog), ...lines, line("Requirements", shown));
  };

  /** @param {Answer | undefined} answer */
  const verdict = (answer) => {
    const since = answer?.changed ? [line("Changed", "the requirement has changed since this answer")] : [];
    return paper("", make("p", {}, make("strong", { textContent: answer?.status || reviewModel.UNANSWERED })), ...since);
  };

  /** @param {Answer | undefined} answer */
  const notes = (answer) => {
    const written = answer ? WRITTEN.filter((field) => text(answer, field)) : [];
    return paper("", ...written.map((field) => line(field === "items" ? "Not met" : reviewForm.LABELS[field], text(/** @type {Answer} */ (answer), field))));
  };

  /** @param {Review} review */
  const apart = (review) => {
    const lines = review.kept_apart.map((each) => make("p", { textContent: reviewApart.line(each) }));
    return paper("", ...(lines.length ? [line("Kept apart", ""), ...lines] : []));
  };

  const clear = () => {
    for (const each of document.querySelectorAll(".dok-paper")) each.remove();
  };

  /** Write the answers beside the rows. @param {Review} review @param {string} name @param {PageRow[]} rows */
  const write = (review, name, rows) => {
    clear();
    const answers = new Map(review.answers.map((each) => [key(each), each]));
    for (const row of rows) {
      const [, , third, fourth] = row.element.cells;
      third.append(verdict(answers.get(row.key)));
      fourth.append(notes(answers.get(row.key)));
    }
    const panel = document.querySelector(".dok-review");
    const shown = panel?.querySelector(".dok-review__status")?.textContent || "";
    panel?.after(about(review, name, shown), apart(review));
  };

  /** What prints in a mode, answers or blank; a reader who prints by the menu gets the answers that there are.
   * @param {Desk} desk @param {PageRow[]} rows @returns {(mode: string) => void} */
  const open = (desk, rows) => {
    const classes = document.body.classList;
    /** What was folded: not every browser prints it. @type {HTMLDetailsElement[]} */
    let folded = [];
    const leave = () => {
      for (const each of folded) each.open = false;
      folded = [];
      classes.remove("dok-print-answers", "dok-print-blank");
      clear();
    };
    /** @param {string} mode */
    const prepare = (mode) => {
      leave();
      classes.add(`dok-print-${mode}`);
      folded = [...document.querySelectorAll(/** @type {"details"} */ (":is(.dok-checklist, .dok-more):not([open])"))];
      for (const each of folded) each.open = true;
      if (mode === "answers") write(desk.review(), desk.name(), rows);
    };
    window.addEventListener("beforeprint", () => {
      const told = classes.contains("dok-print-answers") || classes.contains("dok-print-blank");
      if (!told) prepare(desk.review().answers.length ? "answers" : "blank");
    });
    window.addEventListener("afterprint", leave);
    return (mode) => {
      prepare(mode);
      window.print();
    };
  };

  return { open };
})();
