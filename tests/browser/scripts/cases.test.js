/* The cases that Python reads, too: each is read as the same review, with the same messages. */
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const { cases, guide } = require("./loading.js");

const DAY = "2026-11-24";
const names = fs.readdirSync(cases).filter((name) => /\.(json|csv)$/.test(name));

const read = (data, name) =>
  name.endsWith(".csv") ? reviewTable.read(data, guide) : reviewJson.read(reviewCsv.decoded(data).text, guide);

test("there are cases of both formats", () => {
  assert.ok(names.length > 30);
  assert.deepEqual(new Set(names.map((name) => path.extname(name))), new Set([".json", ".csv"]));
});

for (const name of names) {
  test(name, () => {
    const data = new Uint8Array(fs.readFileSync(path.join(cases, name)));
    const wanted = JSON.parse(fs.readFileSync(path.join(cases, `${name}.expected`), "utf8"));
    if (wanted.error) {
      assert.throws(() => read(data, name), (error) => error.message.startsWith(wanted.error));
      return;
    }
    const { review, problems } = read(data, name);
    assert.deepEqual(JSON.parse(reviewJson.write(review)), wanted.review);
    assert.deepEqual(problems.toSorted(), wanted.problems.toSorted());
    const open = reviewGate.openPoints(review, guide, DAY);
    assert.deepEqual(open, wanted.open);
    const shown = open.map((each) => JSON.stringify(each));
    const strict = reviewGate.openPoints(review, guide, DAY, true).filter((each) => !shown.includes(JSON.stringify(each)));
    assert.deepEqual(strict, wanted.open_if_reviews_are_required);
    assert.deepEqual(reviewJson.read(reviewJson.write(review), guide).review, review);
    const table = new TextEncoder().encode(reviewTable.write(review, guide));
    assert.deepEqual(reviewTable.read(table, guide).review, review);
  });
}
