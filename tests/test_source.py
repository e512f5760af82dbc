"""Unreadable files; what reads well is in test_check.py."""

from pathlib import Path

import pytest

from dok_guide.source import CatalogError, Problem, parse, place_name, read


def message(path: Path) -> str:
    with pytest.raises(CatalogError) as caught:
        read(path, "a.yaml")
    return str(caught.value)


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("# nothing but a comment\n")
    assert message(path) == "a.yaml:1: the file is empty"


def test_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"id: 1\ntitle: caf\xe9\n")
    assert message(path) == "a.yaml:2: not UTF-8: invalid continuation byte; save the file as UTF-8"


def test_ten_megabytes_are_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x" * 10_000_000)
    assert message(path) == "a.yaml:1: the file has 10,000,000 bytes; the limit is 1,000,000"


def test_alias_bomb_is_refused_before_it_grows() -> None:
    levels = "".join(f"l{n}: &l{n} [*l{n - 1}, *l{n - 1}]\n" for n in range(1, 100))
    with pytest.raises(CatalogError) as caught:
        parse("l0: &l0 x\n" + levels, "a.yaml")
    assert str(caught.value) == "a.yaml:1: anchor or alias 'l0'; write the value out"


@pytest.mark.parametrize("text", ["[" * 100_000, "a: " * 100_000, "- " * 100_000, "{a: " * 50_000])
def test_deep_nesting_ends_with_a_message(text: str) -> None:
    with pytest.raises(CatalogError):
        parse(text, "a.yaml")


def test_unprintable_character() -> None:
    with pytest.raises(CatalogError) as caught:
        parse("a: 1\nb: \x00\n", "a.yaml")
    assert caught.value.problems[0].line in (1, 2)
    assert "a.yaml" in str(caught.value)


def test_every_duplicate_key_is_reported() -> None:
    with pytest.raises(CatalogError) as caught:
        parse("a: 1\na: 2\nb: {c: 1, c: 2}\n", "a.yaml")
    assert [problem.line for problem in caught.value.problems] == [2, 3]


def test_lines_of_values_and_of_lines_in_texts() -> None:
    document = parse("a:\n  - x\n  - y: |\n      one\n      two\n", "a.yaml")
    assert document.data == {"a": ["x", {"y": "one\ntwo\n"}]}
    assert document.line("a", 1, "y") == 3
    assert document.line("a", 1, "missing") == 3
    assert document.problem_in_text("m", 1, "a", 1, "y") == Problem("a.yaml", 5, "m")


def test_annotation_escapes_what_would_end_it() -> None:
    problem = Problem("a.yaml", 3, "50 %\nand more")
    assert problem.annotation() == "::error file=a.yaml,line=3::50 %25%0Aand more"


def test_places_are_written_as_people_do() -> None:
    assert place_name(("spec", "containers", 0, "image")) == "spec.containers[0].image"
    assert place_name(()) == ""
