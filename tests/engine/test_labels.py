"""What selectors select."""

from typing import Any

import pytest

from dok_guide.engine.labels import Selected, parse_selector, selects
from dok_guide.engine.objects import Object


def test_pods_are_selected_in_their_namespace() -> None:
    labels = {"a": "1", "b": "2"}
    names = (("p", "one"), ("q", "two"), ("r", ""))
    pods = [
        Object({"metadata": {"name": name, "namespace": space, "labels": labels}}, "f", 1)
        for name, space in names
    ]
    selected = Selected(pods)

    def found(selector: dict[str, Any], namespace: str) -> list[str]:
        return [pod.name for pod in selected.by(selector, namespace)]

    both = {"matchLabels": {"a": "1", "b": "2"}}
    assert found(both, "one") == ["p", "r"]
    assert found(both, "") == ["p", "q", "r"]
    assert found({"matchLabels": {"a": "1", "b": "3"}}, "one") == []
    assert found({"matchLabels": {"c": "1"}}, "one") == []
    assert found({}, "two") == ["q", "r"]
    expression = [{"key": "a", "operator": "In", "values": ["1"]}]
    assert found({"matchExpressions": expression}, "one") == ["p", "r"]


@pytest.mark.parametrize(
    ("words", "labels", "selected"),
    [
        ("a=b", {"a": "b"}, True),
        ("a==b", {"a": "b"}, True),
        ("a=b", {"a": "c"}, False),
        ("a=b, c=d", {"a": "b", "c": "d"}, True),
        ("a=b, c=d", {"a": "b"}, False),
        ("example.org/a=b", {"example.org/a": "b"}, True),
        ("a", {"a": "any"}, True),
        ("a", {"b": "any"}, False),
        ("a,c=d", {"a": "any", "c": "d"}, True),
        ("a,c=d", {"c": "d"}, False),
    ],
)
def test_a_selector_in_short(words: str, labels: dict[str, str], selected: bool) -> None:
    assert selects(parse_selector(words), labels) is selected
