"""Label selectors: those of Kubernetes, and the short form of the command line."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from dok_guide.engine.objects import Object, mapping, mappings, strings, text


def selects(selector: dict[str, Any], labels: dict[str, str]) -> bool:
    """Whether a label selector of Kubernetes selects something with these labels."""
    wanted = mapping(selector, "matchLabels").items()
    return all(labels.get(key) == value for key, value in wanted) and all(
        _expression_holds(expression, labels)
        for expression in mappings(selector, "matchExpressions")
    )


def _expression_holds(expression: dict[str, Any], labels: dict[str, str]) -> bool:
    value, values = labels.get(text(expression, "key")), strings(expression, "values")
    return {
        "In": value in values,
        "NotIn": value not in values,
        "Exists": value is not None,
        "DoesNotExist": value is None,
    }.get(text(expression, "operator"), False)


class Selected:
    """The pods of an input, found by namespace and label without a look at all of them."""

    def __init__(self, pods: Iterable[Object]) -> None:
        self._all: dict[str, list[Object]] = defaultdict(list)
        self._labeled: dict[tuple[str, str, str], list[Object]] = defaultdict(list)
        for pod in pods:
            self._all[pod.namespace].append(pod)
            for key, value in mapping(pod.data, "metadata", "labels").items():
                if isinstance(value, str):
                    self._labeled[pod.namespace, key, value].append(pod)

    def by(self, selector: dict[str, Any], namespace: str) -> list[Object]:
        """Return the pods that a selector selects; one without namespace fits any."""
        spaces = [namespace, ""] if namespace else list(self._all)
        return [
            pod
            for space in spaces
            for pod in self._some(selector, space)
            if selects(selector, mapping(pod.data, "metadata", "labels"))
        ]

    def _some(self, selector: dict[str, Any], namespace: str) -> list[Object]:
        """Return the pods of a namespace that have the first label of a selector."""
        for key, value in mapping(selector, "matchLabels").items():
            if isinstance(value, str):
                return self._labeled.get((namespace, key, value), [])
        return self._all.get(namespace, [])


def parse_selector(words: str) -> dict[str, object]:
    """Return the selector of words such as `app=db,role`; raise ValueError if they are none."""
    labels, keys = {}, []
    for word in words.split(","):
        key, equals, value = word.strip().partition("=")
        if not key or (equals and not value):
            raise ValueError(f"{words!r} is no selector; write KEY=VALUE or KEY, with commas")
        if equals:
            labels[key] = value.removeprefix("=")
        else:
            keys.append({"key": key, "operator": "Exists"})
    return {"matchLabels": labels, "matchExpressions": keys}
