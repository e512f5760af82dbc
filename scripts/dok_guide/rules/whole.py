"""Rules about the catalog as a whole: order, succession, limits, and what was released."""

from collections.abc import Iterator

from dok_guide.rules.files import Files
from dok_guide.source import Document, Place, Problem


def order(files: Files) -> Iterator[Problem]:
    """What a control needs is no harder to reach, and nothing needs itself in the end."""
    controls = {control.data["id"]: control for control in files.controls}
    for id_, control in controls.items():
        for index, need in enumerate(control.data["needs"]):
            needed = controls.get(need)
            if needed and needed.data["level"] > control.data["level"]:
                message = (
                    f"{id_} of level {control.data['level']} needs {need} of level "
                    f"{needed.data['level']}; change a level or drop the need"
                )
                yield control.problem(message, "needs", index)
        cycle = _cycle(id_, controls)
        if cycle and id_ == min(cycle):  # once, at the member that comes first
            way = " -> ".join([*cycle, id_])
            yield control.problem(f"a cycle in needs: {way}; drop one of them", "needs")


def _cycle(start: str, controls: dict[str, Document]) -> list[str] | None:
    """Return the shortest way over `needs` from a control back to itself."""
    ways, seen = [[start]], {start}
    for way in ways:
        for need in controls[way[-1]].data["needs"]:
            if need == start:
                return way
            if need in controls and need not in seen:
                seen.add(need)
                ways.append([*way, need])
    return None


def successors(files: Files) -> Iterator[Problem]:
    """Nothing leads to a withdrawn control, neither another withdrawn one nor a question."""
    withdrawn = {
        control.data["id"]: " or ".join(control.data["replaced_by"])
        for control in files.controls
        if control.data["status"] == "withdrawn"
    }
    for document, name, place in _named(files):
        if name in withdrawn:
            message = f"{name} is withdrawn; name its successor {withdrawn[name]}"
            yield document.problem(message, *place)


def _named(files: Files) -> Iterator[tuple[Document, str, Place]]:
    """Yield each place that names a control, with its document and the name."""
    for control in files.controls:
        for field in ("replaced_by", "needs"):
            for index, name in enumerate(control.data.get(field, [])):
                yield control, name, (field, index)
        for index, related in enumerate(control.data.get("related", [])):
            yield control, related["control"], ("related", index, "control")
    for index, entry in enumerate(files.questions.data):
        yield files.questions, entry["control"], (index, "control")


def limits(files: Files) -> Iterator[Problem]:
    """A level holds no more than its limit; the controls to start with are few, and of level 1."""
    active = [c for c in files.controls if c.data["status"] == "active"]
    for index, level in enumerate(files.catalog.data["levels"]):
        count = sum(c.data["level"] == level["id"] for c in active)
        if count > level.get("limit", count):
            message = f"level {level['id']} has {count} controls, more than its limit; move some up"
            yield files.catalog.problem(message, "levels", index, "limit")
    first = [c for c in active if c.data.get("first")]
    if len(first) > files.catalog.data["first"]:
        message = f"{len(first)} controls are marked first, more than this; unmark some"
        yield files.catalog.problem(message, "first")
    lowest = files.catalog.data["levels"][0]["id"]
    for control in first:
        if control.data["level"] != lowest:
            yield control.problem(f"only a control of level {lowest} can be first", "first")


def unmitigated(files: Files) -> Iterator[Problem]:
    """Every threat is mitigated by a control that is not withdrawn."""
    if len(files.controls) < len(files.ids):
        return  # a control that could not be read may be the one
    active = [control.data for control in files.controls if control.data["status"] == "active"]
    mitigated = {id_ for control in active for id_ in control["threats"]}
    for index, threat in enumerate(files.threats.data):
        if threat["id"] not in mitigated:
            message = f"no control mitigates {threat['id']}; write one"
            yield files.threats.problem(message, index, "id")


def released_ids(files: Files) -> Iterator[Problem]:
    """A control that was released stays, with its title."""
    controls = {control.data["id"]: control for control in files.controls}
    for release in files.releases:
        version = release.data["version"]
        for entry in release.data["controls"]:
            id_, title = entry["id"], entry["title"]
            if id_ not in files.ids:
                message = (
                    f"{id_} was released in {version} and has no file; restore it, withdrawn and "
                    "with `replaced_by` if it no longer holds"
                )
                yield release.problem(message, id_)
            control = controls.get(id_)
            if control and control.data["title"] != title:
                message = f"released in {version} as {title!r}; a title never changes"
                yield control.problem(message, "title")


def release_dates(files: Files) -> Iterator[Problem]:
    """What is not the release of a day says another day, so that a date tells contents apart."""
    version, day = files.catalog.data["version"], files.catalog.data["published"]
    for release in files.releases:
        released, then = release.data["version"], release.data["published"]
        if released == version and day != then:
            message = f"{version} was released on {then}; restore that date or set another version"
            yield files.catalog.problem(message, "published")
        elif released != version and day <= then:
            message = f"{released} was released on {then}; set a later date than that"
            yield files.catalog.problem(message, "published")
