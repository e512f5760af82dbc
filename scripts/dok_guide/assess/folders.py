"""The files of a folder that hold manifests, and what is passed over."""

import os
from collections.abc import Iterator
from pathlib import Path

from dok_guide.assess.gaps import LINK, NOT_RENDERED
from dok_guide.assess.given import Input, name_of
from dok_guide.assess.kustomize import NAMES, Kustomizations

_ENDINGS = (".yaml", ".yml", ".json")
#: How the names of files end that hold no manifests.
_NO_MANIFESTS = (*NAMES, "Chart.yaml", "values.yaml", "values.schema.json")
_SETTINGS = "files of Helm and Kustomize"
_PARTS = "patches and other parts of Kustomize"
_TEMPLATES = "templates of Helm"
#: What is passed over by name, because it tells what an install applies.
_TELLING = (_SETTINGS, _PARTS, _TEMPLATES)


def files_of(found: Input, folder: Path) -> Iterator[Path]:
    """Yield the files to read, in the order of their names; each is read once."""
    paths = list(_walk(found, folder, folder.resolve()))
    charts = {path.parent for path in paths if path.name == "Chart.yaml"}
    kustomizations = Kustomizations(found, paths)
    done: set[Path] = set()
    for path in paths:
        real = path.resolve()
        if real in done:
            found.passed_over["links to files that are read anyway"] += 1
        elif what := _passed_over(path, charts, kustomizations):
            found.passed_over[what] += 1
            if what in _TELLING:
                found.passed_names.setdefault(what, []).append(name_of(path))
        else:
            done.add(real)
            yield path
    kustomizations.report(found)
    for chart in sorted(charts):
        what = f"a Helm chart; render it first: helm template NAME {name_of(chart)} | dok-guide"
        found.gap(name_of(chart), 1, f"{what} assess -", NOT_RENDERED)


def _passed_over(path: Path, charts: set[Path], kustomizations: Kustomizations) -> str:
    """Return what a file is that holds no manifests, nothing if it may hold some."""
    if not path.is_file():
        return "pipes, sockets and devices"
    if path.suffix.lower() not in _ENDINGS:
        return "files that are neither YAML nor JSON"
    if path.name.endswith(_NO_MANIFESTS):
        return _SETTINGS
    if path.resolve() in kustomizations.no_manifests:
        return _PARTS
    if any(chart / "templates" in path.parents for chart in charts):
        return _TEMPLATES
    return ""


def _walk(found: Input, folder: Path, root: Path) -> Iterator[Path]:
    """Yield the files below a folder; say which folders and links are not read."""

    def unreadable(error: OSError) -> None:
        path = name_of(Path(error.filename))
        found.gap(path, 1, f"the folder can't be read: {error.strerror}; give yourself access")

    files = []
    for where, folders, names in os.walk(folder, onerror=unreadable):
        here = Path(where)
        files += [here / name for name in names]
        for name in sorted(folders):
            if (here / name).is_symlink() and not _inside(here / name, root):
                _not_followed(found, here / name)
    for path in sorted(files):
        if path.is_symlink() and not (path.exists() and _inside(path, root)):
            _not_followed(found, path)
        else:
            yield path


def _inside(link: Path, root: Path) -> bool:
    """Whether a link leads to something that is read without it."""
    return link.resolve().is_relative_to(root)


def _not_followed(found: Input, link: Path) -> None:
    name = name_of(link)
    if not link.exists():
        found.gap(name, 1, "a link to nothing; mend it or remove it", LINK)
        return
    found.gap(name, 1, "a link that leads out of the folder; name it to have it read", LINK)
