"""What an install sets up: webhooks, images and ports of workloads, Services."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from dok_guide.assess.since.changes import Facts
from dok_guide.engine.links import WEBHOOKS
from dok_guide.engine.objects import Object, get, mapping, mappings, strings, text

_CONTAINERS = ("initContainers", "containers", "ephemeralContainers")
#: What of a webhook decides when it is called and what happens then.
_WEBHOOK = ("failurePolicy", "sideEffects", "matchPolicy", "namespaceSelector", "objectSelector")
_HOST = ("hostNetwork", "hostPID", "hostIPC")


def webhooks(objects: Iterable[Object]) -> Facts:
    """Return the webhooks: what they are called for, by whom they are answered."""
    return {
        f"{obj.kind.removesuffix('Configuration')} {text(hook, 'name')}": dict(_webhook(hook))
        for obj in objects
        if obj.kind in WEBHOOKS
        for hook in mappings(obj.data, "webhooks")
    }


def _webhook(hook: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "on", "; ".join(_rule(rule) for rule in mappings(hook, "rules"))
    for key in _WEBHOOK:
        if key in hook:
            yield key, _flat(hook[key])
    client = mapping(hook, "clientConfig")
    service = mapping(client, "service")
    to = text(client, "url") or f"{text(service, 'namespace')}/{text(service, 'name')}"
    yield "to", to


def _rule(rule: dict[str, Any]) -> str:
    resources = [
        f"{resource}.{group}" if group else resource
        for group in strings(rule, "apiGroups")
        for resource in strings(rule, "resources")
    ]
    return f"{', '.join(strings(rule, 'operations'))} of {', '.join(resources)}"


def workloads(objects: Iterable[Object]) -> Facts:
    """Return image and ports of each container, and what a pod shares with its node."""
    found: dict[str, dict[str, str]] = {}
    for pod in (obj for obj in objects if obj.kind == "Pod"):
        shared = [key for key in _HOST if get(pod.data, "spec", key) is True]
        found[pod.title] = {"shares with the node": ", ".join(shared)}
        for key in _CONTAINERS:
            for container in mappings(pod.data, "spec", key):
                name = f"{pod.title}, container {text(container, 'name')}"
                found[name] = dict(_container(container))
    return found


def _container(container: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "image", text(container, "image")
    yield (
        "ports",
        ", ".join(sorted(_port(p, "containerPort") for p in mappings(container, "ports"))),
    )
    for variable in mappings(container, "env"):
        name, value = text(variable, "name"), text(variable, "value").strip()
        if "IMAGE" in name and "/" in value:
            yield from _images(name, value)


def _images(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield the image of a variable, or those of each line as in `4.2.0=example.org/kafka:1`."""
    for line in value.splitlines():
        key, equals, image = line.strip().rpartition("=")
        yield f"{name} {key}" if equals else name, image


def services(objects: Iterable[Object]) -> Facts:
    """Return type and ports of each Service."""
    return {
        obj.title: {
            "type": text(obj.data, "spec", "type") or "ClusterIP",
            "ports": ", ".join(
                sorted(_port(p, "port") for p in mappings(obj.data, "spec", "ports"))
            ),
        }
        for obj in objects
        if obj.kind == "Service"
    }


def _ports(data: dict[str, Any], key: str) -> str:
    return ", ".join(sorted(_port(port, key) for port in mappings(data, "ports")))


def _port(port: dict[str, Any], key: str) -> str:
    """Return a port as `webhook-server 9443/TCP`, with that of the node if it has one."""
    node = port.get("hostPort") or port.get("nodePort")
    opened = f" on the node's {node}" if node else ""
    return f"{text(port, 'name')} {port.get(key)}/{port.get('protocol', 'TCP')}{opened}".strip()


def _flat(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)
