"""Values, texts and places of YAML, at the edges."""

import pytest

from dok_guide.engine import yaml_text
from dok_guide.engine.manifests import line_of, parse_manifests
from dok_guide.engine.yaml_text import UnreadableError

DOCUMENTS = ("# first\na: 1\n", "---\n# second\nb: 2\n", "--- {c: 3}\n", "---\n- d\n...\n")


def test_each_document_has_its_own_text() -> None:
    found = list(parse_manifests("".join(DOCUMENTS)))
    assert "".join(each.text for each in found) == "".join(DOCUMENTS).replace("...\n", "...")
    for each, text in zip(found, DOCUMENTS, strict=True):
        assert each.text.strip() == text.strip()
    assert [each.begins for each in found] == [1, 3, 6, 7]
    assert [each.line for each in found] == [2, 5, 6, 8]


@pytest.mark.parametrize("text", [".inf", "-.Inf", "+.INF", ".nan", ".NaN", ".NAN"])
def test_what_json_has_no_number_for_is_refused(text: str) -> None:
    (manifest,) = parse_manifests(f"a: {text}\n")
    assert manifest.fault == (1, f"{text} is no number that JSON has")


@pytest.mark.parametrize("text", [".iNF", "inf", ".nAN", "-.nan", "nan", ".INFO"])
def test_what_looks_like_it_is_a_text(text: str) -> None:
    (manifest,) = parse_manifests(f"a: {text}\n")
    assert (manifest.data, manifest.fault) == ({"a": text}, None)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y"), True),
        (("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N"), False),
        (("null", "Null", "NULL", "~", ""), None),
    ],
)
def test_every_word_that_is_no_text(words: tuple[str, ...], value: object) -> None:
    (manifest,) = parse_manifests("".join(f"- {word}\n" for word in words))
    assert manifest.data == [value] * len(words)


@pytest.mark.parametrize("word", ["tRUE", "yEs", "oN", "nULL", "none", "~~", "truex"])
def test_other_words_are_texts(word: str) -> None:
    (manifest,) = parse_manifests(f"- {word}\n- x: 1\n")
    assert manifest.data[0] == word


@pytest.mark.parametrize(
    ("number", "value"),
    [
        (2**63 - 1, 2**63 - 1),
        (2**63, float(2**63)),
        (-(2**63) + 1, -(2**63) + 1),
        (-(2**63) - 1, float(-(2**63) - 1)),
    ],
)
def test_the_last_numbers_in_64_bits(number: int, value: float) -> None:
    (manifest,) = parse_manifests(f"a: {number}\n")
    assert manifest.data == {"a": value}
    assert type(manifest.data["a"]) is type(value)


def test_an_alias_without_anchor_is_named() -> None:
    with pytest.raises(UnreadableError, match=r"^the alias 'nowhere' has no anchor$") as caught:
        list(parse_manifests("a: 1\nb: *nowhere\n"))
    assert caught.value.line == 2


def test_anchors_are_counted_as_what_they_expand_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list and its two entries, three times, two keys, and what holds them: 13 values."""
    text = "a: &a [x, z]\nb: [*a, *a]\n"
    monkeypatch.setattr(yaml_text, "MAX_VALUES", 13)
    (manifest,) = parse_manifests(text)
    assert manifest.data == {"a": ["x", "z"], "b": [["x", "z"], ["x", "z"]]}
    monkeypatch.setattr(yaml_text, "MAX_VALUES", 12)
    with pytest.raises(UnreadableError, match="more than 12 values, anchors expanded"):
        list(parse_manifests(text))


def test_nesting_up_to_the_bound_is_read() -> None:
    text = "[" * yaml_text.MAX_DEPTH + "]" * yaml_text.MAX_DEPTH
    assert len(list(parse_manifests(f"- a: b\n  c: {text[2:-2]}\n"))) == 1
    (manifest,) = parse_manifests(f"&a {text}")
    assert line_of(manifest, ()) == 1


@pytest.mark.parametrize("key", ["~", "[x]", "{x: 1}"])
def test_a_key_that_no_json_has_is_refused(key: str) -> None:
    (manifest,) = parse_manifests(f"a: 1\n? {key}\n: 2\n")
    assert manifest.fault == (2, "a key that is no text")


@pytest.mark.parametrize(("key", "name"), [("1", "1"), ("1.5", "1.5"), ("yes", "true")])
def test_a_key_that_json_writes_as_a_text(key: str, name: str) -> None:
    (manifest,) = parse_manifests(f"{key}: 2\n")
    assert (manifest.data, manifest.fault) == ({name: 2}, None)


def test_the_first_fault_of_a_document_is_the_one_that_is_said() -> None:
    (manifest,) = parse_manifests("a: .inf\nb: !!int x\n")
    assert manifest.fault == (1, ".inf is no number that JSON has")
