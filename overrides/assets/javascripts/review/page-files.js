/* Files in and out of the page: opened as a review of their own, merged into the one on the desk, or
   downloaded. */
"use strict";

/** @typedef {{panel: HTMLElement, desk: Desk, guide: Guide, say: (message: string, lines?: string[]) => void,
 *   create: (name: string, review: Review) => boolean, showAll: () => void}} Around */

const reviewFiles = (() => {
  const { make } = reviewPage;
  /** @param {unknown} error */
  const messageOf = (error) => (error instanceof Error ? error.message : String(error));

  /** @param {Around} around */
  const open = ({ panel, desk, guide, say, create, showAll }) => {
    /** @param {string} ending */
    const download = (ending) => {
      try {
        const { content, type } = reviewFile.whole(ending, desk.review(), guide);
        const href = URL.createObjectURL(new Blob([content], { type }));
        make("a", { href, download: `${reviewFile.safeName(desk.name())}.${ending}` }).click();
        setTimeout(() => URL.revokeObjectURL(href), 10000);
      } catch (error) {
        say(messageOf(error));
      }
    };

    /** @param {Taken} taken @param {string} fileName */
    const take = ({ review, problems }, fileName) => {
      const saved = create(review.subject || fileName.replace(/\.(json|csv|txt)$/i, ""), review);
      const apart = review.kept_apart.length ? `, ${review.kept_apart.length} kept apart` : "";
      const found = `${review.answers.length} answers${apart} as "${desk.name()}"`;
      say(`${saved ? "Imported" : "Read, but not saved:"} ${found}.${problems.length ? " Look at these:" : ""}`, problems);
    };

    /** @param {Taken} taken */
    const merge = ({ review, problems }) => {
      const merged = reviewMerging.merge(desk.review(), review, guide);
      const saved = desk.change("merge", (mine) => reviewMerging.merge(mine, review, guide).review);
      showAll();
      const conflicts = merged.conflicts.map((each) => `${each}: the first stands, the second is kept apart`);
      const found = `${merged.added} answers added, ${conflicts.length} contradict each other`;
      say(`${saved ? "Merged" : "Merged, but not saved"}: ${found}.`, [...conflicts, ...merged.notes, ...problems]);
    };

    /** @param {File | undefined} file @param {(taken: Taken, name: string) => void} use */
    const read = async (file, use) => {
      if (!file) return;
      try {
        const data = new Uint8Array(await file.slice(0, reviewTaking.MOST_BYTES + 1).arrayBuffer());
        use(reviewFile.read(file.name, data, guide), file.name);
      } catch (error) {
        say(`The file ${file.name} ${messageOf(error)}.`);
      }
    };

    for (const [name, use] of /** @type {[string, typeof take][]} */ ([["import", take], ["merge", merge]])) {
      const input = /** @type {HTMLInputElement} */ (panel.querySelector(`[name=${name}]`));
      input.addEventListener("change", () => read(input.files?.[0], use).then(() => (input.value = "")));
    }
    // a text that is dropped into a field belongs there
    const withFile = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files");
    document.addEventListener("dragover", (event) => withFile(event) && event.preventDefault());
    document.addEventListener("drop", (event) => {
      if (!withFile(event)) return;
      event.preventDefault();
      read(event.dataTransfer?.files[0], take);
    });
    return { download };
  };

  return { open };
})();
