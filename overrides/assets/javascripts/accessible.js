/* The theme makes a toolbar for every code block; give each a name of its own. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const name = () => {
    document.querySelectorAll("nav.md-code__nav:not([aria-label])").forEach((nav) => {
      const all = Array.from(document.querySelectorAll("nav.md-code__nav"));
      nav.setAttribute("aria-label", `Code block ${all.indexOf(nav) + 1}`);
    });
  };
  name();
  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
});
