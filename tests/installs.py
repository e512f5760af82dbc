"""An invented operator in short words, and what an assessment of it and of additions finds."""

from collections.abc import Iterable
from pathlib import Path

from trials import guide

from dok_guide.assess.assessment import Ownership, assess
from dok_guide.assess.findings import Assessment
from dok_guide.assess.reading import read_input

NOTHING_SAID = Ownership()
DIGEST = f"sha256:{'0123456789abcdef' * 4}"
IMAGE = f"registry.example.org/db-operator:1.2.3@{DIGEST}"
SAFE = """
securityContext:
  runAsNonRoot: true
  allowPrivilegeEscalation: false
  capabilities: {drop: [ALL]}
  seccompProfile: {type: RuntimeDefault}
"""
DEFINITION = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: databases.db.example.org}
spec:
  group: db.example.org
  scope: Namespaced
  names: {kind: Database, plural: databases}
  versions:
    - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
"""


def rule(group: str, resources: str, verbs: str) -> str:
    return f"{{apiGroups: ['{group}'], resources: [{resources}], verbs: [{verbs}]}}"


OWN = rule("db.example.org", "databases, databases/status", "get, update")


def cluster_role(name: str, *rules: str, labels: str = "") -> str:
    return f"""
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {{name: {name}, labels: {{{labels}}}}}
rules: [{", ".join(rules)}]
"""


def account(name: str) -> str:
    return f"{{kind: ServiceAccount, name: {name}, namespace: db-system}}"


def bound(role: str, subject: str, name: str = "") -> str:
    return f"""
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {{name: {name or role}}}
roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: {role}}}
subjects: [{subject}]
"""


def workload(
    name: str, spec: str = "", kind: str = "Deployment", image: str = IMAGE, **other: str
) -> str:
    """A workload whose pods meet WI-1; `spec` adds to that of the pod, `other` to the metadata."""
    version = {"Job": "batch/v1", "Pod": "v1"}.get(kind, "apps/v1")
    metadata = {"name": name, "namespace": "db-system"} | other
    head = ", ".join(f"{key}: {value}" for key, value in metadata.items())
    safe = SAFE.strip().replace("\n", "\n          ")
    return f"""
apiVersion: {version}
kind: {kind}
metadata: {{{head}}}
spec:
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      serviceAccountName: {name}
      {spec}
      containers:
        - name: manager
          image: "{image}"
          {safe}
"""


#: Definition, role, binding and Deployment of an operator about which little is to be said.
BASE = (
    DEFINITION,
    cluster_role("db-operator", OWN),
    bound("db-operator", account("db-operator")),
    workload("db-operator"),
)


def assessed(
    folder: Path, documents: Iterable[str], *controls: str, owns: Ownership = NOTHING_SAID
) -> Assessment:
    """Assess some documents by some of the guide's controls."""
    path = folder / "install.yaml"
    path.write_text("\n---\n".join(documents), encoding="utf-8")
    return assessed_paths([str(path)], *controls, owns=owns)


def assessed_paths(paths: list[str], *controls: str, owns: Ownership = NOTHING_SAID) -> Assessment:
    chosen = [guide().control(each) for each in controls] if controls else guide().active
    return assess(guide(), read_input(paths), chosen, owns)


def found(result: Assessment, *checks: str) -> list[str]:
    """What was found, as `KSI-8.1 ClusterRole x rules[0]`, of some checks or of all."""
    return [
        f"{each.check.id} {each.obj.title} {each.path}".strip()
        for each in result.findings
        if not checks or each.check.id in checks
    ]


def gaps(result: Assessment) -> list[str]:
    return [f"{gap.kind} {gap.subject}" for gap in result.gaps]
