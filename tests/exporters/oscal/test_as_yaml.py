"""YAML that readers of 1.1 and 1.2 read alike."""

import json

import pytest
import yaml
from yaml_core import load_core

from dok_guide.exporters.oscal import render
from dok_guide.exporters.oscal.as_yaml import to_yaml
from dok_guide.model import Catalog

#: What a reader of either version takes for something else than text when it stands plain, and
#: what the two read unlike.
TEXTS = (
    "08", "09-001", "010", "0o7", "0x1F", "-1", "+1", "1e3", "1.", ".5", "1_000", "1:30",
    "2026-11-24", "2026-11-24T00:00:00+00:00", "1.2.3", ".inf", "-.INF", ".nan", "~", "null", "",
    "NULL", "true", "False", "yes", "No", "on", "OFF", "y", "N", "=", "<<", "- a", "a: b", "a #b",
    "*a", "&a", "!a", "%a", "@a", "`a`", "|", ">", "[a]", "{a}", "'a'", '"a"', "?", "-", "---",
    "...", " a", "a ", "a\tb", "\ta", "a\nb", "a\n", "a\n\n", "\na", " a\nb", "a \nb", "\n",
    "a\x85b", "a\u2028b\nc", "\ufeffa", "a\u00a0b", "é", "😀", "x" * 300, "word " * 60,
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_stays_that_text_for_both(text: str) -> None:
    written = to_yaml({"a": [text], text: "b"})
    wanted = {"a": [text], text: "b"}
    assert yaml.safe_load(written) == wanted
    assert load_core(written) == wanted


@pytest.mark.parametrize(
    ("text", "old", "new"), [("08", "08", 8), ("yes", True, "yes"), ("0o7", "0o7", 7)]
)
def test_the_two_readers_differ(text: str, old: object, new: object) -> None:
    """Else comparing them would prove nothing."""
    assert (yaml.safe_load(text), load_core(text)) == (old, new)


def test_numbers_and_truth_stay_what_they_are() -> None:
    data = {"a": 8, "b": True, "c": None, "d": [-1]}
    assert yaml.safe_load(to_yaml(data)) == load_core(to_yaml(data)) == data


def test_catalog_is_the_same_in_json_and_in_both_versions_of_yaml(guide: Catalog) -> None:
    found = render(guide)
    wanted = json.loads(found["oscal/catalog.json"])
    written = found["oscal/catalog.yaml"]
    assert yaml.load(written, yaml.CSafeLoader) == wanted
    assert load_core(written) == wanted
