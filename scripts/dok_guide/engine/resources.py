"""Which objects a resource rule of a check means."""

import re
from collections.abc import Iterable

from dok_guide.admission import ResourceRule
from dok_guide.engine.objects import Object, text

CRD = "CustomResourceDefinition"


class Resources:
    """The resource name of each kind: of custom ones from their definition, otherwise guessed."""

    def __init__(self, objects: Iterable[Object]) -> None:
        self._plurals = {
            (text(obj.data, "spec", "group"), text(obj.data, "spec", "names", "kind")): text(
                obj.data, "spec", "names", "plural"
            )
            for obj in objects
            if obj.kind == CRD
        }

    def name(self, obj: Object) -> str:
        """Return the resource of an object, `networkpolicies` of a NetworkPolicy."""
        return self._plurals.get((obj.group, obj.kind)) or plural(obj.kind)

    def match(self, rules: Iterable[ResourceRule], obj: Object) -> bool:
        """Whether one of the rules means the object, as in `matchConstraints.resourceRules`."""
        return any(
            _means(rule.apiGroups, obj.group)
            and _means(rule.apiVersions, obj.version)
            and _means(rule.resources, self.name(obj))
            for rule in rules
        )


def _means(allowed: tuple[str, ...], value: str) -> bool:
    return "*" in allowed or value in allowed


def plural(kind: str) -> str:
    """Return the resource of a kind as Kubernetes' own `UnsafeGuessKindToResource` does.

    Except that a vowel before `y` keeps it: the Gateway API has `gateways`.
    """
    name = kind.lower()
    if name.endswith("endpoints"):
        return name
    if name.endswith("s"):
        return f"{name}es"
    return f"{name[:-1]}ies" if re.search(r"[^aeiou]y$", name) else f"{name}s"
