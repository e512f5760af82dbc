"""What Helm has made: known by its labels, or by the comment before a rendered template."""

import re
from dataclasses import replace

from dok_guide.engine.objects import Object, mapping, text

#: The label that Helm's own conventions ask for.
CHART = "helm.sh/chart"
HOOK = "helm.sh/hook"
#: `helm template` writes it before each document; a file of `crds/` is never deleted, so no match.
_SOURCE = re.compile(r"^# Source: ([^/\s]+)/(?:\S+/)?templates/", re.MULTILINE)
_OLD_MAKERS = ("Helm", "Tiller")


def with_chart(obj: Object, document: str) -> Object:
    """Return an object labeled with its chart, if the text of its document or an old label tells.

    `document` is the text with the comments before the data.
    """
    found = _SOURCE.search(document)
    labels = mapping(obj.data, "metadata", "labels")
    chart = found[1] if found else ""
    if not chart and text(labels, "heritage") in _OLD_MAKERS:
        chart = text(labels, "chart") or text(labels, "release")
    if not chart or not isinstance(obj.data.get("metadata"), dict):
        return obj
    metadata = obj.data["metadata"] | {"labels": {CHART: chart} | labels}
    return replace(obj, data=obj.data | {"metadata": metadata}, chart=chart)
