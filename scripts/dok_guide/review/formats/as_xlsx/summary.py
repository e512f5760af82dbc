"""The sheet that counts: by level, audience and category, with formulas and what they give."""

from dataclasses import dataclass
from typing import Any

from dok_guide.model import AUDIENCES, Catalog
from dok_guide.review.formats.as_xlsx.look import HEAD, fit_to_width
from dok_guide.review.formats.table import APART, COLUMNS
from dok_guide.review.model import HEAD as FIELDS
from dok_guide.review.model import STATUSES, Review

_NAMES = list(COLUMNS)
#: The columns behind those of the statuses: how many there are in all, and the reviewed share.
_ALL, _SHARE = len(STATUSES) + 1, len(STATUSES) + 2


@dataclass(frozen=True)
class Group:
    """A line that counts the rows with a value in a column."""

    label: str
    column: str
    value: str | int

    @property
    def criterion(self) -> str:
        """The value as a formula compares with it."""
        if isinstance(self.value, int):
            return str(self.value)
        return '"' + self.value.replace('"', '""') + '"'


def groups(catalog: Catalog) -> dict[str, list[Group]]:
    """Return the lines of each table by its title."""
    return {
        "Level": [Group(f"Level {x.id} {x.title}", "Level", x.id) for x in catalog.levels],
        "Audience": [Group(audience, "Audience", audience) for audience in AUDIENCES],
        "Category": [Group(x.title, "Category", x.title) for x in catalog.categories],
    }


def write_summary(
    book: Any,  # noqa: ANN401 - XlsxWriter has no types
    sheet: Any,  # noqa: ANN401
    review: Review,
    table: list[list[str]],
    catalog: Catalog,
) -> None:
    """Write what the review is about, then a table for each kind of group, then all."""
    summary = _Summary(book, sheet, table)
    summary.write_fields(review, catalog)
    number = len(FIELDS) + 3
    for title, lines in groups(catalog).items():
        summary.write_head(number, title)
        for index, group in enumerate(lines, number + 1):
            summary.write_group(index, group)
        number += len(lines) + 2
    summary.write_head(number, "All")
    summary.write_all(number + 1)
    fit_to_width(sheet)


class _Summary:
    """The sheet with its formats, and the rows of the checklist that it counts."""

    def __init__(self, book: Any, sheet: Any, table: list[list[str]]) -> None:  # noqa: ANN401
        self._sheet = sheet
        self._last = len(table) + 1
        self._known = [row for row in table if APART not in row]
        self._bold = book.add_format({"bold": True})
        self._head = book.add_format(HEAD)
        self._title = book.add_format({"bold": True, "font_size": 16})
        self._fill = book.add_format({"bg_color": "#FFFBE6", "border": 1, "num_format": "@"})
        self._percent = book.add_format({"num_format": "0%"})

    def write_fields(self, review: Review, catalog: Catalog) -> None:
        self._sheet.set_column(0, 0, 46)
        self._sheet.set_column(1, _SHARE, 15)
        self._sheet.write_string(0, 0, catalog.title, self._title)
        self._sheet.write_row(1, 0, ["catalog", catalog.version], self._bold)
        for number, name in enumerate(FIELDS, 2):
            value = getattr(review, name)
            self._sheet.write_string(number, 0, name.replace("_", " "), self._bold)
            self._sheet.write_string(number, 1, "" if value is None else str(value), self._fill)

    def write_head(self, number: int, title: str) -> None:
        self._sheet.write_row(number, 0, [title, *STATUSES, "all", "reviewed"], self._head)

    def write_group(self, number: int, group: Group) -> None:
        index = _NAMES.index(group.column)
        here = [row for row in self._known if row[index] == str(group.value)]
        self._write_line(
            number, group.label, here, f"{self._reach(group.column)},{group.criterion}"
        )
        self._write_totals(number, here)

    def write_all(self, number: int) -> None:
        self._write_line(number, "All requirements", self._known)
        self._write_totals(number, self._known)

    def _write_line(self, number: int, label: str, rows: list[list[str]], *criteria: str) -> None:
        """Write how many rows have each status; a formula comes with its result.

        What is kept apart is told by its flag: a reader may have sorted the rows. It is taken away,
        since programs differ in whether an empty cell counts as one without the flag.
        """
        self._sheet.write_string(number, 0, label)
        apart = f'{self._reach("Flag")},"{APART}"'
        for index, status in enumerate(STATUSES, 1):
            where = ",".join([*criteria, f'{self._reach("Status")},"{status}"'])
            formula = f"=COUNTIFS({where})-COUNTIFS({where},{apart})"
            self._sheet.write_formula(number, index, formula, None, _count(rows, status))

    def _write_totals(self, number: int, rows: list[list[str]]) -> None:
        row = number + 1
        first, last, total = _letter(1), _letter(len(STATUSES)), _letter(_ALL)
        amount = f"=SUM({first}{row}:{last}{row})"
        share = f"=IF({total}{row}=0,0,1-{first}{row}/{total}{row})"
        reviewed = 1 - _count(rows, STATUSES[0]) / len(rows) if rows else 0
        self._sheet.write_formula(number, _ALL, amount, None, len(rows))
        self._sheet.write_formula(number, _SHARE, share, self._percent, reviewed)

    def _reach(self, column: str) -> str:
        """Return the cells of a column of the checklist."""
        letter = _letter(_NAMES.index(column))
        return f"Checklist!${letter}$2:${letter}${self._last}"


def _count(rows: list[list[str]], status: str) -> int:
    index = _NAMES.index("Status")
    return sum(row[index] == status for row in rows)


def _letter(index: int) -> str:
    return chr(ord("A") + index)
