"""The command `dok-guide operator`."""

import hashlib
import json
from pathlib import Path

import pytest
from building import FIXTURES

from dok_guide.__main__ import main
from dok_guide.check import check
from dok_guide.source import CatalogError

DEFINITIONS = FIXTURES / "definitions"


def run(copy: Path, *arguments: str) -> int:
    return main(["--controls", f"{copy}/controls", "operator", *arguments])


def test_new_writes_what_is_to_fill_in(copy: Path) -> None:
    """Each item that the rules ask for is there, waiting."""
    assert run(copy, "new", "newdb") == 0
    with pytest.raises(CatalogError) as caught:
        check(copy / "controls")
    assert {problem.message.partition(": ")[2] for problem in caught.value.problems} >= {
        "a part still to be written; write it"
    }
    text = (copy / "controls/operators/newdb/settings.yaml").read_text()
    assert "{control: AB-1, items: [all]}" in text
    assert "AB-10" not in text


@pytest.mark.parametrize("id_", ["inventdb", "New DB"])
def test_new_refuses(copy: Path, id_: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(copy, "new", id_) == 2
    assert id_ in capsys.readouterr().err


def test_definitions_are_the_same_bytes_whatever_the_order(copy: Path) -> None:
    path = copy / "controls/operators/inventdb/definitions.json"
    before = path.read_bytes()
    path.unlink()
    for release in ("1.2.0", "1.1.3", "1.2.0"):
        source = str(DEFINITIONS / f"inventdb-{release}.yaml")
        given = ["--release", release, "--definitions", source]
        assert run(copy, "definitions", "inventdb", *given) == 0
    assert path.read_bytes() == before


def test_definitions_of_an_unknown_release(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--release", "9.9", "--definitions", str(DEFINITIONS)]
    assert run(copy, "definitions", "inventdb", *given) == 2
    assert "no release 9.9" in capsys.readouterr().err


def test_definitions_of_nothing(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.yaml").write_text("a: b")
    given = ["--definitions", str(tmp_path / "x.yaml")]
    assert run(copy, "definitions", "inventdb", *given) == 2
    assert "defines none" in capsys.readouterr().err


def test_renew_says_what_changed(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    same = str(DEFINITIONS / "inventdb-1.2.0.yaml")
    assert run(copy, "renew", "inventdb", "--definitions", same) == 0
    older = str(DEFINITIONS / "inventdb-1.1.3.yaml")
    assert run(copy, "renew", "inventdb", "--definitions", older) == 1
    assert "the field spec.tls.enabled is gone" in capsys.readouterr().out


def test_assess_writes_what_it_finds(copy: Path, tmp_path: Path) -> None:
    install = tmp_path / "install.yaml"
    install.write_text("apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n")
    path = copy / "controls/operators/inventdb/assessment.json"
    assert run(copy, "assess", "inventdb", str(install)) == 0
    data = json.loads(path.read_bytes())
    assert data["release"] == "1.2.0"
    assert data["objects"] == 1
    assert data["sha256"] == hashlib.sha256(install.read_bytes()).hexdigest()
    assert data["command"] == 'echo "{{ .Values.x }}" | dok-guide assess -'
    check(copy / "controls")
    before = path.read_bytes()
    assert run(copy, "assess", "inventdb", str(install)) == 0
    assert path.read_bytes() == before


def test_assess_of_nothing(copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(copy, "assess", "inventdb", str(tmp_path / "nowhere.yaml")) == 2
    assert "holds no object" in capsys.readouterr().err
