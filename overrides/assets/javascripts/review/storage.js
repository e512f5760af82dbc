/* What this browser stores: one entry for each review, so that two tabs can work on two of them, or
   on the same. Where nothing is stored, memory stands in for it, as long as the page is open. */
"use strict";

/** @typedef {{blocked: string, names: () => string[], get: (name: string) => string | null,
 *   set: (name: string, content: string) => void, remove: (name: string) => void,
 *   current: () => string, open: (name: string) => void, nameOf: (entry: string | null) => string}} ReviewStorage */

const reviewStorage = (() => {
  const PREFIX = "dok-guide/review/1/";
  const CURRENT = "dok-guide/review-current/1";

  /** @returns {Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">} */
  const memory = () => {
    /** @type {Map<string, string>} */
    const entries = new Map();
    return {
      get length() {
        return entries.size;
      },
      key: (index) => [...entries.keys()][index] ?? null,
      getItem: (name) => entries.get(name) ?? null,
      setItem: (name, content) => void entries.set(name, content),
      removeItem: (name) => void entries.delete(name),
    };
  };

  /** @param {() => Storage} of where the browser keeps entries; it throws where that is blocked @returns {ReviewStorage} */
  const open = (of) => {
    let blocked = "";
    let area = memory();
    try {
      const real = of();
      real.getItem(CURRENT);
      area = real;
    } catch (error) {
      blocked = error instanceof Error ? error.message : String(error);
    }
    const names = () => {
      const entries = Array.from({ length: area.length }, (_, index) => area.key(index) || "");
      return entries.filter((each) => each.startsWith(PREFIX)).map((each) => each.slice(PREFIX.length)).sort();
    };
    return {
      blocked,
      names,
      get: (name) => area.getItem(PREFIX + name),
      set: (name, content) => {
        area.setItem(PREFIX + name, content);
        if (area.getItem(PREFIX + name) !== content) throw new Error("what was stored reads back as something else");
      },
      remove: (name) => area.removeItem(PREFIX + name),
      current: () => {
        const last = area.getItem(CURRENT) || "";
        return names().includes(last) ? last : names()[0] || "Review";
      },
      open: (name) => {
        try {
          area.setItem(CURRENT, name);
        } catch {
          // the page begins with another review next time
        }
      },
      nameOf: (entry) => (entry?.startsWith(PREFIX) ? entry.slice(PREFIX.length) : ""),
    };
  };

  return { open };
})();
