/* The form of one row: what is typed becomes an answer, and an answer is shown. */
"use strict";

/** @typedef {{row: PageRow, read: () => Answer, show: (answer: Answer | undefined) => void}} RowForm */

const reviewForm = (() => {
  const { make } = reviewPage;
  const { STATUSES, UNANSWERED, PARTLY, NOT_APPLICABLE } = reviewModel;
  /** @type {Record<string, string>} */
  const LABELS = {
    status: "Verdict", evidence: "Evidence", reason: "Reason", note: "Note", owner: "Owner", due: "Due", expires: "Accepted until",
  };
  const FOLDED = ["reason", "note", "owner", "due", "expires"];

  /** A field with its label, which says by itself what it is for.
   * @param {string} which @param {HTMLElement} input @param {string} about */
  const labeled = (which, input, about) => {
    input.setAttribute("aria-label", `${which === "status" ? "Status of" : `${LABELS[which]} for`} ${about}`);
    return make("label", { className: `dok-fill__${which}` }, make("span", { textContent: LABELS[which] }), input);
  };

  /** @param {string} which @returns {HTMLInputElement | HTMLTextAreaElement} */
  const inputFor = (which) => {
    if (reviewValues.TEXTS.includes(which)) return make("textarea", { rows: 1 });
    return make("input", { type: reviewModel.DATES.includes(which) ? "date" : "text", autocomplete: "off" });
  };

  /** The items to name where a requirement is partly met. @param {PageRow} row */
  const itemsOf = (row) => {
    const boxes = row.items.map((value) => make("input", { type: "checkbox", value }));
    const texts = (row.requirement || "").split("\n").slice(1);
    const labels = boxes.map((box, index) => make("label", {}, box, ` ${texts[index]}`));
    const fieldset = make("fieldset", { className: "dok-fill__items", hidden: true }, make("legend", { textContent: `Not met of ${row.control}` }), ...labels);
    return { boxes, fieldset };
  };

  /** The form of a row; `changed` is called with the name of the field that somebody has changed.
   * @param {PageRow} row @param {(field: string) => void} changed @param {() => void} confirm @returns {RowForm} */
  const build = (row, changed, confirm) => {
    const about = `${row.control}, ${row.audience}`;
    const status = make("select", { autocomplete: "off" }, ...STATUSES.map((each) => new Option(each, each)));
    /** @type {Record<string, HTMLInputElement | HTMLTextAreaElement>} */
    const inputs = Object.fromEntries(["evidence", ...FOLDED].map((which) => [which, inputFor(which)]));
    const { boxes, fieldset } = itemsOf(row);
    const sure = make("button", { type: "button", textContent: "Confirm the answer" });
    sure.setAttribute("aria-label", `Confirm the answer to ${about}`);
    const flag = make("p", { className: "dok-fill__flag", hidden: true }, "The requirement has changed since this answer. ", sure);
    const needs = make("p", { className: "dok-fill__flag", hidden: true });
    needs.id = `needs-${row.control}-${row.audience}`;
    const more = make("details", {}, make("summary", { textContent: "Reason, note, owner, dates" }), ...FOLDED.map((which) => labeled(which, inputs[which], about)));
    const [, , verdict, notes] = row.element.cells;
    verdict.append(make("div", { className: "dok-fill" }, labeled("status", status, about), flag));
    notes.append(make("div", { className: "dok-fill" }, fieldset, needs, labeled("evidence", inputs.evidence, about), more));
    /** What the form knows and does not show. @type {Answer | undefined} */
    let shown;

    const read = () => {
      const items = boxes.filter((box) => box.checked).map((box) => box.value);
      const written = Object.fromEntries(Object.entries(inputs).map(([which, input]) => [which, reviewValues.clean(input.value, which, [])]));
      const { fingerprint, changed: since } = shown || { fingerprint: row.fingerprint, changed: false };
      const { control, audience } = row;
      return reviewModel.answer({ control, audience, status: status.value, ...written, items, fingerprint, changed: since });
    };

    /** Show what the verdict asks for besides. @param {Answer} answer */
    const decorate = (answer) => {
      row.element.dataset.status = answer.status;
      flag.hidden = !answer.changed;
      fieldset.hidden = !(row.items.length && (answer.status === PARTLY || answer.items));
      const lacking = [...reviewTaking.lacking({ ...answer, changed: false }, row), ...reviewValues.tooLong(answer)];
      needs.textContent = lacking.map((each) => `${each[0].toUpperCase()}${each.slice(1)}.`).join(" ");
      needs.hidden = !lacking.length;
      inputs.reason.setAttribute("aria-invalid", String(answer.status === NOT_APPLICABLE && !answer.reason));
      inputs.reason.setAttribute("aria-describedby", needs.id);
      if (answer.status === NOT_APPLICABLE || FOLDED.some((which) => /** @type {Fields} */ (answer)[which])) more.open = true;
    };

    /** @param {Answer | undefined} answer */
    const show = (answer) => {
      shown = answer;
      const fields = /** @type {Fields} */ (answer || {});
      status.value = fields.status || UNANSWERED;
      for (const [which, input] of Object.entries(inputs))
        if (reviewValues.clean(input.value, which, []) !== (fields[which] || "")) input.value = fields[which] || "";
      for (const box of boxes) box.checked = (fields.items || []).includes(box.value);
      decorate(read());
    };

    status.addEventListener("input", () => {
      // what is not partly met has no items that fail
      if (status.value !== PARTLY) for (const box of boxes) box.checked = false;
      changed("status");
    });
    for (const [which, input] of Object.entries(inputs)) input.addEventListener("input", () => changed(which));
    for (const box of boxes) box.addEventListener("input", () => changed("items"));
    sure.addEventListener("click", () => {
      confirm();
      status.focus();
    });
    return { row, read, show };
  };

  return { LABELS, build };
})();
