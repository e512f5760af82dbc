"""The built site, read back and compared with the data."""

import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
import yaml
from building import FIXTURES, REPOSITORY, TOOLS, build, project

from dok_guide.exporters import EXPORTERS, render_all
from dok_guide.load import load_catalog
from dok_guide.model import Catalog, Control
from dok_guide.review.model import STATUSES, requirements
from dok_guide.texts import plain
from dok_guide.website.checking import check_site


def visible(path: Path) -> str:
    """Return what a reader sees of a page, white space collapsed."""

    class Text(HTMLParser):
        parts: list[str]

        def handle_data(self, data: str) -> None:
            self.parts.append(data)

    parser = Text()
    parser.parts = []
    article = path.read_text(encoding="utf-8").partition("<article")[2]
    contents = r'<details class="dok-steps dok-contents">.*?</details>'
    parser.feed(re.sub(contents, "", article, flags=re.DOTALL))
    return " ".join("".join(parser.parts).split())


def texts(control: Control) -> Iterator[str]:
    """Yield every text of a control that its page shows, as plain text."""
    paragraphs = [
        *(text for _, text in control.requirement.items()),
        *control.items,
        control.rationale,
        control.default,
        control.impact,
        *(way.expect for way in control.verification),
        *control.evidence,
        *(related.note for related in control.related),
        *(mapping.note or "" for mapping in control.mappings),
        *(parameter.note or "" for parameter in control.parameters),
    ]
    yield from map(plain, paragraphs)
    for literal in [
        *(way.run or "" for way in control.verification),
        *(example.manifest for example in control.examples),
    ]:
        yield " ".join(literal.split())


def markdown_lines(control: Control) -> Iterator[str]:
    """Yield the words of each line of Markdown, without list markers, fences and link targets."""
    for text in (
        *(text for _, text in control.remediation.items()),
        *(way.steps or "" for way in control.verification),
    ):
        for line in text.splitlines():
            yield words(re.sub(r"^\s*(\d+\.|-)\s+|```\w*|\]\([^)]*\)", "", line))


def words(text: str) -> str:
    """Return the letters and digits of a text."""
    return re.sub(r"[\W_]+", "", text)


def absent(page: str, control: Control) -> list[str]:
    """Return the texts of a control that a page doesn't show."""
    missing = [text for text in texts(control) if text not in page]
    return missing + [line for line in markdown_lines(control) if line not in words(page)]


def test_every_text_of_a_control_is_on_its_page(site: Path, guide: Catalog) -> None:
    for control in guide.active:
        page = visible(site / f"controls/{control.id}/index.html")
        assert absent(page, control) == [], control.id


def test_hard_texts_come_out_as_written(invented_site: Path, catalog: Catalog) -> None:
    """Helm's braces, ampersands, pipes, asterisks, fences in fences."""
    page = visible(invented_site / "controls/AB-1/index.html")
    assert absent(page, catalog.control("AB-1")) == []
    assert page.count("{{ .Values.x }}") == 5


def test_every_control_has_a_page_and_every_page_a_control(site: Path, guide: Catalog) -> None:
    pages = {path.parent.name for path in site.glob("controls/*/index.html")}
    assert pages == {control.id for control in guide.controls}


def test_every_operator_has_a_page_with_its_settings(
    site: Path, invented_site: Path, guide: Catalog, catalog: Catalog
) -> None:
    for built, each in ((site, guide), (invented_site, catalog)):
        pages = {path.parent.name for path in built.glob("operators/*/index.html")}
        assert pages == {operator.id for operator in each.operators}
        for operator in each.operators:
            page = visible(built / f"operators/{operator.id}/index.html")
            for setting in operator.settings:
                literals = [setting.example, *(v.compliant for v in setting.variants)]
                shown = [setting.title, setting.set, setting.field, *literals]
                missing = [text for text in shown if text and plain(text) not in page]
                assert not missing, setting.id


