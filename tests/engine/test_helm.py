"""Which chart made an object."""

from typing import Any

import pytest

from dok_guide.engine.helm import CHART, with_chart
from dok_guide.engine.objects import Object
from dok_guide.engine.pods import with_pods


def shape(version: str, kind: str, **other: Any) -> dict[str, Any]:
    return {"apiVersion": version, "kind": kind, "metadata": {"name": "x"}} | other


@pytest.mark.parametrize(
    ("text", "labels", "chart"),
    [
        ("# Source: db/templates/a.yaml\n", {}, "db"),
        ("---\n# Source: db/charts/sub/templates/a.yaml\n", {}, "db"),
        ("# Source: db/templates/a.yaml\n", {CHART: "own-1"}, "own-1"),
        ("# Source: db/crds/a.yaml\n", {}, None),
        ("# from Source: db/templates/a.yaml\n", {}, None),
        ("", {"heritage": "Helm", "chart": "db-1", "release": "r"}, "db-1"),
        ("", {"heritage": "Tiller", "release": "r"}, "r"),
        ("", {"heritage": "Helm"}, None),
        ("", {"heritage": "people", "chart": "db-1"}, None),
        ("", {"chart": "db-1", "release": "r"}, None),
    ],
)
def test_the_chart_that_made_an_object(
    text: str, labels: dict[str, str], chart: str | None
) -> None:
    data = shape("v1", "Secret", metadata={"name": "x", "labels": labels})
    made = with_chart(Object(data, "f", 1), text)
    assert made.labels.get(CHART) == chart
    assert {key: made.labels[key] for key in labels} == labels
    assert bool(made.chart) == (chart is not None)


def test_the_chart_of_a_workload_is_that_of_its_pods() -> None:
    spec = {"template": {"spec": {"containers": [{"name": "c"}]}}}
    workload = with_chart(
        Object(shape("apps/v1", "Deployment", spec=spec), "f", 1), "# Source: db/templates/a.yaml"
    )
    _, pod = with_pods([workload])
    assert (pod.chart, pod.data["metadata"]["labels"]) == ("db", {CHART: "db"})
