/* Storage that is full, blocked, damaged or shared with another tab: no answer is lost. */
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { guide } = require("./loading.js");

/** A storage with room for so many characters. */
const area = (room = Infinity) => {
  const entries = new Map();
  return {
    entries,
    room,
    get length() {
      return entries.size;
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (name) => entries.get(name) ?? null,
    setItem(name, content) {
      if (content.length > this.room) throw new Error("QuotaExceededError");
      entries.set(name, content);
    },
    removeItem: (name) => void entries.delete(name),
  };
};

const deskOn = (of) => {
  const desk = reviewDesk.open(reviewStorage.open(() => of), guide);
  desk.turnTo("Review");
  return desk;
};

const answers = guide.requirements.map(({ control, audience, fingerprint }) =>
  reviewModel.answer({ control, audience, fingerprint, status: "met" }),
);
const put = (desk, answer) =>
  desk.change(reviewModel.key(answer), (review) => reviewModel.withAnswer(review, guide, reviewModel.key(answer), answer));
const keys = (review) => review.answers.map(reviewModel.key);

test("what is stored is there again", () => {
  const browser = area();
  assert.ok(put(deskOn(browser), answers[0]));
  assert.deepEqual(deskOn(browser).review().answers, [answers[0]]);
});

test("a full storage keeps the page complete, and is filled up when there is room", () => {
  const browser = area();
  const desk = deskOn(browser);
  put(desk, answers[0]);
  browser.room = 10;
  for (const answer of answers.slice(1)) assert.equal(put(desk, answer), false);
  assert.deepEqual(desk.review().answers, answers);
  assert.match(desk.unsaved(), /Not saved: "Review".*Quota/);
  browser.room = Infinity;
  assert.ok(put(desk, { ...answers[0], note: "there is room" }));
  assert.equal(desk.unsaved(), "");
  assert.deepEqual(keys(deskOn(browser).review()), keys({ answers }));
});

test("a review that is too large is held while others are opened", () => {
  const browser = area();
  const desk = deskOn(browser);
  put(desk, answers[0]);
  browser.room = 0;
  assert.equal(desk.create("Large", { ...reviewModel.blank(guide), answers }), false);
  desk.turnTo("Review");
  assert.deepEqual(desk.review().answers, [answers[0]]);
  assert.match(desk.unsaved(), /"Large"/);
  desk.turnTo("Large");
  assert.deepEqual(desk.review().answers, answers);
});

test("a storage that keeps something else is not taken for one that saves", () => {
  const browser = area();
  browser.setItem = (name) => void browser.entries.set(name, "{}");
  assert.equal(put(deskOn(browser), answers[0]), false);
});

test("a blocked storage is said, and everything works as long as the page is open", () => {
  const storage = reviewStorage.open(() => {
    throw new Error("Access is denied");
  });
  const desk = reviewDesk.open(storage, guide);
  desk.turnTo(storage.current());
  put(desk, answers[0]);
  desk.create("Second", reviewModel.blank(guide));
  desk.turnTo("Review");
  assert.deepEqual(desk.review().answers, [answers[0]]);
  assert.match(desk.unsaved(), /stores nothing \(Access is denied\)/);
});

test("two tabs put their answers beside each other, also after one could not save", () => {
  const browser = area();
  const [one, other] = [deskOn(browser), deskOn(browser)];
  put(one, answers[0]);
  put(other, answers[1]);
  browser.room = 10;
  put(one, answers[2]);
  browser.room = Infinity;
  put(other, answers[3]);
  put(one, { ...answers[0], note: "again" });
  assert.deepEqual(keys(deskOn(browser).review()), keys({ answers }));
});

test("an entry that cannot be read stays as it is", () => {
  const browser = area();
  browser.setItem("dok-guide/review/1/Review", "{damaged");
  const desk = reviewDesk.open(reviewStorage.open(() => browser), guide);
  assert.match(desk.turnTo("Review"), /"Review" cannot be read as JSON.*stays as it is/);
  put(desk, answers[0]);
  assert.equal(browser.getItem("dok-guide/review/1/Review"), "{damaged");
  assert.equal(desk.name(), "Review 2");
});

test("an entry that another tab has damaged is not written over", () => {
  const browser = area();
  const desk = deskOn(browser);
  put(desk, answers[0]);
  browser.setItem("dok-guide/review/1/Review", "{damaged");
  put(desk, answers[1]);
  assert.equal(browser.getItem("dok-guide/review/1/Review"), "{damaged");
  assert.deepEqual(desk.review().answers, answers.slice(0, 2));
});

test("who deletes a review sees another one", () => {
  const browser = area();
  const storage = reviewStorage.open(() => browser);
  const desk = reviewDesk.open(storage, guide);
  desk.turnTo(storage.current());
  put(desk, answers[0]);
  desk.create("Second", { ...reviewModel.blank(guide), answers });
  desk.remove("Second");
  assert.equal(storage.current(), "Review");
});

test("undo takes typing back at once, and leaves a newer answer alone", () => {
  const history = reviewHistory.open();
  const [key] = keys({ answers });
  const typed = (note) => reviewModel.answer({ ...answers[0], note });
  history.add({ key, field: "status", before: undefined, after: answers[0] });
  history.add({ key, field: "note", before: answers[0], after: typed("a") });
  history.add({ key, field: "note", before: typed("a"), after: typed("ab") });
  const first = history.take(() => typed("ab"));
  assert.deepEqual([first.step.before, first.holds], [answers[0], true]);
  assert.equal(history.take(() => typed("of another tab")).holds, false);
  assert.equal(history.take(() => undefined), undefined);
});
