"""Two assessors, a spreadsheet in the middle.

Answered in the browser, saved by LibreOffice, merged and reported by the command, decided in the
browser.
"""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from browser.filling import OTHER, evidence, exported, head, importing, row, said, status, unfold
from building import REPOSITORY
from playwright.sync_api import Browser, expect

from dok_guide.__main__ import main

pytestmark = pytest.mark.slow

#: CSV with semicolons in Windows-1252, as LibreOffice saves it where commas are in numbers.
SAVED = "csv:Text - txt - csv (StarCalc):59,34,1"


def saved_by_office(path: Path, folder: Path) -> Path:
    program = shutil.which("soffice")
    assert program, "soffice is missing: see tests/programs.sh"
    home = f"-env:UserInstallation=file://{folder}/profile"
    # UTF-8 with commas on the way in
    opened = "--infilter=Text - txt - csv (StarCalc):44,34,76"
    subprocess.run(
        [program, home, "--headless", opened, "--convert-to", SAVED, "--outdir", folder, path],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder / path.name


def answered(path: Path, answers: dict[tuple[str, str], dict[str, str]]) -> None:
    """Write answers into the table, as somebody with a spreadsheet does."""
    table = list(csv.reader(io.StringIO(path.read_bytes().decode("cp1252")), delimiter=";"))
    header = table[0]
    for line in table[1:]:
        for column, value in answers.get((line[0], line[1]), {}).items():
            line[header.index(column)] = value
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(table)
    path.write_bytes(text.getvalue().encode("cp1252"))


def command(*arguments: object) -> int:
    return main(["--controls", str(REPOSITORY / "controls"), "review", *map(str, arguments)])


def test_two_assessors(
    browser: Browser, address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("checklist/?audience=producer")
    unfold(page)
    head(page, "subject").fill("Orders database")
    head(page, "reviewer").fill("Ada Example")
    head(page, "depth").select_option("quick")
    status(page).select_option("met")
    evidence(page).fill("geprüft, siehe https://git.example/values.yaml")
    ada = tmp_path / "ada.json"
    ada.write_bytes(exported(page))
    table = tmp_path / "orders.csv"
    table.write_bytes(exported(page, "Export CSV"))

    (tmp_path / "office").mkdir()
    bob = saved_by_office(table, tmp_path / "office")
    answered(
        bob,
        {
            ("UM-1", "producer"): {"Status": "partly met", "Items not met": "b"},
            ("UM-2", "producer"): {"Status": "not met", "Note": "später", "Due": "2027-01-31"},
        },
    )
    both = tmp_path / "both.json"
    assert command("merge", ada, bob, both) == 1
    assert "UM-1 (producer): met and partly met" in capsys.readouterr().err
    assert command("report", both, "--fail-on", "1") == 1
    report = "".join(capsys.readouterr())
    for wanted in ("Orders database", "Ada Example", "contradicted by another answer", "später"):
        assert wanted in report

    importing(page, both)
    expect(said(page)).to_contain_text("2 answers, 1 kept apart")
    apart = page.locator(".dok-review__apart")
    expect(apart).to_contain_text("UM-1 (producer): partly met; items: b")
    apart.get_by_text("Take this answer").click()
    expect(row(page).locator("input:checked")).to_have_count(1)
    expect(evidence(page, OTHER)).to_have_value("")
    decided = tmp_path / "decided.json"
    decided.write_bytes(exported(page))
    command("report", decided, "--fail-on", "1")
    assert "contradicted by another answer" not in "".join(capsys.readouterr())
    context.close()
