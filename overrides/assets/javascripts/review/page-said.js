/* What is said to whoever fills in the checklist. */
"use strict";

const reviewSaid = (() => {
  const { make } = reviewPage;
  /** How many lines of a message are shown at once. */
  const SHOWN = 20;

  /** @param {string[]} lines */
  const list = (lines) => make("ul", {}, ...lines.map((textContent) => make("li", { textContent })));

  /** @param {HTMLElement} panel @param {Desk} desk */
  const open = (panel, desk) => {
    const said = /** @type {HTMLElement} */ (panel.querySelector(".dok-review__said"));
    const unsaved = /** @type {HTMLElement} */ (panel.querySelector(".dok-review__unsaved"));

    /** @param {string} message @param {string[]} [lines] */
    const say = (message, lines = []) => {
      const rest = lines.slice(SHOWN);
      const more = rest.length ? [make("details", {}, make("summary", { textContent: `${rest.length} more` }), list(rest))] : [];
      const first = lines.length ? [list(lines.slice(0, SHOWN))] : [];
      said.replaceChildren(...(message ? [make("p", { textContent: message }), ...first, ...more] : []));
    };

    /** Say what is not stored, as long as it is not. */
    const showSaved = () => {
      const why = desk.unsaved();
      unsaved.hidden = !why;
      if (unsaved.textContent !== why) unsaved.textContent = why;
    };

    window.addEventListener("beforeunload", (event) => {
      if (desk.unsaved() && desk.review().answers.length) event.preventDefault();
    });
    return { say, showSaved };
  };

  return { open };
})();
