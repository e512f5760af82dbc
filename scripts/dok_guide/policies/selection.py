"""Which settings are policies, and why the others are none."""

from dok_guide.operators import Operator, Setting, Variant

#: Why what is set elsewhere is no policy, by `where` of the setting.
ELSEWHERE = {
    "chart-value": "It is a value of the chart, which the API server never sees.",
    "operator-environment": "It is the environment of the operator, not a custom resource.",
    "kubernetes": "It is an object of Kubernetes itself, not a custom resource.",
    "none": "No field was found.",
}
DIFFERENT = "Its releases differ. Name yours with `--operator-version`."


def variants_of(setting: Setting, release: str | None = None) -> tuple[Variant, ...]:
    """Return the variants that are policies, for a release or for all; none if there is a reason.

    No two of them are for the same API version.
    """
    if reason_against(setting, release):
        return ()
    return tuple(each for each in _meant(setting, release) if not each.absent)


def reason_against(setting: Setting, release: str | None = None) -> str | None:
    """Return why a setting is no policy for a release of its operator, or for all of them."""
    meant = _meant(setting, release)
    if setting.unenforced or setting.where in ELSEWHERE:
        return setting.unenforced or ELSEWHERE[setting.where]
    if release is None:
        return DIFFERENT if _differ(meant) else None
    if not meant:
        return f"Nothing is known of release {release}."
    return meant[0].absent if all(each.absent for each in meant) else None


def _meant(setting: Setting, release: str | None) -> list[Variant]:
    return [each for each in setting.variants if release is None or each.holds_for(release)]


def _differ(variants: list[Variant]) -> bool:
    """Whether releases that serve the same API version are judged differently."""
    versions = [version for each in variants for version in each.versions]
    return len(versions) > len(set(versions)) or any(each.absent for each in variants)


def unenforced(operator: Operator, release: str | None = None) -> list[tuple[Setting, str]]:
    """Return the settings of an operator that are no policies, each with the reason."""
    found = [(each, reason_against(each, release)) for each in operator.settings]
    return [(setting, reason) for setting, reason in found if reason]
