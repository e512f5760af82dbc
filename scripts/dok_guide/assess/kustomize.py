"""Folders of Kustomize: which files are no manifests, and what to run instead of reading them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dok_guide.assess.gaps import NOT_RENDERED
from dok_guide.assess.given import Input, name_of
from dok_guide.engine.manifests import UnreadableError, parse_manifests
from dok_guide.engine.objects import mappings, strings, text

NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
#: Fields whose entries are files, or mappings with the `path` of one, that hold no manifests.
_FILES = (
    "patches", "patchesStrategicMerge", "patchesJson6902", "configurations", "transformers",
    "replacements", "generators", "validators", "crds",
)  # fmt: skip
_GENERATORS = ("configMapGenerator", "secretGenerator")
#: Fields with which a kustomization names what it uses as it is.
_PLAIN = {"apiVersion", "kind", "metadata", "resources", "bases", "sortOptions", "generatorOptions"}


@dataclass(frozen=True)
class _Kustomization:
    path: Path
    data: dict[str, Any]

    @property
    def changes(self) -> bool:
        """Whether it applies something else than what the files say."""
        return text(self.data, "kind") == "Component" or any(
            value for key, value in self.data.items() if key not in _PLAIN
        )

    def named(self, *keys: str) -> Iterator[Path]:
        """Yield the paths in the lists under some keys."""
        for key in keys:
            names = strings(self.data, key) + [text(e, "path") for e in mappings(self.data, key)]
            yield from ((self.path.parent / name).resolve() for name in names if _is_path(name))

    def missing(self, read: Collection[Path]) -> Iterator[str]:
        """Yield what it applies, as it is written there, and is not among the paths."""
        for name in (name for key in ("resources", "bases") for name in strings(self.data, key)):
            if _is_path(name) and (self.path.parent / name).resolve() not in read:
                yield name

    def generated(self) -> Iterator[Path]:
        """Yield the files that become the contents of ConfigMaps and Secrets."""
        for generator in (g for key in _GENERATORS for g in mappings(self.data, key)):
            names = strings(generator, "files") + strings(generator, "envs")
            names.append(text(generator, "env"))
            files = (name.rpartition("=")[2] for name in names)
            yield from ((self.path.parent / name).resolve() for name in files if _is_path(name))


class Kustomizations:
    """The kustomizations among some files."""

    def __init__(self, found: Input, paths: Iterable[Path]) -> None:
        paths = list(paths)
        self._read = {path.resolve() for path in paths}
        self._read |= {folder for path in self._read for folder in path.parents}
        self._all = [k for path in paths if path.name in NAMES for k in _read(found, path)]
        self.no_manifests = frozenset(
            path for each in self._all for path in (*each.named(*_FILES), *each.generated())
        )

    def report(self, found: Input) -> None:
        """Say what to run for each kustomization that applies something else than its files."""
        by_folder = {each.path.parent.resolve(): each for each in self._all}
        used = {path for each in self._all for path in each.named("resources", "bases")}
        used |= {path for each in self._all for path in each.named("components")}
        for folder, each in by_folder.items():
            is_root = folder not in used and text(each.data, "kind") != "Component"
            if is_root and any(k.changes for k in _closure(each, by_folder)):
                command = f"kubectl kustomize {name_of(each.path.parent)} | dok-guide assess -"
                what = "a kustomization that changes what its files say; assess what it makes"
                found.gap(name_of(each.path), 1, f"{what}: {command}", NOT_RENDERED)
        for each in self._all:
            for name in each.missing(self._read):
                found.gap(name_of(each.path), 1, f"uses {name}, which is not in the input; add it")


def _closure(
    start: _Kustomization, by_folder: dict[Path, _Kustomization]
) -> Iterable[_Kustomization]:
    """Return a kustomization and all that it uses, however indirectly."""
    seen = {start.path: start}
    waiting = [start]
    while waiting:
        for folder in waiting.pop().named("resources", "bases", "components"):
            each = by_folder.get(folder)
            if each and each.path not in seen:
                seen[each.path] = each
                waiting.append(each)
    return seen.values()


def _is_path(name: str) -> bool:
    return bool(name) and "\n" not in name and "\0" not in name


def _read(found: Input, path: Path) -> Iterator[_Kustomization]:
    try:
        for document in parse_manifests(path.read_text(encoding="utf-8")):
            if isinstance(document.data, dict):
                yield _Kustomization(path, document.data)
    except UnreadableError as error:
        found.gap(name_of(path), error.line, str(error))
    except (UnicodeDecodeError, OSError) as error:
        found.gap(name_of(path), 1, f"can't be read: {error}")
