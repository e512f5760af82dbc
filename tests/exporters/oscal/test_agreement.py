"""Page, checklist, JSON and OSCAL say the same of each control, read back from the built files."""

import csv
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from oscal_semantics import INSERT, controls, lists

from dok_guide.model import Catalog
from dok_guide.oscal.vocabulary import VOCABULARY


@dataclass
class Facts:
    """What all formats say of a control; texts without markup."""

    title: str
    level: int
    asked: dict[str, list[str]] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    mappings: set[tuple[str, str, str]] = field(default_factory=set)


def plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())


def from_page(path: Path) -> Facts:
    page = path.read_text(encoding="utf-8")
    heading, level = re.search(r"<h1[^>]*>(.*?)<a ", page)[1], re.search(r"<li>Level (\d)", page)[1]
    box = re.search(r'<div class="dok-requirement">(.*?)<h2 id="rationale">', page, re.S)[1]
    box, _, parameters = box.partition("<table>")
    facts = Facts(_text(heading).partition(" ")[2], int(level))
    audience = ""
    for tag, inside in re.findall(r"<(p|li)>(.*?)</\1>", box, re.S):
        text = _text(inside)
        if tag == "p":
            name, _, text = text.partition(": ")
            audience = name.lower()
        facts.asked.setdefault(audience, []).append(text)
    for label, value, _ in _rows(parameters):
        facts.parameters[label] = value
    for entry, relationship, framework in _rows(page.partition('<h2 id="mappings"')[2]):
        facts.mappings.add((framework, entry.partition(" ")[0], relationship.partition(".")[0]))
    return facts


def _rows(part: str) -> Iterator[list[str]]:
    for row in re.findall(r"<tr>(.*?)</tr>", part, re.S):
        if cells := [_text(cell) for cell in re.findall(r"<td>(.*?)</td>", row, re.S)]:
            yield cells


def _text(fragment: str) -> str:
    return plain(html.unescape(re.sub(r"<[^>]*>", "", fragment)))


def from_json(control: dict[str, Any], frameworks: dict[str, str]) -> Facts:
    items = [plain(item) for item in control.get("items", [])]
    return Facts(
        control["title"],
        control["level"],
        {
            audience: [plain(text), *(items if text.endswith("the following.") else [])]
            for audience, text in control["requirement"].items()
        },
        {plain(each["label"]): plain(each["value"]) for each in control.get("parameters", [])},
        {(frameworks[m["framework"]], m["target"], m["relationship"]) for m in control["mappings"]},
    )


def from_oscal(control: dict[str, Any], mappings: set[tuple[str, str, str]]) -> Facts:
    params = {param["id"]: param for param in control.get("params", [])}

    def filled(text: str) -> str:
        text = INSERT.sub(lambda found: params[found[1]]["values"][0], text)
        return plain(re.sub(r"\\([^\w\s])", r"\1", text))

    statement = next(part for part in control["parts"] if part["name"] == "statement")
    level = next(p["value"] for p in control["props"] if p["name"] == "level")
    return Facts(
        control["title"],
        int(level),
        {
            part["id"].rpartition(".")[2]: [
                filled(part["prose"]),
                *(filled(item["prose"]) for item in part.get("parts", [])),
            ]
            for part in statement["parts"]
        },
        {filled(param["label"]): filled(param["values"][0]) for param in params.values()},
        mappings,
    )


def from_checklist(rows: list[dict[str, str]]) -> Facts:
    facts = Facts(rows[0]["Title"], int(rows[0]["Level"]))
    for row in rows:
        first, *items = row["Requirement"].split("\n")
        facts.asked[row["Audience"]] = [first, *(item.partition(" ")[2] for item in items)]
    return facts


@pytest.fixture(scope="module")
def published(site: Path) -> dict[str, dict[str, Facts]]:
    """Return what each format says of each active control, by OSCAL id where it is OSCAL's."""
    data = json.loads((site / "controls.json").read_text(encoding="utf-8"))
    active = [control for control in data["controls"] if control["status"] == "active"]
    titles = {framework["id"]: framework["title"] for framework in data["frameworks"]}
    with (site / "downloads/checklist.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["Control"].startswith("#")]
    oscal = json.loads((site / "oscal/catalog.json").read_text(encoding="utf-8"))
    mapped = _mappings(json.loads((site / "oscal/mapping.json").read_text(encoding="utf-8")), data)
    return {
        "page": {c["id"]: from_page(site / f"controls/{c['id']}/index.html") for c in active},
        "JSON": {c["id"]: from_json(c, titles) for c in active},
        "checklist": {
            c["id"]: from_checklist([row for row in rows if row["Control"] == c["id"]])
            for c in active
        },
        "OSCAL": {
            label: from_oscal(control, mapped.get(id_, set()))
            for id_, control in controls(oscal).items()
            if "parts" in control
            for label in [next(p["value"] for p in control["props"] if p["name"] == "label")]
        },
    }


def _mappings(data: dict[str, Any], catalog: dict[str, Any]) -> dict[str, set[Any]]:
    """Return the mappings of each OSCAL id, with NIST's ids as NIST writes them on paper."""
    frameworks = {f.get("oscal", f"#{f['uuid']}"): f["title"] for f in catalog["frameworks"]}
    found: dict[str, set[Any]] = {}
    for mapping in data["mapping-collection"]["mappings"]:
        href = mapping["target-resource"]["href"]
        for map_ in mapping["maps"]:
            target = map_["targets"][0]["id-ref"]
            if href.startswith("https:"):
                family, _, enhancement = target.upper().partition(".")
                target = f"{family}({enhancement})" if enhancement else family
            entry = (frameworks[href], target, map_["relationship"])
            found.setdefault(map_["sources"][0]["id-ref"], set()).add(entry)
    return found


@pytest.mark.parametrize("other", ["page", "OSCAL", "checklist"])
def test_formats_agree(published: dict[str, dict[str, Facts]], other: str, guide: Catalog) -> None:
    assert len(published["JSON"]) == len(guide.active)
    assert published[other].keys() == published["JSON"].keys()
    for id_, facts in published["JSON"].items():
        found = published[other][id_]
        if other == "checklist":  # which has neither
            found.parameters, found.mappings = facts.parameters, facts.mappings
        assert found == facts, id_


def test_links_of_controls_lead_to_built_pages(site: Path, guide: Catalog) -> None:
    oscal = json.loads((site / "oscal/catalog.json").read_text(encoding="utf-8"))
    pages = {
        link["href"].removeprefix(guide.home)
        for link in lists({"c": list(controls(oscal).values())}, "links")
        if link["rel"] == "canonical"
    }
    assert pages == {f"controls/{control.id}/" for control in guide.controls}
    assert all((site / page / "index.html").is_file() for page in pages)


def test_namespace_is_a_page_with_every_name(site: Path) -> None:
    page = (site / "ns/oscal/index.html").read_text(encoding="utf-8")
    assert [
        word.name for word in VOCABULARY if f"<td><code>{word.name}</code></td>" not in page
    ] == []
