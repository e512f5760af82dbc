/* The checklist as a form. The table is complete without it. Reviews stay in this browser, one entry
   of the storage for each, so that two tabs can work on two of them, or on the same. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const panel = /** @type {HTMLElement} */ (document.querySelector(".dok-review"));
  if (!panel) return;
  const PREFIX = "dok-guide/review/1/";
  const CURRENT = "dok-guide/review-current/1";
  const catalog = panel.dataset.catalog || "";
  const said = /** @type {HTMLElement} */ (panel.querySelector(".dok-review__said"));
  /** @param {string} name @returns {any} */
  const field = (name) => panel.querySelector(`[name=${name}]`);

  const rows = [...document.querySelectorAll(".dok-checklist a[data-fingerprint]")].map((each) => {
    const link = /** @type {HTMLElement} */ (each);
    const element = /** @type {HTMLTableRowElement} */ (link.closest("tr"));
    return {
      control: link.textContent || "",
      audience: link.dataset.audience || "",
      level: Number(link.dataset.level),
      fingerprint: link.dataset.fingerprint || "",
      element,
      text: (element.textContent || "").toLowerCase(),
      /** @type {Record<string, any>} */
      inputs: {},
    };
  });
  const known = new Map(rows.map((row) => [dokReview.key(row), row.fingerprint]));

  /** @type {{key: string, before: Answer | undefined, after: string}[]} */
  let history = [];
  let name = "";
  /** @type {Review} */
  let review;

  const empty = () => ({ schema_version: "1.0", catalog, answers: [], kept_apart: [] });

  /** @param {string} message @param {string[]} [list] */
  const say = (message, list = []) => {
    said.replaceChildren();
    if (!message) return;
    const paragraph = document.createElement("p");
    paragraph.textContent = message;
    const items = document.createElement("ul");
    for (const each of list) items.append(Object.assign(document.createElement("li"), { textContent: each }));
    said.append(paragraph, ...(list.length ? [items] : []));
  };

  /** @param {string} which */
  const load = (which) => {
    try {
      const content = localStorage.getItem(PREFIX + which);
      return content === null ? null : dokReview.read(content, known, catalog).review;
    } catch {
      return null;
    }
  };

  const names = () => {
    const found = [];
    for (let index = 0; index < localStorage.length; index += 1) {
      const each = localStorage.key(index) || "";
      if (each.startsWith(PREFIX)) found.push(each.slice(PREFIX.length));
    }
    return found.sort();
  };

  const save = () => {
    try {
      localStorage.setItem(PREFIX + name, dokReview.write(review));
      localStorage.setItem(CURRENT, name);
      return true;
    } catch (error) {
      say(`Not saved, because this browser's storage is full or blocked (${error}). Export the review now: it is complete on this page.`);
      return false;
    }
  };

  /** What another tab has saved meanwhile stays; only this answer is put into it.
   * @param {string} key @param {Answer | undefined} answer */
  const put = (key, answer) => {
    const stored = load(name);
    if (stored) review = { ...stored, ...Object.fromEntries(dokReview.HEAD.map((each) => [each, field(each).value || undefined])) };
    review.answers = review.answers.filter((each) => dokReview.key(each) !== key);
    if (answer && !dokReview.isEmpty(answer)) review.answers.push(answer);
    save();
  };

  /** @param {string} key */
  const answerFor = (key) => review.answers.find((each) => dokReview.key(each) === key);

  /** @param {typeof rows[0]} row */
  const fromInputs = (row) => {
    /** @type {Record<string, string>} */
    const answer = { control: row.control, audience: row.audience, status: row.inputs.status.value };
    for (const each of dokReview.WRITTEN) if (row.inputs[each].value.trim()) answer[each] = row.inputs[each].value.trim();
    answer.fingerprint = row.fingerprint;
    return /** @type {Answer} */ (/** @type {unknown} */ (answer));
  };

  /** @param {typeof rows[0]} row */
  const show = (row) => {
    const answer = answerFor(dokReview.key(row));
    row.inputs.status.value = answer ? answer.status : dokReview.STATUSES[0];
    for (const each of dokReview.WRITTEN) {
      const value = (answer && answer[/** @type {"note"} */ (each)]) || "";
      if (row.inputs[each].value.trim() !== value) row.inputs[each].value = value;
    }
    decorate(row);
  };

  /** @param {typeof rows[0]} row */
  const decorate = (row) => {
    const answer = answerFor(dokReview.key(row));
    const status = row.inputs.status.value;
    row.element.dataset.status = status;
    const changed = answer && answer.fingerprint && answer.fingerprint !== row.fingerprint;
    row.inputs.flag.textContent = changed ? "The requirement has changed since this answer." : "";
    row.inputs.flag.hidden = !changed;
    const needs = status === "not applicable" && !row.inputs.reason.value.trim();
    row.inputs.reason.setAttribute("aria-invalid", String(needs));
    row.inputs.needs.hidden = !needs;
    if (needs || row.inputs.reason.value || row.inputs.note.value || row.inputs.owner.value || row.inputs.expires.value)
      row.inputs.more.open = true;
  };

  const filter = () => {
    const level = Number(field("level").value) || Infinity;
    const audience = field("audience").value;
    const status = field("status").value;
    const words = field("text").value.toLowerCase().split(/\s+/);
    const inScope = rows.filter((row) => row.level <= level && (!audience || row.audience === audience));
    for (const row of rows) {
      const matches =
        inScope.includes(row) &&
        (!status || row.inputs.status.value === status) &&
        words.every((/** @type {string} */ word) => row.text.includes(word));
      row.element.hidden = !matches;
    }
    for (const part of document.querySelectorAll(".dok-checklist")) {
      const none = !part.querySelector("tbody tr:not([hidden])");
      /** @type {HTMLElement} */ (part).hidden = none;
      /** @type {HTMLElement} */ (part.previousElementSibling).hidden = none;
    }
    const open = inScope.filter((row) => row.inputs.status.value === dokReview.STATUSES[0]).length;
    const progress = /** @type {HTMLProgressElement} */ (panel.querySelector("progress"));
    progress.max = inScope.length || 1;
    progress.value = inScope.length - open;
    const count = (/** @type {string} */ each) => inScope.filter((row) => row.inputs.status.value === each).length;
    const shown = rows.filter((row) => !row.element.hidden).length;
    /** @type {HTMLElement} */ (panel.querySelector(".dok-review__status")).textContent =
      `${inScope.length - open} of ${inScope.length} reviewed: ` +
      dokReview.STATUSES.slice(1).map((each) => `${count(each)} ${each}`).join(", ") +
      `. ${shown} shown.`;
  };

  const remember = () => {
    const query = new URLSearchParams();
    for (const each of ["level", "audience", "status", "text"]) if (field(each).value) query.set(each, field(each).value);
    const search = query.toString();
    window.history.replaceState(null, "", search ? `?${search}` : location.pathname);
  };

  const showApart = () => {
    const box = /** @type {HTMLElement} */ (panel.querySelector(".dok-review__apart"));
    const apart = review.kept_apart || [];
    box.hidden = apart.length === 0;
    box.replaceChildren();
    if (!apart.length) return;
    const heading = Object.assign(document.createElement("p"), {
      textContent: "Answers to requirements that this version of the guide does not have. They are kept and exported:",
    });
    const list = document.createElement("ul");
    for (const each of apart) {
      const parts = [`${each.control} (${each.audience}): ${each.status}`, each.reason, each.evidence, each.note];
      list.append(Object.assign(document.createElement("li"), { textContent: parts.filter(Boolean).join("; ") }));
    }
    box.append(heading, list);
  };

  const showAll = () => {
    const select = field("which");
    const all = [...new Set([...names(), name])].sort();
    select.replaceChildren(...all.map((each) => new Option(each, each, false, each === name)));
    for (const each of dokReview.HEAD) field(each).value = review[/** @type {"subject"} */ (each)] || "";
    rows.forEach(show);
    showApart();
    filter();
    panel.querySelector("[data-do=undo]")?.toggleAttribute("disabled", history.length === 0);
  };

  /** @param {string} which @param {Review} [content] */
  const open = (which, content) => {
    name = which;
    review = content || load(which) || empty();
    history = [];
    if (content) save();
    showAll();
  };

  /** @param {string} wanted */
  const free = (wanted) => {
    const taken = names();
    let found = wanted;
    for (let number = 2; taken.includes(found); number += 1) found = `${wanted} ${number}`;
    return found;
  };

  /** @param {typeof rows[0]} row @param {string} which */
  const changed = (row, which) => {
    const key = dokReview.key(row);
    const before = answerFor(key);
    const last = history[history.length - 1];
    // typing into one field is one step
    if (!(last && last.key === key && last.after === which && which !== "status")) history.push({ key, before: before && { ...before }, after: which });
    put(key, fromInputs(row));
    decorate(row);
    filter();
    panel.querySelector("[data-do=undo]")?.removeAttribute("disabled");
  };

  const undo = () => {
    const step = history.pop();
    if (!step) return;
    put(step.key, step.before);
    showAll();
    const row = rows.find((each) => dokReview.key(each) === step.key);
    if (row && !row.element.hidden) row.inputs.status.focus();
  };

  /** @param {string} content @param {string} type @param {string} ending */
  const download = (content, type, ending) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = `${name.replace(/[^\w.-]+/g, "-")}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  /** @param {File | undefined} file */
  const importFile = async (file) => {
    if (!file) return;
    try {
      if (file.size > dokReview.MOST_BYTES) throw new Error("The file is too large to be a review.");
      const { review: found, problems } = dokReview.read(await file.text(), known, catalog);
      open(free(found.subject || file.name.replace(/\.json$/i, "")), found);
      say(
        `Imported ${found.answers.length} answers as "${name}".` + (problems.length ? " Not taken over as they were:" : ""),
        problems,
      );
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  };

  /** @param {string} mode */
  const print = (mode) => {
    document.body.classList.add(`dok-print-${mode}`);
    window.addEventListener("afterprint", () => document.body.classList.remove(`dok-print-${mode}`), { once: true });
    window.print();
  };

  /** @param {typeof rows[0]} row */
  const build = (row) => {
    const [, , verdict, notes] = row.element.cells;
    const about = `${row.control}, ${row.audience}`;
    const screen = document.createElement("div");
    screen.className = "dok-fill";
    const status = document.createElement("select");
    status.setAttribute("aria-label", `Status of ${about}`);
    status.append(...dokReview.STATUSES.map((each) => new Option(each, each)));
    screen.append(status);
    const flag = Object.assign(document.createElement("p"), { className: "dok-fill__flag", hidden: true });
    screen.append(flag);
    verdict.append(screen);
    row.inputs.status = status;
    row.inputs.flag = flag;
    const written = document.createElement("div");
    written.className = "dok-fill";
    /** @param {string} which @param {HTMLElement} into @param {string} kind */
    const add = (which, into, kind) => {
      const input = kind === "area" ? document.createElement("textarea") : document.createElement("input");
      if (kind === "area") /** @type {HTMLTextAreaElement} */ (input).rows = 2;
      else input.setAttribute("type", kind);
      input.setAttribute("aria-label", `${which[0].toUpperCase()}${which.slice(1)} for ${about}`);
      input.setAttribute("placeholder", which);
      input.setAttribute("maxlength", which === "owner" ? "200" : "30000");
      row.inputs[which] = input;
      into.append(input);
    };
    add("evidence", written, "area");
    const more = document.createElement("details");
    more.append(Object.assign(document.createElement("summary"), { textContent: "Reason, note, owner, end" }));
    row.inputs.more = more;
    add("reason", more, "area");
    row.inputs.needs = Object.assign(document.createElement("p"), { className: "dok-fill__flag", textContent: "Not applicable needs a reason.", hidden: true });
    more.append(row.inputs.needs);
    add("note", more, "area");
    add("owner", more, "text");
    add("expires", more, "date");
    written.append(more);
    notes.append(written);
    for (const which of ["status", ...dokReview.WRITTEN]) row.inputs[which].addEventListener("input", () => changed(row, which));
  };

  rows.forEach(build);
  const query = new URLSearchParams(location.search);
  for (const each of ["level", "audience", "status", "text"]) {
    field(each).value = query.get(each) || "";
    if (field(each).value === "" && field(each).tagName === "SELECT") field(each).selectedIndex = 0;
    field(each).addEventListener("input", () => {
      remember();
      filter();
    });
  }
  for (const each of dokReview.HEAD)
    field(each).addEventListener("input", () => {
      review[/** @type {"subject"} */ (each)] = field(each).value.trim() || undefined;
      save();
    });
  field("which").addEventListener("input", () => {
    open(field("which").value);
    save();
    say("");
  });
  field("import").addEventListener("change", () => {
    importFile(field("import").files[0]).then(() => (field("import").value = ""));
  });
  /** @type {Record<string, () => void>} */
  const actions = {
    new: () => open(free("Review"), /** @type {Review} */ (empty())),
    rename: () => {
      const wanted = window.prompt("Name of this review", name);
      if (!wanted || wanted.trim() === name) return;
      const before = name;
      name = free(wanted.trim().slice(0, 100));
      if (save()) localStorage.removeItem(PREFIX + before);
      showAll();
    },
    remove: () => {
      if (!window.confirm(`Delete the review "${name}" from this browser? Export it first if you may need it.`)) return;
      localStorage.removeItem(PREFIX + name);
      open(names()[0] || "Review");
    },
    undo,
    json: () => download(dokReview.write(review), "application/json", "json"),
    csv: () => download(dokReview.toCsv(review, known), "text/csv", "csv"),
    print: () => print("answers"),
    blank: () => print("blank"),
  };
  panel.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("[data-do]");
    if (button) actions[/** @type {HTMLElement} */ (button).dataset.do || ""]();
  });
  document.addEventListener("keydown", (event) => {
    const inText = /** @type {HTMLElement} */ (event.target).matches("input, textarea");
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && !inText) {
      event.preventDefault();
      undo();
    }
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    importFile(event.dataTransfer?.files[0]);
  });
  window.addEventListener("storage", (event) => {
    if (event.key !== PREFIX + name) return;
    const stored = load(name);
    if (stored) review = stored;
    showAll();
  });

  document.body.classList.add("dok-filling");
  let current = "Review";
  try {
    current = localStorage.getItem(CURRENT) || names()[0] || current;
  } catch (error) {
    say(`This browser stores nothing (${error}). Export the review before you leave.`);
  }
  open(current);
});
