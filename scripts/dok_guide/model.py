"""The published catalog in memory: frozen, typed, in the order in which it is published.

The fields of a class are the properties of its schema in `controls/schemas/`, which says what each
one means; a test compares the two. Texts have their parameters filled in.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, Literal, TypeVar, get_args

from dok_guide.admission import MatchCondition, ResourceRule, Validation, Variable
from dok_guide.operators import Operator, Setting

Audience = Literal["producer", "consumer"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
Effort = Literal["small", "medium", "large"]
EFFORTS: tuple[Effort, ...] = get_args(Effort)
Target = Literal["operator", "database", "crd"]
TARGETS: tuple[Target, ...] = get_args(Target)
Scope = Literal["object", "bundle"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
Depth = Literal["quick", "deep"]
DEPTHS: tuple[Depth, ...] = get_args(Depth)
Verdict = Literal["compliant", "non-compliant"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
#: The numbers of the levels, each of which includes those below.
LEVELS = (1, 2, 3)

T = TypeVar("T")

#: How many ids a list of what has no counterpart may hold.
MOST_SHOWN = 100

#: How pages letter the items of a requirement.
LETTERS = "abcdefghijklmnopqrstuvwxyz"

#: How a text names a parameter.
PARAMETER = re.compile(r"\{([a-z][a-z0-9-]*)\}")


def points_at_items(requirement: str) -> bool:
    """Whether a requirement, however it is wrapped, asks for the items of its control."""
    return " ".join(requirement.split()).endswith("the following.")


@dataclass(frozen=True, kw_only=True)
class ByAudience:
    """A text per audience; None where the control asks nothing of it."""

    producer: str | None = None
    consumer: str | None = None

    def items(self) -> tuple[tuple[Audience, str], ...]:
        """Return the audiences that have a text, each with its text."""
        pairs = ((audience, getattr(self, audience)) for audience in AUDIENCES)
        return tuple((audience, text) for audience, text in pairs if text is not None)


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A value that a reader may set otherwise."""

    id: str
    label: str
    value: str
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Verification:
    """A way to decide whether the requirement is met."""

    for_: Audience
    title: str
    depth: Depth
    minutes: int
    method: Literal["examine", "interview", "test"]
    automated: bool
    applies_to: str
    steps: str | None = None
    run: str | None = None
    expect: str
    unclear: str | None = None


@dataclass(frozen=True, kw_only=True)
class Example:
    """A manifest that meets or misses the requirement."""

    title: str
    verdict: Verdict
    manifest: str


