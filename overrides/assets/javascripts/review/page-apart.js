/* The answers kept apart: of other versions of the guide, and second answers, between which somebody
   decides. */
"use strict";

const reviewApart = (() => {
  const { make } = reviewPage;
  const { key, name, text, WRITTEN } = reviewModel;

  /** @param {Answer} answer */
  const line = (answer) => {
    const written = WRITTEN.filter((field) => text(answer, field)).map((field) => `${field}: ${text(answer, field)}`);
    return [`${name(answer)}: ${answer.status}`, ...written].join("; ");
  };

  /** Show what is kept apart; `take` is called for the answer that is to stand instead of the first.
   * @param {HTMLElement} box @param {Review} review @param {Guide} guide
   * @param {{take: (answer: Answer) => void, drop: (answer: Answer) => void}} decide */
  const show = (box, review, guide, decide) => {
    box.hidden = review.kept_apart.length === 0;
    box.replaceChildren();
    if (box.hidden) return;
    const first = new Map(review.answers.map((each) => [key(each), each]));
    /** @param {string} label @param {Answer} answer @param {(answer: Answer) => void} action */
    const button = (label, answer, action) => {
      const found = make("button", { type: "button", textContent: label, onclick: () => action(answer) });
      found.setAttribute("aria-label", `${label}: ${line(answer).slice(0, 100)}`);
      return found;
    };
    const items = review.kept_apart.map((answer) => {
      const stands = first.get(key(answer));
      const besides = stands ? [make("br"), `It stands: ${line(stands)}`] : [];
      const buttons = guide.byKey.has(key(answer)) ? [button("Take this answer", answer, decide.take)] : [];
      return make("li", {}, line(answer), ...besides, make("div", {}, ...buttons, button("Remove", answer, decide.drop)));
    });
    const heading = make("p", { textContent: "Kept apart: second answers, and answers to requirements that this version of the guide does not have. They are exported, too. A second answer is an open finding until you decide." });
    box.append(heading, make("ul", {}, ...items));
  };

  return { line, show };
})();
