"""An upgrade to read, or for other tools."""

from collections.abc import Callable, Iterator
from typing import Any

from dok_guide.assess.formats.as_json import finding_data, gap_data
from dok_guide.assess.formats.lines import lined
from dok_guide.assess.formats.terminal import shown
from dok_guide.assess.since.changes import AREAS
from dok_guide.assess.since.upgrade import Upgrade
from dok_guide.data import to_data
from dok_guide.render import render_template

SCHEMA_VERSION = "1.0"
#: How each area is headed.
TITLES = {
    "reach": "What whoever takes over the pod may do",
    "rights": "Verbs and resources of the account",
    "webhooks": "Webhooks",
    "workloads": "Workloads: images, ports",
    "services": "Services",
    "definitions": "Custom resource definitions",
}
#: How many changes of an area are shown to people; JSON has them all.
MOST = 40


def to_text(found: Upgrade) -> Iterator[str]:
    """Yield an upgrade for the terminal."""
    return shown(_render("upgrade.txt", found))


def to_markdown(found: Upgrade) -> Iterator[str]:
    """Yield an upgrade as Markdown."""
    return shown(_render("upgrade.md", found))


def to_json(found: Upgrade) -> Iterator[str]:
    """Yield an upgrade as JSON, in the shape of `upgrade.schema.json`."""
    data: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "catalog": found.new.catalog.version,
        "complete": not found.incomplete,
        "same": found.same,
    }
    return lined(
        data,
        {
            "came": ({"control": each.control.id} | finding_data(each) for each in found.came),
            "went": ({"control": each.control.id} | finding_data(each) for each in found.went),
            "changes": map(to_data, found.changes),
            "gaps_old": map(gap_data, found.old.gaps),
            "gaps": map(gap_data, found.new.gaps),
        },
    )


FORMATS: dict[str, Callable[[Upgrade], Iterator[str]]] = {
    "text": to_text,
    "markdown": to_markdown,
    "json": to_json,
}


def _render(template: str, found: Upgrade) -> str:
    areas = [(TITLES[area], found.of(area)) for area in AREAS]
    return render_template(template, found=found, areas=areas, most=MOST, catalog=found.new.catalog)
