"""Changed manifests, by seed: nothing ends in a traceback, and JSON says what YAML says."""

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from installs import BASE, assessed_paths, found, gaps
from trials import guide

from dok_guide.assess.findings import Assessment
from dok_guide.assess.formats import FORMATS
from dok_guide.assess.formats.view import USUAL

#: `make test-all` tries these; 10,000 were tried once.
SEEDS = range(300)
PART = 50
#: What takes the place of a value: each type, empty and not, and what a decoder stumbles over.
VALUES: tuple[Any, ...] = (
    None, "", "x", "*", True, 0, -1, 2**70, 1.5, [], {}, [None], [[]], {"": None}, {"a": {"b": []}},
    "\U0001f600", "a\u2028b", "y", "1e3", "0x1F", "2024-01-31", "<<", "${x}", "{{ .Values.x }}",
)  # fmt: skip
SNIPPETS = (
    "{{ .Values.x }}", "\t", "---\n", "...\n", "&a ", "*a", "<<: *a\n", "!!binary ", "? ", "- ",
    ": ", "\x85", "\u2028", "\x00", "\ud7ff", "'", '"', "|\n", "[", "}", "kind: Pod\n", "%YAML\n",
)  # fmt: skip


def originals() -> list[dict[str, Any]]:
    """The invented operator, and the examples of the guide's controls."""
    found = [yaml.safe_load(text) for text in BASE]
    for control in guide().controls:
        for example in control.examples:
            found += [d for d in yaml.safe_load_all(example.manifest) if isinstance(d, dict)]
    return found


ORIGINALS = originals()


class Quoting(yaml.SafeDumper):
    """Quotes every text, since PyYAML leaves bare what Kubernetes takes as no text, such as `y`."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


Quoting.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each container of a document with each key or index."""
    for key, value in list(data.items()) if isinstance(data, dict) else list(enumerate(data)):
        yield data, key
        if isinstance(value, dict | list):
            yield from places(value)


def changed(dice: random.Random) -> list[dict[str, Any]]:
    """Some documents in which values are missing, others, doubled or wrapped."""
    documents = [*ORIGINALS[:4], *dice.sample(ORIGINALS, 3)]
    documents = copy.deepcopy(documents)
    for _ in range(dice.randint(1, 6)):
        holder, key = dice.choice(list(places(dice.choice(documents))))
        what = dice.randrange(4)
        if what == 0:
            del holder[key]
        elif what == 1:
            holder[key] = copy.deepcopy(dice.choice(VALUES))
        elif what == 2:
            holder[key] = [holder[key], copy.deepcopy(holder[key])]
        else:
            holder[key] = {"x": holder[key]}
    return documents


def broken(dice: random.Random, text: str) -> str:
    """A text that is cut, or into which something was put."""
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(text) + 1)
        until = at if dice.random() < 0.7 else min(len(text), at + dice.randint(1, 30))
        text = text[:at] + dice.choice(SNIPPETS) + text[until:]
    return text


def said(result: Assessment) -> list[object]:
    """What an assessment says apart from lines, files and order, which is that of the keys."""
    kinds = [gap.partition(" ")[0] for gap in gaps(result)]
    return [sorted(found(result)), sorted(kinds), result.counted]


def assessed(path: Path, text: str) -> Assessment:
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    result = assessed_paths([str(path)])
    last = text.count("\n") + 1
    assert all(1 <= each.line <= last for each in (*result.findings, *result.gaps))
    for render in FORMATS.values():
        assert "".join(render(result, USUAL)).encode()
    return result


def try_seed(folder: Path, seed: int) -> None:
    dice = random.Random(seed)
    documents = changed(dice)
    text = yaml.dump_all(documents, Dumper=Quoting, allow_unicode=True)
    row = "\n".join(json.dumps(each) for each in documents)
    by_yaml, by_json = assessed(folder / "a.yaml", text), assessed(folder / "a.json", row)
    assert said(by_yaml) == said(by_json)
    assessed(folder / "b.yaml", broken(dice, text))


@pytest.mark.slow
@pytest.mark.parametrize("first", SEEDS[::PART])
def test_changed_manifests(tmp_path: Path, first: int) -> None:
    for seed in range(first, first + PART):
        try_seed(tmp_path, seed)
