"""An object of the input, and safe ways into data that may hold anything."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dok_guide.source import Place


@dataclass(frozen=True, eq=False)
class Object:
    """An object, and where it stands: file, line of its document, place within that document.

    `origin` is the workload that a pod is made of, `chart` the Helm chart that made it, if that is
    known. `elsewhere` names the parts that stand in another place, such as the rules that an
    aggregated role takes from others.
    """

    data: dict[str, Any]
    source: str
    line: int
    place: Place = ()
    origin: "Object | None" = None
    chart: str = ""
    elsewhere: "tuple[Elsewhere, ...]" = ()

    @cached_property
    def kind(self) -> str:
        """The kind, `Deployment`."""
        return text(self.data, "kind")

    @cached_property
    def group(self) -> str:
        """The API group, empty for the core group."""
        return text(self.data, "apiVersion").rpartition("/")[0]

    @property
    def version(self) -> str:
        """The API version without the group."""
        return text(self.data, "apiVersion").rpartition("/")[2]

    @cached_property
    def name(self) -> str:
        """The name; empty if the object has none."""
        return text(self.data, "metadata", "name")

    @cached_property
    def namespace(self) -> str:
        """The namespace; empty if the manifest leaves it open, or there is none."""
        return text(self.data, "metadata", "namespace")

    @property
    def labels(self) -> dict[str, str]:
        """The labels, with those of the workload that a pod comes from."""
        own = mapping(self.data, "metadata", "labels")
        return (self.origin.labels if self.origin else {}) | own

    @cached_property
    def title(self) -> str:
        """Kind, namespace and name of what stands in the manifest: `Deployment db/operator`."""
        shown = self.origin or self
        name = shown.name or "(no name)"
        return f"{shown.kind} {shown.namespace}/{name}" if shown.namespace else f"{name_of(shown)}"

    def locate(self, place: Place) -> "tuple[Object, Place]":
        """Return the object of the input in which a part stands, and its place in the document."""
        for part in self.elsewhere:
            if place[: len(part.place)] == part.place:
                return part.obj or self, (*part.where, *place[len(part.place) :])
        return self, (*self.place, *place)


@dataclass(frozen=True, eq=False)
class Elsewhere:
    """A part of an object that stands in another place: of `obj`, or of its own document."""

    place: Place
    obj: Object | None
    where: Place


def name_of(obj: Object) -> str:
    """Return kind and name of an object without namespace."""
    return f"{obj.kind} {obj.name or '(no name)'}"


def get(data: Any, *way: str | int) -> Any:  # noqa: ANN401 - manifests hold anything
    """Return the value at a place, None if there is nothing or something else on the way."""
    for step in way:
        if isinstance(step, str) and isinstance(data, dict):
            data = data.get(step)
        elif isinstance(step, int) and isinstance(data, list) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def text(data: Any, *way: str | int) -> str:  # noqa: ANN401
    """Return the text at a place, empty if there is none."""
    value = get(data, *way)
    return value if isinstance(value, str) else ""


def mapping(data: Any, *way: str | int) -> dict[str, Any]:  # noqa: ANN401
    """Return the mapping at a place, empty if there is none."""
    value = get(data, *way)
    return value if isinstance(value, dict) else {}


def mappings(data: Any, *way: str | int) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return the mappings in the list at a place."""
    value = get(data, *way)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def strings(data: Any, *way: str | int) -> list[str]:  # noqa: ANN401
    """Return the texts in the list at a place."""
    value = get(data, *way)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def owners(obj: Object) -> list[dict[str, Any]]:
    """Return the owner references of an object."""
    return mappings(obj.data, "metadata", "ownerReferences")
