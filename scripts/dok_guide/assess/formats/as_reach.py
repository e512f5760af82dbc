"""What an operator's account may do, to read or for other tools."""

from collections.abc import Iterator
from typing import Any

from dok_guide.assess.formats.as_json import gap_data
from dok_guide.assess.formats.lines import lined
from dok_guide.assess.formats.terminal import BOLD, RED, Line, shown
from dok_guide.assess.gaps import Gap
from dok_guide.assess.install import Install
from dok_guide.assess.reach import accounts_of, reach_of
from dok_guide.data import to_data
from dok_guide.operators import Reach
from dok_guide.render import render_template
from dok_guide.texts import spaces

SCHEMA_VERSION = "1.0"
#: How many accounts an assessment names.
MOST = 10


def to_text(reach: tuple[Reach, ...], gaps: list[Gap], catalog: str) -> Iterator[str]:
    """Yield what accounts may do for the terminal, with what was not seen."""
    del catalog
    return shown(render_template("reach.txt", reach=reach, gaps=gaps))


def to_markdown(reach: tuple[Reach, ...], gaps: list[Gap], catalog: str) -> Iterator[str]:
    """Yield what accounts may do as Markdown, with what was not seen."""
    del catalog
    return shown(render_template("reach.md", reach=reach, gaps=gaps))


def to_json(reach: tuple[Reach, ...], gaps: list[Gap], catalog: str) -> Iterator[str]:
    """Yield what accounts may do as JSON, in the shape of `reach.schema.json`."""
    missing = any(each.missing for each in reach)
    data: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "catalog": catalog,
        "complete": bool(reach) and not gaps and not missing,
    }
    return lined(data, {"gaps": map(gap_data, gaps), "accounts": map(to_data, reach)})


FORMATS = {"text": to_text, "markdown": to_markdown, "json": to_json}


def short(install: Install) -> Iterator[Line]:
    """Yield some lines for an assessment; none if no account is the operator's."""
    count = len(accounts_of(install))
    if count:
        yield Line()
        yield Line("WHOEVER TAKES OVER THE OPERATOR'S POD", 0, BOLD)
    for account in reach_of(install, MOST):
        whole = ": can take over the whole cluster" if account.cluster else ""
        yield Line(f"{account.account}{whole}", style=RED if whole else "")
        for sentence in _short(account):
            yield Line(sentence, 1)
    if count:
        more = f"{count - MOST} more accounts; " if count > MOST else ""
        yield Line(f"{more}dok-guide reach says by which rules")


def short_markdown(install: Install) -> str:
    """Return the same as Markdown."""
    reach, more = reach_of(install, MOST), len(accounts_of(install)) - MOST
    return render_template("reach_short.md", reach=reach, more=more, short=_short) if reach else ""


def _short(reach: Reach) -> Iterator[str]:
    """Yield one sentence for each place, and one for what is not known."""
    for where, powers in reach.places.items():
        named = (p.does + (f" ({', '.join(p.names)})" if p.names else "") for p in powers)
        yield f"in {spaces(where)}: {'; '.join(named)}"
    if not reach.powers:
        yield "nothing that an attacker would look for"
    for role in reach.missing:
        yield f"not known: what {role} grants, which is bound to it and not in the input"
