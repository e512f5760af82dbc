"""What the settings of known operators, and general signs of others, add to an assessment."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from dok_guide.assess.companions import without_companion
from dok_guide.assess.custom_resources import CustomResources, Judgment
from dok_guide.assess.findings import Finding
from dok_guide.assess.given import Input
from dok_guide.assess.groups import is_foreign
from dok_guide.assess.signs import signs
from dok_guide.assess.spots import Trace
from dok_guide.engine.objects import Object
from dok_guide.engine.resources import CRD
from dok_guide.model import Catalog, Check

#: What a sign is reported as: it looks at nothing that a policy could name, and never decides.
GUESS = Check(
    id="guess", for_="consumer", covers=(), target="database", scope="object", match=(),
    validations=(),
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """The findings on custom resources by control, and the objects that a setting meant."""

    findings: dict[str, list[Finding]] = field(default_factory=dict)
    controls: set[str] = field(default_factory=set)
    judged: set[Object] = field(default_factory=set)

    def of(self, control: str, audience: str) -> tuple[Finding, ...]:
        """Return what was found about a control; settings are what consumers set."""
        return tuple(self.findings.get(control, ())) if audience == "consumer" else ()

    def mean(self, control: str, audience: str) -> bool:
        """Whether a setting or a sign had something to say about a control."""
        return audience == "consumer" and control in self.controls


def judge_settings(
    catalog: Catalog, resources: CustomResources, objects: Collection[Object], given: Input
) -> Settings:
    """Judge the custom resources among objects, those of unknown operators by signs."""
    found = Settings()
    for obj in objects:
        if resources.operator_of(obj):
            _judge(catalog, resources, obj, given, found)
        elif is_foreign(obj.group) and obj.kind != CRD:
            for finding in _guesses(catalog, obj, given):
                found.findings.setdefault(finding.control.id, []).append(finding)
                found.controls.add(finding.control.id)
    for judgment in without_companion(resources, objects):
        _add(catalog, judgment, given, found)
    return found


def _judge(
    catalog: Catalog, resources: CustomResources, obj: Object, given: Input, found: Settings
) -> None:
    meant, judgments = resources.judge(obj)
    if meant:
        found.judged.add(obj)
    for setting in meant:
        found.controls.update(covered.control for covered in setting.controls)
    for judgment in judgments:
        _add(catalog, judgment, given, found)


def _add(catalog: Catalog, judgment: Judgment, given: Input, found: Settings) -> None:
    where, place = judgment.obj.locate(judgment.place)
    trace = Trace(given, judgment.obj, judgment.place, judgment.message)
    page = f"{catalog.base_url}operators/{judgment.operator.id}/#{judgment.setting.id}"
    for covered in judgment.setting.controls:
        control = catalog.control(covered.control)
        finding = Finding(
            control, judgment.check, where, place, judgment.message, trace,
            undecided=judgment.undecided, example=page,
        )  # fmt: skip
        found.findings.setdefault(control.id, []).append(finding)
        found.controls.add(control.id)


def _guesses(catalog: Catalog, obj: Object, given: Input) -> Iterator[Finding]:
    known = {control.id: control for control in catalog.active}
    for sign in signs(obj):
        if sign.control in known:
            where, place = obj.locate(sign.place)
            trace = Trace(given, obj, sign.place, sign.message, known=True)
            control = known[sign.control]
            yield Finding(control, GUESS, where, place, sign.message, trace, undecided=True)
