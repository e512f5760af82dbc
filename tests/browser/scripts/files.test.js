/* Files that people give, reviews that meet, and what is given away. */
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { guide } = require("./loading.js");

const bytes = (text) => new TextEncoder().encode(text);
const [first, second] = guide.requirements;
const answer = (of, fields) => reviewModel.answer({ control: of.control, audience: of.audience, fingerprint: of.fingerprint, ...fields });
const review = (...answers) => ({ ...reviewModel.blank(guide), answers });

for (const [start, said] of [
  ["PK\x03\x04", /spreadsheet.*save it as CSV/],
  ["%PDF-1.7", /is a PDF/],
  ["\x00\x01\x02", /column/],
  ["{", /cannot be read as JSON/],
  ['"a"b,c', /quotation marks do not match in line 1/],
  ['Control,Audience,Status\r\nAB-1,"producer', /quotation marks do not match in line 2/],
])
  test(`a file that begins with ${JSON.stringify(start)} is told`, () => {
    assert.throws(() => reviewFile.read("a.xlsx", bytes(start), guide), said);
  });

test("bytes that are of no encoding are told", () => {
  assert.throws(() => reviewFile.read("a.csv", new Uint8Array([0x81, 0x8d]), guide), /neither UTF-8/);
});

test("more than a review can hold is refused at once", () => {
  const answers = Array.from({ length: 50000 }, (_, number) => ({ control: `ZZ-${number}`, audience: "producer", status: "met" }));
  assert.throws(() => reviewJson.read(JSON.stringify({ answers }), guide), /holds 50000 answers, more than 5000/);
  assert.throws(() => reviewFile.read("a.csv", new Uint8Array(20000001), guide), /has 20000001 bytes/);
});

test("a field that stands twice is said, and a number keeps its digits", () => {
  const content = '{"answers": [{"control": "AB-1", "audience": "producer", "note": "a", "note": 12345678901234567890}]}';
  const taken = reviewJson.read(content, guide);
  assert.deepEqual(taken.problems, ['the field "note" stands twice; the last is taken']);
  assert.equal(taken.review.answers[0].note, "12345678901234567890");
});

test("a comma, a semicolon, a tab and a bar separate alike", () => {
  for (const between of [",", ";", "\t", "|"]) {
    const table = ["Control", "Audience", "Status", "Note"].join(between) + `\nab-1${between}producer${between}met${between}"a${between}""b"""\n`;
    assert.equal(reviewFile.read("a.csv", bytes(table), guide).review.answers[0].note, `a${between}"b"`);
  }
});

test("what cannot be held is not exported", () => {
  const long = review(answer(first, { note: "x".repeat(32001) }));
  assert.throws(() => reviewFile.whole("csv", long, guide), /note of AB-1 \(producer\) has 32001 characters, more than 32000/);
  const unsaid = review({ ...answer(first, { status: "met" }), note: "bell \u0007" });
  assert.throws(() => reviewFile.whole("json", unsaid, guide), /would not hold AB-1 \(producer\)/);
});

test("a download has a name that every system takes", () => {
  assert.equal(reviewFile.safeName("注文データベース"), "注文データベース");
  assert.equal(reviewFile.safeName("../a:b"), "-a-b");
  assert.equal(reviewFile.safeName("..."), "review");
});

test("reviews that meet drop nothing", () => {
  const mine = { ...review(answer(first, { status: "met" })), reviewer: "Ada", level: 1, depth: "deep", date: "2026-11-24" };
  const other = answer(first, { status: "not met", evidence: "seen" });
  const unknown = reviewModel.answer({ control: "ZZ-9", audience: "producer", status: "met" });
  const theirs = { ...review(other, answer(second, { status: "met" })), kept_apart: [unknown] };
  Object.assign(theirs, { reviewer: "Grace", approver: "Joan", depth: "quick", level: 2, date: "2026-11-20" });
  const merged = reviewMerging.merge(mine, theirs, guide);
  assert.deepEqual([merged.added, merged.conflicts], [1, ["AB-1 (producer): met and not met"]]);
  assert.deepEqual(merged.review.answers.map((each) => each.status), ["met", "met"]);
  assert.deepEqual(merged.review.kept_apart, [unknown, other]);
  const { reviewer, approver, level, depth, date } = merged.review;
  assert.deepEqual([reviewer, approver, level, depth, date], ["Ada, Grace", "Joan", 2, "quick", "2026-11-24"]);
  assert.ok(merged.notes.includes('level: "1" and "2"; "2" is taken'));
  const open = reviewGate.openPoints(merged.review, guide, "2026-11-24").map((each) => each.why);
  assert.deepEqual(open, ["contradicted by another answer", "not in this version of the guide"]);
});

test("answers that only add to each other become one", () => {
  const mine = review(answer(first, { status: "met", evidence: "seen" }));
  const theirs = review(answer(first, { status: "met", note: "more" }));
  const merged = reviewMerging.merge(mine, theirs, guide);
  assert.deepEqual(merged.review.answers, [answer(first, { status: "met", evidence: "seen", note: "more" })]);
  assert.deepEqual(merged.conflicts, []);
});
