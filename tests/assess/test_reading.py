"""Input of all kinds: what can't be used is said, the rest is assessed."""

import io
import sys
from collections.abc import Callable

import pytest

from dok_guide.assess import reading
from dok_guide.assess.reading import Input, read_input

GOOD = "apiVersion: v1\nkind: Secret\nmetadata: {name: good}\n"
Write = Callable[..., str]


def said(found: Input) -> list[str]:
    return [f"{gap.line}: {gap.message}" for gap in found.gaps]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD + "---\nkind: [\n", "6: not YAML: did not find expected node content"),
        (GOOD + "---\nmetadata: {name: x}\n", "5: no kind; a manifest has kind and apiVersion"),
        (GOOD + "---\nkind: X\nmetadata: {}\n", "5: no apiVersion; a manifest has kind and"),
        (GOOD + "---\napiVersion: v1\nkind: Pod\n", "5: a Pod without metadata; it is not"),
        (GOOD + "---\n- a\n- b\n", "5: no object; a manifest is a mapping with kind and"),
        (GOOD + "---\na: {{ .Values.x }}\n", "5: a Helm template that is not rendered; render it"),
        (GOOD + '---\napiVersion: v1\nkind: Pod\nmetadata: {name: "{{ .Release.Name }}"}\n',
         "5: a Helm template that is not rendered; render it first: helm template NAME CHART |"),
        (b"\x7fELF\xff\xfe\x00", "1: not text in UTF-8; is it a manifest?"),
        (GOOD + "---\n" + "[" * 200, "5: nested more than 100 levels deep"),
    ],
)  # fmt: skip
def test_a_bad_part_is_named_and_the_rest_read(
    write: Write, text: str | bytes, message: str
) -> None:
    found = read_input([write("x.yaml", text)])
    assert len(found.gaps) == 1
    assert said(found)[0].startswith(message)
    assert [obj.name for obj in found.objects] == (["good"] if isinstance(text, str) else [])


def test_braces_of_helm_inside_data_are_no_template(write: Write) -> None:
    text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {t: "{{ .Labels.x }}"}\n'
    assert read_input([write("x.yaml", text)]).gaps == []


def test_a_file_that_is_too_large(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    assert said(read_input([write("x.yaml", GOOD)])) == ["1: more than 10 bytes; split it"]


def test_what_is_not_there(write: Write) -> None:
    found = read_input([write("x.yaml", GOOD), "nowhere.yaml"])
    assert said(found) == ["1: there is no such file or folder"]
    assert len(found.objects) == 1


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(GOOD.encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    (obj,) = read_input(["-"]).objects
    assert (obj.source, obj.line, obj.name) == ("<stdin>", 1, "good")


def test_a_folder_is_read_in_order_and_what_is_passed_over_counted(write: Write) -> None:
    write("in/b.yaml", GOOD.replace("good", "b"))
    write("in/a.json", '{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}}')
    write("in/README.md", "# no")
    write("in/values.yaml", "a: 1")
    write("in/kustomization.yaml", "resources: [b.yaml]\npatches: [{path: patch.yaml}]\n")
    write("in/patch.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: p}\n")
    write("in/chart/Chart.yaml", "name: c")
    folder = write("in/chart/templates/t.yaml", "{{ broken").removesuffix("/chart/templates/t.yaml")
    found = read_input([folder])
    assert [obj.name for obj in found.objects] == ["a", "b"]
    assert dict(found.passed_over) == {
        "files that are neither YAML nor JSON": 1,
        "files of Helm and Kustomize": 3,
        "templates of Helm": 1,
        "patches and other parts of Kustomize": 1,
    }
    kustomize, helm = said(found)
    assert f"helm template NAME {folder}/chart | dok-guide assess -" in helm
    assert f"kubectl kustomize {folder} | dok-guide assess -" in kustomize


def test_a_second_key_is_a_note(write: Write) -> None:
    found = read_input([write("x.yaml", f"{GOOD}type: a\ntype: b\n")])
    assert found.notes == [f"{write('x.yaml', GOOD)}:5: a second key 'type'; the last one counts"]
    assert found.objects[0].data["type"] == "b"
