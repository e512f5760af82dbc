"""The command `dok-guide policies`: the settings of operators for the API server."""

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from dok_guide.assess.exceptions import Exemption, read_exceptions
from dok_guide.commands import Commands, UsageError, counted
from dok_guide.exporters.policies import manifest
from dok_guide.model import Catalog
from dok_guide.operators import Operator
from dok_guide.policies.exempting import Exempt, expired, notes, usable
from dok_guide.policies.policy import DEFAULT, Policy, policies
from dok_guide.policies.selection import unenforced
from dok_guide.published import published_catalog
from dok_guide.source import CatalogError

#: Namespace and name of a service account.
_ACCOUNT = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?/[a-z0-9]([-.a-z0-9]*[a-z0-9])?")


def add(commands: Commands) -> None:
    """Add the command to those of `dok-guide`."""
    parser = commands.add_parser(
        "policies",
        help="print admission policies for operators' custom resources",
        description="Print ValidatingAdmissionPolicies with their bindings as YAML. "
        "dok-guide policies --operator cloudnative-pg --level 1 | kubectl apply -f -",
    )
    parser.add_argument(
        "--operator", action="append", metavar="ID", help="only for this one; may be repeated"
    )
    parser.add_argument("--level", type=int, metavar="LEVEL", help="only controls up to this level")
    parser.add_argument(
        "--control", action="append", metavar="ID", help="only this control; may be repeated"
    )
    parser.add_argument(
        "--action", action="append", choices=("Warn", "Audit", "Deny"),
        help="what a binding does; may be repeated (default: Warn and Audit). Deny holds in "
        "namespaces with the label that the page Enforce it names",
    )  # fmt: skip
    parser.add_argument(
        "--operator-version", type=_version, metavar="VERSION",
        help="the operator's release (default: what holds in all that the guide looked at)",
    )  # fmt: skip
    parser.add_argument(
        "--operator-account", action="append", type=_account, metavar="NAMESPACE/NAME", default=[],
        help="the operator's service account, which no policy is about; Deny needs it",
    )  # fmt: skip
    parser.add_argument(
        "--exceptions", type=Path, metavar="FILE", help="what is accepted, the file of `assess`"
    )
    parser.add_argument(
        "--date", type=date.fromisoformat, metavar="DAY",
        help="the day on which exceptions must not have expired (default: today)",
    )  # fmt: skip
    parser.set_defaults(run=run)


def _version(word: str) -> str:
    if not re.fullmatch(r"v?[0-9]+(\.[0-9]+)*", word):
        raise argparse.ArgumentTypeError(f"{word!r} is no version such as 1.30.0")
    return word.removeprefix("v")


def _account(word: str) -> str:
    if not _ACCOUNT.fullmatch(word):
        raise argparse.ArgumentTypeError(f"{word!r} is not NAMESPACE/NAME of a service account")
    return word


def run(options: argparse.Namespace) -> int:
    """Print the policies; say on standard error how many they are, and what is none."""
    try:
        catalog = published_catalog(options.controls)
        exceptions = read_exceptions(options.exceptions) if options.exceptions else ()
    except CatalogError as error:
        raise UsageError(str(error)) from None
    _refuse_expired(exceptions, options.date or datetime.now(tz=UTC).date())
    operators = [*_operators(catalog, options)]
    _refuse(catalog, options, operators)
    exempt = Exempt(tuple(options.operator_account), usable(exceptions))
    found = [*_chosen(catalog, operators, options, exempt)]
    if not found:
        raise UsageError("there is no policy for that; the page Enforce it says why")
    sys.stdout.flush()
    sys.stdout.buffer.write(manifest(found, options.action or DEFAULT))
    for note in [*notes(exceptions), *_notes(operators, options.operator_version)]:
        print(note, file=sys.stderr)
    print(f"{len(found)} {'policy' if len(found) == 1 else 'policies'}", file=sys.stderr)
    return 0


def _operators(catalog: Catalog, options: argparse.Namespace) -> Iterator[Operator]:
    """Yield the operators that are meant; raise UsageError if one is unknown."""
    known = {operator.id: operator for operator in catalog.operators}
    if unknown := sorted({*(options.operator or ())} - {*known}):
        raise UsageError(f"no operator {', '.join(unknown)}; there are {', '.join(known)}")
    yield from (each for id_, each in known.items() if id_ in (options.operator or known))


def _refuse(catalog: Catalog, options: argparse.Namespace, operators: list[Operator]) -> None:
    """Raise UsageError for options that don't go together, or name what isn't there."""
    known = {control.id for control in catalog.active}
    if unknown := sorted({*(options.control or ())} - known):
        raise UsageError(f"no control {', '.join(unknown)}; the index of the guide lists them")
    if options.level is not None and options.level not in [each.id for each in catalog.levels]:
        raise UsageError(f"{options.level} is no level")
    if options.operator_version and len(operators) != 1:
        raise UsageError("--operator-version is of one operator; name it with --operator")
    if "Deny" in (options.action or ()) and not options.operator_account:
        raise UsageError(
            "--action Deny needs --operator-account NAMESPACE/NAME: "
            "resources that an operator makes itself must not be refused"
        )


def _refuse_expired(exceptions: tuple[Exemption, ...], day: date) -> None:
    over = [f"{each.check or each.gap} ({each.object})" for each in expired(exceptions, day)]
    if over:
        raise UsageError(
            f"the end has passed of {counted(len(over), 'exception')}: {', '.join(over)}; "
            "renew or remove them"
        )


def _chosen(
    catalog: Catalog, operators: list[Operator], options: argparse.Namespace, exempt: Exempt
) -> Iterator[Policy]:
    wanted = options.control
    for operator in operators:
        found = policies(
            catalog, operator, level=options.level, release=options.operator_version, exempt=exempt
        )
        for policy in found:
            if not wanted or any(each.control in wanted for each in policy.setting.controls):
                yield policy


def _notes(operators: list[Operator], release: str | None) -> Iterator[str]:
    """Yield what custom resources set and no policy is about, and a release that is unknown."""
    for operator in operators:
        looked = [each.version for each in operator.releases]
        if release and release not in looked:
            yield f"{operator.title} {release} was not looked at, but {', '.join(looked)} were"
        for setting, reason in unenforced(operator, release):
            if setting.variants:
                yield f"no policy for {setting.id}: {' '.join(reason.split())}"
