"""The release of an operator: what is shipped with it and has no rights on its resources."""

from collections.abc import Collection, Iterable, Iterator

from dok_guide.engine.helm import CHART, HOOK
from dok_guide.engine.links import WEBHOOKS, Links
from dok_guide.engine.objects import Object, mapping, mappings, strings, text
from dok_guide.engine.olm import BUNDLE
from dok_guide.engine.resources import CRD

_PART_OF, _INSTANCE = "app.kubernetes.io/part-of", "app.kubernetes.io/instance"
_MAKER = "app.kubernetes.io/managed-by"
#: Images that many products have beside their own.
_ANYBODYS = ("kube-rbac-proxy", "kubectl", "oauth-proxy", "busybox", "alpine", "curl", "pause")
#: What two workloads have in common: its kind, and its value.
Mark = tuple[str, str]


class Release:
    """What the workloads of an operator have in common with others of the same release."""

    def __init__(
        self, objects: Collection[Object], links: Links, groups: frozenset[str], mine: list[Object]
    ) -> None:
        self._bundles = {(o.source, o.line): o.title for o in objects if o.kind == BUNDLE}
        self._backends = dict(_backends(objects, links, groups))
        self._marks: dict[Mark, str] = {}
        self._any = bool(mine)
        self.add(mine)

    def add(self, pods: Iterable[Object]) -> None:
        """Count workloads as the operator's."""
        for pod in pods:
            for mark in self._marks_of(pod):
                self._marks.setdefault(mark, pod.title)

    def link(self, pod: Object) -> str:
        """Return what makes a workload part of the release, nothing if that is unknown."""
        if not self._any:
            return ""
        for what, value in self._marks_of(pod):
            if (what, value) in self._marks:
                return f"{what} {value}, as {self._marks[what, value]}"
        if HOOK in _annotations(pod):
            return "a hook of the chart"
        return self._backends.get(pod, "")

    def _marks_of(self, pod: Object) -> Iterator[Mark]:
        if bundle := self._bundles.get((pod.source, pod.line)):
            yield "in", bundle
        if pod.chart:
            yield "rendered from chart", pod.chart
        for repository in _repositories(pod):
            yield "image", repository
        labels = pod.labels
        for key in (_PART_OF, CHART):
            if text(labels, key):
                yield f"labeled {key}", text(labels, key)
        if text(labels, _INSTANCE) and text(labels, _MAKER) == "Helm":
            yield f"labeled {_INSTANCE}", text(labels, _INSTANCE)


def _repositories(pod: Object) -> Iterator[str]:
    """Yield the repositories of a pod's images, `registry.example.org/db-operator`."""
    for container in mappings(pod.data, "spec", "containers"):
        image = text(container, "image").partition("@")[0]
        path, slash, name = image.rpartition("/")
        name = name.partition(":")[0]
        if name and not name.endswith(_ANYBODYS):
            yield f"{path}{slash}{name}"


def _annotations(pod: Object) -> dict[str, str]:
    """Return the annotations of a pod and of the workload that it comes from."""
    of_origin = mapping(pod.origin.data, "metadata", "annotations") if pod.origin else {}
    return of_origin | mapping(pod.data, "metadata", "annotations")


def _backends(
    objects: Collection[Object], links: Links, groups: frozenset[str]
) -> Iterator[tuple[Object, str]]:
    """Yield the pods that webhooks and conversions of the operator's kinds call, and by what."""
    for obj in objects:
        if obj.kind in (*WEBHOOKS, CRD) and groups & set(_concerned(obj)):
            yield from ((pod, f"called by {obj.title}") for pod in links.pods(obj))


def _concerned(obj: Object) -> Iterator[str]:
    """Yield the API groups that a webhook configuration or a definition is about."""
    yield text(obj.data, "spec", "group")
    for webhook in mappings(obj.data, "webhooks"):
        for rule in mappings(webhook, "rules"):
            yield from strings(rule, "apiGroups")
