"""Any review goes through any two formats and comes back the same, or is refused with a message."""

import pytest
from building import FIXTURES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_reviews import reviews

from dok_guide.load import load_catalog
from dok_guide.review.comparing import differences
from dok_guide.review.formats import READ_BACK, whole
from dok_guide.review.limits import too_long
from dok_guide.review.merging import merge
from dok_guide.review.model import Review

CATALOG = load_catalog(FIXTURES / "catalog")
REVIEWS = reviews(CATALOG)
#: The same examples in each run.
STEADY = settings(
    derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
FORMS = st.sampled_from(sorted(READ_BACK))


def through(review: Review, *endings: str) -> Review:
    for ending in endings:
        form = READ_BACK[ending]
        review = form.read(whole(form, review, CATALOG), CATALOG).review
    return review


def assert_equal_or_refused(review: Review, first: str, second: str) -> None:
    """Long texts are refused, and by a workbook what openpyxl takes for an escape of its own."""
    if too_long(review) or (".xlsx" in (first, second) and "_x005F_" in str(review)):
        with pytest.raises(ValueError, match=r"shorten it|cannot stand in this format"):
            through(review, first, second)
    else:
        assert through(review, first, second) == review


@settings(STEADY, max_examples=30)
@given(review=REVIEWS, first=FORMS, second=FORMS)
def test_any_review_through_any_two_formats(review: Review, first: str, second: str) -> None:
    assert_equal_or_refused(review, first, second)


@pytest.mark.slow
@settings(STEADY, max_examples=300)
@given(review=REVIEWS, first=FORMS, second=FORMS)
def test_many_reviews_through_any_two_formats(review: Review, first: str, second: str) -> None:
    assert_equal_or_refused(review, first, second)


@settings(STEADY, max_examples=150)
@given(one=REVIEWS, other=REVIEWS)
def test_merging_drops_no_answer(one: Review, other: Review) -> None:
    merged = merge(one, other)
    kept = (*merged.review.answers, *merged.review.kept_apart)
    for answer in (*one.answers, *one.kept_apart, *other.answers, *other.kept_apart):
        if answer.empty or answer in kept:
            continue
        (with_both,) = [each for each in merged.review.answers if each.key == answer.key]
        assert with_both.status == answer.status
        for name in ("reason", "evidence", "note", "owner", "due", "expires", "items"):
            assert getattr(answer, name) in (getattr(with_both, name), None, ())
    if not too_long(merged.review):
        assert through(merged.review, ".json") == merged.review


@settings(STEADY, max_examples=60)
@given(review=REVIEWS)
def test_a_review_merged_with_itself_is_the_same(review: Review) -> None:
    merged = merge(review, review)
    assert merged.conflicts == ()
    assert list(differences(review, merged.review)) == []
