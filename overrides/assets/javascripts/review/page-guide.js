/* What the guide asks for, read from the rows of the page. */
"use strict";

/** @typedef {Requirement & {element: HTMLTableRowElement, key: string}} PageRow */

const reviewPage = (() => {
  /** @param {Element | null | undefined} element */
  const text = (element) => reviewValues.words(element?.textContent || "");
  /** @param {ParentNode} within @param {string} selector */
  const all = (within, selector) => [...within.querySelectorAll(selector)];

  /** What to set, by the id of the operator. @param {Element} row */
  const settings = (row) =>
    Object.fromEntries(
      all(row, ".dok-set").map((each) => [/** @type {HTMLElement} */ (each).dataset.operator, all(each, "li").map(text).join("\n")]),
    );

  /** @param {Element} each @returns {PageRow} */
  const rowOf = (each) => {
    const link = /** @type {HTMLElement} */ (each);
    const element = /** @type {HTMLTableRowElement} */ (link.closest("tr"));
    const part = element.closest(".dok-checklist");
    const items = all(element, ".dok-items > li").map((item, index) => `${String.fromCharCode(97 + index)}) ${text(item)}`);
    const asked = { control: text(link), audience: link.dataset.audience || "" };
    return {
      ...asked,
      level: Number(link.dataset.level),
      fingerprint: link.dataset.fingerprint || "",
      items: items.map((item) => item[0]),
      title: text(element.querySelector(".dok-title")),
      category: part?.previousElementSibling?.firstChild?.textContent || "",
      summary: text(element.querySelector(".dok-says")),
      requirement: [text(element.querySelector(".dok-asked")), ...items].join("\n"),
      quick: all(element, ".dok-quick > li").map(text).join("\n"),
      settings: settings(element),
      element,
      key: reviewModel.key(asked),
    };
  };

  /** @returns {PageRow[]} */
  const rows = () => all(document, ".dok-checklist a[data-fingerprint]").map(rowOf);

  /** An element with its fields and what stands in it.
   * @template {keyof HTMLElementTagNameMap} K @param {K} tag @param {Fields} [fields] @param {(Node | string)[]} inside */
  const make = (tag, fields = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), fields);
    element.append(...inside);
    return element;
  };

  return { rows, make };
})();
