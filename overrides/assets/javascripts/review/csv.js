/* Comma-separated values as spreadsheets of any country save them. */
"use strict";

const reviewCsv = (() => {
  /** What a spreadsheet takes for the beginning of a formula, and `#`; also behind what separates
   * cells elsewhere: who opens the file with semicolons gets other cells. */
  const GUARDED = /(^|[;,|])(?=['=+\-@#\t\r\n])/g;
  const UNGUARDED = /(^|[;,|])'(?=['=+\-@#\t\r\n])/g;
  /** @type {[number[], string][]} */
  const MARKS = [
    [[0xef, 0xbb, 0xbf], "utf-8"],
    [[0xff, 0xfe], "utf-16le"],
    [[0xfe, 0xff], "utf-16be"],
  ];

  /** @param {string} cell */
  const guarded = (cell) => cell.replace(GUARDED, "$1'");
  /** @param {string} cell */
  const plain = (cell) => cell.replace(UNGUARDED, "$1");

  /** @param {Uint8Array} data @param {string} encoding */
  const tried = (data, encoding) => {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(data);
    } catch {
      return null;
    }
  };

  /** The text of a file, and what was guessed about it. Throws an Error if its encoding is of none.
   * @param {Uint8Array} data @returns {{text: string, problems: string[]}} */
  const decoded = (data) => {
    const marked = MARKS.filter(([mark]) => mark.every((byte, index) => data[index] === byte)).map(([, name]) => name);
    for (const encoding of [...marked, "utf-8"]) {
      const text = tried(data, encoding);
      if (text !== null) return { text, problems: [] };
    }
    const text = tried(data, "windows-1252");
    if (text === null || /[\x81\x8d\x8f\x90\x9d]/.test(text))
      throw new Error("is neither UTF-8, UTF-16 nor Windows-1252; save it as CSV UTF-8");
    return { text, problems: ["read as Windows-1252; look whether letters with accents are right"] };
  };

  /** What separates the cells: spreadsheets of some countries write semicolons. @param {string} text */
  const separator = (text) => {
    const lines = text.slice(0, 100000).split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
    const header = lines.find((line) => line.toLowerCase().includes("audience")) || "";
    const count = (/** @type {string} */ each) => header.split(each).length;
    return [...",;\t|"].reduce((best, each) => (count(each) > count(best) ? each : best));
  };

  /** The cells of each line. Throws an Error if quotation marks do not match.
   * @param {string} text @param {string} between @returns {string[][]} */
  const parsed = (text, between) => {
    const code = `\\u${between.charCodeAt(0).toString(16).padStart(4, "0")}`;
    const cell = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|(?!")([^${code}\\r\\n]*))(${code}|\\r\\n|\\r|\\n|$)`, "y");
    /** @type {string[][]} */
    const lines = [];
    /** @type {string[]} */
    let line = [];
    while (cell.lastIndex < text.length || line.length) {
      const found = cell.exec(text);
      if (!found) throw new Error(`cannot be read as CSV: quotation marks do not match in line ${lines.length + 1}`);
      const [, inside, bare, end] = found;
      line.push(inside === undefined ? bare : inside.replaceAll('""', '"'));
      if (end === between) continue;
      lines.push(line.length === 1 && line[0] === "" && inside === undefined ? [] : line);
      line = [];
    }
    return lines;
  };

  /** The lines of a text, each with its number; a first line `sep=;` tells what separates cells.
   * @param {string} text @returns {[number, string[]][]} */
  const lines = (text) => {
    const told = /^sep=(.)\r?\n/i.exec(text);
    const body = told ? text.slice(told[0].length) : text;
    const found = parsed(body, told ? told[1] : separator(body));
    return (told ? [[], ...found] : found).map((line, index) => [index + 1, line]);
  };

  /** @param {string[][]} table */
  const written = (table) =>
    `\ufeff${table.map((line) => `${line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\r\n`).join("")}`;

  return { guarded, plain, decoded, lines, written };
})();
