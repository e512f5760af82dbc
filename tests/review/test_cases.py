"""Reviews as people give them, and what they are read as; the browser's script reads the same."""

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from building import FIXTURES

from dok_guide.model import Catalog
from dok_guide.review.formats import as_csv, as_json
from dok_guide.review.gate import open_points
from dok_guide.review.model import Review, requirements
from dok_guide.rules.schemas import schema

FOLDER = FIXTURES / "reviews"
FORMS = {".json": as_json, ".csv": as_csv}
CASES = sorted(path for path in FOLDER.iterdir() if path.suffix in FORMS)
DAY = date(2026, 11, 24)


def expected(path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(Path(f"{path}.expected").read_text(encoding="utf-8"))
    return found


def shown(review: Review, catalog: Catalog, *, required: bool) -> list[dict[str, str]]:
    found = open_points(review, catalog, DAY, 9, require_reviewed=required)
    return [{"control": o.control, "audience": o.audience, "why": o.why} for o in found]


def test_there_are_cases_for_both_formats() -> None:
    assert len(CASES) > 30
    assert {path.suffix for path in CASES} == set(FORMS)
    assert {f"{path.name}.expected" for path in CASES} | {"requirements.expected"} == {
        path.name for path in FOLDER.glob("*.expected")
    }


def test_the_requirements_are_those_of_the_catalog(catalog: Catalog) -> None:
    assert expected(FOLDER / "requirements") == {
        "catalog": catalog.version,
        "requirements": [
            {
                "control": control.id,
                "audience": audience,
                "level": control.level,
                "fingerprint": control.fingerprint(audience),
                "items": [letter for letter, _ in control.lettered(audience)],
            }
            for control, audience in requirements(catalog)
        ],
        "withdrawn": [control.id for control in catalog.controls if not control.active],
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_case(path: Path, catalog: Catalog) -> None:
    wanted = expected(path)
    form = FORMS[path.suffix]
    if "error" in wanted:
        with pytest.raises(ValueError, match="^" + str(wanted["error"])):
            form.read(path.read_bytes(), catalog)
        return
    taken = form.read(path.read_bytes(), catalog)
    written = json.loads(as_json.write(taken.review, catalog))
    assert written == wanted["review"]
    assert sorted(taken.problems) == sorted(wanted["problems"])
    strict = shown(taken.review, catalog, required=True)
    found = shown(taken.review, catalog, required=False)
    assert found == wanted["open"]
    assert [each for each in strict if each not in found] == wanted["open_if_reviews_are_required"]
    jsonschema.Draft202012Validator(schema("review")).validate(written)
    again = as_json.read(as_json.write(taken.review, catalog), catalog)
    assert again.review == taken.review
