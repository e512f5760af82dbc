/* What a field of a review can hold; what it cannot is said, and moved where it can stay. */
"use strict";

const reviewValues = (() => {
  const UNSHOWN = /[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
  const QUOTED = 60;
  const A_DATE = "a date such as 2026-11-24";
  /** The most characters of a line and of a text. */
  const LINE = 200;
  const TEXT = 32000;
  const TEXTS = ["reason", "evidence", "note"];

  /** White space as Python knows it: the mark of UTF-8 is none. @param {string} value */
  const strip = (value) => value.replace(/^[^\S\ufeff]+|[^\S\ufeff]+$/g, "");

  /** @param {string} value */
  const words = (value) => strip(value).split(/[^\S\ufeff]+/).join(" ");

  /** A text without what no file can hold. @param {string | null | undefined} value @param {string} name @param {string[]} problems */
  const clean = (value, name, problems) => {
    const lines = (value || "").replace(/\r\n?/g, "\n");
    const kept = lines.replace(UNSHOWN, "");
    if (kept !== lines) problems.push(`characters that cannot be shown were removed from ${name}`);
    return strip(kept);
  };

  /** @param {string} value @param {string} name @param {string[]} problems */
  const oneLine = (value, name, problems) => {
    if (!/[\n\t]/.test(value)) return value;
    problems.push(`${name} had line breaks; they became spaces`);
    return words(value);
  };

  /** The beginning of a text for a message. @param {string} value */
  const quoted = (value) => {
    const letters = [...value];
    return letters.length > QUOTED ? `"${letters.slice(0, QUOTED).join("")}…"` : `"${value}"`;
  };

  /** Whether a text is a day of the calendar, written with hyphens. @param {string} value */
  const isDate = (value) => {
    if (!/^\d{4}-\d\d-\d\d$/.test(value) || value < "0001") return false;
    const day = new Date(`${value}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
  };

  /** A date; any other text goes to the notes.
   * @param {string} value @param {string} name @param {string[]} notes @param {string[]} problems */
  const readDate = (value, name, notes, problems) => {
    if (!value || isDate(value)) return value;
    problems.push(`${quoted(value)} is not ${A_DATE}; moved into the note`);
    notes.push(`${name[0].toUpperCase()}${name.slice(1)} was: ${value}`);
    return "";
  };

  /** Of the fields of the head that hold not any line: what they hold, and whether a text is it.
   * @type {Record<string, [string, (value: string) => boolean]>} */
  const HEAD = {
    level: ["a number from 1 to 9", (value) => /^[1-9]$/.test(value)],
    audience: ["producer or consumer", (value) => ["producer", "consumer"].includes(value)],
    depth: ["quick or deep", (value) => ["quick", "deep"].includes(value)],
    ...Object.fromEntries(["started", "date", "approved"].map((name) => [name, [A_DATE, isDate]])),
  };

  /** The fields of the head that can be taken over. @param {Map<string, string | null>} head @param {string[]} problems */
  const readHead = (head, problems) => {
    /** @type {Record<string, string | number>} */
    const taken = {};
    for (const name of reviewModel.HEAD) {
      const value = oneLine(clean(head.get(name), name, problems), name, problems);
      const [what, fits] = HEAD[name] || ["", () => true];
      if (value && fits(value)) taken[name] = name === "level" ? Number(value) : value;
      else if (value) problems.push(`${name} ${quoted(value)} is not ${what}; left out`);
    }
    for (const [name, value] of head)
      if (![...reviewModel.HEAD, "catalog"].includes(name))
        problems.push(`unknown field ${quoted(name)} with ${quoted(value || "")}; left out`);
    return taken;
  };

  /** @param {string} what @param {unknown} value @param {number} most */
  const long = (what, value, most) => {
    const length = typeof value === "string" ? [...value].length : 0;
    return length > most ? [`${what} has ${length} characters, more than ${most}; shorten it`] : [];
  };

  /** What of an answer is longer than the field that it stands in. @param {Answer} answer */
  const tooLong = (answer) =>
    ["control", "audience", ...reviewModel.WRITTEN].flatMap((name) =>
      long(`${name} of ${reviewModel.name(answer)}`, reviewModel.text(answer, name), TEXTS.includes(name) ? TEXT : LINE),
    );

  /** The same of a whole review. @param {Review} review */
  const allTooLong = (review) => [
    ...reviewModel.HEAD.flatMap((name) => long(name, /** @type {Fields} */ (review)[name], LINE)),
    ...[...review.answers, ...review.kept_apart].flatMap(tooLong),
  ];

  return { TEXTS, strip, words, clean, oneLine, quoted, isDate, readDate, readHead, tooLong, allTooLong };
})();
