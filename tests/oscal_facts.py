"""What OSCAL documents say, compared with the YAML files: each check yields what differs.

`oscal_semantics` asks whether documents hold together, this module whether they are true. It reads
the model of the guide by ways of its own; a message begins with the code of its check.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from oscal_semantics import (
    CHECKS as HOLDING,
)
from oscal_semantics import (
    INSERT,
    Files,
    Problems,
    controls,
    lists,
    of,
    selected,
)

from dok_guide.model import Catalog, Control, Framework
from dok_guide.oscal.ids import entry_id, namespace, oscal_id, part_id

#: Verdicts of a review, with the state and reason of a finding; the others have no finding.
STATES = {
    "met": ("satisfied", "pass"),
    "partly met": ("not-satisfied", "partial"),
    "not met": ("not-satisfied", "fail"),
}
METHODS = {"EXAMINE", "INTERVIEW", "TEST", "UNKNOWN"}


def problems(files: Files, guide: Catalog) -> list[str]:
    """Return everything that is wrong with a set of documents."""
    checks = (*HOLDING, *CHECKS)
    return sorted({message for check in checks for message in check(files, guide)})


def repeated(values: Iterable[Any]) -> list[Any]:
    return [value for value, count in Counter(values).items() if count > 1]


def by_id(guide: Catalog) -> dict[str, Control]:
    return {oscal_id(control.id): control for control in guide.controls}


def catalogs(files: Files, guide: Catalog) -> Iterator[tuple[str, str, dict[str, Any], Control]]:
    """Yield each control of each catalog that the guide knows, too: file, id, OSCAL, model."""
    known = by_id(guide)
    for name, data in of(files, "catalog").items():
        for id_, control in controls(data).items():
            if id_ in known:
                yield name, id_, control, known[id_]


def groups(files: Files, guide: Catalog) -> Problems:
    categories = {oscal_id(each.id): each for each in guide.categories}
    for name, data in of(files, "catalog").items():
        for group in data["groups"]:
            category = categories.get(group["id"])
            if category is None or group["title"] != category.title:
                yield f"S60 {name}: {group['id']} is no category"
                continue
            for control in group["controls"]:
                if not control["id"].startswith(f"{group['id']}-"):
                    yield f"S60 {name}: {control['id']} stands in {group['id']}"
        for key in ("groups", "controls"):
            ids = [_value(each, "sort-id") for each in lists(data, key)]
            if repeated(ids) or ids != sorted(ids):
                yield f"S61 {name}: the sort-ids of {key} are not each one, in their order"


def _value(holder: dict[str, Any], name: str) -> str:
    """Return the values of a prop, with commas if there are several."""
    return ", ".join(p["value"] for p in holder.get("props", []) if p["name"] == name)


def props(files: Files, guide: Catalog) -> Problems:
    for name, id_, control, entry in catalogs(files, guide):
        wanted = {("label", entry.id), ("since", entry.since)}
        if entry.active:
            wanted |= {("level", str(entry.level)), ("effort", entry.effort)}
            wanted |= {("audience", audience) for audience in entry.audiences}
            wanted |= {("threat", threat) for threat in entry.threats}
            wanted |= {("first", "yes")} if entry.first else set()
        else:
            wanted |= {("status", "withdrawn")}
        found = [(p["name"], p["value"]) for p in control["props"] if p["name"] != "sort-id"]
        if sorted(found) != sorted(wanted) or control["title"] != entry.title:
            yield f"S62 {name}: title and props of {id_} are not those of the YAML file"


def links(files: Files, guide: Catalog) -> Problems:
    inside = {name: set(controls(data)) for name, data in of(files, "catalog").items()}
    for name, id_, control, entry in catalogs(files, guide):
        wanted = {
            (rel, href, fragment)
            for rel, href, fragment in _links(guide, entry)
            if href[1:] in inside[name] or not href.startswith("#dok-")
        }
        found = {(x["rel"], x["href"], x.get("resource-fragment")) for x in control["links"]}
        if found != wanted:
            yield f"S63 {name}: links of {id_}: {sorted(map(str, found ^ wanted))}"


def _links(guide: Catalog, entry: Control) -> Iterator[tuple[str, str, str | None]]:
    yield "canonical", f"{guide.home}controls/{entry.id}/", None
    yield from (("moved-to", f"#{oscal_id(id_)}", None) for id_ in entry.replaced_by)
    if not entry.active:
        return
    yield from (("required", f"#{oscal_id(id_)}", None) for id_ in entry.needs)
    yield from (("related", f"#{oscal_id(other.control)}", None) for other in entry.related)
    yield from (("reference", f"#{guide.reference(id_).uuid}", None) for id_ in entry.references)
    for mapping in entry.mappings:
        framework = guide.framework(mapping.framework)
        yield "reference", f"#{framework.uuid}", entry_id(framework, mapping.target)


def resources(files: Files, guide: Catalog) -> Problems:
    """A source has the addresses of the YAML files, a file that it names is there."""
    known = {each.uuid: each for each in (*guide.frameworks, *guide.references)}
    for name, data in files.items():
        for resource in lists(data, "resources"):
            source = known.get(resource["uuid"])
            if source is None:
                continue
            oscal = [source.oscal] if isinstance(source, Framework) and source.oscal else []
            hrefs = [link["href"] for link in resource.get("rlinks", [])]
            if hrefs != [*oscal, source.url] or "base64" in resource:
                yield f"S64 {name}: resource {resource['uuid']} leads elsewhere than the YAML file"
            if any("hashes" in link for link in resource.get("rlinks", [])):
                yield f"S64 {name}: resource {resource['uuid']} promises a content"


def texts(files: Files, guide: Catalog) -> Problems:
    for name, id_, control, entry in catalogs(files, guide):
        params = {each["id"]: each["values"][0] for each in control.get("params", [])}
        parts = {part["id"]: part for part in lists({"c": control}, "parts") if "id" in part}
        wanted = dict(_texts(entry)) if entry.active else {}
        for part, text in wanted.items():
            if part not in parts or _plain(parts[part].get("prose", ""), params) != _words(text):
                yield f"S65 {name}: {part} says something else than the YAML file"
        asked = {part for part in parts if re.match(r".*_(smt|obj)\.", part)}
        if asked != {part for part in wanted if re.match(r".*_(smt|obj)\.", part)}:
            yield f"S65 {name}: {id_} asks for something else than the YAML file"
        for kind, given in (("asm", "verification"), ("exm", "examples"), ("chk", "checks")):
            found = [part for part in parts if re.fullmatch(rf"{id_}_{kind}\.\d+", part)]
            if entry.active and len(found) != len(getattr(entry, given)):
                yield f"S65 {name}: {id_} has {len(found)} {given}"


def _texts(entry: Control) -> Iterator[tuple[str, str]]:
    yield part_id(entry, "ovw"), entry.summary
    yield part_id(entry, "gdn"), entry.rationale
    yield part_id(entry, "default"), entry.default
    yield part_id(entry, "impact"), entry.impact
    for audience, text in entry.requirement.items():
        for kind in ("smt", "obj"):
            yield part_id(entry, kind, audience), text
            for letter, item in entry.lettered(audience):
                yield part_id(entry, kind, audience, letter), item


def _plain(text: str, params: dict[str, str]) -> str:
    text = INSERT.sub(lambda found: params.get(found[1], "?"), text)
    return _words(re.sub(r"\\([^\w\s])", r"\1", text))


def _words(text: str) -> str:
    # a backslash of the text is one of Markdown, too
    return " ".join(re.sub(r"\\", "", text).split())


_CODE = re.compile(r"^( *)(`{3,})[^\n]*\n.*?^\1\2[ \t]*$|(`+)[^`].*?\3", re.DOTALL | re.MULTILINE)
_ACTIVE = re.compile(r"(?<!\\)<[/!?a-z]|javascript:|data:text", re.IGNORECASE)


def prose_is_inert(files: Files, _guide: Catalog) -> Problems:
    """Nothing that a viewer puts into a page runs there."""
    for name, data in files.items():
        for _, holder in _all(data):
            for key in ("prose", "description", "remarks", "title", "text"):
                text = holder.get(key)
                if isinstance(text, str) and (found := _ACTIVE.search(_CODE.sub("", text))):
                    yield f"S66 {name}: {key} has {found[0]!r} outside code"


def _all(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, list):
        for each in value:
            yield from _all(each)
    elif isinstance(value, dict):
        yield "", value
        for each in value.values():
            yield from _all(each)


def profiles(files: Files, guide: Catalog) -> Problems:
    values = {f"{oscal_id(c.id)}_prm_{p.id}": [p.value] for c in guide.active for p in c.parameters}
    for name, data in of(files, "profile").items():
        modify = data.get("modify", {})
        for each in modify.get("set-parameters", []):
            if each["values"] != values.get(each["param-id"]):
                yield f"S67 {name}: {each['param-id']} has not the value of the YAML file"
        if set(modify) - {"set-parameters"}:
            yield f"S67 {name}: changes controls, which a profile of the guide doesn't"
        if [set(each) for each in data["imports"]] != [{"href", "include-controls"}]:
            yield f"S67 {name}: not one import of controls by their ids"


def mappings(files: Files, guide: Catalog) -> Problems:
    for name, data in of(files, "mapping-collection").items():
        found = {each["target-resource"]["href"]: each for each in data["mappings"]}
        for framework in guide.frameworks:
            pairs = Counter(
                (oscal_id(control.id), entry_id(framework, each.target), each.relationship)
                for control in guide.active
                for each in control.mappings
                if each.framework == framework.id
            )
            mapping = found.pop(framework.oscal or f"#{framework.uuid}", {})
            if Counter(_pairs(mapping)) != pairs:
                yield f"S35 {name}: {framework.id} is not mapped as in the YAML files"
            source = mapping.get("source-resource", {"type": "catalog", "href": "catalog.json"})
            if source != {"type": "catalog", "href": "catalog.json"}:
                yield f"S35 {name}: {source['href']} is not the catalog"
            goals = {goal for _, goal, _ in pairs}
            entries = {
                entry_id(framework, e.id) for e in guide.entries if e.framework == framework.id
            }
            gap = _gap(mapping)
            if goals & set(gap) or repeated(gap) or (gap and set(gap) != entries - goals):
                yield f"S36 {name}: mapped and unmapped of {framework.id} are not all, each once"
        if found:
            yield f"S35 {name}: mapped to {sorted(found)}, no frameworks of the guide"


def _pairs(mapping: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for each in mapping.get("maps", []):
        for source in each["sources"]:
            for target in each["targets"]:
                yield source["id-ref"], target["id-ref"], each["relationship"]


def _gap(mapping: dict[str, Any]) -> list[str]:
    gaps = mapping.get("target-gap-summary", {}).get("unmapped-controls", [])
    patterns = [each["pattern"] for gap in gaps for each in gap.get("matching", [])]
    return patterns + [id_ for gap in gaps for id_ in gap.get("with-ids", [])]


def component_definitions(files: Files, guide: Catalog) -> Problems:
    known = by_id(guide)
    for name, data in of(files, "component-definition").items():
        for each in lists(data, "control-implementations"):
            requirements = each["implemented-requirements"]
            ids = [requirement["control-id"] for requirement in requirements]
            if sorted(ids) != sorted(selected("producer", guide)):
                yield f"S42 {name}: not what is asked of producers, each once"
            for requirement in requirements:
                if entry := known.get(requirement["control-id"]):
                    yield from (f"{m} {name}: {entry.id}" for m in _answers(requirement, entry))


def _answers(requirement: dict[str, Any], entry: Control) -> Problems:
    """Yield what is wrong with an answer: tools show only those right below the statement."""
    statements = [each["statement-id"] for each in requirement["statements"]]
    if statements != [part_id(entry, "smt", "producer")]:
        yield "S43"
    values = [(v["param-id"], v["values"]) for v in requirement.get("set-parameters", [])]
    wanted = [(f"{oscal_id(entry.id)}_prm_{p.id}", [p.value]) for p in entry.parameters]
    if sorted(values) != sorted(wanted):
        yield "S44"


#: The props of an activity that say how something is verified.
_HOW = ("method", "audience", "depth")


def plans(files: Files, guide: Catalog) -> Problems:
    known = by_id(guide)
    for name, data in of(files, "assessment-plan").items():
        stem = name.rpartition("/")[2].removesuffix(".json")
        audiences = {stem} & {"producer", "consumer"} or {"producer", "consumer"}
        reviewed = [
            (each["control-id"], *each["statement-ids"])
            for selection in data["reviewed-controls"]["control-selections"]
            for each in selection["include-controls"]
        ]
        wanted = [
            (id_, *(f"{id_}_smt.{a}" for a in known[id_].audiences if a in audiences))
            for id_ in selected(name, guide)
        ]
        if sorted(reviewed) != sorted(wanted):
            yield f"S70 {name}: reviews something else than the profile selects"
        ways = sorted(
            (f"{known[id_].id} V{number}", way.method.upper(), way.for_, way.depth)
            for id_ in selected(name, guide)
            for number, way in enumerate(known[id_].verification, 1)
            if way.for_ in audiences
        )
        found = sorted(
            (each["title"].partition(":")[0], *(_value(each, name) for name in _HOW))
            for each in data["local-definitions"]["activities"]
        )
        if found != ways:
            yield f"S71 {name}: the activities are not the ways to verify"


def results(files: Files, guide: Catalog) -> Problems:
    for name, data in of(files, "assessment-results").items():
        plan = data["import-ap"]["href"]
        if "assessment-plan" not in files.get(plan.removeprefix(guide.home), {}):
            yield f"S52 {name}: {plan} is no plan of the guide"
        for each in data["results"]:
            yield from (f"{message} in {name}" for message in _result(each, data, guide))


def _result(result: dict[str, Any], data: dict[str, Any], guide: Catalog) -> Problems:
    parties = {party["uuid"] for party in data["metadata"].get("parties", [])}
    seen = {each["uuid"]: each for each in result["observations"]}
    start, end = result["start"], result.get("end", result["start"])
    if end < start or any(not start <= each["collected"] <= end for each in seen.values()):
        yield "S53 collected before the start, or after the end"
    for each in (*seen.values(), *result.get("findings", [])):
        if not {o["actor-uuid"] for o in lists(each, "actors")} <= parties:
            yield "S54 somebody whom nobody names"
    for each in seen.values():
        if not set(each["methods"]) <= METHODS:
            yield f"S55 method {each['methods']}"
    judged = {uuid for uuid, each in seen.items() if _value(each, "verdict") in STATES}
    linked = [
        link["observation-uuid"]
        for each in result.get("findings", [])
        for link in each["related-observations"]
    ]
    if sorted(linked) != sorted(judged):
        yield "S56 a verdict without a finding, or with two"
    if repeated(each["target"]["target-id"] for each in result.get("findings", [])):
        yield "S56 an objective with two findings"
    included, excluded = (set(_selected(result, key)) for key in ("include", "exclude"))
    if excluded - included:
        yield "S57 something is excluded that was not in scope"
    for each in result.get("findings", []):
        for link in each["related-observations"]:
            observation = seen.get(link["observation-uuid"])
            if observation:
                yield from _finding(each, observation, included - excluded, guide)


def _selected(result: dict[str, Any], side: str) -> Iterator[str]:
    for selection in result["reviewed-controls"]["control-selections"]:
        for each in selection.get(f"{side}-controls", []):
            yield from each["statement-ids"]


def _finding(
    finding: dict[str, Any], observation: dict[str, Any], scope: set[str], guide: Catalog
) -> Problems:
    verdict, audience = _value(observation, "verdict"), _value(observation, "audience")
    status = finding["target"]["status"]
    if (status["state"], status.get("reason")) != STATES.get(verdict):
        yield f"S58 {finding['title']}: {status} for {verdict}"
    id_ = finding["title"].partition(" ")[0]
    names = {finding["title"], observation["title"], f"{id_} ({audience}): {verdict}"}
    target = finding["target"]["target-id"]
    known = {control.id for control in guide.active}
    if len(names) > 1 or id_ not in known or target != f"{oscal_id(id_)}_obj.{audience}":
        yield f"S59 {finding['title']} speaks of {observation['title']} and of {target}"
    elif target.replace("_obj.", "_smt.") not in scope:
        yield f"S57 {finding['title']} was not in scope"


def metadata(files: Files, guide: Catalog) -> Problems:
    """The lowest version is taken by most tools; addresses are those at which a file is found."""
    for name, data in files.items():
        model, content = next((k, v) for k, v in data.items() if not k.startswith("$"))
        head = content["metadata"]
        wanted = "1.2.1" if model == "mapping-collection" else "1.1.0"
        if head["oscal-version"] != wanted:
            yield f"S18 {name}: oscal-version {head['oscal-version']}, which it doesn't need"
        if model == "assessment-results":
            continue
        found = {link["rel"]: link["href"] for link in head["links"]}
        addresses = {"canonical": guide.home + name, "latest-version": guide.base_url + name}
        if {rel: found.get(rel) for rel in addresses} != addresses:
            yield f"S19 {name}: found elsewhere than its links say"
        if {each["scheme"] for each in head["document-ids"]} != {namespace(guide)}:
            yield f"S19 {name}: an id of somebody else"


CHECKS = (
    groups, props, links, resources, texts, prose_is_inert, profiles, mappings,
    component_definitions, plans, results, metadata,
)  # fmt: skip
