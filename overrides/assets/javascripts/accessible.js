/* What the theme makes by script and leaves without a name: toolbars of code blocks, and tables that
   scroll, which the keyboard has to reach. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const name = () => {
    document.querySelectorAll("nav.md-code__nav").forEach((nav, index) => {
      nav.setAttribute("aria-label", `Code block ${index + 1}`);
    });
    document.querySelectorAll(".md-typeset__scrollwrap").forEach((wrap, index) => {
      wrap.setAttribute("tabindex", "0");
      wrap.setAttribute("role", "group");
      wrap.setAttribute("aria-label", `Table ${index + 1}`);
    });
  };
  name();
  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
});
