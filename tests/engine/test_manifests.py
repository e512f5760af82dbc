"""YAML and JSON as strangers write them."""

from itertools import pairwise

import pytest

from dok_guide.engine.json_text import json_lines
from dok_guide.engine.manifests import line_of, parse_manifests
from dok_guide.engine.yaml_text import MAX_DEPTH, UnreadableError


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


def test_the_text_of_the_first_document_has_the_comments_before_it() -> None:
    first, second = parse_manifests("# x\na: 1\n---\n# y\nb:\n  c: 2\n")
    assert first.text.startswith("# x")
    assert line_of(first, ()) == 2
    assert line_of(second, ("b",)) == 6


def test_many_documents_and_empty_ones() -> None:
    assert read("---\n# nothing\n---\na: 1\n---\n---\nb: 2\n...\n") == [{"a": 1}, {"b": 2}]


def test_json_and_keys_that_are_no_texts() -> None:
    assert read('{"a": ["\\/", 1]}') == [{"a": ["/", 1]}]
    assert read("1: a\ntrue: b\n") == [{"1": "a", "true": "b"}]


def test_y_and_n_are_booleans_as_values_and_as_keys() -> None:
    assert read("a: [y, Y, n, N, 'y']\ny: 1\n") == [
        {"a": [True, True, False, False, "y"], "true": 1}
    ]


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("{<<: *b, k: own}", "own"),
        ("{k: own, <<: *b}", "b"),
        ("{<<: *b, <<: *c}", "c"),
        ("{<<: *c, <<: *b}", "b"),
        ("{<<: [*b, *c]}", "b"),
        ("{k: own, <<: [*b, *c]}", "b"),
        ("{k: own, '<<': *b}", "own"),
    ],
)
def test_of_merged_keys_what_stands_later_wins(text: str, merged: str) -> None:
    """Seen with kubectl 1.32: its decoder fills a mapping in the order of the keys."""
    (data,) = read(f"b: &b {{k: b}}\nc: &c {{k: c}}\nmade: {text}\n")
    assert data["made"]["k"] == merged


def test_a_merge_that_stands_twice_is_no_second_key() -> None:
    (manifest,) = parse_manifests("b: &b {k: b}\nmade: {<<: *b, <<: *b}\n")
    assert manifest.duplicates == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!!binary aGVsbG8=", "hello"),
        ("!!binary |\n  aGVs\n  bG8=", "hello"),
        ('!!int "5"', 5),
        ("!!float 5", 5.0),
        ("!!str yes", "yes"),
        ('!!bool "yes"', True),
        ("!!null ''", None),
        ("!own yes", "yes"),
        ("99999999999999999999", 1e20),
    ],
)
def test_tags_say_what_a_value_is(text: str, value: object) -> None:
    (data,) = read(f"a: {text}\n")
    assert data == {"a": value}
    assert type(data["a"]) is type(value)


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("a: 1\nb: {{ .Values.x }}\n", 2, "a key that is no text"),
        ("a: 1\n? [x]\n: 2\n", 2, "a key that is no text"),
        ("a: 1\n~: 2\n", 2, "a key that is no text"),
        ("a: 1\nb: !!int x\n", 2, "'x' is no int"),
        ("a: 1\nb: !!bool 1\n", 2, "'1' is no bool"),
        ("a: 1\nb: !!binary '*'\n", 2, "no base64"),
        ("a: 1\nb: .inf\n", 2, ".inf is no number that JSON has"),
        ("a: 1\nb: {<<: }\n", 2, "<< merges something that is no mapping"),
        ("a: 1\nb: {<<: 5}\n", 2, "<< merges something that is no mapping"),
        ("a: 1\nb: {<<: [5]}\n", 2, "<< merges something that is no mapping"),
    ],
)
def test_what_kubernetes_refuses_is_a_fault_of_its_document_alone(
    text: str, line: int, fault: str
) -> None:
    bad, good = parse_manifests(f"{text}---\nok: 1\n")
    assert bad.fault
    assert bad.fault[0] == line
    assert fault in bad.fault[1]
    assert (good.data, good.fault) == ({"ok": 1}, None)


