"""What a person wants to see of an assessment."""

from dataclasses import dataclass


@dataclass(frozen=True)
class View:
    """How much is shown: every place, whose each workload is; and whether in color."""

    verbose: bool = False
    explain: bool = False
    color: bool = False


#: What is shown unless somebody asks for something else.
USUAL = View()
