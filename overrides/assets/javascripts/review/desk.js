/* The review that somebody works on. What could not be stored is held here, and put onto what is
   stored with the next answer: neither this tab's answers nor another tab's are lost. */
"use strict";

/**
 * @typedef {(review: Review) => Review} Edit
 * @typedef {{review: Review, edits: Map<string, Edit>}} Held
 * @typedef {ReturnType<typeof reviewDesk.open>} Desk
 */

const reviewDesk = (() => {
  /** @param {ReviewStorage} storage @param {Guide} guide */
  const open = (storage, guide) => {
    let name = "";
    let review = reviewModel.blank(guide);
    /** Edits that are not stored yet, the last one for each place. @type {Map<string, Edit>} */
    let edits = new Map();
    /** Reviews with such edits. @type {Map<string, Held>} */
    const held = new Map();
    let why = "";

    const names = () => [...new Set([...storage.names(), ...held.keys(), ...(name ? [name] : [])])].sort();

    /** @param {string} wanted */
    const free = (wanted) => {
      const taken = names();
      let found = wanted;
      for (let number = 2; taken.includes(found); number += 1) found = `${wanted} ${number}`;
      return found;
    };

    /** The stored review; none if there is none. Throws an Error if it cannot be read. @param {string} which */
    const stored = (which) => {
      const content = storage.get(which);
      return content === null ? null : reviewJson.read(content, guide).review;
    };

    const save = () => {
      try {
        storage.set(name, reviewJson.write(review));
        storage.open(name);
        edits = new Map();
        held.delete(name);
      } catch (error) {
        why = error instanceof Error ? error.message : String(error);
        held.set(name, { review, edits });
      }
      return !held.has(name);
    };

    /** What is stored, with all edits that are not. An entry that cannot be read is left as it is. */
    const current = () => {
      let base = review;
      try {
        base = stored(name) || review;
      } catch {
        name = free(name);
      }
      return [...edits.values()].reduce((each, edit) => edit(each), base);
    };

    /** Change one place of the review; whether that is stored. @param {string} place @param {Edit} edit */
    const change = (place, edit) => {
      edits.set(place, edit);
      review = current();
      return save();
    };

    /** Begin a review under a name that is not taken. @param {string} wanted @param {Review} content */
    const create = (wanted, content) => {
      name = free(wanted);
      review = content;
      edits = new Map();
      return save();
    };

    /** Go to a review; what is said if it cannot be read. @param {string} which */
    const turnTo = (which) => {
      const waiting = held.get(which);
      name = which;
      edits = waiting?.edits || new Map();
      try {
        review = waiting?.review || stored(which) || reviewModel.blank(guide);
        if (storage.get(which) !== null) storage.open(which);
        return "";
      } catch (error) {
        name = free(which);
        review = reviewModel.blank(guide);
        return `The stored review "${which}" ${error instanceof Error ? error.message : error}. It stays as it is.`;
      }
    };

    /** Take over what another tab has stored. */
    const refresh = () => {
      review = current();
    };

    /** @param {string} wanted */
    const rename = (wanted) => {
      const before = name;
      name = free(wanted);
      if (save()) remove(before);
    };

    /** @param {string} which */
    const remove = (which) => {
      storage.remove(which);
      held.delete(which);
    };

    /** Why something is not stored; nothing if all is. */
    const unsaved = () => {
      if (storage.blocked) return `This browser stores nothing (${storage.blocked}). Export the review before you leave.`;
      if (!held.size) return "";
      const which = [...held.keys()].map((each) => `"${each}"`).join(", ");
      return `Not saved: ${which}. This browser's storage is full or blocked (${why}). Export now: the review is complete on this page, and gone when you leave it.`;
    };

    return {
      name: () => name, review: () => review, names, free, change, create, turnTo, refresh, rename, remove, unsaved,
    };
  };

  return { open };
})();
