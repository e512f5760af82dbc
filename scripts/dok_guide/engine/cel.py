"""CEL by Google's runtime: the only module that meets `cel_expr_python`.

An evaluation ends in a value or in a Fault. The runtime returns an error as a value that is true
for Python, and raises where an evaluation takes too many steps; neither gets past this module.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from cel_expr_python import cel

#: What the API server and every library of CEL have in common.
FUNCTIONS = frozenset({
    "has", "size", "all", "exists", "exists_one", "map", "filter",
    "startsWith", "endsWith", "contains", "matches",
})  # fmt: skip
#: Texts and comments.
_NO_CODE = re.compile(
    r"[rRbB]*('''.*?'''|\"\"\".*?\"\"\"|'(\\.|[^'\\])*'|\"(\\.|[^\"\\])*\")|//[^\n]*", re.DOTALL
)
_CALL = re.compile(r"([A-Za-z_]\w*)\s*\(")
_VARIABLE = re.compile(r"\bvariables\.(\w+)")
#: What an expression sees: the object, or a variable.
_SEEN = re.compile(r"(?<![\w.])(?:object\b|variables\.)")
_OPERATORS = {"in"}


class CelError(ValueError):
    """The expression can't be compiled."""


@dataclass(frozen=True)
class Fault:
    """Why an expression has no value for some data."""

    message: str


class Data:
    """What expressions see, made ready once for as many as are evaluated."""

    def __init__(
        self,
        obj: dict[str, Any],
        objects: Sequence[dict[str, Any]] = (),
        variables: dict[str, Any] | None = None,
    ) -> None:
        self.obj, self.objects, self.variables = obj, objects, variables or {}

    @cached_property
    def activation(self) -> Any:  # noqa: ANN401 - the runtime has no base type for it
        """The data in the form of the runtime."""
        data = {"object": self.obj, "objects": list(self.objects), "variables": self.variables}
        return _environment().Activation(data)


class Program:
    """A compiled expression over `object`, `objects` and `variables`."""

    def __init__(self, expression: str, *, boolean: bool = True) -> None:
        """Compile; raise CelError if that fails, or if the value can't be true or false."""
        self._compiled = _compiled(expression)
        kind = self._compiled.return_type().name()
        if boolean and kind not in ("BOOL", "DYN"):
            raise CelError(f"the value is {kind}, not true or false")

    def value(self, data: "Data") -> Any:  # noqa: ANN401 - what CEL can hold
        """Return the value for the data, or a Fault."""
        try:
            found = self._compiled.eval(data.activation)
        except (RuntimeError, ValueError, TypeError) as error:
            return Fault(_first_line(error))
        if found.type() == cel.Type.ERROR:
            return Fault(_first_line(found.value()))
        return found.plain_value()

    def holds(self, data: "Data") -> bool | Fault:
        """Return whether the expression is true for the data, or a Fault."""
        value = self.value(data)
        if isinstance(value, bool | Fault):
            return value
        return Fault(f"the value is {value!r}, not true or false")


@lru_cache(maxsize=256)
def _compiled(expression: str) -> Any:  # noqa: ANN401
    """Compile an expression once, since checks share many."""
    try:
        return _environment().compile(expression)
    except RuntimeError as error:
        raise CelError(_first_line(error)) from None


@cache
def _environment() -> Any:  # noqa: ANN401 - the runtime has no base type for it
    dyn = cel.Type.DYN
    variables = {
        "object": dyn,
        "objects": cel.Type.List(dyn),
        "variables": cel.Type.Map(cel.Type.STRING, dyn),
    }
    return cel.NewEnv(variables=variables)


def _first_line(error: object) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    if not lines:
        return repr(error)
    message = re.sub(r"^[A-Z_]+: (ERROR: )?| \[[A-Z_]+\]$", "", lines[0])
    return re.sub(r"^<input>:(\d+):(\d+): ", r"line \1, column \2: ", message)


def inlined(expression: str, variables: dict[str, str]) -> str:
    """Return an expression in which the names of variables are replaced by their expressions.

    An error in a variable means the same then: it counts where the variable is used.
    """
    parts, end = [], 0
    for found in _VARIABLE.finditer(_blank(expression)):
        value = variables.get(found[1])
        if value is not None:
            parts += [expression[end : found.start()], f"({value}\n)"]
            end = found.end()
    return "".join([*parts, expression[end:]])


def of_old_object(expression: str) -> str:
    """Return an expression that asks of `oldObject` what another one asks of `object`.

    The variables in it have other names: `variables.roles` becomes `variables.old_roles`.
    """
    parts, end = [], 0
    for found in _SEEN.finditer(_blank(expression)):
        name = "oldObject" if found[0] == "object" else "variables.old_"
        parts += [expression[end : found.start()], name]
        end = found.end()
    return "".join([*parts, expression[end:]]).strip()


def _blank(expression: str) -> str:
    """Return an expression of the same length without texts and comments."""
    return _NO_CODE.sub(lambda found: re.sub(r"[^\n]", "_", found[0]), expression)


def refused(expression: str) -> Iterator[tuple[int, str]]:
    """Yield position and message of everything that is CEL, but not the part we allow."""
    blank = _blank(expression)
    for found in _CALL.finditer(blank):
        if found[1] not in FUNCTIONS | _OPERATORS:
            allowed = ", ".join(sorted(FUNCTIONS))
            yield found.start(), f"{found[1]}() is not in every CEL; use {allowed} and operators"
    for found in re.finditer(r"\.\?|\[\?|\{\?", blank):
        yield found.start(), f"{found[0]} is not in every CEL; ask has() first"
