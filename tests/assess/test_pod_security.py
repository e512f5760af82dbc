"""Pod Security `restricted`, field by field as Kubernetes 1.35 to 1.37 defines it.

Each field is tried in each list of containers, and in the pod where it stands there too. Whatever
`baseline` refuses, `restricted` refuses as well. Source: k8s.io/pod-security-admission v0.37.2.
"""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from trials import guide

from dok_guide.engine.checks import CompiledCheck
from dok_guide.engine.trial import objects_of
from dok_guide.source import place_name

GOOD = {
    "runAsNonRoot": True,
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "seccompProfile": {"type": "RuntimeDefault"},
}
LISTS = ("containers", "initContainers", "ephemeralContainers")
UNCONFINED, OTHER_HOST = {"type": "Unconfined"}, {"host": "192.0.2.1", "port": 80}
#: Fields of a container's security context, and what is refused.
CONTEXT: list[tuple[str, Any]] = [
    ("runAsNonRoot", False),
    ("runAsNonRoot", None),
    ("runAsUser", 0),
    ("allowPrivilegeEscalation", True),
    ("allowPrivilegeEscalation", None),
    ("privileged", True),
    ("capabilities", None),
    ("capabilities", {"drop": ["NET_RAW"]}),
    ("capabilities", {"drop": ["ALL"], "add": ["SYS_ADMIN"]}),
    ("capabilities", {"drop": ["ALL"], "add": ["CHOWN"]}),
    ("seccompProfile", None),
    ("seccompProfile", UNCONFINED),
    ("appArmorProfile", UNCONFINED),
    ("seLinuxOptions", {"type": "spc_t"}),
    ("seLinuxOptions", {"user": "system_u"}),
    ("seLinuxOptions", {"role": "sysadm_r"}),
    ("procMount", "Unmasked"),
    ("windowsOptions", {"hostProcess": True}),
]
#: Fields of a container.
CONTAINER: list[tuple[str, Any]] = [
    ("ports", [{"containerPort": 80, "hostPort": 80}]),
    ("livenessProbe", {"httpGet": OTHER_HOST}),
    ("readinessProbe", {"tcpSocket": OTHER_HOST}),
    ("startupProbe", {"httpGet": OTHER_HOST}),
    ("lifecycle", {"postStart": {"httpGet": OTHER_HOST}}),
    ("lifecycle", {"preStop": {"tcpSocket": OTHER_HOST}}),
]
#: Fields of a pod, with its security context.
POD: list[tuple[str, Any]] = [
    ("hostNetwork", True),
    ("hostPID", True),
    ("hostIPC", True),
    *(("volumes", [{"name": "v", kind: {}}]) for kind in (
        "hostPath", "gcePersistentDisk", "awsElasticBlockStore", "gitRepo", "nfs", "iscsi",
        "glusterfs", "rbd", "flexVolume", "cinder", "cephfs", "flocker", "fc", "azureFile",
        "vsphereVolume", "quobyte", "azureDisk", "portworxVolume", "photonPersistentDisk",
        "scaleIO", "storageos",
    )),
    ("securityContext", {"runAsNonRoot": False}),
    ("securityContext", {"runAsUser": 0}),
    ("securityContext", {"seccompProfile": UNCONFINED}),
    ("securityContext", {"appArmorProfile": UNCONFINED}),
    ("securityContext", {"seLinuxOptions": {"type": "spc_t"}}),
    ("securityContext", {"sysctls": [{"name": "kernel.msgmax", "value": "1"}]}),
    ("securityContext", {"windowsOptions": {"hostProcess": True}}),
]  # fmt: skip
#: What is allowed although it looks like the above, as part of a pod's spec.
ALLOWED: list[dict[str, Any]] = [
    {},
    {"hostNetwork": False, "hostUsers": True},
    {"securityContext": {"runAsUser": 1, "seLinuxOptions": {"type": "container_engine_t"}}},
    {"securityContext": {"appArmorProfile": {"type": "Localhost"}, "sysctls": []}},
    {"securityContext": {"sysctls": [{"name": "net.ipv4.tcp_rmem", "value": "1"}]}},
    {"hostUsers": False, "securityContext": {"runAsUser": 0}},
    {"volumes": [{"name": "v"}, {"name": "w", "hostPath": None, "emptyDir": None}]},
    {"volumes": [{"name": "v", kind: {}} for kind in (
        "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image",
        "persistentVolumeClaim", "projected", "secret",
    )]},
]  # fmt: skip


def pod(spec: dict[str, Any]) -> dict[str, Any]:
    container = {"name": "c", "image": "example.org/i:1", "securityContext": copy.deepcopy(GOOD)}
    lists = {key: [copy.deepcopy(container)] for key in LISTS}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": lists | spec}


def found(data: dict[str, Any], target: str) -> set[str]:
    """The places at which a check of WI-1 for a target finds something."""
    control = guide().control("WI-1")
    checks = [c for c in control.checks if c.target == target and c.for_ == "producer"]
    (obj,) = objects_of(yaml.safe_dump(data))
    places = set()
    for check in checks:
        for failure in CompiledCheck(check).judge(obj.data) or ():
            places |= {place_name(place) for place in failure.places}
    return places


def spoiled() -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield a title, a pod that is refused, and the place to name."""
    for key in LISTS:
        for field, value in CONTEXT:
            data = pod({})
            data["spec"][key][0]["securityContext"][field] = value
            yield f"{key} {field} {value}", data, f"spec.{key}[0]"
        for field, value in CONTAINER:
            data = pod({})
            data["spec"][key][0][field] = value
            yield f"{key} {field} {value}", data, f"spec.{key}[0]"
    for field, value in POD:
        where = "spec.volumes[0]" if field == "volumes" else ""
        if isinstance(value, dict) and "sysctls" in value:
            where = "spec.securityContext.sysctls[0]"
        yield f"pod {field} {value}", pod({field: value}), where


TARGETS = pytest.mark.parametrize("target", ["operator", "database"])
SPOILED = [pytest.param(data, place, id=title) for title, data, place in spoiled()]


@TARGETS
@pytest.mark.parametrize(("data", "place"), SPOILED)
def test_what_restricted_refuses_is_found_where_it_stands(
    data: dict[str, Any], place: str, target: str
) -> None:
    assert found(data, target) == {place}


@TARGETS
@pytest.mark.parametrize("spec", ALLOWED, ids=str)
def test_what_restricted_takes_is_not_found(spec: dict[str, Any], target: str) -> None:
    assert found(pod(spec), target) == set()
