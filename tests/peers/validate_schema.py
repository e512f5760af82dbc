"""Run by the peers' Python: validate documents with NIST's own JSON Schema, by jsonschema-rs.

The first argument is the schema, the others are documents. Prints what is wrong with each.
"""

import json
import sys
from pathlib import Path

import jsonschema_rs


def read(path: str) -> object:
    return json.loads(Path(path).read_text(encoding="utf-8"))


schema, *paths = sys.argv[1:]
validator = jsonschema_rs.Draft7Validator(read(schema), validate_formats=True)
faults = {p: [str(error)[:300] for error in validator.iter_errors(read(p))] for p in paths}
print(json.dumps(faults))
