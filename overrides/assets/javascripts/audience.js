/* Shows what is for those who build, for those who run, or both. The choice is kept on this device and
   stands in the address, so that it can be linked to; without a script everything is shown. */
"use strict";

(() => {
  const KEY = "dok-guide/for/1";
  const CHOICES = ["producer", "consumer", "both"];
  const root = document.documentElement;

  const stored = () => {
    try {
      return localStorage.getItem(KEY) || "";
    } catch {
      return "";
    }
  };

  /** @param {string} choice */
  const show = (choice) => {
    root.dataset.for = choice;
    for (const each of document.querySelectorAll(".dok-switch input")) {
      const input = /** @type {HTMLInputElement} */ (each);
      input.checked = input.value === choice;
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
    query.set("for", choice);
    history.replaceState(null, "", `?${query}${location.hash}`);
  };

  const asked = new URLSearchParams(location.search).get("for") || "";
  show([asked, stored(), "both"].find((each) => CHOICES.includes(each)) || "both");
  document.addEventListener("input", (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (!input.closest(".dok-switch")) return;
    show(input.value);
    remember(input.value);
  });
  window.addEventListener("storage", (event) => {
    if (event.key === KEY && CHOICES.includes(event.newValue || "")) show(event.newValue || "");
  });
})();
