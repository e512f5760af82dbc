/* Narrows the index of controls. The table is complete without it; the state lives in the address,
   so that a choice can be linked to and survives a reload. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form.dok-facets"));
  if (!form) return;
  const status = /** @type {HTMLElement} */ (form.querySelector(".dok-facets__status"));
  const text = /** @type {HTMLInputElement} */ (form.elements.namedItem("text"));
  const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input[type=checkbox]")]);
  const groups = /** @type {HTMLDetailsElement[]} */ ([...form.querySelectorAll("details")]);
  const names = [...new Set(boxes.map((box) => box.name))];
  const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".dok-index a[data-words]")]);
  const rows = links.map((link) => {
    const element = /** @type {HTMLElement} */ (link.closest("tr"));
    return {
      element,
      text: `${element.textContent} ${link.dataset.words}`.toLowerCase(),
      values: Object.fromEntries(names.map((name) => [name, (link.dataset[name] || "").split(" ")])),
    };
  });

  /** @param {string} name */
  const chosen = (name) => boxes.filter((box) => box.name === name && box.checked);

  /** Whether a row is shown; one facet can be left out, to count its own options.
   * @param {typeof rows[0]} row @param {string} [except] */
  const matches = (row, except) =>
    text.value.toLowerCase().split(/\s+/).every((word) => row.text.includes(word)) &&
    names.every((name) => {
      const wanted = name === except ? [] : chosen(name);
      return wanted.length === 0 || wanted.some((box) => row.values[name].includes(box.value));
    });

  /** @param {Element} parent @param {string} selector @param {string} content */
  const write = (parent, selector, content) => {
    const target = parent.querySelector(selector);
    if (target) target.textContent = content;
  };

  const show = () => {
    const found = rows.filter((row) => matches(row));
    rows.forEach((row) => (row.element.hidden = !found.includes(row)));
    status.textContent = `${found.length} of ${rows.length} controls`;
    for (const name of names) {
      const others = rows.filter((row) => matches(row, name));
      for (const box of boxes.filter((each) => each.name === name)) {
        const count = others.filter((row) => row.values[name].includes(box.value)).length;
        write(/** @type {Element} */ (box.parentElement), ".dok-count", `(${count})`);
      }
    }
    for (const group of groups) {
      const number = group.querySelectorAll("input:checked").length;
      write(group, ".dok-chosen", number ? `(${number} chosen)` : "");
    }
  };

  const remember = () => {
    const query = new URLSearchParams();
    if (text.value) query.set("text", text.value);
    names.forEach((name) => chosen(name).forEach((box) => query.append(name, box.value)));
    const search = query.toString();
    history.replaceState(null, "", search ? `?${search}` : location.pathname);
  };

  const restore = () => {
    const query = new URLSearchParams(location.search);
    text.value = query.get("text") || "";
    boxes.forEach((box) => (box.checked = query.getAll(box.name).includes(box.value)));
    groups.forEach((group) => (group.open = group.querySelector("input:checked") !== null));
    show();
  };

  form.addEventListener("input", () => {
    remember();
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    // the values are reset after this event
    setTimeout(() => {
      boxes.forEach((box) => (box.checked = false));
      text.value = "";
      remember();
      show();
    });
  });
  window.addEventListener("popstate", restore);
  restore();
});
