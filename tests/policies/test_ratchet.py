"""What a policy finds and lets through, and that each part of it is needed."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

import pytest
from golden import assert_golden
from policies.deciding import Data, Request, decide

from dok_guide.admission import MatchCondition, Validation, Variable
from dok_guide.as_yaml import to_yaml
from dok_guide.assess.exceptions import Exemption
from dok_guide.model import Catalog
from dok_guide.policies.exempting import Exempt
from dok_guide.policies.policy import Policy

ROWS, MANY = "The log holds rows.", "The log holds too many."
EXEMPT = Exempt(
    accounts=("system/inventdb",),
    exceptions=(
        Exemption(
            check="inventdb-log-rows", object="Invention db/known", reason="Old.",
            expires="2030-01-01",
        ),
        Exemption(
            check="AB-10", object="Invention *-test/*", reason="A test.", expires="2030-01-01"
        ),
    ),
)  # fmt: skip


@pytest.fixture
def policy(catalog: Catalog) -> Policy:
    """A policy with everything that a variant can have."""
    operator = catalog.operator("inventdb")
    setting = operator.setting("inventdb-log-rows")
    variant = replace(
        setting.variants[0],
        field="spec.log.level",
        default='"low"',
        matchConditions=(MatchCondition(name="has-log", expression="has(object.spec.log)"),),
        variables=(Variable(name="rows", expression="object.spec.log.rows"),),
        validations=(
            Validation(message=ROWS, expression="variables.rows.all(row, row != 'object')"),
            Validation(message=MANY, expression="size(variables.rows) < 3"),
        ),
    )
    return Policy(catalog, operator, setting, variant, exempt=EXEMPT)


def log(*rows: str, level: str = "", metadata: Data | None = None) -> Data:
    """Return a resource with a log of some rows."""
    found = {"rows": [*rows]} | ({"level": level} if level else {})
    return {"metadata": {"name": "x", "namespace": "db"} | (metadata or {}), "spec": {"log": found}}


NONE: Data = {"metadata": {"name": "x", "namespace": "db"}, "spec": {}}
BARE: Data = {"metadata": {"name": "x", "namespace": "db"}}
BAD, WORSE, LONG = log("object"), log("object", "b", "c"), log("a", "b", "c")
UNDECIDED: Data = {"metadata": {}, "spec": {"log": {"rows": 1}}}
GOING = {"deletionTimestamp": "2026-01-01T00:00:00Z"}
REQUESTS = (
    Request("new and good", log("a")),
    Request("new and not meant", NONE),
    Request("new and bad", BAD, expected=(ROWS,)),
    Request("new and bad in two ways", WORSE, expected=(ROWS, MANY)),
    Request("bad now", BAD, log("a"), expected=(ROWS,)),
    Request("too many now", LONG, log("a"), expected=(MANY,)),
    Request("meant and bad now", BAD, NONE, expected=(ROWS,)),
    Request("a spec now", BAD, BARE | {"spec": {}}, expected=(ROWS,)),
    Request("bad before", log("object", level="high"), BAD),
    Request("bad before, worse now", WORSE, BAD, expected=(MANY,)),
    Request("bad in another way before", WORSE, LONG, expected=(ROWS,)),
    Request("bad, and only metadata change", log("object", metadata={"labels": {"a": "b"}}), BAD),
    Request("not meant before, going", log("object", metadata=GOING), NONE),
    Request("the operator's own", BAD, user="system:serviceaccount:system:inventdb"),
    Request("an account of that name", BAD, user="system:serviceaccount:db:inventdb",
            expected=(ROWS,)),
    Request("accepted", log("object", metadata={"name": "known"})),
    Request("accepted elsewhere", log("object", metadata={"name": "known", "namespace": "dc"}),
            expected=(ROWS,)),
    Request("accepted by a pattern", log("object", metadata={"namespace": "my-test"})),
    Request("labels of what has no value", UNDECIDED | {"metadata": {"labels": {"a": "b"}}},
            UNDECIDED),
    Request("good before", log("a", level="high"), log("a")),
)  # fmt: skip


def decided(policy: Data, request: Request) -> list[str] | None:
    """Return which messages are said, None if there is no answer."""
    try:
        said = decide(policy, request)
    except RuntimeError:
        return None
    return [text for text in (ROWS, MANY) if any(each.startswith(text) for each in said)]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda each: each.title)
def test_what_is_found(policy: Policy, request_: Request) -> None:
    manifest = next(policy.manifests([]))
    assert decided(manifest, request_) == [*request_.expected]


def test_each_part_is_needed(policy: Policy) -> None:
    """Without a condition, a variable or a part of one, some request is decided otherwise."""
    manifest = next(policy.manifests([]))
    survivors = []
    for title, mutant in mutants(manifest):
        if all(decided(mutant, each) == [*each.expected] for each in REQUESTS):
            survivors.append(title)
    assert not survivors


def mutants(policy: Data) -> Iterator[tuple[str, Data]]:
    for part in ("matchConditions", "variables", "validations"):
        for index, entry in enumerate(policy["spec"][part]):
            name = entry.get("name") or f"validation {index}"
            mutant = deepcopy(policy)
            del mutant["spec"][part][index]
            yield f"without {name}", mutant
            for text, other in _changed(entry["expression"]):
                mutant = deepcopy(policy)
                mutant["spec"][part][index]["expression"] = other
                yield f"{name}: {text}", mutant


def _changed(expression: str) -> Iterator[tuple[str, str]]:
    """Yield an expression with one of its parts gone, and what was done."""
    for old, new in (
        ("variables.meant_before && ", ""), ("variables.old_", "variables."),
        ("&&\n(has(old", None),
        ("oldObject", "object"), ("'CREATE'", "'UPDATE'"), (" &&\nhas(", None),
        ("||\nhas(object.spec) && object.spec != oldObject.spec", ""), ("db", "dc"),
        ("system:inventdb", "db:inventdb"),
    ):  # fmt: skip
        if old in expression:
            yield (
                old,
                expression.replace(old, new)
                if new is not None
                else expression.partition(old)[0].removesuffix(" "),
            )
    if "||\nvariables.meant_before" in expression:
        yield "no ratchet", expression.partition("||\nvariables.meant_before")[0]


def test_the_whole(policy: Policy, request: pytest.FixtureRequest) -> None:
    """Every field, as it is written."""
    documents = [*policy.manifests(["Warn", "Audit", "Deny"])]
    text = b"".join(b"---\n" + to_yaml(each) for each in documents)
    assert_golden(request, "policy.yaml", text)


def test_the_value_is_said(policy: Policy) -> None:
    manifest = next(policy.manifests([]))
    [said] = decide(manifest, Request("", log("object", level="high")))
    assert said.startswith("The log holds rows. spec.log.level is high. AB-10, level ")
    [said] = decide(manifest, Request("", BAD))
    assert 'spec.log.level is not set, which means "low". ' in said
