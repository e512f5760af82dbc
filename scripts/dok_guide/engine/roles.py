"""Roles as the cluster fills them: aggregated ones, and those that Kubernetes brings along."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from dok_guide.engine.labels import selects
from dok_guide.engine.objects import Elsewhere, Object, mappings

#: The source of a role that every cluster has.
BUILT_IN = "<Kubernetes>"
#: Roles of Kubernetes with which nothing can be done that a check asks for.
HARMLESS = frozenset({
    "system:auth-delegator", "system:basic-user", "system:discovery", "system:public-info-viewer",
    "system:service-account-issuer-discovery", "extension-apiserver-authentication-reader",
})  # fmt: skip


def with_aggregated_rules(objects: list[Object]) -> list[Object]:
    """Return the objects; an aggregated ClusterRole has the rules of all that it selects."""
    if not any("aggregationRule" in obj.data for obj in objects):
        return objects
    roles = [*_cluster_roles(objects), *_missing(objects)]
    return [_filled(obj, roles) if "aggregationRule" in obj.data else obj for obj in objects]


def built_in_roles(objects: list[Object]) -> list[Object]:
    """Return the roles of Kubernetes that the objects lack, with what these add to them."""
    missing = _missing(objects)
    roles = [*_cluster_roles(objects), *missing]
    return [_filled(role, roles) if "aggregationRule" in role.data else role for role in missing]


def _cluster_roles(objects: list[Object]) -> list[Object]:
    return [obj for obj in objects if obj.kind == "ClusterRole"]


def _missing(objects: list[Object]) -> list[Object]:
    names = {obj.name for obj in objects if obj.kind == "ClusterRole"}
    return [role for role in _built_in() if role.name not in names]


@cache
def _built_in() -> tuple[Object, ...]:
    """Read the default roles of Kubernetes, in JSON as `kubectl get clusterroles` prints them."""
    path = Path(__file__).parent / "built_in_roles.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Object(item, BUILT_IN, 1) for item in data["items"])


def _filled(role: Object, roles: list[Object]) -> Object:
    """Return a role with its own rules and those of all that it selects, however indirectly."""
    own = mappings(role.data, "rules")
    rules, places = list(own), []
    for part in _parts(role, roles):
        for index, rule in enumerate(mappings(part.data, "rules")):
            if rule not in own:
                places.append(_place(role, part, len(rules), index))
                rules.append(rule)
    return replace(role, data=role.data | {"rules": rules}, elsewhere=tuple(places))


def _parts(role: Object, roles: list[Object]) -> list[Object]:
    """Return the roles whose rules a role takes, with those that they take themselves."""
    found: dict[Object, None] = {}
    waiting = [role]
    while waiting:
        selectors = _selectors(waiting.pop())
        new = [r for r in roles if r is not role and r not in found and _selected(r, selectors)]
        found |= dict.fromkeys(new)
        waiting += new
    return list(found)


def _selectors(role: Object) -> list[dict[str, Any]]:
    return mappings(role.data, "aggregationRule", "clusterRoleSelectors")


def _selected(role: Object, selectors: list[dict[str, Any]]) -> bool:
    return any(selects(selector, role.labels) for selector in selectors)


def _place(role: Object, part: Object, number: int, index: int) -> Elsewhere:
    """Return where a rule stands; one of Kubernetes' own stands in no file."""
    if part.source == BUILT_IN:
        return Elsewhere(("rules", number), role, (*role.place, "aggregationRule"))
    return Elsewhere(("rules", number), part, (*part.place, "rules", index))
