"""What must hold in OSCAL documents that no JSON Schema says: each check yields what is wrong.

A message begins with the code of its check. The documents are a set of files as the exporter
returns them, by path; results of a review may be among them.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from posixpath import dirname, join, normpath
from typing import Any
from uuid import UUID

from dok_guide.model import Catalog
from dok_guide.oscal.ids import document_uuid, entry_id, namespace, oscal_id, param_id
from dok_guide.oscal.vocabulary import RMF, VOCABULARY

Files = dict[str, dict[str, Any]]
Problems = Iterator[str]

INSERT = re.compile(r"\{\{\s*insert: param, ([a-z][\w.-]*)\s*\}\}")
#: Braces that mean a parameter, well-formed or not.
LIKE_AN_INSERT = re.compile(r"\{\{[^{}]*(?:insert|_prm_)[^{}]*\}\}")
RELATIONSHIPS = {
    "equal-to", "equivalent-to", "subset-of", "superset-of", "intersects-with", "no-relationship",
}  # fmt: skip
#: Names that OSCAL itself gives to props and parts, where we use them.
PROPS = {
    "metadata": {"resolution-tool"},
    "group": {"label", "sort-id"},
    "control": {"label", "sort-id", "status"},
    "part": {"label"},
    "resource": {"type"},
    "component": {"version"},
    "activitie": {"method"},
}
PARTS = {
    "group": {"overview"},
    "control": {
        "overview", "statement", "guidance", "example", "assessment-objective",
        "assessment-method",
    },
    "statement": {"item"},
    "item": {"item"},
    "assessment-objective": {"assessment-objective"},
    "assessment-method": {"assessment-objects"},
}  # fmt: skip


def problems(files: Files, guide: Catalog) -> list[str]:
    """Return everything that is wrong with a set of documents."""
    found = [message for check in CHECKS for message in check(files, guide)]
    return sorted(set(found))


def body(data: dict[str, Any]) -> dict[str, Any]:
    """Return what is below the one top-level key."""
    return next(value for key, value in data.items() if not key.startswith("$"))


def of(files: Files, model: str) -> dict[str, dict[str, Any]]:
    """Return the bodies of the documents of a model."""
    return {name: data[model] for name, data in files.items() if model in data}


def nodes(value: Any, key: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every object with the name of the list or field that holds it."""
    if isinstance(value, list):
        for each in value:
            yield from nodes(each, key)
    elif isinstance(value, dict):
        yield key, value
        for name, each in value.items():
            yield from nodes(each, name)


def lists(data: dict[str, Any], key: str) -> Iterator[dict[str, Any]]:
    """Yield the entries of every list with this name."""
    return (value for name, value in nodes(data) if name == key)


