"""What makes a database reachable from outside the cluster."""

from collections.abc import Iterator

from dok_guide.engine.objects import Object, get, mappings, strings, text

_ROUTES = ("Ingress", "Route", "Gateway", "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute")


def open_ways(obj: Object) -> Iterator[str]:
    """Yield how an object opens a way in, with the sources that it lets through."""
    if obj.kind == "Service":
        yield from _service(obj)
    elif obj.kind == "Pod":
        if get(obj.data, "spec", "hostNetwork") is True:
            yield f"{obj.title}: the node's network"
        for key in ("initContainers", "containers"):
            for container in mappings(obj.data, "spec", key):
                for port in mappings(container, "ports"):
                    if port.get("hostPort"):
                        yield f"{obj.title}: port {port['hostPort']} of the node"
    elif obj.kind in _ROUTES:
        yield f"{obj.title}: a route from outside"


def _service(obj: Object) -> Iterator[str]:
    sources = ", ".join(strings(obj.data, "spec", "loadBalancerSourceRanges")) or "any source"
    kind = text(obj.data, "spec", "type")
    if kind in ("LoadBalancer", "NodePort"):
        yield f"{obj.title}: {kind}, {sources}"
    if addresses := strings(obj.data, "spec", "externalIPs"):
        yield f"{obj.title}: external addresses {', '.join(addresses)}, any source"
