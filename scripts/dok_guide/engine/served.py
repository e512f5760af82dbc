"""An object as the API server would return it: in a version that is served, defaults filled in.

Defaults are those on which a check depends: what is absent and yet has a meaning. The API server
only writes what a Secret holds as `data`; here `stringData` has all of it that is text.
"""

import base64
from typing import Any

from dok_guide.engine.objects import get, mapping, mappings, text

_RBAC, _APPS = "rbac.authorization.k8s.io", "apps"
_NETWORKING, _ADMISSION = "networking.k8s.io", "admissionregistration.k8s.io"
_DEFINITIONS = "apiextensions.k8s.io"
#: Versions that Kubernetes no longer serves, and the group whose `v1` has the same fields.
_OLD = {
    f"{_RBAC}/v1beta1": _RBAC,
    f"{_RBAC}/v1alpha1": _RBAC,
    f"{_APPS}/v1beta1": _APPS,
    f"{_APPS}/v1beta2": _APPS,
    f"{_NETWORKING}/v1beta1": _NETWORKING,
    f"{_ADMISSION}/v1beta1": _ADMISSION,
    f"{_DEFINITIONS}/v1beta1": _DEFINITIONS,
    "batch/v1beta1": "batch",
    "policy/v1beta1": "policy",
}
_EXTENSIONS = {"Ingress": _NETWORKING, "NetworkPolicy": _NETWORKING}
#: What an absent field of a webhook meant in the old version.
_OLD_WEBHOOK = {"failurePolicy": "Ignore", "timeoutSeconds": 30}


def served(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data of an object in a version that is served, with defaults."""
    version, kind = text(data, "apiVersion"), text(data, "kind")
    group = _OLD.get(version, "")
    if version == "extensions/v1beta1":
        group = _EXTENSIONS.get(kind, _APPS)
    if group:
        data = data | {"apiVersion": f"{group}/v1"}
    if version == f"{_ADMISSION}/v1beta1" and isinstance(data.get("webhooks"), list):
        hooks = [_OLD_WEBHOOK | w if isinstance(w, dict) else w for w in data["webhooks"]]
        data = data | {"webhooks": hooks}
    if version == f"{_DEFINITIONS}/v1beta1":
        data = data | {"spec": _definition(mapping(data, "spec"))}
    if kind == "NetworkPolicy" and isinstance(get(data, "spec"), dict):
        data = data | {"spec": {"podSelector": {}} | data["spec"]}
    if kind == "Secret" and isinstance(data.get("data"), dict):
        data = data | {"stringData": _texts(data)}
    if kind == "Pod" and isinstance(get(data, "spec", "volumes"), list):
        data = data | {"spec": with_volumes(data["spec"])}
    return data


def with_volumes(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the spec of a pod; a volume without source is an `emptyDir`."""
    volumes = get(spec, "volumes")
    if not isinstance(volumes, list):
        return spec
    whole = [v | {"emptyDir": {}} if isinstance(v, dict) and v.keys() <= {"name"} else v
             for v in volumes]  # fmt: skip
    return spec | {"volumes": whole}


def _texts(secret: dict[str, Any]) -> dict[str, Any]:
    """Return what a Secret holds as text, so that a check need not know base64."""
    decoded = {key: _decoded(value) for key, value in mapping(secret, "data").items()}
    texts = {key: value for key, value in decoded.items() if value is not None}
    return texts | mapping(secret, "stringData")


def _decoded(value: object) -> str | None:
    try:
        return base64.b64decode(str(value), validate=True).decode()
    except ValueError:
        return None


def _definition(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the spec of a definition of `v1beta1`, which had one schema for all versions."""
    shared = mapping(spec, "validation")
    listed = mappings(spec, "versions") or [
        {"name": text(spec, "version"), "served": True, "storage": True}
    ]
    versions = [{"schema": shared} | version if shared else version for version in listed]
    return spec | {"versions": versions}
