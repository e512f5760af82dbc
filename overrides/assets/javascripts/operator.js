/* Shows what to set with the operator that the reader has chosen. Without a script all
   operators are there, folded. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const select = /** @type {HTMLSelectElement | null} */ (document.querySelector(".dok-operators select"));
  if (!select) return;
  const parts = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll(".dok-operators [data-operator]")]);

  /** An operator without a setting on this page is kept for the next one. @param {string} operator */
  const show = (operator) => {
    const known = parts.some((part) => part.dataset.operator === operator);
    select.value = known ? operator : "";
    for (const part of parts) {
      part.open = part.dataset.operator === operator;
      part.hidden = known && !part.open;
    }
  };

  const choice = readerChoice("operator", show);
  show(choice.asked() ?? choice.stored());
  select.addEventListener("input", () => {
    show(select.value);
    choice.remember(select.value);
  });
});
