"""What the guide knows of an operator: frozen, typed, part of the catalog.

The fields of a class are the properties of its schema in `controls/schemas/`, which says what each
one means; a test compares the two.
"""

from dataclasses import dataclass
from typing import Literal

from dok_guide.admission import MatchCondition, ResourceRule, Validation, Variable

Audience = Literal["producer", "consumer"]
Where = Literal[
    "resource", "chart-value", "operator-environment", "database-parameter", "kubernetes", "none"
]
Embeddable = Literal["PodTemplateSpec", "PodSpec", "Container", "Service"]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A custom resource that a user writes."""

    group: str
    kind: str
    plural: str
    versions: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The API group, and the others under which the same kind is served."""
        return (self.group, *self.aliases)


@dataclass(frozen=True, kw_only=True)
class OperatorRelease:
    """A release that the guide looked at."""

    version: str
    commit: str
    date: str


@dataclass(frozen=True, kw_only=True)
class Embedded:
    """Where a custom resource holds a type of Kubernetes itself."""

    kind: str
    path: str
    type: Embeddable


@dataclass(frozen=True, kw_only=True)
class Covered:
    """Items of the requirement that a control has for consumers."""

    control: str
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Source:
    """Lines in which something was read, and their digest."""

    repository: str | None = None
    path: str
    commit: str
    lines: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Variant:
    """How a resource is judged, for some releases and API versions."""

    releases: str
    versions: tuple[str, ...]
    absent: str | None = None
    field: str | None = None
    default: str | None = None
    matchConditions: tuple[MatchCondition, ...] = ()  # noqa: N815 - Kubernetes' own field name
    variables: tuple[Variable, ...] = ()
    validations: tuple[Validation, ...] = ()
    compliant: str | None = None
    non_compliant: str | None = None

    def holds_for(self, release: str) -> bool:
        """Whether a release is one of those that it is for."""
        return in_range(release, self.releases)


@dataclass(frozen=True, kw_only=True)
class Beside:
    """The resource that one of another kind belongs to, by the name of it that it holds."""

    kind: str
    name: str
    has: str | None = None


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Something that a user of an operator sets, or that has no field."""

    id: str
    title: str
    controls: tuple[Covered, ...]
    where: Where
    kind: str | None = None
    field: str | None = None
    beside: Beside | None = None
    set: str
    source: tuple[Source, ...]
    example: str | None = None
    unenforced: str | None = None
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Found:
    """A finding in the install of an operator."""

    control: str
    audience: Audience
    check: str
    object: str
    path: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Half:
    """The requirement that a control has for an audience."""

    control: str
    audience: Audience


@dataclass(frozen=True, kw_only=True)
class Power:
    """Something that whoever has an account may do, by which verbs and rules of which roles.

    `where` names namespaces; `*` is the whole cluster, and an empty one is left open. `names` are
    those that the rules name, none for all. `through` are accounts whose rights come with it.
    """

    ability: str
    does: str
    means: str
    verbs: tuple[str, ...]
    where: tuple[str, ...]
    names: tuple[str, ...] = ()
    by: tuple[str, ...]
    through: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rest:
    """Rights of which no power speaks: verbs on resources, written `leases.coordination.k8s.io`."""

    where: str
    verbs: tuple[str, ...]
    resources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Reach:
    """What the account of an operator's workloads may do, gravest first.

    `cluster` are the abilities by which it can take over the whole cluster. `harmless` are roles of
    Kubernetes itself, `missing` those that are bound to it and not in the input.
    """

    account: str
    workloads: tuple[str, ...]
    cluster: tuple[str, ...] = ()
    powers: tuple[Power, ...] = ()
    rest: tuple[Rest, ...] = ()
    harmless: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The account with its namespace, which a manifest without one leaves to who applies it."""
        open_ = "/" not in self.account
        return f"default/{self.account} (if installed in default)" if open_ else self.account

    @property
    def places(self) -> dict[tuple[str, ...], list[Power]]:
        """The powers by where they hold."""
        found: dict[tuple[str, ...], list[Power]] = {}
        for power in self.powers:
            found.setdefault(power.where, []).append(power)
        return found


@dataclass(frozen=True, kw_only=True)
class OperatorAssessment:
    """What `assess` finds in the install of an operator's newest release."""

    release: str
    guide: str
    command: str
    sha256: str
    objects: int
    met: tuple[Half, ...]
    findings: tuple[Found, ...]
    reach: tuple[Reach, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Operator:
    """An operator, what its users set, and what its install was found to do."""

    id: str
    title: str
    database: str
    repository: str
    license: str
    documentation: str
    kinds: tuple[Kind, ...]
    releases: tuple[OperatorRelease, ...]
    install: str
    embeds: tuple[Embedded, ...]
    settings: tuple[Setting, ...]
    hardened: str
    proven: Literal["schema", "webhook", "started"]
    assessment: OperatorAssessment | None = None

    def kind(self, name: str) -> Kind:
        """Return a custom resource by its kind; raise KeyError if there is none."""
        for kind in self.kinds:
            if kind.kind == name:
                return kind
        raise KeyError(name)

    def setting(self, id_: str) -> Setting:
        """Return a setting by its id; raise KeyError if there is none."""
        for setting in self.settings:
            if setting.id == id_:
                return setting
        raise KeyError(id_)

    def rules_of(self, setting: Setting, variant: Variant) -> tuple[ResourceRule, ...]:
        """Return what a variant of a setting looks at, as in an admission policy."""
        kind = self.kind(setting.kind or "")
        return (
            ResourceRule(
                apiGroups=kind.groups,
                apiVersions=variant.versions,
                operations=("CREATE", "UPDATE"),
                resources=(kind.plural,),
            ),
        )


def in_range(release: str, releases: str) -> bool:
    """Whether a release is in a range such as `>=1.28,<1.30`, of which 1.30 has all patches."""
    from packaging.specifiers import SpecifierSet
    from packaging.version import Version

    return SpecifierSet(releases).contains(Version(release), prereleases=True)
