/* A choice of the reader that is kept on this device and stands in the address, so that it can be linked to. */
"use strict";

/** @param {string} name the choice in the address @param {(choice: string) => void} changed in another window */
const readerChoice = (name, changed) => {
  const key = `dok-guide/${name}/1`;
  window.addEventListener("storage", (event) => {
    if (event.key === key) changed(event.newValue || "");
  });
  return {
    /** In the address, or null. */
    asked: () => new URLSearchParams(location.search).get(name),

    /** As it was kept, or nothing. */
    stored: () => {
      try {
        return localStorage.getItem(key) || "";
      } catch {
        return "";
      }
    },

    /** @param {string} choice */
    remember: (choice) => {
      try {
        localStorage.setItem(key, choice);
      } catch {
        // the choice holds for this page
      }
      const query = new URLSearchParams(location.search);
      query.set(name, choice);
      history.replaceState(null, "", `?${query}${location.hash}`);
    },
  };
};
