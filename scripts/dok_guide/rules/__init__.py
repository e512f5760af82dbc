"""What a catalog must fulfill beyond its schemas: each rule yields every problem that it finds.

To add a rule, write it in the module of its kind, list it in RULES, and add a file to
`tests/fixtures/invalid` that breaks it.
"""

from collections.abc import Callable, Iterator

from dok_guide.rules import (
    checks,
    commands,
    names,
    operators,
    plain,
    resources,
    settings,
    whole,
    wording,
)
from dok_guide.rules.files import Files, Release
from dok_guide.source import Problem

__all__ = ["RULES", "Files", "Release"]

RULES: tuple[Callable[[Files], Iterator[Problem]], ...] = (
    names.file_name,
    names.unique_ids,
    names.uuids,
    names.known_names,
    names.mappings,
    names.questions,
    names.glossary,
    whole.order,
    whole.successors,
    wording.requirement,
    wording.audiences,
    wording.parameters,
    wording.manifests,
    checks.names,
    checks.expressions,
    checks.examples,
    plain.summaries,
    plain.titles,
    plain.quick,
    plain.lengths,
    plain.riddles,
    commands.placeholders,
    whole.limits,
    names.evidence,
    names.survey,
    whole.unmitigated,
    whole.released_ids,
    whole.release_dates,
    operators.ids,
    operators.kinds,
    operators.releases,
    operators.covered,
    operators.complete,
    operators.sources,
    operators.written,
    settings.variants,
    settings.fields,
    settings.companions,
    settings.expressions,
    resources.resources,
    resources.defaults,
    resources.hardened,
)
