"""The hardened resources of each operator as a manifest, the very file that is checked."""

from dok_guide.model import Catalog

TITLE = "Hardened resources"
DESCRIPTION = "A whole installation for each operator, linked from the operator's page."
#: Which there are depends on the catalog: pages of operators link to them.
MAIN = ()


def render(catalog: Catalog) -> dict[str, bytes]:
    """Return a manifest for each operator."""
    return {
        f"downloads/operators/{each.id}-hardened.yaml": each.hardened.encode()
        for each in catalog.operators
    }
