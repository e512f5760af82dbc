"""OSCAL (Open Security Controls Assessment Language, NIST): files that its tools take."""

from typing import Any

from dok_guide.data import to_bytes
from dok_guide.exporters.oscal.as_yaml import to_yaml
from dok_guide.exporters.oscal.catalog import catalog as catalog_of
from dok_guide.exporters.oscal.component import AUDIENCE, component_definition
from dok_guide.exporters.oscal.control import control
from dok_guide.exporters.oscal.mapping import mapping_collection
from dok_guide.exporters.oscal.plan import plan
from dok_guide.exporters.oscal.profiles import profile, selections
from dok_guide.exporters.oscal.resolved import resolved
from dok_guide.model import AUDIENCES, LEVELS, Catalog

TITLE = "OSCAL"
DESCRIPTION = (
    "For compliance tools: catalog, profiles by level and audience, mappings to frameworks, "
    "assessment plans, a component definition to fill in."
)
MAIN = (
    "oscal/catalog.json",
    "oscal/catalog.yaml",
    *(f"oscal/level-{level}.json" for level in LEVELS),
    *(f"oscal/{audience}.json" for audience in AUDIENCES),
    "oscal/mapping.json",
    "oscal/component-definition.json",
)


def render(catalog: Catalog) -> dict[str, bytes]:
    """Return the documents as JSON, the catalog as YAML, too."""
    found = documents(catalog)
    files = {name: to_bytes(data) for name, data in found.items()}
    return files | {"oscal/catalog.yaml": to_yaml(found["oscal/catalog.json"])}


def documents(catalog: Catalog) -> dict[str, dict[str, Any]]:
    """Return the documents by their paths below the site's address."""
    made = {entry.id: control(catalog, entry) for entry in catalog.controls}
    found = {"catalog": catalog_of(catalog, made)}
    for selection in selections(catalog):
        found[selection.name] = profile(catalog, selection)
        found[f"resolved/{selection.name}"] = resolved(catalog, selection, made)
        found[f"plans/{selection.name}"] = plan(catalog, selection)
        if selection.name == AUDIENCE:
            found["component-definition"] = component_definition(catalog, selection)
    if any(entry.mappings for entry in catalog.active):
        found["mapping"] = mapping_collection(catalog)
    return {f"oscal/{name}.json": data for name, data in found.items()}
