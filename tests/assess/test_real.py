"""Operators as they are shipped: every manifest is read, and checks decide."""

import pytest
from building import SHARED

from dok_guide.assess.assessment import assess
from dok_guide.assess.findings import Assessment
from dok_guide.assess.gaps import LINK, NOT_READ, RAN_TOGETHER
from dok_guide.assess.reading import read_input
from dok_guide.model import Catalog

pytestmark = pytest.mark.shared


def operators() -> list[str]:
    folder = SHARED / "data/manifests"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else ["none"]


@pytest.fixture(params=operators())
def found(request: pytest.FixtureRequest, guide: Catalog) -> Assessment:
    paths = [str(SHARED / f"data/{kind}/{request.param}") for kind in ("manifests", "crds")]
    return assess(guide, read_input(paths), guide.active)


def test_shipped_manifests_are_read_and_decided(found: Assessment) -> None:
    unread = [gap.message for gap in found.gaps if gap.kind in (NOT_READ, RAN_TOGETHER, LINK)]
    assert [message for message in unread if "kustomization" not in message] == []
    undecided = [f.message for f in found.findings if f.undecided]
    assert [message for message in undecided if not message.startswith("a guess: ")] == []
    assert found.counted["operator"] >= 1
