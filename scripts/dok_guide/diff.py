"""What changed between two versions of `controls.json`."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from dok_guide.comparing import differing
from dok_guide.render import render_template
from dok_guide.source import CatalogError, Problem

Data = dict[str, Any]
Kind = Literal["added", "withdrawn", "removed", "changed"]

#: The groups of fields: the first changes what to do, the second what to look at.
ASKED, CHECKED, REST = "what is asked", "how it is checked", "the rest"
GROUPS = {
    **dict.fromkeys(
        ("title", "category", "level", "first", "status", "summary", "requirement", "items",
         "parameters"), ASKED),
    **dict.fromkeys(("verification", "evidence", "examples", "checks"), CHECKED),
}  # fmt: skip
#: What is no content of a control: where it lies, and what a withdrawn one says by itself.
_NO_CONTENT = ("id", "url", "replaced_by")


@dataclass(frozen=True)
class Field:
    """A field with its values before and after, and its group.

    A list holds only what is gone and what is new: texts, or what names an entry. What changed
    within an entry is a field of its own, as in `verification, Look at it.expect`.
    """

    name: str
    old: Any
    new: Any
    group: str


@dataclass(frozen=True)
class Change:
    """What happened to one control."""

    kind: Kind
    id: str
    title: str
    replaced_by: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Difference:
    """The changes from one version to another, by kind and then in the order of the newer one."""

    old: str
    new: str
    changes: tuple[Change, ...]

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """Return the changes of one kind."""
        return tuple(change for change in self.changes if change.kind == kind)


def read_catalog(path: Path) -> Data:
    """Return the data of a `controls.json`.

    Raises CatalogError if the file holds something else, OSError if it can't be read.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise CatalogError([Problem(str(path), line, f"cannot be read as JSON: {error}")]) from None
    if not isinstance(data, dict) or not isinstance(data.get("controls"), list):
        message = "holds no controls; give a controls.json of the downloads page"
        raise CatalogError([Problem(str(path), 1, message)])
    problems = [Problem(str(path), 1, message) for message in _faults(data["controls"])]
    if problems:
        raise CatalogError(problems)
    return data


def _faults(controls: list[Any]) -> Iterator[str]:
    """Yield what keeps controls from being compared."""
    for number, control in enumerate(controls, 1):
        known = control if isinstance(control, dict) else {}
        if missing := [name for name in ("id", "title") if not isinstance(known.get(name), str)]:
            yield f"control {number} has no {' and no '.join(missing)}; restore the file"
            continue
        for name, kind in (("requirement", dict), ("items", list), ("mappings", list)):
            if not isinstance(control.get(name, kind()), kind):
                yield f"{control['id']}: {name} has another form than ours; restore the file"


def difference(old: Data, new: Data) -> Difference:
    """Return what changed from one catalog to another.

    What the older one does not have at all, such as the level in version 0.1.0, is not compared.
    """
    compared = _fields_of(old, new)
    before = {control["id"]: control for control in old["controls"]}
    after = {control["id"]: control for control in new["controls"]}
    changes = [
        *(_change("added", c) for id_, c in after.items() if id_ not in before and _active(c)),
        *(_change("removed", c) for id_, c in before.items() if id_ not in after),
        *(_compared(before[id_], c, compared) for id_, c in after.items() if id_ in before),
    ]
    order: tuple[Kind, ...] = ("added", "withdrawn", "removed", "changed")
    found = sorted((c for c in changes if c), key=lambda change: order.index(change.kind))
    return Difference(str(old.get("version")), str(new.get("version")), tuple(found))


def _fields_of(old: Data, new: Data) -> list[str]:
    """Return the fields to compare: group by group, and then as the files have them."""
    known = {name for control in old["controls"] for name in control}
    known |= {"items"} if "requirement" in known else set()
    names = {name: None for data in (new, old) for control in data["controls"] for name in control}
    order = [ASKED, CHECKED, REST]
    return sorted(
        (name for name in names if name in known and name not in _NO_CONTENT),
        key=lambda name: order.index(GROUPS.get(name, REST)),
    )


def _active(control: Data) -> bool:
    return bool(control.get("status") != "withdrawn")


def _change(kind: Kind, control: Data, fields: tuple[Field, ...] = ()) -> Change:
    replaced_by = tuple(control.get("replaced_by", ()))
    return Change(kind, control["id"], control["title"], replaced_by, fields)


def _compared(old: Data, new: Data, compared: Iterable[str]) -> Change | None:
    if not _active(new):
        return _change("withdrawn", new) if _active(old) else None
    fields = tuple(_fields(old, new, compared))
    return _change("changed", new, fields) if fields else None


def _fields(old: Data, new: Data, compared: Iterable[str]) -> Iterator[Field]:
    for name in compared:
        group = GROUPS.get(name, REST)
        for field, before, after in differing(name, old.get(name), new.get(name)):
            yield Field(field, before, after, group)


def to_text(found: Difference) -> str:
    """Return a difference for the terminal."""
    return render_template("difference.txt", difference=found)


def to_markdown(found: Difference) -> str:
    """Return a difference as Markdown, for a pull request or a report."""
    return render_template("difference.md", difference=found)


def to_json(found: Difference) -> str:
    """Return a difference as JSON: `old` and `new` versions, and the `changes`."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=2) + "\n"


FORMATS = {"text": to_text, "markdown": to_markdown, "json": to_json}