@dataclass(frozen=True, kw_only=True)
class Check:
    """The part of a requirement that a manifest can answer."""

    id: str
    for_: Audience
    covers: tuple[str, ...]
    target: Target
    scope: Scope
    match: tuple[ResourceRule, ...]
    matchConditions: tuple[MatchCondition, ...] = ()  # noqa: N815
    variables: tuple[Variable, ...] = ()
    validations: tuple[Validation, ...]


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """The relationship of a control to an entry of another framework."""

    framework: str
    target: str
    relationship: Literal["equal-to", "subset-of", "superset-of", "intersects-with"]
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Related:
    """A neighboring control and where the line runs."""

    control: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Control:
    """One security control."""

    id: str
    title: str
    category: str
    level: int
    first: bool = False
    since: str
    status: Literal["active", "withdrawn"]
    replaced_by: tuple[str, ...] = ()
    summary: str
    requirement: ByAudience
    items: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    rationale: str
    threats: tuple[str, ...]
    default: str
    impact: str
    effort: Effort
    needs: tuple[str, ...]
    remediation: ByAudience
    verification: tuple[Verification, ...]
    evidence: tuple[str, ...]
    examples: tuple[Example, ...]
    checks: tuple[Check, ...] = ()
    mappings: tuple[Mapping, ...]
    related: tuple[Related, ...] = ()
    references: tuple[str, ...]

    @property
    def active(self) -> bool:
        """Whether the control counts; a withdrawn one is only remembered."""
        return self.status == "active"

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """The audiences of which the control asks something."""
        return tuple(audience for audience, _ in self.requirement.items())

    @property
    def number(self) -> int:
        """The number in the id, by which the controls of a category are sorted."""
        return int(self.id.rpartition("-")[2])

    @property
    def path(self) -> str:
        """The address of the page, below that of the site."""
        return f"controls/{self.id}/"

    def maps_to(self, framework: str) -> bool:
        """Whether the control has a counterpart in a framework."""
        return any(mapping.framework == framework for mapping in self.mappings)

    def items_of(self, audience: str) -> tuple[str, ...]:
        """Return the items if the requirement for this audience points at them."""
        return self.items if points_at_items(getattr(self.requirement, audience) or "") else ()

    def lettered(self, audience: str) -> tuple[tuple[str, str], ...]:
        """Return the items of an audience, each with the letter by which it is named."""
        items = self.items_of(audience)
        return tuple(zip(LETTERS[: len(items)], items, strict=True))

    def covers_of(self, audience: str) -> tuple[str, ...]:
        """Return what checks can name as decided: the letters of the items, `all` without items."""
        return tuple(letter for letter, _ in self.lettered(audience)) or ("all",)

    def ways(self, audience: Audience, depth: Depth | None = None) -> tuple[Verification, ...]:
        """Return how to verify what is asked of an audience, quick before deep."""
        return tuple(
            way for way in self.verification if way.for_ == audience and depth in (None, way.depth)
        )

    def minutes(self, audience: Audience, depth: Depth | None = None) -> int:
        """Return how long the verifications of an audience take, in minutes."""
        return sum(way.minutes for way in self.ways(audience, depth))

    def fingerprint(self, audience: str) -> str:
        """Return 12 hexadecimal digits that change with what is asked of an audience."""
        return self._fingerprints[audience]

    @cached_property
    def _fingerprints(self) -> dict[str, str]:
        asked = {
            audience: [text, *self.items_of(audience)]
            for audience, text in self.requirement.items()
        }
        return {
            audience: hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]
            for audience, texts in asked.items()
        }


#: Shown exactly as written: braces in them belong to the shell, to YAML or to CEL.
LITERAL_FIELDS = ("run", "manifest", "expression")


def fill(value: T, values: dict[str, str]) -> T:
    """Return a part of the model with a text in place of each `{name}` that has a value.

    A text in a literal field stays as it is, and so does a name without a value.
    """
    return _fill(value, values) if values else value