def test_json_documents_in_a_row() -> None:
    first, second, third = parse_manifests('{"a": 1}\n{"b": [2]} {"c": 3}')
    assert [m.data for m in (first, second, third)] == [{"a": 1}, {"b": [2]}, {"c": 3}]
    assert [m.line for m in (first, second, third)] == [1, 2, 2]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'{"a": "\ud83d\ude00"}', "\U0001f600"),
        (r'{"a": "\ud800"}', "\ufffd"),
        (r'{"a": "x\udc00y"}', "x\ufffdy"),
        (r'{"a": "\\ud800"}', "\\ud800"),
        ('{"a": "\x7f\x85\u2028"}', "\x7f\x85\u2028"),
    ],
)
def test_texts_of_json_that_yaml_cannot_read(text: str, value: str) -> None:
    (manifest,) = parse_manifests(text)
    assert manifest.data == {"a": value}
    assert line_of(manifest, ("a",)) == 1


def test_lines_of_json() -> None:
    text = '[\n{"a": {"b": [1,\n{"c": 2}]},\n"d": {}, "e": "x, {\\"y\\": ["},\n3]'
    assert json_lines(text) == {
        (): 1,
        (0,): 2,
        (0, "a"): 2,
        (0, "a", "b"): 2,
        (0, "a", "b", 0): 2,
        (0, "a", "b", 1): 3,
        (0, "a", "b", 1, "c"): 3,
        (0, "d"): 4,
        (0, "e"): 4,
        (1,): 5,
    }


@pytest.mark.parametrize("digits", ["9223372036854775808", "9" * 30, "9" * 5000])
def test_a_number_beyond_64_bits_is_one_with_a_point(digits: str) -> None:
    (data,) = read(f'{{"a": {digits}}}')
    assert data["a"] == float(digits)
    assert type(data["a"]) is float


def test_a_constant_that_is_no_json_is_read_as_yaml() -> None:
    assert read('{"a": NaN}') == [{"a": "NaN"}]


@pytest.mark.parametrize("odd", ["\x85", "\u2028", "\u2029", "\r"])
def test_what_ends_a_line_for_yaml_alone_is_not_counted(odd: str) -> None:
    (manifest,) = parse_manifests(f'a: "x{odd}y"\nb:\n  - c: 1\n')
    assert line_of(manifest, ("b", 0, "c")) == 3


def test_an_error_at_the_end_stands_on_the_last_line() -> None:
    with pytest.raises(UnreadableError) as caught:
        read("a: '\u2028\nb")
    assert caught.value.line == 2


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
    assert line_of(manifest, ("kind",)) == 4
    assert line_of(manifest, ("list", 1, "p")) == 7
    assert line_of(manifest, ("list", 2)) == 6


DEEP = """\
---
a: &a
  b:
    - name: x
      # a comment
      image: y
      args: [p, q]
    - {name: z, image: w}
  c: |
    b: 1
  d: 2
  d: 3
e: {<<: *a}
f: *a
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("a", "b", 0, "image"), 6),
        (("a", "b", 0, "args", 1), 7),
        (("a", "b", 1, "image"), 8),
        (("a", "c"), 9),
        (("a", "d"), 12),  # of two keys the last one counts
        (("e", "d"), 13),  # merged: the line of what merges
        (("f", "d"), 12),  # an alias: the line of what it stands for
        (("a", "b", 0, "none"), 4),
    ],
)
def test_the_line_of_a_single_field(place: tuple, line: int) -> None:
    for before in ("", "first: 1\n", "\n# a comment\n"):
        *_, manifest = parse_manifests(before + DEEP)
        assert line_of(manifest, place) == line + before.count("\n")


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