def controls(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the controls of a document by id."""
    return {control["id"]: control for control in lists(data, "controls")}


def withdrawn(control: dict[str, Any]) -> bool:
    return any(p["name"] == "status" and p["value"] == "withdrawn" for p in control["props"])


def sign(guide: Catalog, model: str, data: dict[str, Any]) -> None:
    """Give a document that was edited the UUID of its content."""
    content = {key: value for key, value in data[model].items() if key != "uuid"}
    data[model]["uuid"] = document_uuid(guide, model, content)


def fresh_uuids(files: Files, guide: Catalog) -> Problems:
    for name, data in files.items():
        model = next(iter(data))
        copy = {model: dict(data[model])}
        sign(guide, model, copy)
        if copy != {model: data[model]}:
            yield f"S14 {name}: the UUID is not that of the content"


def one_top_level_key(files: Files, _guide: Catalog) -> Problems:
    for name, data in files.items():
        if len(data) != 1:
            yield f"S00 {name}: top-level keys {list(data)}"


def unique_ids(files: Files, _guide: Catalog) -> Problems:
    for name, data in files.items():
        places = ("groups", "controls", "parts"), ("params",), ("roles",)
        for keys in places:
            ids = [value["id"] for key, value in nodes(data) if key in keys and "id" in value]
            yield from (f"S01 {name}: id {id_} twice" for id_, n in Counter(ids).items() if n > 1)
        if any("id" not in part for part in lists(data, "parts")):
            yield f"S01 {name}: a part has no id"
        uuids = [value["uuid"] for _, value in nodes(data) if "uuid" in value]
        yield from (f"S02 {name}: uuid {id_} twice" for id_, n in Counter(uuids).items() if n > 1)


def datatypes(files: Files, _guide: Catalog) -> Problems:
    """What the generated models let through of OSCAL's UUIDDatatype and StringDatatype."""
    for name, data in files.items():
        for _, holder in nodes(data):
            if "uuid" in holder and UUID(holder["uuid"]).version not in (4, 5):
                yield f"S16 {name}: uuid {holder['uuid']} is not of version 4 or 5"
            for key in ("title", "label", "value", "text"):
                text = holder.get(key, "x")
                if isinstance(text, str) and not re.fullmatch(r"\S(.*\S)?", text):
                    yield f"S16 {name}: {key} {text!r} has several lines, or blanks around it"


def links(files: Files, _guide: Catalog) -> Problems:
    for name, data in files.items():
        resources = {each["uuid"]: each for each in lists(data, "resources")}
        ids = {value["id"] for _, value in nodes(data) if "id" in value}
        for link in lists(data, "links"):
            target = link["href"].removeprefix("#")
            if link["href"].startswith("#") and target not in ids | set(resources):
                yield f"S03 {name}: {link['href']} leads nowhere"
            if link["rel"] != "reference":
                continue
            if link["href"].startswith("#"):
                if target not in resources or "media-type" in link:
                    yield f"S04 {name}: reference {link['href']} is no plain link to a resource"
            elif not link["href"].startswith("https://"):
                yield f"S05 {name}: reference {link['href']} is no absolute address"
        used = str(data)
        for uuid, resource in resources.items():
            if f"#{uuid}" not in used:
                yield f"S15 {name}: resource {uuid} is unused"
            if not resource.get("rlinks") and "import-ssp" not in used:
                yield f"S15 {name}: resource {uuid} has no address"
            if "citation" in resource and "title" not in resource:
                yield f"S15 {name}: resource {uuid} has no title"
            if "catalog" in data and UUID(uuid).version != 4:
                yield f"S15 {name}: resource {uuid} is not of version 4"


def inserts(files: Files, _guide: Catalog) -> Problems:
    for name, data in of(files, "catalog").items():
        for id_, control in controls(data).items():
            declared = {param["id"] for param in control.get("params", [])}
            text = str({key: value for key, value in control.items() if key != "params"})
            used = set(INSERT.findall(text))
            if used - declared:
                yield f"S06 {name}: {id_} inserts unknown {used - declared}"
            if declared - used:
                yield f"S06 {name}: {id_} never inserts {declared - used}"
            if len(LIKE_AN_INSERT.findall(text)) != len(INSERT.findall(text)):
                yield f"S06 {name}: {id_} has a malformed insert"


def statements(files: Files, _guide: Catalog) -> Problems:
    for name, data in of(files, "catalog").items():
        for id_, control in controls(data).items():
            names = [part["name"] for part in control.get("parts", [])]
            if withdrawn(control):
                if not any(link["rel"] == "moved-to" for link in control["links"]):
                    yield f"S07 {name}: {id_} is withdrawn and names no successor"
            elif names.count("statement") != 1:
                yield f"S07 {name}: {id_} has {names.count('statement')} statements"


def names_of_props(files: Files, guide: Catalog) -> Problems:
    own = {(w.kind, w.name): w for w in VOCABULARY}
    for name, data in files.items():
        for key, holder in nodes(data):
            context = key.removesuffix("s")
            props = holder.get("props", [])
            for each in props:
                ns, value = each.get("ns"), each["value"]
                if ns == namespace(guide):
                    word = own.get(("prop", each["name"]))
                    if not word or (word.values and value not in word.values):
                        yield f"S09 {name}: own prop {each['name']}={value} is not documented"
                elif ns == RMF:
                    if each["name"] != "method" or holder.get("name") != "assessment-method":
                        yield f"S09 {name}: prop {each['name']} in the namespace {ns}"
                elif ns is not None:
                    yield f"S09 {name}: prop {each['name']} in the namespace {ns}"
                elif each["name"] not in PROPS.get(context, set()):
                    yield f"S08 {name}: OSCAL has no prop {each['name']} on {context}"
            repeated = Counter((p.get("ns"), p["name"], p["value"]) for p in props)
            if any(count > 1 for count in repeated.values()):
                yield f"S12 {name}: a prop of {holder.get('id', key)} stands twice"


def names_of_parts(files: Files, guide: Catalog) -> Problems:
    own = {w.name: w.on.split(", ") for w in VOCABULARY if w.kind == "part"}
    for name, data in of(files, "catalog").items():
        for key, holder in nodes(data):
            context = holder["name"] if key == "parts" else key.removesuffix("s")
            for part in holder.get("parts", []):
                if part.get("ns") == namespace(guide):
                    if context not in own.get(part["name"], []):
                        yield f"S10 {name}: own part {part['name']} in {context}"
                elif "ns" in part:
                    yield f"S10 {name}: part {part['name']} in the namespace {part['ns']}"
                elif part["name"] not in PARTS.get(context, set()):
                    yield f"S10 {name}: part {part['name']} in {context}"


def assessment(files: Files, _guide: Catalog) -> Problems:
    for name, data in of(files, "catalog").items():
        parts = {part.get("id", ""): part for part in lists(data, "parts")}
        items = {id_ for id_, part in parts.items() if part["name"] == "item"}
        tied = set()
        for id_, part in parts.items():
            if not part["name"].startswith("assessment-") or part["name"] == "assessment-objects":
                continue
            targets = [x["href"][1:] for x in part.get("links", []) if x["rel"] == "assessment-for"]
            wanted = "item" if part["name"] == "assessment-objective" else "assessment-objective"
            if [parts.get(target, {}).get("name") for target in targets] != [wanted]:
                yield f"S11 {name}: {id_} is not tied to one {wanted}"
            tied |= set(targets)
            if not part.get("prose"):
                yield f"S11 {name}: {id_} is empty"
            if part["name"] == "assessment-method":
                yield from (f"S11 {name}: {id_}: {fault}" for fault in _method(part))
        yield from (f"S11 {name}: {id_} has no objective" for id_ in sorted(items - tied))


def _method(part: dict[str, Any]) -> Problems:
    methods = [p["value"] for p in part["props"] if (p["name"], p.get("ns")) == ("method", RMF)]
    if len(methods) != 1 or methods[0] not in ("EXAMINE", "INTERVIEW", "TEST"):
        yield f"method {methods}"
    if [each["name"] for each in part.get("parts", [])] != ["assessment-objects"]:
        yield "not one part assessment-objects"


def metadata(files: Files, guide: Catalog) -> Problems:
    for name, data in files.items():
        for _, holder in nodes(data):
            for key in ("published", "last-modified", "collected", "start"):
                if key in holder and datetime.fromisoformat(holder[key]).tzinfo is None:
                    yield f"S13 {name}: {key} has no time zone"
        if "assessment-results" in data:
            continue
        head = body(data)["metadata"]
        day = f"{guide.published}T00:00:00+00:00"
        wanted = {"version": guide.version, "last-modified": day}
        if {key: head[key] for key in wanted} != wanted:
            yield f"S13 {name}: version and date are not those of the guide"
        canonical = [link["href"] for link in head["links"] if link["rel"] == "canonical"]
        if len(canonical) != 1 or not canonical[0].endswith(f"/{name}"):
            yield f"S13 {name}: canonical {canonical}"


def roles_and_parties(files: Files, _guide: Catalog) -> Problems:
    for name, data in files.items():
        head = body(data)["metadata"]
        roles = {role["id"] for role in head.get("roles", [])}
        parties = {party["uuid"] for party in head.get("parties", [])}
        for _, holder in nodes(data):
            if "role-id" in holder and holder["role-id"] not in roles:
                yield f"S17 {name}: role {holder['role-id']} is not declared"
            if set(holder.get("party-uuids", [])) - parties:
                yield f"S17 {name}: a party is not declared"


def profiles(files: Files, guide: Catalog) -> Problems:
    for name, data in of(files, "profile").items():
        for each in data["imports"]:
            target = normpath(join(dirname(name), each["href"]))
            if target not in files:
                yield f"S20 {name}: {each['href']} is not there"
                continue
            known = controls(files[target])
            ids = [id_ for select in each["include-controls"] for id_ in select["with-ids"]]
            if len(ids) != len(set(ids)):
                yield f"S21 {name}: an id is selected twice"
            for id_ in ids:
                if id_ not in known or withdrawn(known[id_]):
                    yield f"S21 {name}: {id_} is not there, or withdrawn"
            wanted = {p["id"] for id_ in ids for p in known.get(id_, {}).get("params", [])}
            values = data.get("modify", {}).get("set-parameters", [])
            if sorted(v["param-id"] for v in values) != sorted(wanted):
                yield f"S22 {name}: the parameters set are not those of the controls"
            if set(ids) != selected(name, guide):
                yield f"S23 {name}: selects other controls than the YAML files say"


def selected(name: str, guide: Catalog) -> set[str]:
    """Return the ids that a profile should have, asked of the model in another way."""
    stem = name.rpartition("/")[2].removesuffix(".json")
    kind, _, level = stem.partition("-")
    return {
        oscal_id(control.id)
        for control in guide.controls
        if control.status == "active"
        and (control.level <= int(level) if kind == "level" else stem in control.audiences)
    }


def resolved(files: Files, guide: Catalog) -> Problems:
    whole = controls(files["oscal/catalog.json"])
    if set(whole) != {oscal_id(control.id) for control in guide.controls}:
        yield "S24 oscal/catalog.json: not the controls of the YAML files"
    for name, data in of(files, "catalog").items():
        if "/resolved/" not in name:
            continue
        found = controls(data)
        if set(found) != selected(name, guide):
            yield f"S24 {name}: not the controls of the profile"
        for id_, control in found.items():
            if control.get("parts") != whole[id_].get("parts"):
                yield f"S24 {name}: {id_} differs from the catalog"
        source = [x["href"] for x in data["metadata"]["links"] if x["rel"] == "source-profile"]
        if [normpath(join(dirname(name), href)) in files for href in source] != [True]:
            yield f"S24 {name}: the source profile is not there"
        for param in lists(data, "params"):
            if not param.get("values"):
                yield f"S22 {name}: {param['id']} has no value"


def mappings(files: Files, guide: Catalog) -> Problems:
    live = {oscal_id(control.id) for control in guide.active}
    entries: dict[str, set[str]] = {}
    for entry in guide.entries:
        framework = guide.framework(entry.framework)
        entries.setdefault(framework.oscal or f"#{framework.uuid}", set()).add(
            entry_id(framework, entry.id)
        )
    for name, data in of(files, "mapping-collection").items():
        if not data["provenance"].get("responsible-parties"):
            yield f"S30 {name}: nobody is responsible"
        resources = {f"#{each['uuid']}" for each in lists(data, "resources")}
        for each in data["mappings"]:
            target = each["target-resource"]["href"]
            if target.startswith("#") and target not in resources:
                yield f"S30 {name}: {target} is no resource"
            pairs = [(m, s["id-ref"], t["id-ref"]) for m in each["maps"]
                     for s in m["sources"] for t in m["targets"]]  # fmt: skip
            for map_, source, goal in pairs:
                if source not in live:
                    yield f"S31 {name}: {source} is no active control"
                if goal not in entries.get(target, {goal}):
                    yield f"S32 {name}: {goal} is no entry of {target}"
                if map_["relationship"] not in RELATIONSHIPS:
                    yield f"S33 {name}: relationship {map_['relationship']}"
            gaps = each.get("source-gap-summary", {}).get("unmapped-controls", [])
            without = {id_ for gap in gaps for id_ in gap["with-ids"]}
            mapped = {source for _, source, _ in pairs}
            if without & mapped or without | mapped != live:
                yield f"S34 {name}: mapped and unmapped are not all controls, each once"


def component_definitions(files: Files, _guide: Catalog) -> Problems:
    known = controls(files["oscal/catalog.json"])
    for name, data in of(files, "component-definition").items():
        for each in lists(data, "control-implementations"):
            if normpath(join(dirname(name), each["source"])) not in files:
                yield f"S40 {name}: {each['source']} is not there"
        for each in lists(data, "implemented-requirements"):
            control = known.get(each["control-id"])
            if control is None or withdrawn(control):
                yield f"S40 {name}: {each['control-id']} is no active control"
                continue
            parts = {part.get("id", "") for part in lists({"c": control}, "parts")}
            params = {param["id"] for param in control.get("params", [])}
            if {statement["statement-id"] for statement in each["statements"]} - parts:
                yield f"S41 {name}: a statement of {each['control-id']} is not there"
            if {value["param-id"] for value in each.get("set-parameters", [])} - params:
                yield f"S41 {name}: a parameter of {each['control-id']} is not there"


def results(files: Files, _guide: Catalog) -> Problems:
    known = controls(files["oscal/catalog.json"])
    parts = {part.get("id", "") for part in lists(files["oscal/catalog.json"], "parts")}
    for name, data in of(files, "assessment-results").items():
        observed = {each["uuid"] for each in lists(data, "observations")}
        subjects = {each["uuid"] for each in lists(data, "components")}
        for _, holder in nodes(data):
            if holder.get("observation-uuid", None) not in observed | {None}:
                yield f"S50 {name}: {holder['observation-uuid']} is no observation"
            if holder.get("subject-uuid", None) not in subjects | {None}:
                yield f"S50 {name}: {holder['subject-uuid']} is no subject"
            if holder.get("target-id", None) not in parts | {None}:
                yield f"S51 {name}: {holder['target-id']} is no objective"
            if holder.get("control-id", None) not in set(known) | {None}:
                yield f"S51 {name}: {holder['control-id']} is no control"
            if set(holder.get("statement-ids", [])) - parts:
                yield f"S51 {name}: a statement is not there"


def parameters_have_one_owner(files: Files, guide: Catalog) -> Problems:
    wanted = {
        param_id(control, p.id): p.value for control in guide.active for p in control.parameters
    }
    for name, data in of(files, "catalog").items():
        for param in lists(data, "params"):
            if param.get("values") != [wanted.get(param["id"])]:
                yield f"S25 {name}: {param['id']} has not the value of the YAML file"


CHECKS: tuple[Callable[[Files, Catalog], Problems], ...] = (
    one_top_level_key, fresh_uuids, unique_ids, datatypes, links, inserts, statements,
    names_of_props, names_of_parts,
    assessment, metadata, roles_and_parties, profiles, resolved, mappings, component_definitions,
    results, parameters_have_one_owner,
)  # fmt: skip
