"""A setting as a ValidatingAdmissionPolicy with its bindings, as Kubernetes reads them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal
from urllib.parse import urlsplit

from dok_guide.data import to_data
from dok_guide.model import Catalog
from dok_guide.operators import Operator, Setting, Variant
from dok_guide.policies import ratchet
from dok_guide.policies.exempting import Exempt
from dok_guide.policies.messages import Messages
from dok_guide.policies.selection import variants_of

Action = Literal["Warn", "Audit", "Deny"]
#: What bindings do by default, in all namespaces.
DEFAULT: tuple[Action, ...] = ("Warn", "Audit")
NOTHING = Exempt()

Data = dict[str, Any]


@dataclass(frozen=True)
class Policy:
    """A variant of a setting; `alone` unless another one is for other API versions."""

    catalog: Catalog
    operator: Operator
    setting: Setting
    variant: Variant
    alone: bool = True
    exempt: Exempt = NOTHING

    @property
    def name(self) -> str:
        """The name, which never changes."""
        return "-".join(["dok", self.setting.id, *(() if self.alone else self.variant.versions)])

    @property
    def prefix(self) -> str:
        """What stands before labels and annotations of the guide's own."""
        return urlsplit(self.catalog.base_url).netloc

    @property
    def level(self) -> int:
        """The lowest level that asks for it."""
        return self.catalog.shown_with(self.setting).level

    def manifests(self, actions: Sequence[Action]) -> Iterator[Data]:
        """Yield the policy and its bindings."""
        yield self._object("ValidatingAdmissionPolicy", self.name, self._spec())
        everywhere: list[Action] = [each for each in actions if each != "Deny"]
        if everywhere:
            yield self._binding(self.name, everywhere)
        if "Deny" in actions:
            yield self._binding(f"{self.name}-deny", ["Deny"], self._where_denied())

    def _binding(self, name: str, actions: Sequence[Action], where: Data | None = None) -> Data:
        spec: Data = {"policyName": self.name, "validationActions": [*actions]}
        if where:
            spec["matchResources"] = {"namespaceSelector": where}
        return self._object("ValidatingAdmissionPolicyBinding", name, spec)

    def _where_denied(self) -> Data:
        """Return the selector of namespaces that asks for this level or a higher one."""
        levels = [f"level-{each.id}" for each in self.catalog.levels if each.id >= self.level]
        chosen = {"key": f"{self.prefix}/deny", "operator": "In", "values": levels}
        return {"matchExpressions": [chosen]}

    def _object(self, kind: str, name: str, spec: Data) -> Data:
        metadata = {"name": name, "labels": self._labels, "annotations": self._annotations}
        return {
            "apiVersion": "admissionregistration.k8s.io/v1",
            "kind": kind,
            "metadata": metadata,
            "spec": spec,
        }

    @cached_property
    def _labels(self) -> Data:
        return {
            "app.kubernetes.io/name": self.name,
            "app.kubernetes.io/component": self.operator.id,
            "app.kubernetes.io/part-of": "dok-guide",
            "app.kubernetes.io/version": self.catalog.version,
            "app.kubernetes.io/managed-by": "dok-guide",
            f"{self.prefix}/level": str(self.level),
        }

    @cached_property
    def _annotations(self) -> Data:
        controls = [self.catalog.control(each.control) for each in self.setting.controls]
        found = {
            "title": self.setting.title,
            "controls": ", ".join(control.id for control in controls),
            "link": self._messages.page,
            "operator-versions": self.variant.releases,
            "exceptions": self.exempt.record(self.setting),
        }
        return {f"{self.prefix}/{name}": text for name, text in found.items() if text}

    @cached_property
    def _messages(self) -> Messages:
        return Messages(self.catalog, self.operator, self.setting, self.variant)

    def _spec(self) -> Data:
        conditions = (
            *ratchet.CONDITIONS,
            *self.exempt.conditions(self.setting),
            *self.variant.matchConditions,
        )
        return {
            "failurePolicy": "Fail",
            "matchConstraints": self._constraints(),
            "matchConditions": [_stripped(to_data(each)) for each in conditions],
            "variables": [_stripped(to_data(each)) for each in ratchet.variables(self.variant)],
            "validations": [*self._validations()],
        }

    def _constraints(self) -> Data:
        """Return what is looked at; a kind without namespaces could be denied nowhere and is not.

        Another API version of the same resource is converted, unless it has a policy of its own.
        """
        rules = self.operator.rules_of(self.setting, self.variant)
        return {
            "matchPolicy": "Equivalent" if self.alone else "Exact",
            "resourceRules": [to_data(each) | {"scope": "Namespaced"} for each in rules],
        }

    def _validations(self) -> Iterator[Data]:
        for each in self.variant.validations:
            found = {
                "expression": ratchet.unless_broken_before(each),
                "message": self._messages.plain(each),
                "messageExpression": self._messages.with_value(each),
            }
            yield {name: text for name, text in found.items() if text}


def _stripped(entry: Data) -> Data:
    return {name: text.strip() for name, text in entry.items()}


def policies(
    catalog: Catalog,
    operator: Operator,
    *,
    level: int | None = None,
    release: str | None = None,
    exempt: Exempt = NOTHING,
) -> Iterator[Policy]:
    """Yield the policies of an operator up to a level, for a release or for all of them."""
    for setting in operator.settings:
        variants = variants_of(setting, release)
        for variant in variants:
            found = Policy(catalog, operator, setting, variant, len(variants) == 1, exempt)
            if level is None or found.level <= level:
                yield found
