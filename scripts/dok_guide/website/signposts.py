"""What leads programs to the guide: a feed of changes, and files for crawlers and assistants."""

from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from dok_guide.render import render_template

if TYPE_CHECKING:
    from dok_guide.diff import Difference
    from dok_guide.website.edition import Edition

_ATOM = "http://www.w3.org/2005/Atom"
#: The names of the files below the site's address.
FEED, FOR_ASSISTANTS, FOR_CRAWLERS = NAMES = ("feed.xml", "llms.txt", "robots.txt")


def signposts(edition: "Edition") -> dict[str, bytes]:
    """Return the files, by their names below the site's address."""
    catalog = edition.catalog
    return {
        FEED: _feed(edition),
        FOR_ASSISTANTS: render_template("llms.txt", catalog=catalog).encode(),
        FOR_CRAWLERS: f"User-agent: *\nAllow: /\nSitemap: {catalog.base_url}sitemap.xml\n".encode(),
    }


def _feed(edition: "Edition") -> bytes:
    """Return the feed of changes as Atom (RFC 4287), the newest release first.

    An entry's date is that of its release, the feed's that of this edition.
    """
    catalog = edition.catalog
    dates = {release["version"]: release["published"] for release in edition.releases}
    dates[catalog.version] = catalog.published
    feed = ET.Element("feed", xmlns=_ATOM)
    _add(feed, "title", f"{catalog.title}: changes")
    _add(feed, "id", catalog.base_url)
    _add(feed, "updated", f"{catalog.published}T00:00:00Z")
    ET.SubElement(ET.SubElement(feed, "author"), "name").text = catalog.publisher
    ET.SubElement(feed, "link", rel="self", href=catalog.base_url + FEED)
    ET.SubElement(feed, "link", rel="alternate", href=f"{catalog.base_url}changelog/")
    for step in reversed(edition.steps):
        _entry(feed, step, f"{catalog.base_url}changelog/#{step.new}", dates[step.new])
    ET.indent(feed)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def _entry(feed: ET.Element, step: "Difference", address: str, date: str) -> None:
    entry = ET.SubElement(feed, "entry")
    _add(entry, "title", f"Version {step.new}")
    _add(entry, "id", address)
    _add(entry, "updated", f"{date}T00:00:00Z")
    ET.SubElement(entry, "link", rel="alternate", href=address)
    names = ((change.kind, escape(f"{change.id} {change.title}")) for change in step.changes)
    items = (f"<li>{kind}: {name}</li>" for kind, name in names)
    ET.SubElement(entry, "content", type="html").text = f"<ul>{''.join(items)}</ul>"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text
