"""What of a folder is read, and as what the rest is passed over."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dok_guide.assess.reading import read_input

GOOD = "apiVersion: v1\nkind: Secret\nmetadata: {name: good}\n"
Write = Callable[..., str]
HELM_OR_KUSTOMIZE = "files of Helm and Kustomize"
NO_MANIFEST = "files that are neither YAML nor JSON"
PART = "patches and other parts of Kustomize"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("Chart.yaml", HELM_OR_KUSTOMIZE),
        ("values.yaml", HELM_OR_KUSTOMIZE),
        ("production-values.yaml", HELM_OR_KUSTOMIZE),
        ("values.schema.json", HELM_OR_KUSTOMIZE),
        ("kustomization.yaml", HELM_OR_KUSTOMIZE),
        ("kustomization.yml", HELM_OR_KUSTOMIZE),
        ("Kustomization", NO_MANIFEST),
        ("README.md", NO_MANIFEST),
        ("values.yaml.gotmpl", NO_MANIFEST),
    ],
)
def test_what_holds_no_manifests(write: Write, tmp_path: Path, name: str, what: str) -> None:
    write("in/a.yaml", GOOD)
    write(f"in/{name}", "resources: [a.yaml]\n")
    found = read_input([str(tmp_path / "in")])
    assert dict(found.passed_over) == {what: 1}
    names = {what: [f"{tmp_path}/in/{name}"]} if what == HELM_OR_KUSTOMIZE else {}
    assert found.passed_names == names
    assert [obj.name for obj in found.objects] == ["good"]


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "a.YAML", "a.json", "values.yml"])
def test_what_may_hold_manifests(write: Write, tmp_path: Path, name: str) -> None:
    write(f"in/{name}", GOOD)
    found = read_input([str(tmp_path / "in")])
    assert [obj.source for obj in found.objects] == [f"{tmp_path}/in/{name}"]
    assert not found.passed_over


@pytest.mark.parametrize(
    "entry",
    [
        "patches: [{path: used.yaml}]",
        "patchesStrategicMerge: [used.yaml]",
        "patchesJson6902: [{path: used.yaml}]",
        "configurations: [used.yaml]",
        "transformers: [used.yaml]",
        "replacements: [{path: used.yaml}]",
        "generators: [used.yaml]",
        "validators: [used.yaml]",
        "crds: [used.yaml]",
        "configMapGenerator: [{name: c, files: [used.yaml]}]",
        "configMapGenerator: [{name: c, files: [key=used.yaml]}]",
        "configMapGenerator: [{name: c, envs: [used.yaml]}]",
        "configMapGenerator: [{name: c, env: used.yaml}]",
        "secretGenerator: [{name: s, files: [used.yaml]}]",
    ],
)
def test_a_part_of_a_kustomization_is_no_manifest(write: Write, tmp_path: Path, entry: str) -> None:
    write("in/kustomization.yaml", entry)
    write("in/used.yaml", GOOD)
    found = read_input([str(tmp_path / "in")])
    assert found.passed_over[PART] == 1
    assert found.objects == []
    assert [gap.kind for gap in found.gaps] == ["not-rendered"]


@pytest.mark.parametrize("entry", ["namePrefix: x-", "kind: Component", "images: [{name: i}]"])
def test_a_kustomization_that_another_uses_is_named_with_that_one(
    write: Write, tmp_path: Path, entry: str
) -> None:
    write("in/a.yaml", GOOD)
    write("in/base/kustomization.yaml", f"resources: [../a.yaml]\n{entry}\n")
    user = "components" if "Component" in entry else "bases"
    write("in/kustomization.yaml", f"{user}: [base]\n")
    (gap,) = read_input([str(tmp_path / "in")]).gaps
    assert (gap.kind, gap.source) == ("not-rendered", f"{tmp_path}/in/kustomization.yaml")
    assert f"kubectl kustomize {tmp_path}/in | dok-guide assess -" in gap.message


@pytest.mark.parametrize(
    "entry", ["sortOptions: {order: fifo}", "generatorOptions: {}", "metadata: {name: x}", "kind: "]
)
def test_a_kustomization_that_changes_nothing(write: Write, tmp_path: Path, entry: str) -> None:
    write("in/a.yaml", GOOD)
    write("in/kustomization.yaml", f"resources: [a.yaml]\nimages: []\n{entry}\n")
    assert read_input([str(tmp_path / "in")]).gaps == []


def test_kustomizations_that_use_each_other_come_to_an_end(write: Write, tmp_path: Path) -> None:
    write("in/kustomization.yaml", "resources: [b]\n")
    write("in/b/kustomization.yaml", "resources: [c]\n")
    write("in/b/c/kustomization.yaml", "resources: [..]\nnamePrefix: x-\n")
    (gap,) = read_input([str(tmp_path / "in")]).gaps
    assert gap.source == f"{tmp_path}/in/kustomization.yaml"


def test_a_kustomization_that_cannot_be_read_is_named(write: Write, tmp_path: Path) -> None:
    write("in/a.yaml", GOOD)
    write("in/kustomization.yaml", "resources: [a.yaml]\nimages: [\n")
    write("in/b/kustomization.yaml", b"\xff")
    write("in/c/kustomization.yaml", "- no kustomization\n")
    found = read_input([str(tmp_path / "in")])
    assert sorted(gap.source.removeprefix(f"{tmp_path}/in/") for gap in found.gaps) == [
        "b/kustomization.yaml",
        "kustomization.yaml",
    ]


def test_templates_of_a_chart_are_passed_over_and_its_definitions_read(
    write: Write, tmp_path: Path
) -> None:
    write("in/Chart.yaml", "name: c")
    write("in/crds/a.yaml", GOOD)
    write("in/templates/b.yaml", "{{ broken")
    write("in/templates/tests/c.yaml", "{{ broken")
    write("other/templates/d.yaml", GOOD.replace("good", "d"))
    found = read_input([str(tmp_path)])
    assert [obj.name for obj in found.objects] == ["good", "d"]
    assert found.passed_over["templates of Helm"] == 2
    (gap,) = found.gaps
    assert (gap.kind, gap.source, gap.line) == ("not-rendered", f"{tmp_path}/in", 1)


def test_of_no_path_at_all_nothing_is_read() -> None:
    (gap,) = read_input([]).gaps
    assert (gap.kind, gap.source, gap.line) == ("nothing-read", "-", 1)


def test_what_a_kustomization_uses_and_is_not_there_is_said(write: Write, tmp_path: Path) -> None:
    write("in/a.yaml", GOOD)
    write("in/base/b.yaml", GOOD.replace("good", "b"))
    write("out/c.yaml", GOOD.replace("good", "c"))
    names = ("a.yaml", "base", "gone.yaml", "../out", "https://example.org/x.yaml")
    write("in/kustomization.yaml", f"resources: [{', '.join(names)}]\n")
    found = read_input([str(tmp_path / "in")])
    assert [gap.message for gap in found.gaps] == [
        f"uses {name}, which is not in the input; add it" for name in names[2:]
    ]
    assert {gap.source for gap in found.gaps} == {f"{tmp_path}/in/kustomization.yaml"}
