"""Who may do what where, by the roles and bindings of a cluster."""

from collections.abc import Iterable, Iterator

from dok_guide.assess.rights import grants_by, within
from dok_guide.engine.accounts import ACCOUNT, GROUP, Key, account, belongs, subject_key
from dok_guide.engine.links import BINDINGS, Links
from dok_guide.engine.objects import Object, mappings, text

#: Accounts of the control plane, which every cluster has.
_PLATFORM = ("system:masters", "system:kube-", "system:controller:", "system:node")


class Access:
    """The grants of a cluster, by subject."""

    def __init__(self, objects: Iterable[Object], links: Links) -> None:
        bindings = [obj for obj in objects if obj.kind in BINDINGS]
        self._grants = [(b, grant) for b in bindings for grant in grants_by(b, links)]

    def subjects(
        self, namespaces: Iterable[str], wanted: Iterable[tuple[str, str, str]]
    ) -> Iterator[str]:
        """Yield who has one of the rights in one of the namespaces, and by which binding.

        Left out is what Kubernetes gives to its own control plane.
        """
        rights = list(wanted)
        for namespace in namespaces:
            having = (
                binding
                for binding, grant in self._grants
                if within(grant.where, namespace) and any(grant.allows(*r) for r in rights)
            )
            for binding in dict.fromkeys(having):
                for subject in mappings(binding.data, "subjects"):
                    if not _of_platform(subject):
                        who = _shown(subject, binding.namespace)
                        yield f"namespace {namespace}: {who} by {binding.title}"

    def accounts(self, pods: Iterable[Object]) -> list[Key]:
        """Return the service accounts of pods."""
        return list(dict.fromkeys((ACCOUNT, pod.namespace, account(pod)) for pod in pods))

    def reached(self, key: Key) -> list[str]:
        """Return where an account can watch objects, read Secrets or create pods."""
        telling = (("", "secrets", "get"), ("", "pods", "create"), ("", "secrets", "list"))
        found = {
            grant.where
            for binding, grant in self._grants
            if any(grant.allows(*right) for right in telling) and _holds(binding, key)
        }
        return sorted(found)


def _holds(binding: Object, key: Key) -> bool:
    for subject in mappings(binding.data, "subjects"):
        other = subject_key(subject, binding.namespace)
        if other == key or (other and other[0] == GROUP and belongs(key[1], other)):
            return True
    return False


def _of_platform(subject: dict[str, object]) -> bool:
    name = text(subject, "name")
    return name.startswith(_PLATFORM) or text(subject, "namespace") == "kube-system"


def _shown(subject: dict[str, object], namespace: str) -> str:
    kind, name = text(subject, "kind"), text(subject, "name")
    if kind != ACCOUNT:
        return f"{kind} {name}"
    return f"{kind} {text(subject, 'namespace') or namespace}/{name}"
