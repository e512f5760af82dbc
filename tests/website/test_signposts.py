"""The feed of changes, and the files for crawlers and assistants."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from building import FIXTURES

from dok_guide.website.edition import Edition, edition
from dok_guide.website.signposts import signposts

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def invented() -> Edition:
    return edition(FIXTURES / "catalog")


def feed(of: Edition) -> ET.Element:
    return ET.fromstring(signposts(of)["feed.xml"])


def test_the_feed_has_an_entry_for_each_release(invented: Edition) -> None:
    entries = feed(invented).findall("a:entry", ATOM)
    assert [entry.findtext("a:title", "", ATOM) for entry in entries] == [
        f"Version {step.new}" for step in reversed(invented.steps)
    ]
    assert entries
    ids = [entry.findtext("a:id", "", ATOM) for entry in entries]
    assert len(set(ids)) == len(ids)
    assert ids[0] == f"https://guide.example.org/changelog/#{invented.catalog.version}"


def test_an_entry_names_each_change_as_text(invented: Edition) -> None:
    (step, *_) = reversed(invented.steps)
    content = feed(invented).findtext("a:entry/a:content", "", ATOM)
    assert content.count("<li>") == len(step.changes)
    spoiled = replace(invented.steps[-1].changes[0], title="<script> & more")
    step = replace(invented.steps[-1], changes=(spoiled,))
    other = Edition(invented.catalog, invented.releases)
    other.__dict__["steps"] = (step,)
    content = feed(other).findtext("a:entry/a:content", "", ATOM)
    assert "&lt;script&gt; &amp; more" in content


def test_a_released_version_is_said_once(invented: Edition) -> None:
    released = {**invented.releases[-1], "version": invented.catalog.version}
    now = Edition(invented.catalog, (*invented.releases, released))
    assert [step.new for step in now.steps] == [step.new for step in invented.steps]


def test_assistants_find_every_control(invented: Edition) -> None:
    text = signposts(invented)["llms.txt"].decode()
    assert text.startswith("# Invented catalog\n\n> ")
    for control in invented.catalog.active:
        assert f"[{control.id} {control.title}]({invented.catalog.page_of(control)})" in text
    assert "AB-2" not in text, "withdrawn"


def test_crawlers_find_the_map_of_the_site(invented: Edition) -> None:
    lines = signposts(invented)["robots.txt"].decode().splitlines()
    assert "Sitemap: https://guide.example.org/sitemap.xml" in lines


def test_pages_link_to_feed_and_data(invented_site: Path) -> None:
    page = (invented_site / "controls/AB-1/index.html").read_text(encoding="utf-8")
    for name in ("../../feed.xml", "../AB-1.json"):
        assert f'href="{name}"' in page
        assert (invented_site / "controls/AB-1" / name).resolve().is_file()
    home = (invented_site / "index.html").read_text(encoding="utf-8")
    assert 'title="This page as data"' not in home
