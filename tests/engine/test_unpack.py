"""The objects of Lists and Templates."""

import json
from typing import Any

import pytest

from dok_guide.engine.trial import objects_of


@pytest.mark.parametrize(
    ("data", "kinds"),
    [
        ({"apiVersion": "v1", "kind": "List", "items": [{"kind": "A"}, 7, {"kind": "B"}]},
         ["A", "B"]),
        ({"apiVersion": "v1", "kind": "List"}, []),
        ({"apiVersion": "v1", "kind": "PodList", "items": [{}, {"kind": "Other"}]},
         ["Pod", "Other"]),
        ({"apiVersion": "db.example.org/v1", "kind": "AllowList", "metadata": {}}, ["AllowList"]),
        ({"apiVersion": "db.example.org/v1", "kind": "AllowList", "items": {"a": 1}},
         ["AllowList"]),
        ({"apiVersion": "v1", "kind": "ConfigMap", "items": [{"kind": "A"}]}, ["ConfigMap"]),
        ({"apiVersion": "t/v1", "kind": "Template", "objects": [{"kind": "A"}, 7]}, ["A"]),
        ({"apiVersion": "t/v1", "kind": "Template"}, ["Template"]),
        ({"apiVersion": "t/v1", "kind": "Other", "objects": [{"kind": "A"}]}, ["Other"]),
    ],
)  # fmt: skip
def test_what_is_unpacked(data: dict[str, Any], kinds: list[str]) -> None:
    assert [obj.kind for obj in objects_of(json.dumps(data))] == kinds


def test_parameters_of_a_template_are_filled_in_where_they_have_a_value() -> None:
    template = {
        "apiVersion": "template.openshift.io/v1",
        "kind": "Template",
        "parameters": [{"name": "A", "value": "one"}, {"name": "B"}],
        "objects": [{"kind": "X", "x": ["${A}-${B}-${C}", {"y": "${{A}}"}, 3], "${A}": "$A"}],
    }
    (obj,) = objects_of(json.dumps(template))
    assert obj.data == {"kind": "X", "x": ["one--${C}", {"y": "one"}, 3], "${A}": "$A"}