def test_every_requirement_is_one_row_of_the_checklist(site: Path, guide: Catalog) -> None:
    page = (site / "checklist/index.html").read_text(encoding="utf-8")
    rows = re.findall(
        r'<tr>\s*<td><a data-audience="(\w+)" data-fingerprint="(\w+)" data-level="(\d)" '
        r'href="\.\./controls/([^/]+)/">(.*?)</tr>',
        page,
        re.DOTALL,
    )
    wanted = list(requirements(guide))
    assert [(id_, audience) for audience, _, _, id_, _ in rows] == [(c.id, a) for c, a in wanted]
    for (control, audience), (_, mark, level, _, row) in zip(wanted, rows, strict=True):
        assert (mark, int(level)) == (control.fingerprint(audience), control.level)
        shown = html.unescape(re.sub(r"<[^>]+>", "", row.replace("<", " <")))
        bare = re.sub(r"\s+", "", shown)
        for text in [getattr(control.requirement, audience), *control.items_of(audience)]:
            assert re.sub(r"\s+", "", plain(text)) in bare, control.id
        assert row.count("dok-box") == len(STATUSES) - 1


def test_every_category_page_shows_its_controls(site: Path, guide: Catalog) -> None:
    for category in guide.categories:
        page = (site / f"categories/{category.id}/index.html").read_text(encoding="utf-8")
        headings = re.findall(r'<h2 id="([A-Z]+-\d+)">', page)
        assert headings == [control.id for control in guide.in_category(category.id)]
        assert len(visible(site / f"categories/{category.id}/index.html")) > 600, "prose"


