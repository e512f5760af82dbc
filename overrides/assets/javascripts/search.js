/* The search of the theme, with another order. The theme's worker finds the pages; this one takes it
   into itself and sorts what it found: an id that was typed is first, then titles, summaries and words of
   the glossary count more than texts, and controls come before threats and lists. */
"use strict";

(() => {
  /* On file:// the theme runs workers in a frame, whose address is not that of the script. */
  const own = typeof document === "undefined" ? location.href : /** @type {any} */ (document.currentScript).src;
  const EXACT = 1000;
  const WEIGHT = { word: 10, title: 9, entry: 9, summary: 6, text: 1 };
  /* How much a page counts by where it stands. */
  const KINDS = [
    [/^controls\/[A-Z]+-\d+/, 1],
    [/^(threats|crosswalk|glossary|categories)\b/, 0.6],
    [/^/, 0.8],
  ];

  /** What is known of a page.
   * @typedef {{id: string, kind: number, lists: boolean, title: string[], summary: string[], words: string[][], text: string}} Page
   * @type {Map<string, Page>} */
  const pages = new Map();

  const lunr = () => /** @type {any} */ (self).lunr;

  const ID = /^\p{L}+-\d/u;

  /** The stems of a text: `rotate` and `rotation` are the same; an id and a path stay whole.
   * @param {string} text */
  const stems = (text) =>
    (text.toLowerCase().replace(/<[^>]*>/g, " ").match(/\p{L}+-\d+|[\p{L}\p{N}]+(\/[\p{L}\p{N}]+)*/gu) || []).map((word) =>
      ID.test(word) ? word : lunr().stemmer(new (lunr().Token)(word)).toString(),
    );

  /** @param {{location: string, title: string, text: string, tags?: string[]}[]} docs */
  const learn = (docs) => {
    for (const { location: path, title, text, tags = [] } of docs) {
      const page = pages.get(path.split("#")[0]);
      if (page) page.text += ` ${text.toLowerCase()}`;
      if (path.includes("#")) continue;
      const [, first = ""] = text.match(/<p>(.*?)<\/p>/s) || [];
      const [id = ""] = title.match(/^[A-Z]+-\d+(?= )/) || [];
      const [, kind] = KINDS.find(([where]) => /** @type {RegExp} */ (where).test(path)) || [];
      pages.set(path, {
        id: id.toLowerCase(),
        kind: Number(kind),
        lists: path.startsWith("crosswalk/"),
        title: stems(title),
        summary: stems(first),
        words: tags.map(stems),
        text: text.toLowerCase(),
      });
    }
  };

  /** How well a page answers. @param {Page} page @param {string} query @param {any[]} group */
  const score = (page, query, group) => {
    if (page.id && query.trim().toLowerCase().replace(/[\s-]+/, "-") === page.id) return EXACT;
    const wanted = stems(query);
    const terms = group.flatMap((doc) => Object.keys(doc.terms).filter((term) => doc.terms[term]));
    const inText = (/** @type {string} */ word) => {
      if (!ID.test(word)) return terms.some((term) => stems(term)[0]?.startsWith(word)) ? WEIGHT.text : 0;
      return page.text.includes(word) ? (page.lists ? WEIGHT.entry : WEIGHT.text) : 0;
    };
    const has = (/** @type {string[]} */ list, /** @type {string} */ word) =>
      list.some((each) => each === word || (word.length > 2 && each.startsWith(word)));
    const found = wanted.map((word) => {
      if (page.words.some((each) => has(each, word))) return WEIGHT.word;
      if (has(page.title, word)) return WEIGHT.title;
      if (has(page.summary, word)) return WEIGHT.summary;
      return inText(word);
    });
    const whole = page.words.some((each) => each.join(" ") === wanted.join(" "));
    const sum = found.reduce((all, each) => all + each, 0) / (wanted.length || 1);
    return page.kind * (sum + (found.every(Boolean) ? WEIGHT.text : 0)) + (whole ? WEIGHT.word : 0);
  };

  /** @param {string} query @param {any[][]} groups */
  const sorted = (query, groups) => {
    const path = (/** @type {any[]} */ group) => group[0].location.split("#")[0];
    const scored = groups.map((group, at) => {
      const page = pages.get(path(group));
      return { group, at, score: page ? score(page, query, group) : 0 };
    });
    return scored.sort((one, other) => other.score - one.score || one.at - other.at).map((each) => each.group);
  };

  let asked = "";
  const answer = self.postMessage.bind(self);
  addEventListener("message", ({ data }) => {
    if (data.type === 0) learn(data.data.docs);
    if (data.type === 2) asked = data.data;
  });
  self.postMessage = (/** @type {any} */ message) => {
    if (message.type === 3) message.data.items = sorted(asked, message.data.items);
    answer(message);
  };
  /** @type {any} */ (self).importScripts(new URL(new URL(own).hash.slice(1), own).href);
})();
