"""The settings of each operator as admission policies that warn and audit, whole and by level."""

from collections.abc import Iterable, Sequence

from dok_guide.as_yaml import to_yaml
from dok_guide.model import Catalog
from dok_guide.policies.policy import DEFAULT, Action, Policy, policies

TITLE = "Admission policies"
DESCRIPTION = "The settings of each operator for the API server, linked from the operator's page."
#: Which there are depends on the catalog: pages link to them.
MAIN = ()


def render(catalog: Catalog) -> dict[str, bytes]:
    """Return the policies of each operator, and those up to each lower level."""
    files = {}
    highest = max(level.id for level in catalog.levels)
    for operator in catalog.operators:
        for level in catalog.levels:
            found = [*policies(catalog, operator, level=level.id)]
            part = "" if level.id == highest else f"-level-{level.id}"
            if found:
                files[f"downloads/policies/{operator.id}{part}.yaml"] = manifest(found)
    return files


def manifest(found: Iterable[Policy], actions: Sequence[Action] = DEFAULT) -> bytes:
    """Return policies and their bindings as YAML, one document each."""
    documents = [each for policy in found for each in policy.manifests(actions)]
    return b"".join(b"---\n" + to_yaml(each) for each in documents)
