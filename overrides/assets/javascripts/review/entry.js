/* One answer as somebody wrote it: what fits its fields, and what moves into the note. */
"use strict";

/** @typedef {{place: string, cells: Map<string, string | null>, apart: boolean}} Row what a format found for one answer */

const reviewEntry = (() => {
  /** How a flag says that somebody has looked at a changed requirement and the answer still holds. */
  const CONFIRMED = "confirmed";
  /** What stands before a fingerprint in a table: digits alone would become a number. */
  const MARK = "fp:";
  const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];
  const { clean, oneLine, quoted, words, readDate } = reviewValues;
  const { FIELDS, STATUSES, UNANSWERED, GAPS, DATES, key } = reviewModel;

  /** @typedef {{notes: string[], problems: string[]}} Said */

  /** @param {Said} said @param {string} label @param {string} value @param {string} problem */
  const move = (said, label, value, problem) => {
    said.problems.push(`${problem}; moved into the note`);
    said.notes.push(`${label}: ${value}`);
  };

  /** @param {string} value @param {Said} said */
  const statusOf = (value, said) => {
    const status = words((value || UNANSWERED).toLowerCase());
    if (STATUSES.includes(status)) return status;
    move(said, "Status was", value, `status ${quoted(value)} is not one of ${STATUSES.join(", ")}`);
    return UNANSWERED;
  };

  /** Put the letters of a text such as `a, c` into an answer. Where they cannot be understood,
   * nobody knows whether all is well.
   * @param {Fields} found @param {string} value @param {Requirement | undefined} asked @param {Said} said */
  const putItems = (found, value, asked, said) => {
    if (!value) return;
    const letters = value.toLowerCase().split(/[\s,;]+/).map((part) => part.replace(/^[().]+|[().]+$/g, ""));
    const known = asked ? asked.items : LETTERS;
    if (letters.every((letter) => known.includes(letter))) {
      found.items = [...new Set(letters)].sort();
      return;
    }
    const which = known.length ? `are not among ${known.join(", ")}` : "are named, and there are none";
    move(said, "Items were", value, `items ${quoted(value)} ${which}`);
    if ([...GAPS, UNANSWERED].includes(found.status)) return;
    said.notes.push(`Status was: ${found.status}`);
    found.status = UNANSWERED;
  };

  /** @param {Map<string, string | null>} cells @param {Said} said */
  const noteUnknown = (cells, said) => {
    for (const [name, value] of cells) {
      const text = FIELDS.includes(name) ? "" : clean(value, name, said.problems);
      const label = text && words(clean(name, "a name", said.problems));
      if (text) move(said, label, text, `unknown field ${quoted(label)}`);
    }
  };

  /** Whether a spreadsheet has taken a fingerprint for a number, and rounded it. @param {string} told @param {string} now */
  const sameNumber = (told, now) => {
    const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
    return number.test(told) && number.test(now) && Number(told).toExponential(4) === Number(now).toExponential(4);
  };

  /** Say to which requirement an answer was given, and whether that has changed since.
   * @param {Fields} found @param {Record<string, string>} texts @param {Requirement | undefined} asked @param {Said} said */
  const putFingerprint = (found, texts, asked, said) => {
    const now = asked ? asked.fingerprint : "";
    let told = texts.fingerprint.toLowerCase().replace(/^fp:/, "");
    let flagged = Boolean(texts.changed);
    if (told && !/^[0-9a-f]{12}$/.test(told)) {
      const same = sameNumber(told, now);
      if (!same) said.problems.push(`fingerprint ${quoted(told)} is none; taken as changed`);
      flagged = flagged || !same;
      told = same ? now : "";
    }
    if (asked && texts.changed.toLowerCase() === CONFIRMED) [told, flagged] = [now, false];
    else if (asked) {
      told = told || (flagged ? "" : now);
      flagged = flagged || told !== now;
    }
    found.fingerprint = told;
    found.changed = flagged;
  };

  /** The answer of a row; what does not fit is in its note, and said.
   * @param {Map<string, string | null>} cells @param {Guide} guide @returns {{answer: Answer, problems: string[]}} */
  const read = (cells, guide) => {
    /** @type {Said} */
    const said = { notes: [], problems: [] };
    const texts = Object.fromEntries(FIELDS.map((name) => [name, clean(cells.get(name), name, said.problems)]));
    for (const name of ["control", "audience", "owner"]) texts[name] = oneLine(texts[name], name, said.problems);
    texts.audience = texts.audience.toLowerCase();
    const capitals = { control: texts.control.toUpperCase(), audience: texts.audience };
    if (guide.byKey.has(key(capitals))) texts.control = capitals.control;
    const asked = guide.byKey.get(key(/** @type {any} */ (texts)));
    if (texts.note) said.notes.push(texts.note);
    /** @type {Fields} */
    const found = { ...texts, items: [], status: statusOf(texts.status, said) };
    for (const name of DATES) found[name] = readDate(texts[name], name, said.notes, said.problems);
    putItems(found, texts.items, asked, said);
    noteUnknown(cells, said);
    found.note = said.notes.join("\n");
    putFingerprint(found, texts, asked, said);
    return { answer: reviewModel.answer(found), problems: said.problems };
  };

  return { CONFIRMED, MARK, read };
})();
