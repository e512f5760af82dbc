"""What an administrator leaves out of a policy: accounts of operators, and accepted findings."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dok_guide.admission import MatchCondition
from dok_guide.assess.exceptions import Exemption
from dok_guide.operators import Setting

#: What `fnmatch` knows besides plain characters.
_WILD = re.compile(r"[*?\[]")


@dataclass(frozen=True)
class Exempt:
    """Who and what no policy is about.

    `accounts` are the operators' own, as `namespace/name`.
    """

    accounts: tuple[str, ...] = ()
    exceptions: tuple[Exemption, ...] = ()

    def conditions(self, setting: Setting) -> Iterator[MatchCondition]:
        """Yield what must be true for a request to be judged."""
        if self.accounts:
            names = [f"system:serviceaccount:{each.replace('/', ':')}" for each in self.accounts]
            listed = ", ".join(f"'{name}'" for name in names)
            expression = f"!(request.userInfo.username in [{listed}])"
            yield MatchCondition(name="not-the-operator", expression=expression)
        if accepted := self._accepted(setting):
            expression = "!(" + " &&\n".join(accepted) + ")"
            yield MatchCondition(name="not-accepted", expression=expression)

    def _accepted(self, setting: Setting) -> list[str]:
        """Return in CEL what accepts the finding for each control of a setting; none if some lack.

        A setting is one policy, and a finding for each of its controls.
        """
        found: dict[str, None] = {}
        for covered in setting.controls:
            fitting = [e for e in self.exceptions if e.check in (setting.id, covered.control)]
            if not (shown := [s for e in fitting for s in _object(setting, e.object)]):
                return []
            found["(" + " || ".join(dict.fromkeys(shown)) + ")"] = None
        return [*found]

    def record(self, setting: Setting) -> str:
        """Return a line for each exception that is in the conditions, with reason and last day."""
        if not self._accepted(setting):
            return ""
        names = {setting.id, *(covered.control for covered in setting.controls)}
        mine = [e for e in self.exceptions if e.check in names and [*_object(setting, e.object)]]
        return "\n".join(f"{e.object}, until {e.expires}: {e.reason.strip()}" for e in mine)


def _object(setting: Setting, title: str) -> Iterator[str]:
    """Yield a condition in CEL on name and namespace, if a title can mean a resource at all."""
    if _WILD.search(title):
        whole = f"'{setting.kind} ' + request.namespace + '/' + request.name"
        yield f"({whole}).matches('{_pattern(title)}')"
        return
    kind, _, rest = title.partition(" ")
    namespace, _, name = rest.partition("/")
    if kind == setting.kind and name:
        yield f"request.namespace == '{namespace}' && request.name == '{name}'"


def _pattern(title: str) -> str:
    """Return the regular expression of a title with `*` and `?`, within quotes of CEL."""
    wild = {"*": ".*", "?": "."}
    parts = [wild.get(each) or re.escape(each) for each in title]
    return ("^" + "".join(parts) + "$").replace("\\", "\\\\").replace("'", "\\'")


def usable(exceptions: Iterable[Exemption]) -> tuple[Exemption, ...]:
    """Return the exceptions about checks on whole objects, which alone a policy can make."""
    return tuple(each for each in exceptions if each.check and each.path == "*")


def notes(exceptions: Iterable[Exemption]) -> Iterator[str]:
    """Yield why an exception is not in the policies."""
    for each in exceptions:
        name = f"the exception for {each.check} ({each.object})"
        if each.check and each.path != "*":
            yield f"{name} is left out: it names a path, and a policy judges whole objects"
        elif each.check and not _WILD.search(each.object) and "/" not in each.object:
            yield f"{name} is left out: it names no namespace"


def expired(exceptions: Iterable[Exemption], day: date) -> list[Exemption]:
    """Return those that no longer hold on a day."""
    return [each for each in exceptions if date.fromisoformat(each.expires) < day]
