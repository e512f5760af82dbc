"""YAML and JSON as strangers write them."""

from itertools import pairwise

import pytest

from dok_guide.engine.manifests import MAX_DEPTH, UnreadableError, lines_of, parse_manifests


def read(text: str) -> list:
    return [manifest.data for manifest in parse_manifests(text)]


def test_words_mean_what_they_mean_to_kubernetes() -> None:
    text = (
        'a: [yes, "yes", Off, ~, null, 0755, 0x1F, 1e3, 1.50, 22:22, 2024-01-31, .5, "5", !!str 5]'
    )
    assert read(text) == [
        {"a": [True, "yes", False, None, None, 493, 31, 1000.0, 1.5, "22:22", "2024-01-31", 0.5,
               "5", "5"]}
    ]  # fmt: skip


def test_every_form_of_a_number_is_converted() -> None:
    text = "[+1_0, 0o17, 0b1_1, 0x_f, 0__, 1__0, _1, 08, -0, 1., '0x']"
    assert read(text) == [[10, 15, 3, 15, "0__", "1__0", "_1", 8.0, 0, 1.0, "0x"]]


def test_a_very_long_number_stays_text() -> None:
    assert read(f"a: {'9' * 5000}") == [{"a": "9" * 5000}]


def test_many_documents_and_empty_ones() -> None:
    assert read("---\n# nothing\n---\na: 1\n---\n---\nb: 2\n...\n") == [{"a": 1}, {"b": 2}]


def test_json_and_keys_that_are_no_texts() -> None:
    assert read('{"a": ["\\/", 1]}') == [{"a": ["/", 1]}]
    assert read("1: a\ntrue: b\n") == [{"1": "a", "true": "b"}]


def test_anchors_are_expanded_and_merged_keys_give_way() -> None:
    text = "base: &base {a: 1, b: 2}\nmade: {<<: *base, b: 3}\nlist: {<<: [*base, {c: 4}]}\n"
    assert read(text)[0]["made"] == {"a": 1, "b": 3}
    assert read(text)[0]["list"] == {"a": 1, "b": 2, "c": 4}


def test_a_second_key_counts_and_is_noted() -> None:
    (manifest,) = parse_manifests("a: 1\nb: 2\na: 3\n")
    assert manifest.data == {"a": 3, "b": 2}
    assert [(d.line, d.key, d.top) for d in manifest.duplicates] == [(3, "a", True)]


def test_lines_are_those_of_the_file() -> None:
    text = "first: 1\n---\n# a comment\nkind: X\nlist:\n  - m: 1\n  - p: 2\n"
    _, manifest = parse_manifests(text)
    assert manifest.line == 4
    lines = lines_of(manifest.text, manifest.begins)
    assert lines[("kind",)] == 4
    assert lines[("list", 1, "p")] == 7


BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 10)}]\n" for old, new in pairwise("abcdefghi")
)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("ok: 1\nbad: [1\n", 3, "not YAML"),
        ("a: b: c\n", 1, "not YAML"),
        ("a: \x00\n", 1, "not text"),
        (BOMB, 6, "more than 1,000,000 values"),
        ("[" * (MAX_DEPTH + 1), 1, f"more than {MAX_DEPTH} levels"),
        ("{" * 100_000, 1, "levels deep"),
        ('{"a":' * 100_000, 1, "levels deep"),
        ("a: *nowhere\n", 1, "has no anchor"),
    ],
)
def test_what_cannot_be_read_says_where(text: str, line: int, message: str) -> None:
    with pytest.raises(UnreadableError, match=message) as caught:
        read(text)
    assert caught.value.line == line


def test_documents_before_a_broken_one_are_kept() -> None:
    manifests = parse_manifests("a: 1\n---\nb: [\n")
    assert next(manifests).data == {"a": 1}
    with pytest.raises(UnreadableError):
        next(manifests)


def test_tags_construct_nothing() -> None:
    assert read("a: !!python/object/apply:os.system [exit 1]\n") == [{"a": ["exit 1"]}]
