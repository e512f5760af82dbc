"""What `assess` finds in the install of an operator, as `assessment.json` keeps it."""

import hashlib
import re
from pathlib import Path

from dok_guide.assess.assessment import assess
from dok_guide.assess.findings import MET
from dok_guide.assess.reading import read_input
from dok_guide.data import to_bytes, to_data
from dok_guide.model import Catalog
from dok_guide.operators import Found, Half, Operator, OperatorAssessment

#: Where a command goes on in the next line.
_CONTINUED = re.compile(r"\s*\\\n\s*")


def assessed(catalog: Catalog, operator: Operator, path: str) -> bytes:
    """Return the content of `assessment.json` for the install in a file.

    What was found, what was met and what accounts may do are kept, so that the same input gives the
    same bytes; a gap is no finding. Raises ValueError if the file holds no object.
    """
    given = read_input([path])
    if not given.objects:
        raise ValueError(
            f"{path} holds no object; write what this prints into it: {printing(operator)}"
        )
    found = assess(catalog, given, catalog.active)
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    result = OperatorAssessment(
        release=operator.releases[0].version,
        guide=catalog.version,
        command=f"{printing(operator)} | dok-guide assess -",
        sha256=digest,
        objects=len(given.objects),
        met=tuple(
            Half(control=verdict.control.id, audience=verdict.audience)
            for verdict in found.verdicts
            if verdict.status == MET
        ),
        findings=tuple(
            Found(
                control=finding.control.id,
                audience=finding.check.for_,
                check=finding.check.id,
                object=finding.obj.title,
                path=finding.path,
                message=finding.message,
            )
            for finding in found.findings
            if not finding.undecided
        ),
        reach=found.reach,
    )
    return to_bytes(to_data(result))


def printing(operator: Operator) -> str:
    """Return one line of shell that prints the whole install, whatever reads it.

    Several commands are grouped, or a pipe behind them would read the last one alone.
    """
    commands = _CONTINUED.sub(" ", operator.install.strip()).splitlines()
    line = " && ".join(commands)
    return f"{{ {line}; }}" if len(commands) > 1 else line
