"""Input of all kinds: what can't be used is said, the rest is assessed."""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

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


IMAGE = "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{image: '%s'}]}\n"


def test_braces_in_an_image_are_a_template(write: Write) -> None:
    (gap,) = read_input([write("x.yaml", IMAGE % "{{ .Values.image }}:1")]).gaps
    assert (gap.kind, gap.line) == ("not-rendered", 1)


def test_braces_without_quotes_are_a_template_and_the_next_document_is_read(write: Write) -> None:
    text = "a: {{ .Values.x }}\n---\n" + GOOD
    found = read_input([write("x.yaml", text)])
    assert [gap.kind for gap in found.gaps] == ["not-rendered"]
    assert [obj.name for obj in found.objects] == ["good"]


@pytest.mark.parametrize(
    "text",
    ["", "# nothing\n", "---\n---\n", "null\n", "apiVersion: v1\nkind: List\nitems: []\n",
     "apiVersion: v1\nkind: List\nitems: null\n"],
)  # fmt: skip
def test_a_path_without_an_object_is_named(write: Write, text: str) -> None:
    (gap,) = read_input([write("x.yaml", text)]).gaps
    assert (gap.kind, gap.source) == ("nothing-read", write("x.yaml", text))


def test_a_document_of_comments_beside_others_is_not_named(write: Write) -> None:
    assert read_input([write("x.yaml", f"# nothing\n---\n{GOOD}---\n# no more\n")]).gaps == []


def test_an_empty_pipe_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    (gap,) = read_input(["-"]).gaps
    assert (gap.kind, gap.source) == ("nothing-read", "<stdin>")
    assert "whether the command before the pipe failed" in gap.message


def test_a_folder_without_manifests_is_named(write: Write) -> None:
    folder = write("in/README.md", "# no").removesuffix("/README.md")
    assert [gap.kind for gap in read_input([folder]).gaps] == ["nothing-read"]


def test_documents_that_ran_together_are_named(write: Write) -> None:
    (gap,) = read_input([write("x.yaml", GOOD + GOOD.replace("good", "better"))]).gaps
    assert (gap.kind, gap.line) == ("ran-together", 4)
    assert "put --- between them" in gap.message


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: p}\nspec: {replicas: 2}\n",
         "spec.template.spec.containers"),
        ("apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: p}\n",
         "spec.jobTemplate.spec.template.spec.containers"),
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n", "spec.containers"),
        ("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
         "metadata: {name: p}\nspec: {conversion: {}}\n", "spec.group"),
    ],
)  # fmt: skip
def test_a_part_of_an_object_is_no_object(write: Write, text: str, missing: str) -> None:
    (gap,) = read_input([write("x.yaml", text)]).gaps
    assert f"without {missing}; if it is a patch, render what it belongs to" in gap.message


def test_a_rollout_whose_pods_are_those_of_another_workload_is_whole(write: Write) -> None:
    text = "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: r}\n"
    whole = f"{text}spec: {{workloadRef: {{kind: Deployment, name: d}}}}\n"
    assert read_input([write("x.yaml", whole)]).gaps == []
    (gap,) = read_input([write("x.yaml", f"{text}spec: {{replicas: 1}}\n")]).gaps
    assert "a Rollout without spec.template.spec.containers" in gap.message


def linked(folder: Path, name: str, target: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).symlink_to(target)


def test_links_are_followed_within_the_folder_and_named_beyond(
    write: Write, tmp_path: Path
) -> None:
    write("in/a.yaml", GOOD)
    write("out/b.yaml", GOOD)
    linked(tmp_path, "in/again.yaml", "a.yaml")
    linked(tmp_path, "in/loop", ".")
    linked(tmp_path, "in/self.yaml", "self.yaml")
    linked(tmp_path, "in/nowhere.yaml", "none.yaml")
    linked(tmp_path, "in/file.yaml", "../out/b.yaml")
    linked(tmp_path, "in/folder", "../out")
    found = read_input([str(tmp_path / "in")])
    assert [obj.source for obj in found.objects] == [f"{tmp_path}/in/a.yaml"]
    assert {gap.source.rpartition("/")[2]: gap.message.partition(";")[0] for gap in found.gaps} == {
        "self.yaml": "a link to nothing",
        "nowhere.yaml": "a link to nothing",
        "file.yaml": "a link that leads out of the folder",
        "folder": "a link that leads out of the folder",
    }
    assert found.passed_over["links to files that are read anyway"] == 1


