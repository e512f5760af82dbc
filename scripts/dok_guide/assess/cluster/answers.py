"""What a collected cluster answers of the quick verifications that consumers make."""

from collections.abc import Iterable
from dataclasses import dataclass

from dok_guide.assess.cluster.access import Access
from dok_guide.assess.cluster.collected import ANYTHING, Collection
from dok_guide.assess.cluster.questions import QUESTIONS, Cluster, Question
from dok_guide.assess.gaps import NOT_COLLECTED
from dok_guide.assess.given import Input
from dok_guide.assess.install import Install
from dok_guide.model import Catalog, Control, Verification


@dataclass(frozen=True)
class Answer:
    """What the cluster answers to a quick verification.

    `compare`: its lines are to be read or compared with a record; otherwise each speaks against it.
    `unknown` says why there is no answer.
    """

    control: Control
    way: Verification
    lines: tuple[str, ...]
    compare: bool
    unknown: str = ""


def quick(catalog: Catalog, level: int = 1) -> list[tuple[Control, Verification]]:
    """Return the quick verifications of consumers, up to a level."""
    return [
        (control, way)
        for control in catalog.active
        if control.level <= level
        for way in control.verification
        if way.for_ == "consumer" and way.depth == "quick"
    ]


def answers(
    catalog: Catalog, given: Input, collection: Collection, install: Install
) -> tuple[Answer, ...]:
    """Return what a cluster answers, in the order of the catalog.

    What was not collected is no answer.
    """
    cluster = Cluster(collection, install, Access(install.objects, install.links))
    lost = {name for gap in given.gaps if gap.kind == NOT_COLLECTED for name in gap.resources}
    result = []
    for control, way in quick(catalog):
        if question := QUESTIONS.get(control.id):
            unknown = _unknown(question, cluster, lost)
            lines = () if unknown else tuple(dict.fromkeys(question.make(cluster)))
            result.append(Answer(control, way, lines, question.compare, unknown))
    return tuple(result)


def _unknown(question: Question, cluster: Cluster, lost: set[str]) -> str:
    """Return why a question has no answer, nothing if it has one."""
    needs = set(question.needs)
    if ANYTHING in needs:
        needs |= {kind.partition(".")[0] for kind in cluster.collection.kinds}
    if ANYTHING in lost:
        return "the script did not come to its end"
    if missing := sorted(needs & lost):
        return f"not all was collected: {', '.join(missing)}"
    if question.operator and not cluster.install.pods:
        return "no workload is known as the operator's"
    return ""


def minutes(catalog: Catalog, known: Iterable[Answer]) -> tuple[int, int]:
    """Return the minutes of the quick review of consumers that are left, and those of all of it."""
    done = {answer.control.id for answer in known if not answer.unknown}
    every = quick(catalog)
    return (
        sum(way.minutes for control, way in every if control.id not in done),
        sum(way.minutes for _, way in every),
    )
