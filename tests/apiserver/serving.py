"""A real kube-apiserver on loopback, with etcd behind it, and the few requests that tests make."""

import json
import os
import secrets
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

PROGRAMS = ("etcd", "kube-apiserver")
#: Users without a right until a test grants them one; the token of each is its name with `-token`.
USERS = ("reader", "stranger")
_HERE = Path(__file__).parent
_BUILT = _HERE.parents[1] / ".venv/apiserver"
#: Seconds until the API server must be ready, also on a machine with other work.
_PATIENCE = 300

Data = dict[str, Any]


def programs() -> Path:
    """Return the folder of the programs: KUBEBUILDER_ASSETS, or what is built once, in minutes."""
    given = os.environ.get("KUBEBUILDER_ASSETS")
    folder = Path(given) if given else _BUILT
    if not all((folder / name).is_file() for name in PROGRAMS):
        assert not given, f"KUBEBUILDER_ASSETS={given} holds no {' and '.join(PROGRAMS)}"
        for name in PROGRAMS:
            source = f"./{name.removeprefix('kube-')}"
            command = ["go", "build", "-o", str(folder / name), source]
            subprocess.run(command, cwd=_HERE / "programs", check=True)
    return folder


@dataclass
class Refusal(Exception):  # noqa: N818 - it is what the API server does
    """The API server's answer to a request that it does not fulfill."""

    code: int
    message: str

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


