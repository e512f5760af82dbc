"""What the heads of pages of data say."""

from dataclasses import replace

from dok_guide.exporters import render_all
from dok_guide.model import Catalog
from dok_guide.website.heads import Head, heads
from dok_guide.website.stubs import stubs


def test_every_page_of_data_has_a_head(catalog: Catalog) -> None:
    assert set(heads(catalog)) == set(stubs(catalog))


def test_a_title_is_text_and_a_description_html(catalog: Catalog) -> None:
    found = heads(catalog)
    assert found["threats/TH-01.md"] == Head(
        "TH-01 First threat", "Someone reads secret &amp; more."
    )
    assert found["crosswalk/frame.md"] == Head(
        "Frame & Work", "The controls of this guide and Frame &amp; Work 3."
    )
    assert (
        found["controls/AB-1.md"].description
        == "The operator waits &amp; keeps &quot;{{ .Values.x }}&quot;."
    )
    assert found["controls/CD-1.md"].description.startswith("The database does not stop")


def test_a_description_does_not_end_its_attribute(catalog: Catalog) -> None:
    threat = replace(catalog.threats[0], description='`"><script>` & more')
    found = heads(replace(catalog, threats=(threat,)))["threats/TH-01.md"]
    assert found.description == "&quot;&gt;&lt;script&gt; &amp; more"


def test_a_page_names_the_file_with_the_same_as_data(catalog: Catalog) -> None:
    found, files = heads(catalog), render_all(catalog)
    named = {name.rpartition("/")[0] + "/" + head.data for name, head in found.items() if head.data}
    assert named >= {"controls/AB-1.json", "controls/AB-2.json", "operators/inventdb.json"}
    assert named <= set(files)
