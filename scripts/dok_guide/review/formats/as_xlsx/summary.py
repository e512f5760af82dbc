"""The sheet that counts: by level, audience and category, with formulas and what they give."""

from dataclasses import dataclass
from typing import Any

from dok_guide.model import AUDIENCES, Catalog
from dok_guide.review.formats.as_xlsx.look import HEAD, fit_to_width
from dok_guide.review.formats.table import COLUMNS, INSIDE
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
        self._known = [row for row in table if row[_NAMES.index("Scope")] == INSIDE]
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

    def write_all(self, number: int) -> None:
        self._write_line(number, "All requirements", self._known)

    def _write_line(self, number: int, label: str, rows: list[list[str]], *criteria: str) -> None:
        """Write how many rows have each status, and how many there are.

        A formula comes with its result. What is not in scope is told by its cell, since a reader
        may have sorted the rows. A status that is none counts as not reviewed.
        """
        self._sheet.write_string(number, 0, label)
        where = ",".join([*criteria, f'{self._reach("Scope")},"{INSIDE}"'])
        for index, status in enumerate(STATUSES[1:], 2):
            formula = f'=COUNTIFS({where},{self._reach("Status")},"{status}")'
            self._sheet.write_formula(number, index, formula, None, _count(rows, status))
        row = number + 1
        second, last, total = _letter(2), _letter(len(STATUSES)), _letter(_ALL)
        self._sheet.write_formula(number, _ALL, f"=COUNTIFS({where})", None, len(rows))
        open_ = f"={total}{row}-SUM({second}{row}:{last}{row})"
        self._sheet.write_formula(number, 1, open_, None, _count(rows, STATUSES[0]))
        share = f"=IF({total}{row}=0,0,1-{_letter(1)}{row}/{total}{row})"
        reviewed = 1 - _count(rows, STATUSES[0]) / len(rows) if rows else 0
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
