"""One answer as somebody wrote it: what fits its fields, and what moves into the note."""

import re
from dataclasses import dataclass, replace

from dok_guide.model import LETTERS, Catalog
from dok_guide.review.model import DATES, GAPS, STATUSES, UNANSWERED, WRITTEN, Answer
from dok_guide.review.values import Problems, clean, one_line, quoted, read_date

#: How a flag says that somebody has looked at a changed requirement and the answer still holds.
CONFIRMED = "confirmed"
#: What stands before a fingerprint in a table: digits alone would become a number.
MARK = "fp:"
_KNOWN = ("control", "audience", "status", *WRITTEN, "fingerprint", "changed")
_FINGERPRINT = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True)
class Row:
    """What a format found for one answer: the place to name in messages, and the cells by field.

    A cell `changed` holds any text if the format flags the answer, and CONFIRMED if somebody has
    confirmed it. Fields that no answer has are moved into the note.
    """

    place: str
    cells: dict[str, str | None]
    apart: bool = False


class Entry:
    """A row on its way to an answer, with the notes and problems that it gives."""

    def __init__(self, row: Row, asked: dict[tuple[str, str], Answer], catalog: Catalog) -> None:
        self.problems: Problems = []
        self._cells = row.cells
        self._asked = asked
        self._catalog = catalog
        self._notes: list[str] = []

    def answer(self) -> Answer:
        """Return the answer; what doesn't fit is in its note, and said in `problems`."""
        texts = {name: clean(self._cells.get(name), name, self.problems) for name in _KNOWN}
        for name in ("control", "audience", "owner"):
            texts[name] = one_line(texts[name], name, self.problems)
        control, audience = texts["control"] or "", (texts["audience"] or "").lower()
        if (control.upper(), audience) in self._asked:
            control = control.upper()
        self._notes += [texts["note"]] if texts["note"] else []
        answer = Answer(
            control=control,
            audience=audience,
            status=self._status(texts["status"]),
            reason=texts["reason"],
            evidence=texts["evidence"],
            owner=texts["owner"],
            **{name: read_date(texts[name], name, self._notes, self.problems) for name in DATES},  # type: ignore[arg-type]
        )
        answer = self._with_items(answer, texts["items"])
        self._note_unknown()
        answer = replace(answer, note="\n".join(self._notes) or None)
        return self._with_fingerprint(answer, texts["fingerprint"], texts["changed"])

    def _move(self, label: str, text: str | None, problem: str) -> None:
        self.problems.append(f"{problem}; moved into the note")
        self._notes.append(f"{label}: {text}")

    def _status(self, text: str | None) -> str:
        status = " ".join((text or UNANSWERED).lower().split())
        if status in STATUSES:
            return status
        allowed = ", ".join(STATUSES)
        self._move("Status was", text, f"status {quoted(text or '')} is not one of {allowed}")
        return UNANSWERED

    def _with_items(self, answer: Answer, text: str | None) -> Answer:
        """Return an answer with the letters of a text such as `a, c`.

        Where they can't be understood, nobody knows whether all is well.
        """
        if text is None:
            return answer
        letters = {part.strip("().") for part in re.split(r"[\s,;]+", text.lower())}
        known = self._letters(answer)
        if letters <= set(known):
            return replace(answer, items=tuple(sorted(letters)))
        which = f"are not among {', '.join(known)}" if known else "are named, and there are none"
        self._move("Items were", text, f"items {quoted(text)} {which}")
        if answer.status in (*GAPS, UNANSWERED):
            return answer
        self._notes.append(f"Status was: {answer.status}")
        return replace(answer, status=UNANSWERED)

    def _letters(self, answer: Answer) -> tuple[str, ...]:
        """Return the letters that can be named; any if nobody knows the requirement."""
        if answer.key not in self._asked:
            return tuple(LETTERS)
        lettered = self._catalog.control(answer.control).lettered(answer.audience)
        return tuple(letter for letter, _ in lettered)

    def _note_unknown(self) -> None:
        for name, value in self._cells.items():
            if name not in _KNOWN and (text := clean(value, name, self.problems)):
                label = " ".join((clean(name, "a name", self.problems) or "").split())
                self._move(label, text, f"unknown field {quoted(label)}")

    def _with_fingerprint(self, answer: Answer, told: str | None, flag: str | None) -> Answer:
        """Return an answer that knows which requirement it was given to, and whether it changed."""
        asked = self._asked.get(answer.key)
        now = asked.fingerprint if asked else None
        told = (told or "").lower().removeprefix(MARK)
        flagged = bool(flag)
        if told and not _FINGERPRINT.fullmatch(told):
            same = _same_number(told, now)
            if not same:
                self.problems.append(f"fingerprint {quoted(told)} is none; taken as changed")
            told, flagged = (now or "") if same else "", flagged or not same
        if asked is None:
            return replace(answer, fingerprint=told or None, changed=flagged)
        if (flag or "").lower() == CONFIRMED:
            return replace(answer, fingerprint=now)
        told = told or ("" if flagged else now or "")
        return replace(answer, fingerprint=told or None, changed=flagged or told != now)


def _same_number(told: str, now: str | None) -> bool:
    """Whether a spreadsheet has taken a fingerprint for a number, and rounded it."""
    try:
        return now is not None and f"{float(told):.4E}" == f"{float(now):.4E}"
    except ValueError:
        return False
