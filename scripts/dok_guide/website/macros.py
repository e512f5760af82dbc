"""What pages can call, and what their heads say: what the site builder takes from us."""

import inspect
from collections.abc import Callable
from functools import cached_property
from typing import Any, Protocol

import click

from dok_guide.exporters import EXPORTERS
from dok_guide.model import AUDIENCES, DEPTHS, Audience, Catalog, Control, Depth
from dok_guide.operators import Operator, Setting
from dok_guide.oscal.vocabulary import VOCABULARY
from dok_guide.policies.policy import policies
from dok_guide.policies.selection import unenforced
from dok_guide.render import render_template
from dok_guide.review.model import STATUSES, requirements
from dok_guide.review.starting import line
from dok_guide.rules.schemas import schema
from dok_guide.source import CatalogError
from dok_guide.texts import duration
from dok_guide.website.collected import collected
from dok_guide.website.edition import DOCS, Edition, edition
from dok_guide.website.facets import facets, words
from dok_guide.website.settings import by_operator, parts, permalink, policy_files, unset


class Environment(Protocol):
    """The part of the macros plugin that we use, in MkDocs and Zensical."""

    variables: dict[str, Any]
    page: Any

    def macro(self, function: Callable[..., str], name: str = "") -> object:
        """Make a function callable from pages."""


def define_env(env: Environment) -> None:
    """Give the pages their macros; the site builder calls this before each build.

    Stubs and downloads are brought up to date, so that whoever builds sees no old ones.
    """
    try:
        current = edition()
    except CatalogError as error:
        raise click.ClickException(f"the controls have problems\n{error}") from None
    current.write(DOCS)
    env.variables["heads"] = current.heads
    env.variables["version"] = current.catalog.version
    macros = Macros(current)
    for name, function in inspect.getmembers(macros, inspect.ismethod):
        if not name.startswith("_"):
            env.macro(function, name)


def on_post_page_macros(env: Environment) -> None:
    """Give a page its version, and one of data title, description and words.

    The builder calls this for each page.
    """
    env.page.meta["version"] = env.variables["version"]
    if head := env.variables["heads"].get(env.page.file.src_uri):
        env.page.meta.update(title=head.title, description=head.description)
        if head.tags:
            env.page.meta["tags"] = list(head.tags)
        if head.data:
            env.page.meta["data"] = head.data


