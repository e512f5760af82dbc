"""What an input shows of an operator: its objects, their links, and whose each one is."""

from dataclasses import dataclass

from dok_guide.assess.classes import OPERATOR, Classes, Selector
from dok_guide.assess.custom_resources import CustomResources
from dok_guide.assess.embedded import embedded
from dok_guide.assess.given import Input
from dok_guide.assess.groups import defined_groups
from dok_guide.engine.links import Links
from dok_guide.engine.objects import Object
from dok_guide.engine.trial import prepared
from dok_guide.model import Catalog


@dataclass(frozen=True)
class Ownership:
    """What a user says about whose an object is: API groups, and selectors of labels.

    `version` is the operator's release; without it every release that was looked at counts.
    """

    groups: tuple[str, ...] = ()
    database: Selector | None = None
    operator: Selector | None = None
    version: str | None = None


#: What it is when the user says nothing.
NOTHING_SAID = Ownership()


@dataclass(frozen=True)
class Install:
    """The objects as checks see them, with pods made of workloads and aggregated roles filled."""

    objects: list[Object]
    links: Links
    classes: Classes
    resources: CustomResources

    @property
    def pods(self) -> list[Object]:
        """The operator's own pods, as its workloads make them."""
        return [pod for pod, whose, _ in self.classes.reasons() if whose == OPERATOR]


def install_of(catalog: Catalog, given: Input, owns: Ownership) -> Install:
    """Return what an input shows of an operator."""
    resources = CustomResources(catalog.operators, owns.version)
    objects = prepared([*given.objects, *embedded(catalog.operators, given.objects)])
    links = Links(objects)
    known = resources.groups(objects)
    groups = owns.groups or (known and known | defined_groups(objects))
    classes = Classes(objects, links, groups, owns.database, owns.operator)
    return Install(objects, links, classes, resources)
