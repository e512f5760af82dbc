"""Which settings are policies, and why the others are none."""

from dataclasses import replace

import yaml

from dok_guide.exporters.policies import render
from dok_guide.model import Catalog
from dok_guide.operators import Setting
from dok_guide.policies.policy import policies
from dok_guide.policies.selection import ELSEWHERE, reason_against, unenforced, variants_of


def setting(catalog: Catalog, name: str) -> Setting:
    return catalog.operator("inventdb").setting(f"inventdb-{name}")


def test_releases_that_differ_need_a_version(catalog: Catalog) -> None:
    tls = setting(catalog, "tls")
    assert "--operator-version" in (reason_against(tls) or "")
    assert variants_of(tls) == ()
    assert variants_of(tls, "1.2.0") == (tls.variants[0],)
    assert variants_of(tls, "1.1.3") == (tls.variants[1],)


def test_a_release_without_the_field_has_none(catalog: Catalog) -> None:
    rows = setting(catalog, "log-rows")
    assert reason_against(rows, "1.1.3") == rows.variants[1].absent
    assert reason_against(replace(rows, variants=rows.variants[:1])) is None


def test_other_api_versions_have_policies_of_their_own(catalog: Catalog) -> None:
    tls = setting(catalog, "tls")
    first = replace(tls.variants[0], versions=("v2",))
    both = replace(tls, variants=(first, tls.variants[1]))
    operator = replace(catalog.operator("inventdb"), settings=(both,))
    found = [next(each.manifests([])) for each in policies(catalog, operator)]
    assert [each["metadata"]["name"] for each in found] == [
        "dok-inventdb-tls-v2", "dok-inventdb-tls-v1",
    ]  # fmt: skip
    assert {each["spec"]["matchConstraints"]["matchPolicy"] for each in found} == {"Exact"}


def test_what_the_data_say_counts_first(catalog: Catalog) -> None:
    found = replace(setting(catalog, "tls"), unenforced="Because.")
    assert reason_against(found) == reason_against(found, "1.2.0") == "Because."


def test_everything_is_a_policy_or_says_why(guide: Catalog) -> None:
    for operator in guide.operators:
        named = {policy.setting.id for policy in policies(guide, operator)}
        without = {each.id for each, _ in unenforced(operator)}
        assert named.isdisjoint(without)
        assert named | without == {each.id for each in operator.settings}
        assert all(each.where in ELSEWHERE or each.variants for each in operator.settings)


def test_downloads_by_level(guide: Catalog) -> None:
    files = render(guide)
    for operator in guide.operators:
        names = [f"downloads/policies/{operator.id}{x}.yaml" for x in ("-level-1", "-level-2", "")]
        found = [[*yaml.safe_load_all(files[name])] for name in names]
        counts = [len(each) for each in found]
        assert 0 < counts[0] < counts[1] <= counts[2]
        assert counts[2] == 2 * len([*policies(guide, operator)])
        for each in found[2]:
            assert len(each["metadata"]["name"]) + len("-deny") <= 63
            assert "Deny" not in each["spec"].get("validationActions", [])
    assert render(guide) == files
