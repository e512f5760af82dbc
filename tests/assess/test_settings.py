"""Custom resources in an assessment: findings by control, gaps, signs, versions."""

from pathlib import Path

import pytest

from dok_guide.assess.assessment import Ownership, assess
from dok_guide.assess.findings import NOT_MET, PARTLY, Assessment
from dok_guide.assess.formats import FORMATS
from dok_guide.assess.formats.view import USUAL
from dok_guide.assess.reading import read_input
from dok_guide.model import Catalog

CLUSTER = """\
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: orders
  namespace: orders-db
spec:
  instances: 3
  enableSuperuserAccess: true
  storage: {size: 1Gi}
"""
FOREIGN = """\
apiVersion: db.example.org/v1
kind: Db
metadata: {name: x}
spec:
  users:
    - {name: root, password: x}
"""


def run(guide: Catalog, folder: Path, text: str, version: str | None = None) -> Assessment:
    (folder / "x.yaml").write_text(text)
    given = read_input([str(folder / "x.yaml")])
    return assess(guide, given, guide.active, Ownership(version=version))


def status(found: Assessment, control: str) -> str:
    (verdict,) = [v for v in found.verdicts if (v.control.id, v.audience) == (control, "consumer")]
    return verdict.status


def test_a_cluster_is_judged_without_definitions(guide: Catalog, tmp_path: Path) -> None:
    found = run(guide, tmp_path, CLUSTER)
    (finding,) = [f for f in found.findings if f.check.id == "cloudnative-pg-superuser-access"][:1]
    assert (finding.path, finding.line) == ("spec.enableSuperuserAccess", 8)
    assert "`spec.enableSuperuserAccess` is true. Leave" in finding.message
    assert status(found, "UM-8") == status(found, "UM-1") == NOT_MET
    assert not found.gaps


def test_what_settings_pass_is_never_met(guide: Catalog, tmp_path: Path) -> None:
    found = run(guide, tmp_path, guide.operator("cloudnative-pg").hardened, "1.30.0")
    assert not [f for f in found.findings if f.check.id.startswith("cloudnative-pg-")]
    assert status(found, "UM-8") == PARTLY


def test_a_version_that_nobody_looked_at_is_noted(guide: Catalog, tmp_path: Path) -> None:
    notes = run(guide, tmp_path, CLUSTER, "1.99.0").input.notes
    assert "CloudNativePG 1.99.0 was not looked at, but 1.30.0, 1.29.2, 1.28.4 were" in notes
    assert not run(guide, tmp_path, CLUSTER, "1.30.0").input.notes


def test_where_releases_differ_the_version_decides(guide: Catalog, tmp_path: Path) -> None:
    pooler = CLUSTER.partition("spec:")[0].replace("kind: Cluster", "kind: Pooler") + (
        "spec:\n  cluster: {name: orders}\n  pgbouncer: {image: 'a:1.25.1'}\n"
    )

    def images(version: str | None) -> list[tuple[bool, str]]:
        found = run(guide, tmp_path, pooler, version)
        ids = [f for f in found.findings if f.check.id == "cloudnative-pg-pooler-image"]
        return [(f.undecided, f.message.partition(",")[0]) for f in ids]

    assert images("1.30.0") == []
    assert images("1.29.2") == [
        (False, "The resource leaves the version of PgBouncer to the operator."
         " `spec.template.spec.containers[].image` is not set. Write an image with its version")
    ]  # fmt: skip
    ((undecided, message),) = images(None)
    assert undecided
    assert message.startswith("depends on the version; with CloudNativePG <1.30: ")


def test_what_is_embedded_is_judged_where_it_stands(guide: Catalog, tmp_path: Path) -> None:
    pooler = """\
apiVersion: postgresql.cnpg.io/v1
kind: Pooler
metadata: {name: orders-pooler, namespace: orders-db}
spec:
  cluster: {name: orders}
  pgbouncer: {poolMode: session}
  template:
    spec:
      containers:
        - name: pgbouncer
          securityContext: {privileged: true}
"""
    found = run(guide, tmp_path, pooler)
    privileged = [f for f in found.findings if f.check.id == "WI-1.3"]
    assert {f.path for f in privileged} == {"spec.template.spec.containers[0]"}
    assert {f.obj.title for f in privileged} == {"Pooler orders-db/orders-pooler"}


def test_a_resource_of_an_unknown_operator_is_guessed_at(guide: Catalog, tmp_path: Path) -> None:
    found = run(guide, tmp_path, FOREIGN)
    (finding,) = found.findings
    assert finding.message.startswith("a guess: ")
    assert finding.undecided
    assert (finding.control.id, finding.path) == ("CM-2", "spec.users[0].password")
    assert found.incomplete
    assert not found.fails(3)
    assert status(found, "CM-2") == PARTLY


def test_no_sign_is_nothing_judged(guide: Catalog, tmp_path: Path) -> None:
    found = run(guide, tmp_path, FOREIGN.partition("spec:")[0] + "spec: {}\n")
    assert [gap.kind for gap in found.gaps] == ["nothing-judged"]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_a_setting(guide: Catalog, tmp_path: Path, name: str) -> None:
    assert "spec.enableSuperuserAccess" in "".join(
        FORMATS[name](run(guide, tmp_path, CLUSTER), USUAL)
    )


@pytest.mark.parametrize("name", ["text", "markdown", "json"])
def test_a_finding_leads_to_an_example(guide: Catalog, tmp_path: Path, name: str) -> None:
    page = f"{guide.base_url}operators/cloudnative-pg/#cloudnative-pg-superuser-access"
    assert page in "".join(FORMATS[name](run(guide, tmp_path, CLUSTER), USUAL))