class Macros:
    """One method per macro; each fills in the template that is named after it."""

    def __init__(self, current: Edition) -> None:
        self._edition = current
        self._catalog = current.catalog
        self._places = {control.id: place for place, control in enumerate(self._catalog.active)}

    def _render(self, name: str, **values: object) -> str:
        return render_template(f"{name}.md", catalog=self._catalog, **values)

    def control_page(self, id_: str) -> str:
        """Everything about one control."""
        control = self._catalog.control(id_)
        siblings = self._catalog.active
        if not control.active:
            return self._render("withdrawn_page", control=control)
        here = self._places[id_]
        return self._render(
            "control_page",
            control=control,
            changed=self._changed.get(id_),
            operators=by_operator(self._catalog, control),
            previous=siblings[here - 1] if here else None,
            next=siblings[here + 1] if here + 1 < len(siblings) else None,
        )

    @cached_property
    def _changed(self) -> dict[str, str]:
        """The last release, by the id of each control whose requirement was another one in it."""
        if not self._edition.releases:
            return {}
        step = self._edition.steps[-1]
        return {
            change.id: step.old
            for change in step.of("changed")
            if any(field.name.startswith(("requirement", "items")) for field in change.fields)
        }

    def edition(self) -> str:
        """What this edition of the guide is: version, date, publisher."""
        return self._render("edition")

    def link(self, id_: str) -> str:
        """A link to a control, for pages of prose."""
        return f"[{self._catalog.control(id_).id}](controls/{id_}.md)"

    def control_index(self) -> str:
        """A table of all controls, and the facets that narrow it."""
        return self._render("control_index", facets=facets(self._catalog), words=words)

    def build_list(self, level: int) -> str:
        """What a producer does, in the order in which it can be done."""
        return self._render("build_list", controls=self._catalog.asking("producer", level))

    def run_list(self, level: int) -> str:
        """What a consumer sets and checks, in the order in which it can be done."""
        return self._render("run_list", controls=self._catalog.asking("consumer", level))

    def first_hour(self) -> str:
        """The quick verifications of the controls to start with."""
        return self._render("first_hour", controls=self._catalog.first_hour())

    def values(self, *names: str) -> str:
        """What a reader replaces in the commands of a page, to type it once."""
        words = [entry for entry in self._catalog.placeholders if entry.id in names]
        return render_template("values.html", words=words)

    def level_time(self, audience: Audience, level: int, depth: Depth = "quick") -> str:
        """How long the verifications up to a level take."""
        return duration(self._catalog.minutes(audience, level, depth))

    def survey(self) -> str:
        """The operators of the survey, and what was seen in how many of them."""
        return self._render("survey", survey=self._catalog.survey)

    def evidence_list(self) -> str:
        """What an auditor asks to see, by category."""
        return self._render("evidence_list")

    def questions(self) -> str:
        """What to ask the makers of an operator."""
        return self._render("questions")

    def responsibilities(self) -> str:
        """What each control asks of whom, by category."""
        return self._render("responsibilities", audiences=AUDIENCES)

    def changelog(self) -> str:
        """The changes from release to release, the newest first."""
        return self._render("changelog", differences=self._edition.steps[::-1])

    def since_release(self, version: str) -> str:
        """The controls of a release beside what they ask for now."""
        known = {release["version"]: release for release in self._edition.releases}
        return self._render("since_release", release=known[version])

    def category_page(self, id_: str) -> str:
        """The controls of one category."""
        return self._render("category_page", category=self._catalog.category(id_))

    def categories(self) -> str:
        """A table of the categories."""
        return self._render("categories")

    def threat_index(self) -> str:
        """All threats with the controls against them."""
        return self._render("threat_index")

    def threat_page(self, id_: str) -> str:
        """Everything about one threat."""
        return self._render("threat_page", threat=self._catalog.threat(id_))

    def crosswalk_index(self) -> str:
        """The frameworks, with how many controls map to each."""
        return self._render("crosswalk_index")

    def crosswalk_page(self, id_: str) -> str:
        """One framework in both directions, and what has no counterpart."""
        return self._render("crosswalk_page", framework=self._catalog.framework(id_))

    def operator_index(self) -> str:
        """The operators that the guide looked at."""
        return self._render("operator_index")

    def operator_page(self, id_: str) -> str:
        """Everything that the guide knows of an operator."""
        operator = self._catalog.operator(id_)
        return self._render(
            "operator_page",
            operator=operator,
            parts=[
                (level, parts(self._catalog, operator, level.id)) for level in self._catalog.levels
            ],
            unset=unset(self._catalog, operator),
            permalink=permalink,
            policies=policy_files(self._edition.downloads, operator),
        )

    def policies(self) -> str:
        """The files with admission policies, operator by operator."""
        sizes = {name: len(data) for name, data in self._edition.downloads.items()}
        rows = [
            (operator, len([*policies(self._catalog, operator)]), files)
            for operator in self._catalog.operators
            if (files := policy_files(sizes, operator))
        ]
        return self._render("policies", rows=rows, sizes=sizes)

    def unenforced(self) -> str:
        """The settings that are no admission policies, with the reason."""
        rows = [(operator, unenforced(operator)) for operator in self._catalog.operators]
        return self._render("unenforced", rows=rows)

    def glossary(self) -> str:
        """A table of the terms."""
        return self._render("glossary")

    def references(self) -> str:
        """All sources, with the controls and threats that cite them."""
        return self._render("references")

    def checklist(self) -> str:
        """The checklist to fill in or to print."""
        return self._render(
            "checklist",
            audiences=AUDIENCES,
            depths=DEPTHS,
            statuses=STATUSES,
            requirements=_requirements,
            settings=_settings,
            line=line,
        )

    def first_controls(self) -> str:
        """The controls to start with."""
        return self._render("first_controls")

    def levels(self) -> str:
        """What the levels mean."""
        return self._render("levels")

    def automation(self) -> str:
        """How far each control can be read off manifests."""
        return self._render("automation")

    def collected(self) -> str:
        """What a collected cluster answers of the quick review of consumers."""
        return self._render("collected", **collected(self._catalog))

    def downloads(self) -> str:
        """A table of the files that EXPORTERS write."""
        sizes = {name: len(data) for name, data in self._edition.downloads.items()}
        return self._render("downloads", exporters=EXPORTERS, sizes=sizes)

    def oscal_vocabulary(self) -> str:
        """The names in the guide's own namespace of OSCAL."""
        return self._render("oscal_vocabulary", vocabulary=VOCABULARY)

    def field_table(self) -> str:
        """The fields of a control, from its schema."""
        return self._render("field_table", schema=schema("control"), field_type=_field_type)


def _requirements(catalog: Catalog, category: str) -> list[tuple[Control, str, str]]:
    """Return what the controls of a category ask of whom, each with its fingerprint."""
    return [
        (control, audience, control.fingerprint(audience))
        for control, audience in requirements(catalog)
        if control.category == category
    ]


def _settings(
    catalog: Catalog, control: Control, audience: str
) -> list[tuple[Operator, tuple[Setting, ...]]]:
    """Return what the users of each operator set for a requirement."""
    return by_operator(catalog, control) if audience == "consumer" else []


def _field_type(schema_part: dict[str, Any]) -> str:
    """Return in words what a property of a schema may hold."""
    part = schema_part | schema("control")["$defs"].get(
        schema_part.get("$ref", "").removeprefix("#/$defs/"), {}
    )
    if "enum" in part:
        return ", ".join(f"`{value}`" for value in part["enum"])
    if part.get("type") == "array":
        return f"list of {_field_type(part['items'])}"
    if part.get("type") == "object":
        return ", ".join(f"`{name}`" for name in part["properties"])
    kind = schema_part.get("$ref", "").removeprefix("#/$defs/").replace("_", " ")
    plain_types = {"boolean": "`true` or `false`", "string": "text"}
    return kind or plain_types[part["type"]]
