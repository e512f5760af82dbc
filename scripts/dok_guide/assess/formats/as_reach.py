"""What an operator's account may do, to read or for other tools."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from dok_guide.assess.findings import Assessment
from dok_guide.assess.formats.as_json import gap_data
from dok_guide.assess.formats.lines import lined
from dok_guide.assess.formats.terminal import BOLD, RED, Line, shown
from dok_guide.assess.gaps import Gap
from dok_guide.assess.install import Install
from dok_guide.assess.reach import accounts_of, reach_of
from dok_guide.assess.rights import EVERYWHERE
from dok_guide.data import to_data
from dok_guide.operators import Power, Reach
from dok_guide.render import render_template
from dok_guide.texts import spaces

SCHEMA_VERSION = "1.0"
#: How many accounts an assessment names.
MOST = 10
HEADING = "WHOEVER TAKES OVER THE OPERATOR'S POD"
#: The control that a reader expects to fail where an account can take over the whole cluster.
_ADMIN = "KSI-1"
_OPEN = (
    f"{_ADMIN} has no finding all the same: it asks for no cluster-admin in any variant, and for "
    "one variant that needs a single namespace; KSI-8 is about these rights"
)


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


def headline(install: Install) -> str:
    """Return the gravest that an account of the operator may do, nothing without an account."""
    reach, count = reach_of(install, MOST), len(accounts_of(install))
    if not reach:
        return ""
    whole = sum(bool(each.cluster) for each in reach)
    some = "at least " if count > MOST else ""
    how_many = f" ({some}{whole} of {count} accounts)" if whole and count > 1 else ""
    return f"the operator's pod: {verdict(min(reach, key=_harm))}{how_many}; see {HEADING}"


def verdict(reach: Reach) -> str:
    """Return the gravest that an account may do, and the gravest in the whole cluster."""
    if reach.cluster:
        return "can take over the whole cluster"
    wide = (power for power in reach.powers if EVERYWHERE in power.where)
    gravest = dict.fromkeys((*reach.powers[:1], *islice(wide, 1)))
    said = "; ".join(f"{_named(power)} in {spaces(power.where)}" for power in gravest)
    unknown = "what a role grants that is not in the input is not known" * bool(reach.missing)
    may = f"may {said}" * bool(said)
    return "; ".join(filter(None, (may, unknown))) or "nothing that an attacker would look for"


def _harm(reach: Reach) -> tuple[bool, ...]:
    """Return a key by which the worst account comes first."""
    wide = any(EVERYWHERE in power.where for power in reach.powers)
    return not reach.cluster, not wide, not reach.powers, not reach.missing


def short(install: Install) -> Iterator[Line]:
    """Yield some lines for an assessment; none if no account is the operator's."""
    count = len(accounts_of(install))
    if count:
        yield Line()
        yield Line(HEADING, 0, BOLD)
    for account in reach_of(install, MOST):
        yield Line(f"{account.title}: {verdict(account)}", style=RED if account.cluster else "")
        for sentence in _short(account):
            yield Line(sentence, 1)
    if count:
        more = f"{count - MOST} more accounts; " if count > MOST else ""
        yield Line(f"{more}dok-guide reach says by which rules")


def short_markdown(install: Install) -> str:
    """Return the same as Markdown."""
    reach, more = reach_of(install, MOST), len(accounts_of(install)) - MOST
    values = {"reach": reach, "more": more, "short": _short, "verdict": verdict}
    return render_template("reach_short.md", **values) if reach else ""


def why_open(found: Assessment) -> str:
    """Return why no control about administrators fails though an account is as strong as one."""
    asked = [each for each in found.verdicts if each.control.id == _ADMIN]
    strong = any(each.cluster for each in reach_of(found.install, MOST))
    return _OPEN if strong and asked and not any(each.counts for each in asked) else ""


def _short(reach: Reach) -> Iterator[str]:
    """Yield one sentence for each place, and one for what is not known."""
    for where, powers in reach.places.items():
        yield f"in {spaces(where)}: {'; '.join(map(_named, powers))}"
    for role in reach.missing:
        yield f"not known: what {role} grants, which is bound to it and not in the input"


def _named(power: Power) -> str:
    return power.does + (f" ({', '.join(power.names)})" if power.names else "")
