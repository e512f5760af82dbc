"""What two installs differ in, fact by fact."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dok_guide.assess.since.identity import versionless

#: What a change is about, in the order in which people ask.
REACH, RIGHTS, WEBHOOKS = "reach", "rights", "webhooks"
WORKLOADS, SERVICES, DEFINITIONS = "workloads", "services", "definitions"
AREAS = (REACH, RIGHTS, WEBHOOKS, WORKLOADS, SERVICES, DEFINITIONS)
GAINED, LOST, CHANGED = "gained", "lost", "changed"
#: By what it is about, what is known of it, by a word for it.
Facts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something that was gained, lost, or changed from `old` to `new`."""

    area: str
    how: str
    subject: str
    old: str = ""
    new: str = ""


def differences(area: str, old: Facts, new: Facts) -> Iterator[Change]:
    """Yield what differs; names that differ in a version alone are the same."""
    before = {versionless(subject): subject for subject in old}
    after = {versionless(subject): subject for subject in new}
    for key, subject in after.items():
        if key not in before:
            yield Change(area=area, how=GAINED, subject=subject, new=_shown(new[subject]))
        else:
            yield from _changed(area, subject, old[before[key]], new[subject])
    for key, subject in before.items():
        if key not in after:
            yield Change(area=area, how=LOST, subject=subject, old=_shown(old[subject]))


def _changed(
    area: str, subject: str, old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[Change]:
    for what in dict.fromkeys((*new, *old)):
        was, is_ = old.get(what, ""), new.get(what, "")
        if was != is_:
            about = f"{subject}, {what}" if what else subject
            yield Change(area=area, how=CHANGED, subject=about, old=was, new=is_)


def _shown(facts: Mapping[str, str]) -> str:
    named = (f"{what} {value}" if what else value for what, value in facts.items() if value)
    return "; ".join(named)
