/* The head of a review: its fields, its scope, and the operator whose settings stand in the rows. */
"use strict";

const reviewHead = (() => {
  const { HEAD } = reviewModel;
  /** Fields that decide which rows there are, and what stands in them. */
  const DECIDING = ["level", "audience", "operator"];

  /** @param {HTMLElement} panel @param {Desk} desk @param {(deciding: boolean) => void} changed */
  const open = (panel, desk, changed) => {
    /** @param {string} name @returns {any} */
    const field = (name) => panel.querySelector(`[name=${name}]`);

    /** An operator or a level that this version of the guide does not have stays. @param {string} name @param {string} value */
    const put = (name, value) => {
      const options = [...(field(name).options || [])];
      if (options.length && !options.some((option) => option.value === value)) field(name).add(new Option(value, value));
      if (reviewValues.strip(field(name).value) !== value) field(name).value = value;
    };

    const show = () => {
      const head = /** @type {Fields} */ (desk.review());
      for (const name of HEAD) put(name, String(head[name] || ""));
      for (const each of document.querySelectorAll(".dok-set")) {
        const element = /** @type {HTMLElement} */ (each);
        element.hidden = element.dataset.operator !== head.operator;
      }
    };

    /** Give a new review the scope that an address asks for; that of another one is its own.
     * @param {URLSearchParams} query @returns {string} what is to be said */
    const take = (query) => {
      /** @param {string} name @returns {string | undefined} */
      const offered = (name) => [...field(name).options].map((option) => option.value).find((value) => value && value === query.get(name));
      const asked = { level: Number(offered("level")) || undefined, audience: offered("audience") };
      const { level, audience, answers } = desk.review();
      const other = (asked.level || asked.audience) && (asked.level !== level || asked.audience !== audience);
      if (other && answers.length) return `The review "${desk.name()}" has a scope of its own, not that of the address.`;
      if (other) desk.change("scope", (review) => ({ ...review, ...asked }));
      return "";
    };

    for (const name of HEAD)
      field(name).addEventListener("input", () => {
        const value = reviewValues.strip(field(name).value);
        desk.change(name, (review) => ({ ...review, [name]: (name === "level" ? Number(value) : value) || undefined }));
        changed(DECIDING.includes(name));
      });
    return { show, take };
  };

  return { open };
})();
