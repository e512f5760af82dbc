/* Shows what to set with the operator that the reader has chosen. The choice is kept on this device and
   stands in the address, so that it can be linked to; without a script all operators are there, folded. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const KEY = "dok-guide/operator/1";
  const select = /** @type {HTMLSelectElement | null} */ (document.querySelector(".dok-operators select"));
  if (!select) return;
  const parts = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll(".dok-operators [data-operator]")]);

  const stored = () => {
    try {
      return localStorage.getItem(KEY) || "";
    } catch {
      return "";
    }
  };

  /** An operator without a setting on this page is kept for the next one. @param {string} choice */
  const show = (choice) => {
    const known = parts.some((part) => part.dataset.operator === choice);
    select.value = known ? choice : "";
    for (const part of parts) {
      part.open = part.dataset.operator === choice;
      part.hidden = known && !part.open;
    }
  };

  /** @param {string} choice */
  const remember = (choice) => {
    try {
      localStorage.setItem(KEY, choice);
    } catch {
      // the choice holds for this page
    }
    const query = new URLSearchParams(location.search);
    query.set("operator", choice);
    history.replaceState(null, "", `?${query}${location.hash}`);
  };

  show(new URLSearchParams(location.search).get("operator") ?? stored());
  select.addEventListener("input", () => {
    show(select.value);
    remember(select.value);
  });
  window.addEventListener("storage", (event) => {
    if (event.key === KEY) show(event.newValue || "");
  });
});
