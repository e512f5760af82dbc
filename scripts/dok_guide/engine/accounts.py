"""Who an account is: its names as a subject of bindings, and the groups that it belongs to."""

from typing import Any

from dok_guide.engine.objects import Object, text

#: Kind, namespace and name; stands for what a manifest names and no manifest defines.
Key = tuple[str, str, str]
ACCOUNT, GROUP = "ServiceAccount", "Group"
_USER = "system:serviceaccount:"
_ALL_ACCOUNTS = "system:serviceaccounts"
_EVERYBODY = frozenset({_ALL_ACCOUNTS, "system:authenticated"})


def account(pod: Object) -> str:
    """Return the name of the service account that a pod runs as."""
    old = text(pod.data, "spec", "serviceAccount")
    return text(pod.data, "spec", "serviceAccountName") or old or "default"


def subject_key(subject: dict[str, Any], namespace: str) -> Key | None:
    """Return whom a subject of a binding means, None if it is no account and no group of them.

    `namespace` is that of the binding.
    """
    kind, name = text(subject, "kind"), text(subject, "name")
    if kind == ACCOUNT:
        return (ACCOUNT, text(subject, "namespace") or namespace, name)
    if kind == "User" and name.startswith(_USER):
        where, _, name = name.removeprefix(_USER).partition(":")
        return (ACCOUNT, where, name)
    if kind == GROUP and (name in _EVERYBODY or name.startswith(f"{_ALL_ACCOUNTS}:")):
        return (GROUP, "", name)
    return None


def belongs(namespace: str, group: Key) -> bool:
    """Whether an account of a namespace, which may be left open, belongs to a group."""
    where = group[2].removeprefix(f"{_ALL_ACCOUNTS}:")
    return group[2] in _EVERYBODY or not namespace or where == namespace
