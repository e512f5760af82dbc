"""The resources of settings and what policies should find in them, as `assess` does."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache

import yaml
from operators.settings_cases import Data, guide

from dok_guide.assess.custom_resources import CustomResources
from dok_guide.engine.objects import Object
from dok_guide.engine.unpack import without_nulls
from dok_guide.operators import Operator
from dok_guide.policies.policy import Policy, policies
from dok_guide.policies.selection import reason_against

#: A setting, and the message of one of its validations.
Finding = tuple[str, str]


@dataclass(frozen=True)
class Case:
    """A resource that tries settings, and where it comes from."""

    operator: Operator
    title: str
    resource: Data

    @property
    def kind(self) -> str:
        return str(self.resource["kind"])


@cache
def newest(operator: Operator) -> tuple[Policy, ...]:
    """Return the policies for the newest release."""
    return tuple(policies(guide(), operator, release=operator.releases[0].version))


def found_by_assess(operator: Operator, resource: Data, release: str = "") -> set[Finding]:
    """Return what `assess` finds, but for settings that are no policies and say why."""
    found, undecided = judged_by_assess(operator, resource, release)
    assert not undecided
    return found


def judged_by_assess(
    operator: Operator, resource: Data, release: str = ""
) -> tuple[set[Finding], set[str]]:
    """Return what `assess` finds, and the settings of which it can't say; policies only."""
    release = release or operator.releases[0].version
    obj = Object(without_nulls(deepcopy(resource)), "case", 1)
    judgments = CustomResources([operator], release).judge(obj)[1]
    mine = [each for each in judgments if reason_against(each.setting, release) is None]
    found = {
        (each.setting.id, _message(each.check.validations, each.message))
        for each in mine
        if not each.undecided
    }
    return found, {each.setting.id for each in mine if each.undecided}


def _message(validations: tuple, shown: str) -> str:
    """Return the longest message of a validation with which a judgment begins."""
    known = [v.message.strip() for v in validations if shown.startswith(v.message.strip())]
    return max(known, key=len)


def cases(operator: Operator) -> Iterator[Case]:
    """Yield the resources of all settings for the newest release, and the hardened ones."""
    release = operator.releases[0].version
    for setting in operator.settings:
        for variant in setting.variants:
            if not variant.absent and variant.holds_for(release):
                for name in ("compliant", "non_compliant"):
                    resource = yaml.safe_load(getattr(variant, name))
                    yield Case(operator, f"{setting.id} {name}", resource)
    for resource in hardened(operator):
        yield Case(operator, f"hardened {resource['kind']}", resource)


def hardened(operator: Operator) -> list[Data]:
    """Return the hardened resources of the operator's own kinds."""
    kinds = {kind.kind for kind in operator.kinds}
    found = [each for each in yaml.safe_load_all(operator.hardened) if each]
    return [each for each in found if each["kind"] in kinds]
