"""Run by the peers' Python: read YAML files with ruamel.yaml, a reader of YAML 1.2, print JSON."""

import json
import sys
from pathlib import Path

from ruamel.yaml import YAML

found = {path: YAML(typ="safe", pure=True).load(Path(path)) for path in sys.argv[1:]}
print(json.dumps(found, default=repr))
