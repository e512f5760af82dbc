"""The checklist as a Markdown task list."""

import re

import pytest
from golden import assert_golden

from dok_guide.exporters.checklist_markdown import MAIN, render
from dok_guide.model import Catalog


def test_golden(catalog: Catalog, request: pytest.FixtureRequest) -> None:
    assert_golden(request, "checklist_download.md", render(catalog)[MAIN[0]])


def test_one_box_per_control_and_audience(guide: Catalog) -> None:
    text = render(guide)[MAIN[0]].decode()
    boxes = re.findall(r"^- \[ \] \[([A-Z]+-\d+)\].* \(level \d, (\w+)\)", text, re.MULTILINE)
    assert boxes == [(c.id, audience) for c in guide.active for audience in c.audiences]
