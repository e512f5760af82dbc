"""Every file in fixtures/invalid is found to be bad, for exactly the reasons that it names."""

from pathlib import Path

import pytest
from spoiling import CASES, read_case, spoil

from dok_guide.check import check, releases
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


def edit(folder: Path, name: str, *changes: tuple[str, str]) -> None:
    """Replace texts in a file of the catalog in a folder."""
    path = folder / "controls" / name
    text = path.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)


def test_cycle_over_two_controls_is_reported_once(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(copy, "AB/AB-10.yaml", ("needs: [AB-1]", "needs: [CD-1]"))
    edit(copy, "CD/CD-1.yaml", ("needs: []", "needs: [AB-10]"))
    assert problems(copy, monkeypatch) == [
        "controls/AB/AB-10.yaml:18: a cycle in needs: AB-10 -> CD-1 -> AB-10; drop one of them"
    ]


def test_the_shortest_cycle_is_named_and_what_leads_to_it_is_not(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AB-1 leads into the cycle; AB-10 could go back to itself over CD-1 and CD-2, too."""
    edit(copy, "AB/AB-1.yaml", ("level: 1", "level: 2"), ("needs: []", "needs: [AB-10]"))
    edit(copy, "AB/AB-1.yaml", ("first: true\n", ""))
    edit(copy, "AB/AB-10.yaml", ("needs: [AB-1]", "needs: [CD-1, CD-2]"))
    edit(copy, "CD/CD-1.yaml", ("needs: []", "needs: [CD-2]"))
    second = (copy / "controls/CD/CD-1.yaml").read_text()
    (copy / "controls/CD/CD-2.yaml").write_text(second)
    edit(copy, "CD/CD-2.yaml", ("CD-1", "CD-2"), ("[CD-2]", "[AB-10]"), ("not stop", "not end"))
    assert problems(copy, monkeypatch) == [
        "controls/AB/AB-10.yaml:18: a cycle in needs: AB-10 -> CD-2 -> AB-10; drop one of them",
    ]


def test_a_need_of_the_same_level_is_fine(copy: Path) -> None:
    edit(copy, "CD/CD-1.yaml", ("needs: []", "needs: [AB-10]"))
    assert len(check(copy / "controls").controls) == 4


def test_limits_may_be_reached_and_the_withdrawn_do_not_count(copy: Path) -> None:
    """AB-1 and the withdrawn AB-2 are of level 1."""
    edit(copy, "catalog.yaml", ("first: 2", "first: 1"), ("limit: 2", "limit: 1"))
    edit(copy, "AB/AB-2.yaml", ("level: 1", "level: 1\nfirst: true"))
    assert len(check(copy / "controls").controls) == 4


def test_each_successor_of_a_withdrawn_control_is_named(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(copy, "AB/AB-2.yaml", ("[AB-10]", "[AB-10, AB-1]"))
    edit(copy, "questions.yaml", ("control: AB-1", "control: AB-2"))
    assert problems(copy, monkeypatch) == [
        "controls/questions.yaml:1: AB-2 is withdrawn; name its successor AB-10 or AB-1"
    ]


def test_every_known_framework_is_named(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    uuid = "c4b7f0f4-1c0a-4b3e-8f52-6a1c55d0a5d8"
    entry = (
        '{id: other, title: Ours, version: "1", url: https://o.example.org/, pattern: O, uuid: %s}'
    )
    edit(copy, "catalog.yaml", ("placeholders:", f"  - {entry % uuid}\nplaceholders:"))
    edit(copy, "AB/AB-1.yaml", ("framework: frame, target: F-2", "framework: lost, target: F-2"))
    assert problems(copy, monkeypatch) == [
        "controls/AB/AB-1.yaml:111: framework lost is not in catalog.yaml; use frame, other"
    ]


def test_a_withdrawn_control_mitigates_nothing(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(copy, "AB/AB-1.yaml", ("threats: [TH-01]", "threats: []"))
    assert problems(copy, monkeypatch) == [
        "controls/threats.yaml:1: no control mitigates TH-01; write one"
    ]


def test_releases_are_in_the_order_of_their_dates(copy: Path) -> None:
    for version, day in (("0.10.0", "2020-03-01"), ("0.9.0", "2020-02-01")):
        release = copy / f"controls/releases/{version}.json"
        release.write_text(f'{{"version": "{version}", "published": "{day}", "controls": []}}')
    found = releases(copy / "controls")
    assert [each.data["version"] for each in found] == ["0.1.0", "0.9.0", "0.10.0"]


def test_too_many_first(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(copy, "catalog.yaml", ("first: 2", "first: 1"), ("limit: 2", "limit: 3"))
    edit(copy, "CD/CD-1.yaml", ("level: 2", "level: 1\nfirst: true"))
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
    edit(copy, "AB/AB-10.yaml", ("threats: [TH-02]", "threats: []"))
    assert problems(copy, monkeypatch) == [
        "controls/threats.yaml:16: no control mitigates TH-02; write one"
    ]
