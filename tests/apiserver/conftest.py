"""The API server that the tests of this folder share, with the operators' definitions installed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from apiserver.admission import Requests
from apiserver.enforcing import ACCOUNT, KNOWN, SOMEBODY, allow, enforce, with_account
from apiserver.serving import Server, running
from building import CRDS
from operators.settings_cases import guide


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running API server."""
    with running(tmp_path_factory.mktemp("apiserver")) as found:
        yield found


@pytest.fixture(scope="session")
def defined(server: Server) -> Server:
    """The API server with the definitions of the folder DOK_CRDS, each group and kind once."""
    seen = set()
    for path in sorted(Path(CRDS).rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for data in yaml.load_all(text, Loader=yaml.CSafeLoader):
            if data and data.get("kind") == "CustomResourceDefinition":
                if data["metadata"]["name"] not in seen:
                    server.define(data)
                seen.add(data["metadata"]["name"])
    assert seen
    return server


@pytest.fixture(scope="session")
def enforced(defined: Server) -> Iterator[Requests]:
    """The API server with the policies of all operators for their newest release."""
    requests = Requests(defined)
    made = [policy for operator in guide().operators for policy in with_account(operator)]
    enforce(requests, (d for each in made for d in each.manifests(["Warn", "Audit", "Deny"])))
    allow(requests, [*SOMEBODY, ACCOUNT.format(KNOWN.replace("/", ":"))])
    yield requests
    requests.close()
