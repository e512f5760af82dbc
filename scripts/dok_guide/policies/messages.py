"""What a policy says of a resource: what is wrong, the field, its value, the control, a link."""

import json
import re
from dataclasses import dataclass

from dok_guide.admission import Validation
from dok_guide.engine.paths import EACH, steps
from dok_guide.model import Catalog
from dok_guide.operators import Operator, Setting, Variant

#: What CEL can name behind a dot.
_NAME = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True)
class Messages:
    """The messages of a variant of a setting."""

    catalog: Catalog
    operator: Operator
    setting: Setting
    variant: Variant

    @property
    def page(self) -> str:
        """The address of what is known of the setting."""
        return f"{self.catalog.base_url}operators/{self.operator.id}/#{self.setting.id}"

    def plain(self, validation: Validation) -> str:
        """Return the message without the value."""
        return f"{_line(validation.message)} See {self._field}. {self._end}"

    def with_value(self, validation: Validation) -> str | None:
        """Return a CEL expression of the message with the value, None where it is not repeated.

        A value is repeated only where the operator's default is known, since such a field holds a
        choice: what may hold a credential must not come into a log.
        """
        value = self._value()
        begin = json.dumps(f"{_line(validation.message)} {self._field} is ", ensure_ascii=False)
        end = json.dumps(f". {self._end}", ensure_ascii=False)
        return value and f"{begin} + ({value}) + {end}"

    def _value(self) -> str | None:
        if self.variant.default is None or EACH in steps(self._field):
            return None
        there, place = _reached(steps(self._field))
        absent = json.dumps(f"not set, which means {self.variant.default}", ensure_ascii=False)
        return f"{there} ? string({place}) : {absent}"

    @property
    def _field(self) -> str:
        return self.variant.field or self.setting.field or ""

    @property
    def _end(self) -> str:
        control = self.catalog.shown_with(self.setting)
        return f"{control.id}, level {control.level}: {self.page}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _reached(way: tuple[str, ...]) -> tuple[str, str]:
    """Return in CEL whether something stands at a path, and the place."""
    there, place = [], "dyn(object)"
    for step in way:
        if _NAME.fullmatch(step):
            place = f"{place}.{step}"
            there.append(f"has({place})")
        else:
            key = json.dumps(step, ensure_ascii=False)
            there.append(f"{key} in {place}")
            place = f"{place}[{key}]"
    return " && ".join(there), place
