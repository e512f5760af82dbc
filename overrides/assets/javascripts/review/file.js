/* Files as people give and take them: what is read is told by its content, what is written is read
   back before it is given away. */
"use strict";

const reviewFile = (() => {
  /** What other files begin with, and what to do with them. @type {[RegExp, string][]} */
  const OTHERS = [
    [/^PK\x03\x04/, "is a spreadsheet or another packed file; save it as CSV and import that, or run `dok-guide review convert`"],
    [/^%PDF/, "is a PDF; run `dok-guide review convert` to read its fields"],
    [/^\xd0\xcf\x11\xe0/, "is an old or an encrypted spreadsheet; save it as CSV and import that"],
  ];

  /** The review of a file. Throws an Error that says what to do if it holds none.
   * @param {string} name @param {Uint8Array} data @param {Guide} guide @returns {Taken} */
  const read = (name, data, guide) => {
    if (data.length > reviewTaking.MOST_BYTES)
      throw new Error(`has ${data.length} bytes, more than ${reviewTaking.MOST_BYTES}; this is no review`);
    const start = String.fromCharCode(...data.subarray(0, 8));
    const other = OTHERS.find(([beginning]) => beginning.test(start));
    if (other) throw new Error(other[1]);
    const { text, problems } = reviewCsv.decoded(data);
    if (!/^\s*[{[]/.test(text) && !/\.json$/i.test(name)) return reviewTable.read(data, guide);
    const taken = reviewJson.read(text, guide);
    return { review: taken.review, problems: [...problems, ...taken.problems] };
  };

  /** What differs between two reviews. @param {Review} old @param {Review} now */
  const differences = (old, now) => {
    const heads = [/** @type {Fields} */ (old), /** @type {Fields} */ (now)];
    const found = reviewModel.HEAD.filter((name) => (heads[0][name] || "") !== (heads[1][name] || ""));
    const answers = new Map(now.answers.map((each) => [reviewModel.key(each), each]));
    const lost = old.answers.filter((each) => !reviewModel.same(each, answers.get(reviewModel.key(each))));
    found.push(...lost.map(reviewModel.name));
    const apart = [old, now].map((each) => JSON.stringify(each.kept_apart.map(reviewModel.answer)));
    if (apart[0] !== apart[1]) found.push("answers kept apart");
    if (old.answers.length !== now.answers.length && !lost.length) found.push("more answers than there were");
    return found;
  };

  /** @type {Record<string, {type: string, write: (review: Review, guide: Guide) => string}>} */
  const FORMS = {
    json: { type: "application/json", write: reviewJson.write },
    csv: { type: "text/csv", write: reviewTable.write },
  };

  /** A review as a file from which the same review is read. Throws an Error, with what would be lost,
   * if there is none. @param {string} ending @param {Review} review @param {Guide} guide */
  const whole = (ending, review, guide) => {
    const long = reviewValues.allTooLong(review);
    if (long.length) throw new Error(`Not exported: ${long.join("; ")}`);
    const content = FORMS[ending].write(review, guide);
    const back = read(`review.${ending}`, new TextEncoder().encode(content), guide).review;
    const lost = differences(review, back);
    if (lost.length) throw new Error(`Not exported: the file would not hold ${lost.join("; ")}`);
    return { content, type: FORMS[ending].type };
  };

  /** A name that every system takes. @param {string} name */
  const safeName = (name) => name.replace(/[\\/:*?"<>|\x00-\x1f]+/g, "-").replace(/^[.\s]+|[.\s]+$/g, "") || "review";

  return { read, whole, differences, safeName };
})();
