"""Run by the peers' Python: validate documents and resolve profiles with PyPI's `oscal`.

Prints, for each file, the findings of validation and the ids of the controls of a resolved profile.
"""

import json
import sys

from oscal import OSCAL
from oscal.oscal_controls import ResolutionStatus

found = {}
for path in sys.argv[1:]:
    content = OSCAL.load(path)
    entry = {"valid": bool(content and content.is_valid)}
    if hasattr(content, "resolve"):
        entry["resolved"] = content.resolve() == ResolutionStatus.RESOLVED
        entry["catalog"] = json.loads(content.dumps_catalog(format="json"))
    found[path] = entry
print(json.dumps(found))
