"""The command `dok-guide policies`."""

from pathlib import Path

import pytest
import yaml
from building import REPOSITORY

from dok_guide.__main__ import main

CONTROLS = str(REPOSITORY / "controls")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict], str]:
    code = main(["--controls", CONTROLS, "policies", *arguments])
    out, err = capsys.readouterr()
    return code, [*yaml.safe_load_all(out)], err


def test_operator_level_and_control(capsys: pytest.CaptureFixture[str]) -> None:
    code, found, err = run(
        capsys, "--operator", "cloudnative-pg", "--level", "1", "--control", "UM-1"
    )
    assert code == 0
    assert [each["metadata"]["name"] for each in found] == 2 * [
        "dok-cloudnative-pg-superuser-access"
    ]
    assert found[1]["spec"]["validationActions"] == ["Warn", "Audit"]
    assert "no policy for cloudnative-pg-pooler-image: Its releases differ." in err
    assert err.endswith("1 policy\n")


def test_a_version_decides_between_releases(capsys: pytest.CaptureFixture[str]) -> None:
    _, found, err = run(capsys, "--operator", "cloudnative-pg", "--operator-version", "1.30.0")
    assert "dok-cloudnative-pg-pooler-image" in {each["metadata"]["name"] for each in found}
    assert "differ" not in err
    _, _, err = run(capsys, "--operator", "cloudnative-pg", "--operator-version", "1.31.0")
    assert "1.31.0 was not looked at" in err


def test_deny(capsys: pytest.CaptureFixture[str]) -> None:
    _, found, _ = run(
        capsys, "--operator", "strimzi", "--action", "Deny", "--operator-account", "kafka/strimzi"
    )
    bindings = [each for each in found if each["kind"].endswith("Binding")]
    assert len(bindings) * 2 == len(found)
    for each in bindings:
        assert each["spec"]["validationActions"] == ["Deny"]
        [label] = each["spec"]["matchResources"]["namespaceSelector"]["matchExpressions"]
        assert label["operator"] == "In"
        first = int(each["metadata"]["labels"]["dokc.github.io/level"])
        assert label["values"] == [f"level-{n}" for n in range(first, 4)]
    names = {
        c["name"]
        for e in found
        if e["spec"].get("validations")
        for c in e["spec"]["matchConditions"]
    }
    assert "not-the-operator" in names


def test_exceptions(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "exceptions.yaml"
    file.write_text(
        "- {check: cloudnative-pg-superuser-access, object: Cluster db/x, reason: Old., "
        'expires: "2030-01-01"}\n'
    )
    arguments = ("--operator", "cloudnative-pg", "--control", "UM-1", "--exceptions", str(file))
    code, found, _ = run(capsys, *arguments, "--date", "2030-01-01")
    assert code == 0
    assert found[0]["metadata"]["annotations"]["dokc.github.io/exceptions"] == (
        "Cluster db/x, until 2030-01-01: Old."
    )
    assert "not-accepted" in {each["name"] for each in found[0]["spec"]["matchConditions"]}
    code, found, err = run(capsys, *arguments, "--date", "2030-01-02")
    assert (code, found) == (2, [])
    assert "the end has passed of 1 exception: cloudnative-pg-superuser-access" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--operator", "x"], "no operator x"),
        (["--control", "X-1"], "no control X-1"),
        (["--level", "9"], "9 is no level"),
        (["--operator-version", "1.0"], "name it with --operator"),
        (["--action", "Deny"], "needs --operator-account"),
        (["--operator", "strimzi", "--control", "D-1"], "there is no policy for that"),
    ],
)
def test_refusals(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    code, found, err = run(capsys, *arguments)
    assert (code, found) == (2, [])
    assert message in err
