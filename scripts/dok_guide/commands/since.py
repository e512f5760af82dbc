"""What `dok-guide assess --since` prints."""

from pathlib import Path

from dok_guide.assess.findings import Assessment
from dok_guide.assess.since.formats import FORMATS
from dok_guide.assess.since.upgrade import Upgrade, upgrade
from dok_guide.commands import UsageError
from dok_guide.commands.output import write


def compared(old: Assessment, new: Assessment, form: str, path: Path | None) -> Upgrade:
    """Write what an upgrade changes and return it; raise UsageError for a format without one."""
    if form not in FORMATS:
        raise UsageError(f"--since has no format {form}; use {', '.join(FORMATS)}")
    found = upgrade(old, new)
    write(FORMATS[form](found), path)
    return found
