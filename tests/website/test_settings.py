"""What pages show of operators' settings, and that they say what JSON and `assess` say."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
import yaml
from building import FIXTURES, REPOSITORY

from dok_guide.assess.custom_resources import CustomResources
from dok_guide.engine.objects import Object
from dok_guide.exporters import operators_json
from dok_guide.load import load_catalog
from dok_guide.model import Catalog
from dok_guide.operators import Covered, Operator, Setting, Source, Variant
from dok_guide.texts import inline
from dok_guide.website.edition import Edition
from dok_guide.website.macros import Macros
from dok_guide.website.settings import by_operator, home, parts, permalink, unset

CATALOGS = {
    name: load_catalog(folder)
    for name, folder in {
        "guide": REPOSITORY / "controls",
        "invented": FIXTURES / "catalog",
    }.items()
}
every_operator = pytest.mark.parametrize(
    ("catalog", "operator"),
    [(catalog, each) for catalog in CATALOGS.values() for each in catalog.operators],
    ids=[f"{name}-{each.id}" for name, catalog in CATALOGS.items() for each in catalog.operators],
)


def page_of(catalog: Catalog, operator: Operator) -> str:
    return Macros(Edition(catalog, ())).operator_page(operator.id)


def section(page: str, setting: Setting) -> str:
    """Return the part of an operator's page that is about a setting."""
    (found,) = re.findall(
        rf"^###+ [^\n]* {{: #{setting.id} }}\n(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL
    )
    return found


def judged(operator: Operator) -> list[tuple[Setting, Variant]]:
    return [
        (setting, variant)
        for setting in operator.settings
        for variant in setting.variants
        if variant.non_compliant
    ]


def said(operator: Operator, setting: Setting, variant: Variant) -> list[str]:
    """Return what `assess` says of the resource that fails a variant."""
    release = next(each.version for each in operator.releases if variant.holds_for(each.version))
    resource = Object(yaml.safe_load(variant.non_compliant or ""), "x.yaml", 1)
    _, judgments = CustomResources([operator], release).judge(resource)
    return [each.message for each in judgments if each.setting == setting]


@every_operator
def test_the_page_shows_every_setting_once(catalog: Catalog, operator: Operator) -> None:
    page = page_of(catalog, operator)
    for setting in operator.settings:
        shown = section(page, setting)
        assert inline(setting.set) in shown
        assert (setting.example or "").rstrip() in shown
        for covered in setting.controls:
            assert f"](../controls/{covered.control}.md)" in shown
        for source in setting.source:
            assert inline(source.path) in shown
            assert f"]({permalink(operator, source)})" in shown
            assert source.commit in permalink(operator, source)


@every_operator
def test_the_page_says_what_assess_says(catalog: Catalog, operator: Operator) -> None:
    """Message, field and what to write are the same words in all places."""
    page = page_of(catalog, operator)
    for setting, variant in judged(operator):
        shown = section(page, setting)
        messages = said(operator, setting, variant)
        assert messages, setting.id
        field = variant.field or setting.field
        assert f"`{field}`" in shown
        for message in messages:
            (text,) = (v.message for v in variant.validations if message.startswith(v.message))
            named, rest = message.removeprefix(f"{text} `").split("` ", 1)
            way = re.sub(r"\[\d+\]", "[]", named)
            assert way.startswith(field) or field.startswith(way)
            assert rest.endswith(setting.set)
            assert f"- {inline(text)}\n" in shown


@every_operator
def test_json_says_what_the_page_says(catalog: Catalog, operator: Operator) -> None:
    page = page_of(catalog, operator)
    document = operators_json.render(catalog)[f"operators/{operator.id}.json"]
    (published,) = json.loads(document)["operators"]
    assert [each["id"] for each in published["settings"]] == [s.id for s in operator.settings]
    for entry in published["settings"]:
        shown = section(page, operator.setting(entry["id"]))
        assert inline(entry["set"]) in shown
        for variant in entry.get("variants", []):
            assert all(text in shown for text in texts(entry, variant)), entry["id"]
    assert published["hardened"].rstrip() in page


def texts(entry: dict[str, Any], variant: dict[str, Any]) -> list[str]:
    """Return what the page has to show of a variant in the JSON."""
    if "absent" in variant:
        return [inline(variant["absent"])]
    default = [f", by default `{variant['default']}`"] if "default" in variant else []
    messages = [f"- {inline(each['message'])}\n" for each in variant["validations"]]
    field = variant.get("field", entry.get("field"))
    return [f"`{field}` of `{entry['kind']}`", *default, *messages, variant["compliant"].rstrip()]


