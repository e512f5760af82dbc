"""Rules about admission policies: a setting can be one, or says why not."""

import re
from collections.abc import Iterator

from dok_guide.engine.definitions import Schema
from dok_guide.rules.files import Files
from dok_guide.rules.parts import Part, parts
from dok_guide.source import Problem

#: What an object has that is neither metadata nor status, and that the ratchet compares.
COMPARED = frozenset({"apiVersion", "kind", "metadata", "spec", "status"})
#: What a change of metadata may set; name and namespace never change.
_METADATA = re.compile(r"\bobject\.metadata\.(?!name\b|namespace\b)(\w+)")
#: What the API server takes as a message, in bytes; the field, the value and a link come to it.
_LONGEST_MESSAGE = 1_000


def enforceable(files: Files) -> Iterator[Problem]:
    """A setting is judged at admission as `assess` judges it, or says why it is no policy."""
    for part in parts(files):
        if part.setting.unenforced or part.variant.absent:
            continue
        for message in _reasons(part):
            yield part.problem(f"{message}; say why in `unenforced`", "validations")


def _reasons(part: Part) -> Iterator[str]:
    """Yield what keeps a variant from being a policy."""
    variant = part.variant
    expressions = [
        *(each.expression for each in variant.matchConditions),
        *(each.expression for each in variant.variables),
        *(each.expression for each in variant.validations),
    ]
    seen = {found for each in expressions for found in _METADATA.findall(each)}
    if seen:
        names = ", ".join(sorted(seen))
        yield f"a change of metadata alone passes each policy, and {names} are in it"
    if any(len(each.message.encode()) > _LONGEST_MESSAGE for each in variant.validations):
        yield f"a policy's message has at most {_LONGEST_MESSAGE} bytes"
    for release, version, schema in part.schemas():
        if schema is not None and (others := _others(schema)):
            yield f"{version} of {release} has {others} beside spec, which no policy compares"


def _others(schema: Schema) -> str:
    return ", ".join(sorted({*schema.get("properties", {})} - COMPARED))
