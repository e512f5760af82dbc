/* Fills what a reader has typed once into the commands of every page. It is kept on this device, and
   goes into text alone: never into HTML, never into the address. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const KEY = "dok-guide/values/1";
  const ALLOWED = /^(?!-)[A-Za-z0-9._:\/-]*$/;
  /* A word in capitals that is no shell variable, as rules/commands.py knows it. */
  const WORD = /(?<![\w$])(?<!\$\{)[A-Z][A-Z0-9_]{2,}(?![\w=])/g;
  const form = document.querySelector(".dok-values");

  /** The text nodes of commands that hold such words, with the words and their places.
   * @type {{node: Text, text: string, words: {name: string, at: number}[]}[]} */
  const places = [];
  for (const code of document.querySelectorAll(".language-sh pre > code")) {
    const whole = code.textContent || "";
    const found = [...whole.matchAll(WORD)].map((each) => ({ name: each[0], at: each.index }));
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    for (let start = 0; walker.nextNode(); ) {
      const node = /** @type {Text} */ (walker.currentNode);
      const end = start + node.data.length;
      const inside = found.filter(({ name, at }) => at >= start && at + name.length <= end);
      const words = inside.map(({ name, at }) => ({ name, at: at - start }));
      if (words.length) places.push({ node, text: node.data, words });
      start = end;
    }
  }

  /** What was kept, without what nobody could have typed here. @returns {Record<string, string>} */
  const load = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) || "{}");
      const pairs = Object.entries(kept).filter(([, value]) => typeof value === "string" && value && ALLOWED.test(value));
      return Object.fromEntries(pairs);
    } catch {
      return {};
    }
  };

  const fill = () => {
    const values = new Map(Object.entries(load()));
    for (const { node, text, words } of places) {
      let filled = "";
      let from = 0;
      for (const { name, at } of words) {
        filled += text.slice(from, at) + (values.get(name) ?? name);
        from = at + name.length;
      }
      node.data = filled + text.slice(from);
    }
  };

  const inputs = /** @type {HTMLInputElement[]} */ ([...(form ? form.querySelectorAll("input") : [])]);

  /** @param {string} message */
  const say = (message) => {
    const said = form && form.querySelector(".dok-values__said");
    if (said) said.textContent = message;
  };

  /** @param {Record<string, string>} values */
  const keep = (values) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(values));
    } catch {
      say("This browser keeps nothing, so the commands stay as they are.");
    }
    fill();
  };

  const show = () => {
    const values = load();
    for (const input of inputs) {
      input.value = values[input.name] || "";
      input.removeAttribute("aria-invalid");
    }
    fill();
  };

  form?.addEventListener("input", (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const value = input.value.trim();
    const fits = ALLOWED.test(value);
    input.setAttribute("aria-invalid", String(!fits));
    say(fits ? "" : `${input.name}: only letters, digits and . _ : / - and no hyphen first. Not filled in.`);
    const { [input.name]: _, ...others } = load();
    keep(fits && value ? { ...others, [input.name]: value } : others);
  });
  form?.querySelector("button")?.addEventListener("click", () => {
    keep({});
    say("");
    show();
  });
  window.addEventListener("storage", (event) => {
    if (event.key === KEY) show();
  });
  show();
});