def test_published_json_is_valid_and_says_what_the_yaml_says(site: Path, guide: Catalog) -> None:
    schema = json.loads((site / "schemas/controls-1.json").read_text(encoding="utf-8"))
    published = json.loads((site / "controls.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(published)
    assert [control["id"] for control in published["controls"]] == [c.id for c in guide.controls]
    counts = _counts(yaml.safe_load((REPOSITORY / "controls/survey.yaml").read_text("utf-8")))
    for control in published["controls"]:
        alone = json.loads((site / f"controls/{control['id']}.json").read_text(encoding="utf-8"))
        validator.validate(alone)
        assert alone["controls"] == [control]
        source = REPOSITORY / f"controls/{control['category']}/{control['id']}.yaml"
        written = yaml.safe_load(source.read_text(encoding="utf-8"))
        values = counts | {entry["id"]: entry["value"] for entry in written.get("parameters", [])}
        url = control.pop("url")
        assert url == f"{guide.base_url}controls/{control['id']}/"
        assert normal(control) == normal(written, values)


def _counts(survey: dict[str, list[dict]]) -> dict[str, str]:
    """Return what the facts of a survey count, by other means than ours."""
    found = {}
    for fact in survey["facts"]:
        reviewed = {entry["id"] for entry in survey["operators"]} - {*fact.get("not_reviewed", [])}
        found[f"survey-{fact['id']}"] = f"{len(fact['seen'])} of {len(reviewed)}"
    return found


def normal(data: object, values: dict[str, str] | None = None, key: str = "") -> object:
    """Return data with white space collapsed and parameters filled in, by other means than ours."""
    if isinstance(data, dict):
        return {name: normal(value, values, name) for name, value in data.items()}
    if isinstance(data, list):
        return [normal(item, values, key) for item in data]
    if not isinstance(data, str):
        return data
    for name, value in (values or {}).items():
        if key not in ("run", "manifest", "expression"):
            data = data.replace(f"{{{name}}}", value)
    return " ".join(data.split())


def test_schema_of_the_control_files_is_published_as_it_is(site: Path) -> None:
    published = json.loads((site / "schemas/control-1.json").read_text(encoding="utf-8"))
    source = REPOSITORY / "controls/schemas/control.schema.json"
    assert published == json.loads(source.read_text(encoding="utf-8"))


def test_downloads_are_what_the_exporters_write(site: Path, guide: Catalog) -> None:
    for name, data in render_all(guide).items():
        assert (site / name).read_bytes() == data
    page = (site / "downloads/index.html").read_text(encoding="utf-8")
    for exporter in EXPORTERS:
        for name in exporter.MAIN:
            assert f'href="../{name}"' in page or f'href="{name.rpartition("/")[2]}"' in page


def test_pages_have_no_defect(site: Path, invented_site: Path) -> None:
    for built in (site, invented_site):
        pages = sorted(built.rglob("*.html"))
        assert len(pages) > 10
        assert [str(problem) for problem in check_site(built)] == []


def test_every_page_has_a_policy_without_unsafe_parts(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        policies = re.findall(r'<meta http-equiv="Content-Security-Policy" content="(.*?)">', page)
        assert len(policies) == 1, path
        assert "unsafe" not in policies[0]
        assert "http" not in policies[0]


def test_edit_links_lead_to_the_source(site: Path, guide: Catalog) -> None:
    page = (site / "controls/UM-1/index.html").read_text(encoding="utf-8")
    assert f'href="{guide.repository}/edit/main/controls/UM/UM-1.yaml"' in page
    page = (site / "checklist/index.html").read_text(encoding="utf-8")
    assert f'href="{guide.repository}/edit/main/docs/checklist.md"' in page


def test_what_stands_twice_agrees(guide: Catalog) -> None:
    """The builder's settings, the schemas and the README say what catalog.yaml says."""
    settings = yaml.load((REPOSITORY / "mkdocs.yml").read_text(), Loader=yaml.BaseLoader)
    assert settings["site_name"] == guide.title
    assert settings["site_description"] == guide.description
    assert settings["site_url"] == guide.base_url
    assert settings["extra"]["repository"] == guide.repository
    for path in (REPOSITORY / "controls/schemas").glob("*.json"):
        assert json.loads(path.read_text())["$id"].startswith(f"{guide.base_url}schemas/")
    assert guide.base_url in (REPOSITORY / "README.md").read_text(encoding="utf-8")


def test_navigation_lists_the_categories(guide: Catalog) -> None:
    settings = yaml.load((REPOSITORY / "mkdocs.yml").read_text(), Loader=yaml.BaseLoader)
    [listed] = [entry["Guide"] for entry in settings["nav"] if "Guide" in entry]
    assert listed == [{c.title: f"categories/{c.id}.md"} for c in guide.categories]
    for category in guide.categories:
        page = (REPOSITORY / f"docs/categories/{category.id}.md").read_text(encoding="utf-8")
        assert page.startswith(f"---\ntitle: {category.title}\n")
        assert f'[[= category_page("{category.id}") =]]' in page


def test_builder_is_as_strict_as_it_can_be() -> None:
    settings = yaml.load((REPOSITORY / "mkdocs.yml").read_text(), Loader=yaml.BaseLoader)
    validation = settings["validation"]
    levels = [*validation["nav"].values(), *validation["links"].values()]
    assert set(levels) == {"warn"}
    macros = settings["plugins"]["macros"]
    assert macros["on_undefined"] == "strict"
    assert macros["on_error_fail"] == "true"


@pytest.mark.parametrize(
    ("page", "old", "new", "message"),
    [
        ("downloads.md", "downloads()", "downloadz()", "downloadz"),
        ("downloads.md", "# ", "[gone](gone.md)\n\n# ", "'gone.md', but the target"),
        ("downloads.md", "# ", "[part](index.md#none)\n\n# ", "an anchor '#none'"),
        ("downloads.md", "# ", '<p onclick="f()">x</p>\n\n# ', "the script-like attribute onclick"),
    ],
)
def test_a_mistake_in_prose_fails_the_build(
    tmp_path: Path, page: str, old: str, new: str, message: str
) -> None:
    folder = project(tmp_path, FIXTURES / "catalog")
    path = folder / "docs" / page
    path.write_text(path.read_text().replace(old, new, 1))
    done = subprocess.run(
        [TOOLS / "dok-guide", "site"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert message in done.stdout + done.stderr


def test_downloads_page_tells_what_changed_in_the_current_schema_version(site: Path) -> None:
    page = (REPOSITORY / "docs/downloads.md").read_text(encoding="utf-8")
    for name in ("controls.json", "operators.json"):
        published = json.loads((site / name).read_text(encoding="utf-8"))
        assert f"\n| `{name}` | {published['schema_version']} | " in page


def test_threats_and_controls_link_both_ways(site: Path, guide: Catalog) -> None:
    for threat in guide.threats:
        page = (site / f"threats/{threat.id}/index.html").read_text(encoding="utf-8")
        linked = set(re.findall(r'href="\.\./\.\./controls/([A-Z]+-\d+)/"', page))
        assert linked == {control.id for control in guide.against(threat.id)}
    for control in guide.active:
        page = (site / f"controls/{control.id}/index.html").read_text(encoding="utf-8")
        assert set(re.findall(r'href="\.\./\.\./threats/(TH-\d+)/"', page)) == set(control.threats)


def test_crosswalk_says_in_both_directions_what_the_controls_say(
    site: Path, guide: Catalog
) -> None:
    for framework in guide.frameworks:
        page = visible(site / f"crosswalk/{framework.id}/index.html")
        there, _, rest = page.partition(f"From this guide to {framework.title}")
        back, _, absent = rest.partition("No counterpart")
        for control in guide.active:
            mapped = [m for m in control.mappings if m.framework == framework.id]
            name = f"{control.id} {control.title}"
            assert (name in absent) == (not mapped)
            assert there.count(name) == len(mapped)
            for mapping in mapped:
                assert f"{mapping.relationship} {mapping.target}" in back


def test_words_of_the_glossary_have_tooltips(site: Path) -> None:
    page = (site / "controls/NM-4/index.html").read_text(encoding="utf-8")
    assert '<abbr title="Transport Layer Security' in page
    assert "<code><abbr" not in page


def test_every_reference_is_listed_once(site: Path, guide: Catalog) -> None:
    page = (site / "references/index.html").read_text(encoding="utf-8")
    for reference in guide.references:
        assert page.count(f'href="{html.escape(reference.url)}"') == 1


def cited(page: Path) -> str:
    """Return the address that a page tells people to cite."""
    return re.search(r"Invented catalog, version \S+: .*? (https://\S+?)\s", visible(page))[1]


@pytest.mark.parametrize("version", ["2.0.0-dev", "2.0.0"])
def test_a_citation_leads_to_the_version_that_it_names(tmp_path: Path, version: str) -> None:
    """The newest release lies at the top of the published tree, and each release below its name."""
    folder = project(tmp_path / "guide", FIXTURES / "catalog")
    settings = folder / "controls/catalog.yaml"
    settings.write_text(settings.read_text().replace("2.0.0-dev", version))
    tree = tmp_path / "tree"
    shutil.copytree(build(folder), tree)
    if version == "2.0.0":
        shutil.copytree(tree, tree / "v2.0.0")
    released = load_catalog(folder / "controls")
    home = tree / released.home.removeprefix(released.base_url)
    oscal = (home / "oscal/catalog.json").read_text(encoding="utf-8")
    for control in released.active:
        address = cited(home / control.path / "index.html")
        assert tree / address.removeprefix(released.base_url) == home / control.path
        assert f'"{address}"' in oscal


def test_each_page_lists_what_its_commands_ask_the_reader_to_replace(
    site: Path, guide: Catalog
) -> None:
    pages = [site / "first-hour", *(site / control.path for control in guide.active)]
    for folder in pages:
        page = (folder / "index.html").read_text(encoding="utf-8")
        commands = re.findall(r'<div class="language-sh.*?</div>', page, re.DOTALL)
        words = set(re.findall(r"\w+", re.sub(r"<[^>]*>", "", " ".join(commands))))
        asked = {entry.id for entry in guide.placeholders if entry.id in words}
        listed = set(re.findall(r'<input [^>]*name="([A-Z_]+)"', page))
        assert listed == asked, folder.name
        if asked:
            assert page.index("dok-values") < page.index('<div class="language-sh')