@every_operator
def test_every_finding_of_the_install_is_shown(catalog: Catalog, operator: Operator) -> None:
    page = page_of(catalog, operator).partition("{: #install }")[2]
    if operator.assessment is None:
        assert "Not assessed." in page
        return
    for found in operator.assessment.findings:
        assert f"- {found.check}: {inline(found.message)} `{found.object}`" in page
    assert operator.assessment.command in page
    assert operator.assessment.sha256 in page


@every_operator
def test_pages_of_controls_have_what_the_operator_has(catalog: Catalog, operator: Operator) -> None:
    macros = Macros(Edition(catalog, ()))
    for setting in operator.settings:
        for covered in setting.controls:
            page = macros.control_page(covered.control)
            mine = page.partition(f'data-operator="{operator.id}"')[2].partition("</details>")[0]
            assert f"](../operators/{operator.id}.md#{setting.id})" in mine
            assert inline(setting.set) in mine


def test_a_control_without_settings_offers_no_choice() -> None:
    catalog = replace(CATALOGS["invented"], operators=())
    page = Macros(Edition(catalog, ())).control_page("AB-1")
    assert "With your operator" not in page
    assert "With your operator" in Macros(Edition(CATALOGS["invented"], ())).control_page("AB-1")


@pytest.mark.parametrize(
    ("proven", "words"),
    [("schema", "not started by us"), ("webhook", "not started by us"), ("started", "by us.")],
)
def test_the_page_says_how_far_the_resources_are_proven(proven: str, words: str) -> None:
    catalog = CATALOGS["invented"]
    operator = replace(catalog.operators[0], proven=proven)
    page = page_of(replace(catalog, operators=(operator,)), operator)
    assert words in page
    assert ("not started by us" in page) == (proven != "started")


def test_a_setting_stands_with_the_first_control_of_the_lowest_level() -> None:
    catalog = CATALOGS["invented"]
    operator = catalog.operator("otherdb")
    (wait,) = operator.settings
    assert home(catalog, wait).id == "AB-1"
    later = replace(wait, controls=(*wait.controls[1:], wait.controls[0]))
    assert home(catalog, later).id == "AB-1", "the others are of level 2"
    same = replace(wait, controls=wait.controls[:0:-1])
    assert home(catalog, same).id == "CD-1", "both are of level 2"
    (first,) = parts(catalog, operator, 1)
    assert (first.control.id, first.here, first.elsewhere) == ("AB-1", (wait,), ())
    for part in parts(catalog, operator, 2):
        assert (part.here, part.elsewhere, part.without) == ((), (wait,), ())


def test_what_has_no_field_is_kept_apart_lowest_level_first() -> None:
    catalog = CATALOGS["invented"]
    operator = catalog.operator("inventdb")
    rest = operator.setting("inventdb-rest")
    (part,) = [each for each in parts(catalog, operator, 2) if each.control.id == "CD-1"]
    assert part.without == (rest,)
    assert rest not in part.here
    urgent = replace(
        rest, id="inventdb-urgent", controls=(Covered(control="AB-1", items=("all",)),)
    )
    other = replace(operator, settings=(*operator.settings, urgent))
    assert unset(catalog, other) == [urgent, rest]


def test_only_operators_with_settings_for_a_control_are_offered() -> None:
    catalog = CATALOGS["invented"]
    assert [o.id for o, _ in by_operator(catalog, catalog.control("AB-1"))] == [
        "inventdb",
        "otherdb",
    ]
    assert by_operator(catalog, catalog.control("AB-2")) == []


@pytest.mark.parametrize(
    ("path", "lines", "end"),
    [
        ("api/types.go", "10-12", "/api/types.go#L10-L12"),
        ("docs/log.md", "3", "/docs/log.md?plain=1#L3"),
        ("a b/#c.go", "3", "/a%20b/%23c.go#L3"),
    ],
)
def test_a_source_is_linked_at_its_commit(path: str, lines: str, end: str) -> None:
    operator = CATALOGS["invented"].operator("inventdb")
    source = Source(path=path, commit="c" * 40, lines=lines, sha256="0" * 64)
    assert permalink(operator, source) == f"{operator.repository}/blob/{'c' * 40}{end}"
    elsewhere = replace(source, repository="https://git.example.org/docs")
    assert permalink(operator, elsewhere).startswith("https://git.example.org/docs/blob/")
