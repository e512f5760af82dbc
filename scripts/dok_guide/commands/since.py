"""What `dok-guide assess --since` prints."""

from dok_guide.assess.findings import Assessment
from dok_guide.assess.since.formats import FORMATS
from dok_guide.assess.since.upgrade import Upgrade, upgrade
from dok_guide.commands import UsageError, print_utf8


def compared(old: Assessment, new: Assessment, form: str) -> Upgrade:
    """Print what an upgrade changes and return it; raise UsageError for a format without one."""
    if form not in FORMATS:
        raise UsageError(f"--since has no format {form}; use {', '.join(FORMATS)}")
    found = upgrade(old, new)
    print_utf8(FORMATS[form](found))
    return found
