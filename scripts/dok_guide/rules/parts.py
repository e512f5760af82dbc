"""The variants of settings, as the rules about them see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dok_guide.engine.checks import CompiledCheck
from dok_guide.engine.definitions import Schema
from dok_guide.engine.paths import steps
from dok_guide.engine.settings import check_of
from dok_guide.engine.unpack import without_nulls
from dok_guide.operators import Kind, Setting, Variant
from dok_guide.rules.files import Files, OperatorFiles
from dok_guide.source import Document, Place, Problem


@dataclass(frozen=True)
class Part:
    """A variant of a setting, and where it stands."""

    files: OperatorFiles
    setting: Setting
    variant: Variant
    place: Place

    @property
    def document(self) -> Document:
        """The file of the settings."""
        return self.files.settings

    @property
    def kind(self) -> Kind:
        """The custom resource."""
        return self.files.model.kind(self.setting.kind or "")

    @property
    def field(self) -> str:
        """The path in these releases."""
        return self.variant.field or self.setting.field or ""

    @cached_property
    def way(self) -> tuple[str, ...]:
        """The steps of the path; none for one that is none."""
        try:
            return steps(self.field)
        except ValueError:
            return ()

    def schemas(self) -> Iterator[tuple[str, str, Schema | None]]:
        """Yield release, API version and schema of all that it is for."""
        for release in self.files.model.releases:
            if self.variant.holds_for(release.version):
                found = self.files.schemas.kinds(release.version)
                for version in self.variant.versions:
                    name = f"{self.kind.group}/{version}/{self.kind.kind}"
                    yield release.version, version, found.get(name)

    def judge(self, resource: dict[str, Any]) -> list[str]:
        """Return what is wrong with a resource, faults included; raise CelError."""
        check = CompiledCheck(check_of(self.files.model, self.setting, self.variant))
        return [each.message for each in check.judge(without_nulls(resource)) or []]

    def problem(self, message: str, *place: str | int) -> Problem:
        """Return a problem at a place in the variant."""
        return self.document.problem(message, *self.place, *place)


def parts(files: Files) -> Iterator[Part]:
    """Yield the variants of the settings of all operators."""
    for operator in files.operators:
        yield from parts_of(operator)


def parts_of(operator: OperatorFiles) -> Iterator[Part]:
    """Yield the variants of all settings whose kind exists; another rule reports the others."""
    for index, setting in enumerate(operator.model.settings):
        if setting.variants and is_known(operator, setting):
            for number, variant in enumerate(setting.variants):
                yield Part(operator, setting, variant, (index, "variants", number))


def is_known(operator: OperatorFiles, setting: Setting) -> bool:
    """Whether a setting is of a kind of its operator."""
    return any(kind.kind == setting.kind for kind in operator.model.kinds)
