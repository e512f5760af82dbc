"""Requests to the API server whose answers tell what admission policies have found."""

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPSConnection
from typing import Any

from apiserver.serving import Server

Data = dict[str, Any]
#: Where the API server writes down what policies have found.
FAILURES = "validation.policy.admission.k8s.io/validation_failure"
_PATCH = "application/merge-patch+json"


@dataclass(frozen=True)
class Answer:
    """What the server says: the code, the data, the warnings, and the id in its audit log."""

    code: int
    data: Data
    warnings: tuple[str, ...]
    audit: str

    @property
    def message(self) -> str:
        return str(self.data.get("message", ""))


@dataclass
class Requests:
    """One connection to a server, as its administrator or as somebody else."""

    server: Server
    user: str = ""
    _read: int = 0
    _namespaces: set[str] = field(default_factory=set)
    _found: dict[str, list[Data]] = field(default_factory=dict)

    @cached_property
    def _connection(self) -> HTTPSConnection:
        address = self.server.address.removeprefix("https://")
        return HTTPSConnection(address, context=self.server.context, timeout=120)

    def close(self) -> None:
        self._connection.close()

    def send(self, method: str, path: str, data: Data | None = None) -> Answer:
        headers = {
            "Authorization": f"Bearer {self.server.token}",
            "Content-Type": _PATCH if method == "PATCH" else "application/json",
        }
        if self.user:
            headers["Impersonate-User"] = self.user
        self._connection.request(method, path, data and json.dumps(data), headers)
        answer = self._connection.getresponse()
        body = json.loads(answer.read())
        warnings = tuple(answer.headers.get_all("Warning", ()))
        return Answer(answer.status, body, warnings, answer.headers["Audit-Id"] or "")

    def text(self, path: str) -> str:
        """Return what is no JSON, such as the metrics."""
        headers = {"Authorization": f"Bearer {self.server.token}"}
        self._connection.request("GET", path, headers=headers)
        return self._connection.getresponse().read().decode()

    def path(self, data: Data, *more: str) -> str:
        """Return the path of the resource of an object, below its namespace."""
        version = data["apiVersion"]
        resource, namespaced = self.server.resources(version)[data["kind"]]
        where = f"/namespaces/{data['metadata']['namespace']}" if namespaced else ""
        root = "apis" if "/" in version else "api"
        return "/".join([f"/{root}/{version}{where}/{resource}", *more])

    def create(self, data: Data, *, dry: bool = False) -> Answer:
        return self.send("POST", self.path(data) + ("?dryRun=All" if dry else ""), data)

    def try_strictly(self, data: Data) -> Answer:
        """Try to make an object; fields that are not known are refused, not warned of.

        Each would be a header of its own, of which `http.client` reads at most 100.
        """
        return self.send("POST", f"{self.path(data)}?dryRun=All&fieldValidation=Strict", data)

    def replace(self, data: Data, stored: Data, *, dry: bool = False) -> Answer:
        """Put an object in the place of one that is stored."""
        kept = ("name", "namespace", "resourceVersion")
        metadata = data["metadata"] | {key: stored["metadata"][key] for key in kept}
        path = self.path(stored, metadata["name"]) + ("?dryRun=All" if dry else "")
        return self.send("PUT", path, data | {"metadata": metadata})

    def change(self, stored: Data, change: Data, subresource: str = "") -> Answer:
        """Merge a change into what is stored."""
        more = [stored["metadata"]["name"], *([subresource] if subresource else [])]
        return self.send("PATCH", self.path(stored, *more), change)

    def apply(self, documents: Iterable[Data]) -> None:
        """Make objects, all of which have to be taken."""
        for each in documents:
            answer = self.create(each)
            assert answer.code == 201, f"{each['metadata']['name']}: {answer.message}"

    def ensure_namespace(self, name: str) -> None:
        """Make a namespace that is not there."""
        if name not in self._namespaces:
            data = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
            assert self.create(data).code in (201, 409)
        self._namespaces.add(name)

    def label(self, namespace: str, labels: Data) -> None:
        """Label a namespace, which is made if it isn't there."""
        self.ensure_namespace(namespace)
        change = {"metadata": {"labels": labels}}
        assert self.send("PATCH", f"/api/v1/namespaces/{namespace}", change).code == 200

    def failures(self, answer: Answer) -> list[Data]:
        """Return what policies have found, from the audit log."""
        for _ in range(100):
            if answer.audit in self._found:
                return self._found[answer.audit]
            self._found.update(self._news())
            if answer.audit not in self._found:
                time.sleep(0.05)
        raise AssertionError(f"{answer.audit} is not in the audit log")

    def _news(self) -> Iterator[tuple[str, list[Data]]]:
        """Yield what was written since, whole lines only."""
        with self.server.audit_log.open("rb") as log:
            log.seek(self._read)
            for line in log:
                if not line.endswith(b"\n"):
                    return
                self._read += len(line)
                event = json.loads(line)
                found = event.get("annotations", {}).get(FAILURES, "[]")
                yield event["auditID"], json.loads(found)
