"""What Lighthouse finds on a phone. Speed is left to people: a busy machine decides it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from building import REPOSITORY

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("path", ["", "controls/", "controls/KSI-7/", "checklist/"])
def test_full_marks(address: str, path: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    subprocess.run(
        [
            REPOSITORY / ".venv/peers/bin/node",
            REPOSITORY / "node_modules/lighthouse/cli/index.js",
            address + path,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            "--only-categories=accessibility,best-practices,seo",
            "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-background-networking",
        ],
        env=os.environ | {"CHROME_PATH": str(shutil.which("chromium"))},
        check=True,
    )
    found = json.loads(report.read_text(encoding="utf-8"))
    faults = [
        f"{audit['id']}: {audit['title']}"
        for audit in found["audits"].values()
        if audit["score"] is not None and audit["score"] < 1
    ]
    scores = {name: entry["score"] for name, entry in found["categories"].items()}
    assert scores == {"accessibility": 1, "best-practices": 1, "seo": 1}, faults
