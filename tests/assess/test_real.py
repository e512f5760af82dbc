"""Operators as they are shipped: every manifest is read, and checks decide."""

import pytest
from building import SHARED

from dok_guide.assess.assessment import assess
from dok_guide.assess.findings import Assessment
from dok_guide.assess.reading import read_input
from dok_guide.model import Catalog

pytestmark = pytest.mark.shared

#: Samples and overlays lie beside the manifests, and are named; everything else is read.
UNEXPECTED = (
    "nothing-read", "nothing-judged", "not-read", "link", "ran-together", "role-elsewhere",
)  # fmt: skip
#: A product of its own beside the operator, which is named.
OTHERS = {"Deployment scylla-manager/scylla-manager"}


def operators() -> list[str]:
    folder = SHARED / "data/manifests"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else ["none"]


@pytest.fixture(params=operators())
def found(request: pytest.FixtureRequest, guide: Catalog) -> Assessment:
    paths = [str(SHARED / f"data/{kind}/{request.param}") for kind in ("manifests", "crds")]
    return assess(guide, read_input(paths), guide.active)


def test_shipped_manifests_are_read_and_decided(found: Assessment) -> None:
    assert [str(gap) for gap in found.gaps if gap.kind in UNEXPECTED] == []
    undecided = [f.message for f in found.findings if f.undecided]
    assert [
        message
        for message in undecided
        if not message.startswith(("a guess: ", "depends on the version"))
    ] == []
    assert found.counted["operator"] >= 1
    assert {w.title for w in found.workloads if w.whose == "not classified"} <= OTHERS
