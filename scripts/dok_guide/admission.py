"""The parts of a ValidatingAdmissionPolicy: what the checks of controls and settings share."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ResourceRule:
    """What a check looks at."""

    apiGroups: tuple[str, ...]  # noqa: N815 - Kubernetes' own field names
    apiVersions: tuple[str, ...]  # noqa: N815
    operations: tuple[str, ...]
    resources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MatchCondition:
    """A CEL expression that must be true for an object to be judged at all."""

    name: str
    expression: str


@dataclass(frozen=True, kw_only=True)
class Variable:
    """A named CEL expression."""

    name: str
    expression: str


@dataclass(frozen=True, kw_only=True)
class Validation:
    """A CEL expression that must be true, and what to say when it isn't."""

    message: str
    expression: str
