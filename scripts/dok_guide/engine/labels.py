"""Label selectors: those of Kubernetes, and the short form of the command line."""

from typing import Any

from dok_guide.engine.objects import mapping, mappings, strings, text


def selects(selector: dict[str, Any], labels: dict[str, str]) -> bool:
    """Whether a label selector of Kubernetes selects something with these labels."""
    wanted = mapping(selector, "matchLabels").items()
    return all(labels.get(key) == value for key, value in wanted) and all(
        _expression_holds(expression, labels)
        for expression in mappings(selector, "matchExpressions")
    )


def _expression_holds(expression: dict[str, Any], labels: dict[str, str]) -> bool:
    value, values = labels.get(text(expression, "key")), strings(expression, "values")
    return {
        "In": value in values,
        "NotIn": value not in values,
        "Exists": value is not None,
        "DoesNotExist": value is None,
    }.get(text(expression, "operator"), False)


def parse_selector(words: str) -> dict[str, object]:
    """Return the selector of words such as `app=db,role`; raise ValueError if they are none."""
    labels, keys = {}, []
    for word in words.split(","):
        key, equals, value = word.strip().partition("=")
        if not key or (equals and not value):
            raise ValueError(f"{words!r} is no selector; write KEY=VALUE or KEY, with commas")
        if equals:
            labels[key] = value.removeprefix("=")
        else:
            keys.append({"key": key, "operator": "Exists"})
    return {"matchLabels": labels, "matchExpressions": keys}
