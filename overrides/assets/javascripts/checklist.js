/* The checklist as a form. The table is complete without it; what it does stands in review/. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const panel = /** @type {HTMLElement} */ (document.querySelector(".dok-review"));
  if (!panel) return;
  const { withAnswer, key } = reviewModel;
  const rows = reviewPage.rows();
  const withdrawn = (panel.dataset.withdrawn || "").split(" ").filter(Boolean);
  const guide = reviewModel.guide(panel.dataset.catalog || "", rows, withdrawn);
  const storage = reviewStorage.open(() => window.localStorage);
  const desk = reviewDesk.open(storage, guide);
  const history = reviewHistory.open();
  const filters = reviewFilters.open(rows, panel);
  const { say, showSaved } = reviewSaid.open(panel, desk);
  const head = reviewHead.open(panel, desk, (deciding) => (deciding ? showAll() : showSaved()));

  /** @param {string} name @returns {any} */
  const field = (name) => panel.querySelector(`[name=${name}]`);

  /** @param {string} place */
  const answerTo = (place) => desk.review().answers.find((each) => key(each) === place);

  const showProgress = () => {
    filters.count(desk.review(), guide);
    panel.querySelector("[data-do=undo]")?.toggleAttribute("disabled", history.isEmpty());
    showSaved();
  };

  /** @param {string} place @param {Answer | undefined} answer */
  const put = (place, answer) => desk.change(place, (review) => withAnswer(review, guide, place, answer));

  /** An answer that somebody has changed in a row. @param {RowForm} form @param {string} which @param {Answer} answer */
  const changed = (form, which, answer) => {
    const place = form.row.key;
    history.add({ key: place, field: which, before: answerTo(place), after: reviewModel.isEmpty(answer) ? undefined : answer });
    put(place, answer);
    form.show(answerTo(place));
    showProgress();
  };

  const forms = rows.map((row) => {
    /** @type {RowForm} */
    const form = reviewForm.build(
      row,
      (which) => changed(form, which, form.read()),
      () => changed(form, "changed", reviewModel.answer({ ...answerTo(row.key), fingerprint: row.fingerprint, changed: false })),
    );
    return form;
  });

  /** Take an answer out of those kept apart. @param {Answer} answer @param {(review: Review) => Review} edit */
  const decide = (answer, edit) => {
    desk.change(`apart ${JSON.stringify(answer)}`, (review) => {
      const left = review.kept_apart.filter((each) => !reviewModel.same(each, answer));
      return left.length === review.kept_apart.length ? review : { ...edit(review), kept_apart: left };
    });
    showAll();
  };

  /** The filters and the scope stand in the address, so that it can be passed on. */
  const remember = () => {
    const query = new URLSearchParams();
    for (const each of ["level", "audience", "status", "text"]) if (field(each).value) query.set(each, field(each).value);
    const search = query.toString();
    window.history.replaceState(null, "", (search ? `?${search}` : location.pathname) + location.hash);
  };

  /** Show the review that is on the desk. */
  const showAll = () => {
    field("which").replaceChildren(...desk.names().map((each) => new Option(each, each, false, each === desk.name())));
    head.show();
    for (const form of forms) form.show(answerTo(form.row.key));
    reviewApart.show(/** @type {HTMLElement} */ (panel.querySelector(".dok-review__apart")), desk.review(), guide, {
      take: (answer) => decide(answer, (review) => withAnswer(review, guide, key(answer), answer)),
      drop: (answer) => decide(answer, (review) => review),
    });
    filters.apply(desk.review(), guide);
    showProgress();
    remember();
  };

  /** Show another review from its first open row on. */
  const begin = () => {
    history.clear();
    showAll();
    filters.goOn(desk.review());
  };

  /** @param {string} which */
  const turnTo = (which) => {
    const problem = desk.turnTo(which);
    begin();
    say(problem);
  };

  /** @param {string} wanted @param {Review} review */
  const create = (wanted, review) => {
    const saved = desk.create(wanted, review);
    begin();
    return saved;
  };

  const undo = () => {
    const taken = history.take(answerTo);
    if (!taken) return;
    const { step, holds } = taken;
    const form = forms.find((each) => each.row.key === step.key);
    if (holds) put(step.key, step.before);
    else say(`${form?.row.control} was answered anew in another tab; that answer stays.`);
    form?.show(answerTo(step.key));
    showProgress();
    if (form && !form.row.element.hidden) /** @type {HTMLElement | null} */ (form.row.element.querySelector("select"))?.focus();
  };

  const rename = () => {
    const wanted = (window.prompt("Name of this review", desk.name()) || "").trim();
    if (!wanted || wanted === desk.name()) return;
    desk.rename(wanted);
    showAll();
  };

  const remove = () => {
    if (!window.confirm(`Delete the review "${desk.name()}" from this browser? Export it first if you may need it.`)) return;
    desk.remove(desk.name());
    turnTo(storage.current());
  };

  const files = reviewFiles.open({ panel, desk, guide, say, create, showAll });
  const print = reviewPrint.open(desk, rows);
  /** @type {Record<string, () => void>} */
  const actions = {
    new: () => {
      create("Review", reviewModel.blank(guide));
      say("");
    },
    rename,
    remove,
    undo,
    json: () => files.download("json"),
    csv: () => files.download("csv"),
    print: () => print("answers"),
    blank: () => print("blank"),
    again: () => filters.apply(desk.review(), guide),
    unfold: () => filters.fold(true),
    fold: () => filters.fold(false),
  };

  panel.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("[data-do]");
    if (button) actions[/** @type {HTMLElement} */ (button).dataset.do || ""]();
  });
  for (const each of ["status", "text"])
    field(each).addEventListener("input", () => {
      remember();
      filters.apply(desk.review(), guide);
    });
  field("which").addEventListener("input", () => turnTo(field("which").value));
  document.addEventListener("keydown", (event) => {
    const inText = /** @type {HTMLElement} */ (event.target).matches("input:not([type=checkbox]), textarea");
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && !inText) {
      event.preventDefault();
      undo();
    }
  });
  window.addEventListener("storage", (event) => {
    if (storage.nameOf(event.key) !== desk.name()) return;
    desk.refresh();
    showAll();
  });

  document.body.classList.add("dok-filling");
  const query = new URLSearchParams(location.search);
  const problem = desk.turnTo(storage.current());
  for (const each of ["status", "text"]) {
    field(each).value = query.get(each) || "";
    if (!field(each).value && field(each).options) field(each).selectedIndex = 0;
  }
  const scope = head.take(query);
  begin();
  say(problem || scope);
});
