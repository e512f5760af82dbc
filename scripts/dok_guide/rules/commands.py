"""Rules about commands: what a reader has to replace in them is declared, and nothing else is."""

import re
from collections.abc import Iterator

from dok_guide.rules.files import Files
from dok_guide.source import Problem

#: A word in capitals that is no shell variable, neither used nor set.
_WORD = re.compile(r"(?<![\w$])(?<!\$\{)[A-Z][A-Z0-9_]{2,}(?![\w=])")


def placeholders(files: Files) -> Iterator[Problem]:
    """Each word in capitals in a command is declared, as a placeholder or as part of commands."""
    declared = {
        "placeholders": [entry["id"] for entry in files.catalog.data["placeholders"]],
        "capitals": files.catalog.data["capitals"],
    }
    known = {word for words in declared.values() for word in words}
    used = set()
    for control in files.controls:
        for index, way in enumerate(control.data["verification"]):
            for found in _WORD.finditer(way.get("run", "")):
                used.add(found[0])
                if found[0] not in known:
                    message = f"{found[0]} is no placeholder of catalog.yaml; use one or declare it"
                    offset = way["run"].count("\n", 0, found.start())
                    yield control.problem_in_text(message, offset, "verification", index, "run")
    if len(files.controls) == len(files.ids):  # a control that could not be read may use it
        for field, words in declared.items():
            for index, word in enumerate(words):
                if word not in used:
                    message = f"{word} stands in no command; drop it"
                    yield files.catalog.problem(message, field, index)