SCHEDULE = """\
---
apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata: {name: daily, namespace: %s}
spec: {schedule: "0 30 2 * * *", cluster: {name: %s}, suspend: %s}
"""


def said(found: Assessment, setting: str) -> list[tuple[str, bool, str]]:
    mine = [f for f in found.findings if f.check.id == setting]
    return [(f.obj.kind, f.undecided, f.message.partition(";")[0]) for f in mine]


@pytest.mark.parametrize(
    "beside",
    ["", SCHEDULE % ("orders-db", "other", "false"), SCHEDULE % ("elsewhere", "orders", "false")],
)
def test_a_schedule_that_is_not_in_the_input_is_not_seen(
    guide: Catalog, tmp_path: Path, beside: str
) -> None:
    """It may stand in another file: that is said, and is no finding that counts."""
    found = run(guide, tmp_path, CLUSTER + beside, "1.30.0")
    assert said(found, "cloudnative-pg-scheduled-backup") == [
        ("Cluster", True, "not seen: the input has no `ScheduledBackup` of it")
    ]
    assert found.incomplete


def test_a_schedule_beside_its_cluster_is_seen(guide: Catalog, tmp_path: Path) -> None:
    here = SCHEDULE % ("orders-db", "orders", "false")
    found = run(guide, tmp_path, CLUSTER + here, "1.30.0")
    assert said(found, "cloudnative-pg-scheduled-backup") == []
    assert status(found, "BDR-1") == NOT_MET  # nothing archives the log
    found = run(guide, tmp_path, CLUSTER + here.replace("false", "true"), "1.30.0")
    ((kind, undecided, message),) = said(found, "cloudnative-pg-scheduled-backup")
    assert (kind, undecided) == ("ScheduledBackup", False)
    assert message.startswith("The schedule is suspended.")


MARIADB = """\
apiVersion: k8s.mariadb.com/v1alpha1
kind: MariaDB
metadata: {name: orders, namespace: orders-db}
spec: {storage: {size: 1Gi}}
---
apiVersion: k8s.mariadb.com/v1alpha1
kind: %s
metadata: {name: orders, namespace: %s}
spec: {mariaDbRef: %s, schedule: %s}
"""


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (("PhysicalBackup", "orders-db", "{name: orders}", "{cron: '1 2 * * *'}"), True),
        (("Backup", "orders-db", "{name: orders}", "{cron: '1 2 * * *'}"), True),
        (("Backup", "x", "{name: orders, namespace: orders-db}", "{cron: '1 2 * * *'}"), True),
        (("PhysicalBackup", "orders-db", "{name: orders}", "{immediate: true}"), False),
        (("Restore", "orders-db", "{name: orders}", "{cron: '1 2 * * *'}"), False),
    ],
)
def test_one_of_several_kinds_with_a_schedule_is_enough(
    guide: Catalog, tmp_path: Path, words: tuple[str, ...], *, seen: bool
) -> None:
    found = run(guide, tmp_path, MARIADB % words)
    message = "not seen: the input has no `PhysicalBackup` or `Backup` of it"
    expected = [] if seen else [("MariaDB", True, message)]
    assert said(found, "mariadb-operator-physical-backup-schedule") == expected


PSMDB = """\
apiVersion: psmdb.percona.com/v1
kind: PerconaServerMongoDB
metadata: {name: orders, namespace: orders-db}
spec:
  crVersion: %s
  replsets:
    - {name: rs0, size: 3, configuration: "security:\\n  authorization: disabled\\n"}
"""


@pytest.mark.parametrize(
    ("cr_version", "operator", "undecided"),
    [
        ("1.22.0", "1.22.0", [False]),
        ("1.22.0", None, [True]),  # an operator before 1.22 passes --auth whatever is written
        ("1.21.2", "1.22.0", []),
        ("1.21.2", None, []),
        ("1.22.0", "1.21.2", []),
    ],
)
def test_the_version_that_a_resource_names_decides_what_the_operator_does(
    guide: Catalog, tmp_path: Path, cr_version: str, operator: str | None, undecided: list[bool]
) -> None:
    found = run(guide, tmp_path, PSMDB % cr_version, operator)
    mine = said(found, "percona-mongodb-authorization")
    assert sorted({each for _, each, _ in mine}) == undecided
    assert all(text.startswith("depends on the version") == each for _, each, text in mine)


def test_a_user_other_than_root_is_not_called_root(guide: Catalog, tmp_path: Path) -> None:
    """A published sample names the user 101, and leaves `runAsNonRoot` out."""
    text = """\
apiVersion: clickhouse.altinity.com/v1
kind: ClickHouseInstallation
metadata: {name: orders, namespace: orders-db}
spec:
  templates:
    podTemplates:
      - name: clickhouse
        spec:
          securityContext: {runAsUser: 101}
          containers: [{name: clickhouse, image: "a:24.8.1.2"}]
"""
    mine = said(run(guide, tmp_path, text), "altinity-clickhouse-security-context")
    assert mine
    assert not [message for _, _, message in mine if "root." in message]


def test_a_replica_is_not_asked_to_archive(guide: Catalog, tmp_path: Path) -> None:
    """A published sample follows another cluster, which is backed up instead."""
    replica = CLUSTER + "  replica: {primary: elsewhere, source: elsewhere}\n"
    assert said(run(guide, tmp_path, CLUSTER), "cloudnative-pg-wal-archive")
    assert not said(run(guide, tmp_path, replica), "cloudnative-pg-wal-archive")
