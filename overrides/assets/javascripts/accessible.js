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
  /* The page that was not found offers the search, with what its address asked for. */
  document.querySelector(".dok-search")?.addEventListener("click", () => {
    const query = /** @type {HTMLInputElement} */ (document.querySelector("[data-md-component=search-query]"));
    document.getElementById("__search")?.click();
    query.value = decodeURIComponent(location.pathname.split("/").filter(Boolean).pop() || "").replace(/\.html?$/, "");
    query.focus();
    query.dispatchEvent(new KeyboardEvent("keyup"));
  });
  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
});
