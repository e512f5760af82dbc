"""Every file in fixtures/invalid is found to be bad, for exactly the reasons that it names."""

import re
from pathlib import Path

import pytest
from spoiling import CASES, read_case, spoil

from dok_guide.check import check
from dok_guide.source import CatalogError


def problems(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(folder)
    with pytest.raises(CatalogError) as caught:
        check(Path("controls"))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_invalid(path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert spoil(copy, read_case(path)) == problems(copy, monkeypatch)


def test_valid_catalog_is_fine(copy: Path) -> None:
    assert len(check(copy / "controls").controls) == 4


def test_problems_of_all_files_are_reported_at_once(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copy / "controls/AB/AB-1.yaml").write_text("id: AB-1\nid: AB-1\n")
    (copy / "controls/CD/CD-1.yaml").write_bytes(b"\xff")
    catalog = copy / "controls/catalog.yaml"
    catalog.write_text(catalog.read_text().replace("first: 2", "first: many"))
    found = problems(copy, monkeypatch)
    assert [line.partition(": ")[0] for line in found] == [
        "controls/AB/AB-1.yaml:2",
        "controls/CD/CD-1.yaml:1",
        "controls/catalog.yaml:9",
    ]


def test_a_bad_file_does_not_make_its_readers_look_bad(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AB-10 needs AB-1: that AB-1 can't be read is one problem, not two."""
    (copy / "controls/AB/AB-1.yaml").write_text("")
    assert problems(copy, monkeypatch) == ["controls/AB/AB-1.yaml:1: the file is empty"]


def test_missing_file(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (copy / "controls/threats.yaml").unlink()
    assert problems(copy, monkeypatch) == [
        "controls/threats.yaml:1: the file is missing; restore it"
    ]


def test_cycle_over_two_controls_is_reported_once(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for id_, need in (("AB-10", "CD-1"), ("CD-1", "AB-10")):
        path = copy / f"controls/{id_[:2]}/{id_}.yaml"
        path.write_text(re.sub(r"needs: .*", f"needs: [{need}]", path.read_text()))
    assert problems(copy, monkeypatch) == [
        "controls/AB/AB-10.yaml:18: a cycle in needs: AB-10 -> CD-1 -> AB-10; drop one of them"
    ]


def test_too_many_first(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = copy / "controls/catalog.yaml"
    catalog.write_text(
        catalog.read_text().replace("first: 2", "first: 1").replace("limit: 2", "limit: 3")
    )
    path = copy / "controls/CD/CD-1.yaml"
    path.write_text(path.read_text().replace("level: 2", "level: 1\nfirst: true"))
    assert problems(copy, monkeypatch) == [
        "controls/catalog.yaml:9: 2 controls are marked first, more than this; unmark some"
    ]


def test_a_file_that_nothing_reads_is_reported(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelled ending or a deeper folder must not make a control disappear."""
    for name in ("AB/AB-3.yml", "AB/more/AB-4.yaml", "notes.txt"):
        (copy / "controls" / name).parent.mkdir(exist_ok=True)
        (copy / "controls" / name).write_text("id: AB-3")
    message = "nothing reads this file; name it CATEGORY/ID.yaml or remove it"
    assert problems(copy, monkeypatch) == [
        f"controls/{name}:1: {message}"
        for name in ("AB/AB-3.yml", "AB/more/AB-4.yaml", "notes.txt")
    ]


def test_a_threat_without_control(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = copy / "controls/AB/AB-10.yaml"
    path.write_text(path.read_text().replace("threats: [TH-02]", "threats: []"))
    assert problems(copy, monkeypatch) == [
        "controls/threats.yaml:16: no control mitigates TH-02; write one"
    ]