@dataclass
class Server:
    """A running API server."""

    address: str
    token: str
    context: ssl.SSLContext = field(repr=False)

    def ask(self, method: str, path: str, data: Data | None = None) -> Data:
        """Return the answer to a request; raise Refusal."""
        kind = "apply-patch+yaml" if method == "PATCH" else "json"
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": f"application/{kind}",
        }
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(
            self.address + path, data=body, headers=headers, method=method
        )
        try:
            with urllib.request.urlopen(request, context=self.context, timeout=60) as answer:
                found: Data = json.loads(answer.read())
                return found
        except urllib.error.HTTPError as error:
            raw = error.read().decode()
            with suppress(ValueError):
                raw = json.loads(raw).get("message", raw)
            raise Refusal(error.code, raw) from None

    def ready(self) -> bool:
        """Whether the server answers."""
        try:
            self.ask("GET", "/api/v1/namespaces/default")
        except (Refusal, OSError):
            return False
        return True

    def define(self, definition: Data) -> None:
        """Install a CustomResourceDefinition and wait until its resources are served."""
        path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
        # what only a controller of the operator could answer is left out
        definition["spec"].pop("conversion", None)
        self.ask("POST", path, definition)
        name = definition["metadata"]["name"]
        for _ in range(_PATIENCE * 5):
            status = self.ask("GET", f"{path}/{name}").get("status", {})
            conditions = {c["type"]: c["status"] for c in status.get("conditions") or []}
            if conditions.get("Established") == "True":
                break
            time.sleep(0.2)
        self.resources.cache_clear()

    def ensure_namespace(self, name: str) -> None:
        """Make a namespace that is not there."""
        with suppress(Refusal):
            metadata = {"name": name}
            data = {"apiVersion": "v1", "kind": "Namespace", "metadata": metadata}
            self.ask("POST", "/api/v1/namespaces", data)

    @cache  # noqa: B019 - a test has one server
    def resources(self, version: str) -> dict[str, tuple[str, bool]]:
        """Return, by kind, the resource of a `group/version` and whether it has a namespace."""
        root = f"/apis/{version}" if "/" in version else f"/api/{version}"
        found = self.ask("GET", root)["resources"]
        return {r["kind"]: (r["name"], r["namespaced"]) for r in found if "/" not in r["name"]}

    def __hash__(self) -> int:
        return hash(self.address)

    def try_out(self, data: Data) -> Data:
        """Return what the server would store; raise Refusal, also at unknown fields."""
        version, kind = data["apiVersion"], data["kind"]
        known = self.resources(version)
        if kind not in known:
            raise Refusal(404, f"no {kind} in {version}")
        resource, namespaced = known[kind]
        path = f"/apis/{version}" if "/" in version else f"/api/{version}"
        if namespaced:
            namespace = data.get("metadata", {}).get("namespace", "default")
            self.ensure_namespace(namespace)
            path += f"/namespaces/{namespace}"
        name = data["metadata"]["name"]
        how = "dryRun=All&fieldValidation=Strict&fieldManager=tests&force=true"
        return self.ask("PATCH", f"{path}/{resource}/{name}?{how}", data)


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Start etcd and the API server in a folder; stop both at the end."""
    binaries = programs()
    store, peer, port = _ports(3)
    token = secrets.token_hex(16)
    others = "".join(f"{name}-token,{name},{name}\n" for name in USERS)
    (folder / "tokens.csv").write_text(f"{token},admin,1,system:masters\n{others}")
    key = folder / "sa.key"
    for command in (
        ["genrsa", "-out", key, "2048"],
        ["rsa", "-in", key, "-pubout", "-out", f"{key}.pub"],
    ):
        subprocess.run(["openssl", *command], check=True, capture_output=True)
    started = [
        _start(folder, [binaries / "etcd", *_etcd(folder, store, peer)]),
        _start(folder, [binaries / "kube-apiserver", *_apiserver(folder, store, port)]),
    ]
    try:
        yield _wait(folder, port, token, started)
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(30)


def _etcd(folder: Path, port: int, peer: int) -> list[str]:
    client, other = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{peer}"
    return [
        f"--data-dir={folder / 'data'}", "--unsafe-no-fsync",
        f"--listen-client-urls={client}", f"--advertise-client-urls={client}",
        f"--listen-peer-urls={other}", f"--initial-advertise-peer-urls={other}",
        f"--initial-cluster=default={other}",
    ]  # fmt: skip


def _apiserver(folder: Path, store: int, port: int) -> list[str]:
    key = folder / "sa.key"
    return [
        f"--etcd-servers=http://127.0.0.1:{store}", "--bind-address=127.0.0.1",
        f"--secure-port={port}", f"--cert-dir={folder / 'pki'}",
        f"--service-account-key-file={key}.pub", f"--service-account-signing-key-file={key}",
        "--service-account-issuer=https://example.org",
        f"--token-auth-file={folder / 'tokens.csv'}", "--authorization-mode=RBAC",
        "--service-cluster-ip-range=10.0.0.0/24", "--allow-privileged",
        # accounts are made by a controller, and none runs here
        "--disable-admission-plugins=ServiceAccount",
    ]  # fmt: skip


def _start(folder: Path, command: list[Any]) -> subprocess.Popen[bytes]:
    log = folder / f"{command[0].name}.log"
    with log.open("wb") as out:
        return subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT)


def _wait(folder: Path, port: int, token: str, started: list[subprocess.Popen[bytes]]) -> Server:
    """Return the server as soon as it answers; it has made its own certificate by then."""
    certificate = folder / "pki/apiserver.crt"
    for _ in range(_PATIENCE * 5):
        dead = [process.args[0] for process in started if process.poll() is not None]
        assert not dead, f"{dead} ended: {_log(folder)}"
        if certificate.is_file():
            context = ssl.create_default_context(cafile=str(certificate))
            server = Server(f"https://127.0.0.1:{port}", token, context)
            if server.ready():
                return server
        time.sleep(0.2)
    raise AssertionError(f"not ready after {_PATIENCE} seconds: {_log(folder)}")


def _log(folder: Path) -> str:
    return "\n".join(path.read_text(errors="replace")[-2000:] for path in folder.glob("*.log"))


def _ports(count: int) -> list[int]:
    """Return ports on which nobody listens."""
    found = [socket.socket() for _ in range(count)]
    for each in found:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in found]
    for each in found:
        each.close()
    return ports
