"""A list or mapping of YAML that is being filled, as Kubernetes' decoder fills it."""

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Duplicate:
    """A key that stands twice in a mapping, which is the document itself or a part of it."""

    line: int
    key: str
    top: bool


@dataclass
class Collection:
    """A list or mapping that is being filled."""

    data: Any
    line: int
    anchor: str | None
    before: int
    top: bool
    key: str | None = None
    merges: bool = False
    own: set[str] = field(default_factory=set)

    def put(
        self,
        value: Any,  # noqa: ANN401
        line: int,
        duplicates: list[Duplicate],
        *,
        merge: bool,
    ) -> str:
        """Take the next entry, key or value; return why the decoder refuses it, if it does."""
        if isinstance(self.data, list):
            self.data.append(value)
        elif self.key is None:
            return self._begin(value, line, duplicates, merge=merge)
        else:
            merges, key = self.merges, self.key
            self.key, self.merges = None, False
            if merges:
                return self._merge(value)
            self.data[key] = value
        return ""

    def _begin(
        self,
        key: Any,  # noqa: ANN401
        line: int,
        duplicates: list[Duplicate],
        *,
        merge: bool,
    ) -> str:
        self.key = key if isinstance(key, str) else json.dumps(key, default=str)
        self.merges = merge
        if self.key in self.own and not merge:
            duplicates.append(Duplicate(line, self.key, self.top))
        self.own.add(self.key)
        return "" if isinstance(key, str | bool | int | float) else "a key that is no text"

    def _merge(self, value: Any) -> str:  # noqa: ANN401
        """Take over merged mappings as Kubernetes' decoder does: what stands later wins.

        In a list of mappings the earlier one wins.
        """
        parts = value[::-1] if isinstance(value, list) else [value]
        for part in parts:
            if not isinstance(part, dict):
                return "<< merges something that is no mapping"
            self.data.update(part)
        return ""
