"""What policies let through, so that they block nothing that an operator or an emergency needs.

An object that broke a rule before may be changed, and a deletion, metadata and status never wait.
"""

from collections.abc import Iterator

from dok_guide.admission import MatchCondition, Validation, Variable
from dok_guide.engine.cel import of_old_object
from dok_guide.operators import Variant

#: When a policy looks at a request at all.
CONDITIONS = (
    MatchCondition(name="not-being-deleted", expression="!has(object.metadata.deletionTimestamp)"),
    MatchCondition(
        name="changes-the-spec",
        expression="request.operation == 'CREATE' || has(object.spec) != has(oldObject.spec) ||\n"
        "has(object.spec) && object.spec != oldObject.spec",
    ),
)
#: The variable that says whether the object before the change was meant.
MEANT = "meant_before"


def variables(variant: Variant) -> Iterator[Variable]:
    """Yield the variables of a variant, and what they were before the change."""
    yield from variant.variables
    for each in variant.variables:
        yield Variable(name=f"old_{each.name}", expression=of_old_object(each.expression))
    meant = ["request.operation == 'UPDATE'"]
    meant += [f"({of_old_object(each.expression)})" for each in variant.matchConditions]
    yield Variable(name=MEANT, expression=" &&\n".join(meant))


def unless_broken_before(validation: Validation) -> str:
    """Return an expression that also holds where the object broke the validation before."""
    before = of_old_object(validation.expression)
    return f"({validation.expression.strip()}) ||\nvariables.{MEANT} && !({before})"