def test_a_mounted_config_map_is_read_once(write: Write, tmp_path: Path) -> None:
    write("vol/..2026_01/install.yaml", GOOD)
    linked(tmp_path, "vol/..data", "..2026_01")
    linked(tmp_path, "vol/install.yaml", "..data/install.yaml")
    found = read_input([str(tmp_path / "vol")])
    assert len(found.objects) == 1
    assert found.gaps == []


def test_a_folder_that_cannot_be_read_is_named(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("in/a.yaml", GOOD)
    write("in/closed/b.yaml", GOOD)
    scandir = os.scandir

    def refuse(path: object) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    (gap,) = read_input([str(tmp_path / "in")]).gaps
    assert gap.source == f"{tmp_path}/in/closed"
    assert "Permission denied" in gap.message


def test_a_name_that_is_no_text_is_escaped(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.yaml")).write_text(GOOD)
    (obj,) = read_input([str(tmp_path)]).objects
    assert obj.source == f"{tmp_path}/caf\\xe9.yaml"


def test_what_stands_twice_counts_once(write: Write) -> None:
    found = read_input([write("a.yaml", GOOD), write("b.yaml", GOOD), write("a.yaml", GOOD)])
    assert [obj.source for obj in found.objects] == [write("a.yaml", GOOD)]
    assert found.notes == [
        f"{write('b.yaml', GOOD)}:1: Secret good stands in {write('a.yaml', GOOD)}:1 too; "
        "what stands twice counts once"
    ]
    other = read_input([write("a.yaml", GOOD), write("b.yaml", f"{GOOD}type: x\n")])
    assert len(other.objects) == 2


KUSTOMIZATION = """
resources: [base.yaml]
patchesJson6902: [{target: {kind: Secret}, path: ops.yaml}]
patches: [{path: merge.yaml}, {patch: "[]"}]
configMapGenerator: [{name: c, files: [store.yaml, settings=more.json], envs: [env.yaml]}]
components: [extra]
"""


def test_files_that_a_kustomization_uses_are_no_manifests(write: Write, tmp_path: Path) -> None:
    write("in/kustomization.yaml", KUSTOMIZATION)
    write("in/base.yaml", GOOD)
    write("in/extra/kustomization.yaml", "kind: Component\npatches: [{path: p.yaml}]\n")
    for name in ("ops", "merge", "store", "env", "extra/p"):
        write(f"in/{name}.yaml", "- no object\n")
    write("in/more.json", "[]")
    found = read_input([str(tmp_path / "in")])
    assert [obj.name for obj in found.objects] == ["good"]
    assert found.passed_over["patches and other parts of Kustomize"] == 6
    assert [gap.kind for gap in found.gaps] == ["not-rendered"]


def test_a_kustomization_that_changes_nothing_is_what_its_files_are(
    write: Write, tmp_path: Path
) -> None:
    write("in/kustomization.yaml", "resources: [a.yaml, b]\n")
    write("in/a.yaml", GOOD)
    write("in/b/kustomization.yaml", "resources: [c.yaml]\n")
    write("in/b/c.yaml", GOOD.replace("good", "c"))
    assert read_input([str(tmp_path / "in")]).gaps == []
    write("in/b/kustomization.yaml", "resources: [c.yaml]\nnamePrefix: x-\n")
    (gap,) = read_input([str(tmp_path / "in")]).gaps
    assert gap.source == f"{tmp_path}/in/kustomization.yaml"


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
