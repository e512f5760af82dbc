"""What an API server decides by a policy: small, and held to a real one by tests/apiserver."""

from dataclasses import dataclass, field
from typing import Any

from cel_expr_python import cel

Data = dict[str, Any]
_ENVIRONMENT = cel.NewEnv(
    variables=dict.fromkeys(("object", "oldObject", "request", "variables"), cel.Type.DYN)
)


@dataclass(frozen=True)
class Request:
    """A resource that is created, or what it becomes and what it was."""

    title: str
    new: Data
    old: Data | None = None
    user: str = "author"
    expected: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def seen(self) -> Data:
        metadata = self.new.get("metadata", {})
        request = {
            "operation": "CREATE" if self.old is None else "UPDATE",
            "name": metadata.get("name", ""),
            "namespace": metadata.get("namespace", ""),
            "userInfo": {"username": self.user},
        }
        return {"object": self.new, "oldObject": self.old, "request": request}


def decide(policy: Data, request: Request) -> list[str]:
    """Return the messages of the validations that are not true; none if it is not meant."""
    spec, seen = policy["spec"], request.seen | {"variables": {}}
    if not all(_value(each["expression"], seen) for each in spec.get("matchConditions", [])):
        return []
    for each in spec.get("variables", []):
        try:
            value = _value(each["expression"], seen)
        except RuntimeError:
            continue  # a variable that is not used may have no value
        seen = seen | {"variables": {**seen["variables"], each["name"]: value}}
    return [
        _value(each["messageExpression"], seen) if "messageExpression" in each else each["message"]
        for each in spec["validations"]
        if not _value(each["expression"], seen)
    ]


def _value(expression: str, seen: Data) -> Any:
    found = _ENVIRONMENT.compile(expression).eval(_ENVIRONMENT.Activation(seen))
    if found.type() == cel.Type.ERROR:
        raise RuntimeError(f"{expression}: {found.value()}")
    return found.plain_value()
