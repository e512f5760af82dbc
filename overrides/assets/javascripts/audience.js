/* Shows what is for those who build, for those who run, or both. Without a script everything is
   shown. */
"use strict";

(() => {
  const CHOICES = ["producer", "consumer", "both"];
  const root = document.documentElement;

  /** @param {string} audience */
  const show = (audience) => {
    root.dataset.for = audience;
    for (const each of document.querySelectorAll(".dok-switch input")) {
      const input = /** @type {HTMLInputElement} */ (each);
      input.checked = input.value === audience;
    }
  };

  const choice = readerChoice("for", (each) => CHOICES.includes(each) && show(each));
  show([choice.asked() || "", choice.stored()].find((each) => CHOICES.includes(each)) || "both");
  document.addEventListener("input", (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (!input.closest(".dok-switch")) return;
    show(input.value);
    choice.remember(input.value);
  });
})();