def _fill(value: Any, values: dict[str, str]) -> Any:  # noqa: ANN401 - walks any field
    if isinstance(value, str):
        return PARAMETER.sub(lambda found: values.get(found[1], found[0]), value)
    if isinstance(value, tuple):
        return tuple(_fill(item, values) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    texts = (field.name for field in fields(value) if field.name not in LITERAL_FIELDS)
    return replace(value, **{name: _fill(getattr(value, name), values) for name in texts})


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Something that happened and shows a threat to be real."""

    id: str
    product: str | None = None
    fixed: str | None = None
    note: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class Threat:
    """Something an attacker does to a database through its operator."""

    id: str
    title: str
    description: str
    layers: tuple[Literal["database", "kubernetes", "external-data"], ...]
    attack_path: tuple[str, ...]
    attack_techniques: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()

    @property
    def path(self) -> str:
        """The address of the page, below that of the site."""
        return f"threats/{self.id}/"


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A source that controls cite."""

    id: str
    title: str
    publisher: str
    url: str
    read: str
    uuid: str


@dataclass(frozen=True, kw_only=True)
class Term:
    """An abbreviation or word that the guide explains, with the controls that are about it."""

    id: str
    meaning: str
    also: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Question:
    """What to ask the makers of an operator, and how a good answer is told from a poor one."""

    control: str
    question: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An entry of another framework; the title is empty where it may not be repeated."""

    framework: str
    id: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Level:
    """How much a database needs to be protected."""

    id: int
    title: str
    description: str
    limit: int | None = None


@dataclass(frozen=True, kw_only=True)
class Category:
    """A group of controls."""

    id: str
    title: str
    description: str

    @property
    def path(self) -> str:
        """The address of the page, below that of the site."""
        return f"categories/{self.id}/"


@dataclass(frozen=True, kw_only=True)
class Framework:
    """A published set of controls to which ours are mapped."""

    id: str
    title: str
    version: str
    url: str
    oscal: str | None = None
    pattern: str
    uuid: str


@dataclass(frozen=True, kw_only=True)
class Placeholder:
    """A word in capitals that a reader replaces in commands."""

    id: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Surveyed:
    """An operator of the survey, at the release that was read."""

    id: str
    title: str
    version: str
    commit: str
    date: str
    repository: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that was looked for in public defaults, and where it was seen."""

    id: str
    statement: str
    seen: tuple[str, ...]
    not_reviewed: tuple[str, ...] = ()
    source: str


@dataclass(frozen=True, kw_only=True)
class Survey:
    """What was seen in the public defaults of operators."""

    operators: tuple[Surveyed, ...]
    facts: tuple[Fact, ...]

    @property
    def counts(self) -> dict[str, str]:
        """What `{survey-<id>}` in a text stands for, such as `6 of 25`: seen, of those reviewed."""
        whole = len(self.operators)
        return {
            f"survey-{fact.id}": f"{len(fact.seen)} of {whole - len(fact.not_reviewed)}"
            for fact in self.facts
        }


def _words(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(word for term in terms for word in (term.id, *term.also))


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """Everything in `controls/`; controls by category, then number.

    `open` holds the controls that have parameters once more, with `{id}` still in their texts, for
    formats that know parameters themselves.
    """

    title: str
    description: str
    version: str
    published: str
    license: str
    publisher: str
    base_url: str
    repository: str
    first: int
    levels: tuple[Level, ...]
    categories: tuple[Category, ...]
    frameworks: tuple[Framework, ...]
    placeholders: tuple[Placeholder, ...]
    capitals: tuple[str, ...]
    threats: tuple[Threat, ...]
    references: tuple[Reference, ...]
    glossary: tuple[Term, ...]
    questions: tuple[Question, ...]
    survey: Survey
    entries: tuple[Entry, ...]
    operators: tuple[Operator, ...]
    controls: tuple[Control, ...]
    open: tuple[Control, ...] = ()

    @cached_property
    def _controls_by_id(self) -> dict[str, Control]:
        return {control.id: control for control in self.controls}

    def control(self, id_: str) -> Control:
        """Return the control with this id; raise KeyError if there is none."""
        return self._controls_by_id[id_]

    def shown_with(self, setting: Setting) -> Control:
        """Return the control with which a setting is shown: the first of the lowest level."""
        controls = [self.control(covered.control) for covered in setting.controls]
        return min(controls, key=lambda control: control.level)

    def operator(self, id_: str) -> Operator:
        """Return the operator with this id; raise KeyError if there is none."""
        return _by_id(self.operators, id_)

    def category(self, id_: str) -> Category:
        """Return the category with this id; raise KeyError if there is none."""
        return _by_id(self.categories, id_)

    def threat(self, id_: str) -> Threat:
        """Return the threat with this id; raise KeyError if there is none."""
        return _by_id(self.threats, id_)

    def framework(self, id_: str) -> Framework:
        """Return the framework with this id; raise KeyError if there is none."""
        return _by_id(self.frameworks, id_)

    def reference(self, id_: str) -> Reference:
        """Return the reference with this id; raise KeyError if there is none."""
        return _by_id(self.references, id_)

    @cached_property
    def active(self) -> tuple[Control, ...]:
        """The controls that count."""
        return tuple(control for control in self.controls if control.active)

    def in_category(self, id_: str) -> tuple[Control, ...]:
        """Return the active controls of a category."""
        return tuple(control for control in self.active if control.category == id_)

    def up_to(self, level: int) -> tuple[Control, ...]:
        """Return the active controls of a level and of those below: levels are cumulative."""
        return tuple(control for control in self.active if control.level <= level)

    @property
    def home(self) -> str:
        """The address below which this version stays; before a release, the one that is built."""
        unreleased = "-" in self.version
        return self.base_url if unreleased else f"{self.base_url}v{self.version}/"

    def page_of(self, entry: Control | Category | Threat) -> str:
        """Return the address of the page about an entry."""
        return self.base_url + entry.path

    def with_open_parameters(self, control: Control) -> Control:
        """Return a control with `{id}` of its parameters in its texts."""
        return self._open_by_id.get(control.id, control)

    @cached_property
    def _open_by_id(self) -> dict[str, Control]:
        return {control.id: control for control in self.open}

    def entry_title(self, framework: str, id_: str) -> str:
        """Return the title of an entry, or nothing where only ids are kept."""
        return self._entry_titles.get((framework, id_), "")

    @cached_property
    def _entry_titles(self) -> dict[tuple[str, str], str]:
        return {(entry.framework, entry.id): entry.title for entry in self.entries}

    def mapped(self, framework: str) -> dict[str, list[tuple[Control, Mapping]]]:
        """Return the entries of a framework that controls map to, each with those controls."""
        found: dict[str, list[tuple[Control, Mapping]]] = {}
        for control in self.active:
            for mapping in control.mappings:
                if mapping.framework == framework:
                    found.setdefault(mapping.target, []).append((control, mapping))
        return dict(sorted(found.items(), key=lambda item: _natural(item[0])))

    def without_control(self, framework: str) -> tuple[str, ...]:
        """Return the entries of a framework that no control maps to.

        Empty for a framework of which only some ids are kept, or that has more entries than a
        person would read.
        """
        mapped = self.mapped(framework)
        absent = tuple(
            entry.id
            for entry in self.entries
            if entry.framework == framework and entry.id not in mapped
        )
        return absent if len(absent) <= MOST_SHOWN else ()

    def citations(self, reference: str) -> list[tuple[str, str]]:
        """Return id and page, below `docs/`, of each control and threat that cites a source."""
        controls = [c.id for c in self.controls if reference in c.references]
        threats = [t.id for t in self.threats if any(e.reference == reference for e in t.evidence)]
        return [(id_, f"controls/{id_}.md") for id_ in controls] + [
            (id_, f"threats/{id_}.md") for id_ in threats
        ]

    def unmapped(self, framework: str) -> tuple[Control, ...]:
        """Return the active controls without a counterpart in a framework."""
        return tuple(control for control in self.active if not control.maps_to(framework))

    def asking(self, audience: Audience, level: int) -> tuple[Control, ...]:
        """Return the active controls up to a level that ask something of an audience.

        A control comes after those that it needs; otherwise the ones to start with are first.
        """
        wanted = [c for c in self.active if c.level <= level and audience in c.audiences]
        wanted.sort(key=lambda control: (not control.first, control.level))
        ids = {control.id for control in wanted}
        found: dict[str, Control] = {}
        for control in wanted:
            self._add_after_needs(control, ids, found)
        return tuple(found.values())

    def first_hour(self) -> tuple[Control, ...]:
        """Return the controls to start with that ask something of a consumer."""
        return tuple(c for c in self.asking("consumer", self.levels[0].id) if c.first)

    def minutes(self, audience: Audience, level: int, depth: Depth | None = None) -> int:
        """Return how long the verifications up to a level take an audience, in minutes."""
        return sum(c.minutes(audience, depth) for c in self.asking(audience, level))

    def _add_after_needs(
        self, control: Control, wanted: set[str], found: dict[str, Control]
    ) -> None:
        for id_ in control.needs:
            if id_ in wanted and id_ not in found:
                self._add_after_needs(self.control(id_), wanted, found)
        found.setdefault(control.id, control)

    def words_for(self, control: Control) -> tuple[str, ...]:
        """Return the words of the glossary under which somebody may look for a control."""
        return _words(term for term in self.glossary if control.id in term.controls)

    def words_first_for(self, control: Control) -> tuple[str, ...]:
        """Return those of the words for which a control is the first to read."""
        return _words(term for term in self.glossary if control.id in term.controls[:1])

    def placeholders_of(self, control: Control) -> tuple[Placeholder, ...]:
        """Return what a reader replaces in the commands of a control."""
        words = {word for way in control.verification for word in re.findall(r"\w+", way.run or "")}
        return tuple(entry for entry in self.placeholders if entry.id in words)

    def against(self, threat: str) -> tuple[Control, ...]:
        """Return the active controls that mitigate a threat."""
        return tuple(control for control in self.active if threat in control.threats)


def _natural(id_: str) -> list[tuple[int, str]]:
    """Return a key that sorts ids as people do, AC-6 before AC-17."""
    parts = re.findall(r"\d+|\D+", id_)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def _by_id(entries: tuple[T, ...], id_: object) -> T:
    for entry in entries:
        if getattr(entry, "id") == id_:  # noqa: B009 - T has no declared fields
            return entry
    raise KeyError(id_)
