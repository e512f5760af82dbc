"""Settings as checks: what the engine runs on a custom resource."""

from dok_guide.model import Check
from dok_guide.operators import Operator, Setting, Variant


def check_of(operator: Operator, setting: Setting, variant: Variant) -> Check:
    """Return the check that a variant of a setting is; one without field has no validations."""
    return Check(
        id=setting.id,
        for_="consumer",
        covers=(),
        target="database",
        scope="object",
        match=operator.rules_of(setting, variant),
        matchConditions=variant.matchConditions,
        variables=variant.variables,
        validations=variant.validations,
    )
