"""The resources that try a setting: those that it brings, and fixtures/settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from building import FIXTURES, REPOSITORY

from dok_guide.engine.checks import CompiledCheck
from dok_guide.engine.settings import check_of
from dok_guide.engine.unpack import without_nulls
from dok_guide.load import load_catalog
from dok_guide.model import Catalog, Check
from dok_guide.operators import Operator, Setting, Variant

Data = dict[str, Any]


@dataclass(frozen=True)
class Judged:
    """A variant of a setting that judges resources."""

    operator: Operator
    setting: Setting
    variant: Variant

    @property
    def name(self) -> str:
        return f"{self.setting.id} {self.variant.releases}"

    @property
    def check(self) -> Check:
        return check_of(self.operator, self.setting, self.variant)


@cache
def guide() -> Catalog:
    return load_catalog(REPOSITORY / "controls")


def judged() -> list[Judged]:
    return [
        Judged(operator, setting, variant)
        for operator in guide().operators
        for setting in operator.settings
        for variant in setting.variants
        if not variant.absent
    ]


def cases(each: Judged) -> Iterator[tuple[str, bool, Data]]:
    """Yield title, whether it fails, and the resource."""
    yield "compliant", False, yaml.safe_load(each.variant.compliant or "")
    yield "non-compliant", True, yaml.safe_load(each.variant.non_compliant or "")
    for case in fixtures(each.operator.id):
        if case["setting"] == each.setting.id and case.get("releases", each.variant.releases) == (
            each.variant.releases
        ):
            base = yaml.safe_load(each.variant.compliant or "")
            yield case["title"], case["fails"], base | {"spec": case["spec"]}


@cache
def fixtures(operator: str) -> tuple[Data, ...]:
    path = FIXTURES / f"settings/{operator}.yaml"
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8")))


def messages(check: Check, resource: Data) -> list[str]:
    return [found.message for found in CompiledCheck(check).judge(without_nulls(resource)) or []]
