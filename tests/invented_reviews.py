"""Reviews by chance, as Hypothesis makes them: what people and programs may write."""

from hypothesis import strategies as st

from dok_guide.model import Catalog
from dok_guide.review.model import HEAD, STATUSES, WRITTEN, Review, requirements
from dok_guide.review.taking import Row, take

#: Texts that mean something to one of the formats.
_HARD = (
    "=1+1", "'=1", "''", "#subject", "-", "x;=1", "a,-b", "+[x]", "- [x] [AB-1](x)",
    "## Kept apart", "`", "``` text", "````", "a `b` c", "<b>&amp;</b>", "_x0041_", "_x005F_",
    "  indented\n\n    more", "line\n\nline", "a\r\nb\rc", "tab\tbed", "\ttab", "1.10", "0012",
    "1/2", "TRUE", "2027-03-31", "- Note: `x`", "fp:0123456789ab", "sep=;", '"quoted"', "\u2028",
    "\x85", "\ufeff", "é", "日本語", "\U0001f600", "no control", "* * *", "---", "~~~", "a|b",
    "\\", "x" * 500, "{{ x }}", "[[= x =]]",
)  # fmt: skip
texts = st.one_of(st.sampled_from(_HARD), st.text(max_size=30), st.none())
long_texts = st.one_of(texts, st.lists(texts.map(lambda t: t or ""), max_size=4).map("\n".join))
days = st.one_of(st.dates().map(str), texts)


def heads() -> st.SearchStrategy[dict[str, str | None]]:
    fields = dict.fromkeys(HEAD, texts)
    fields |= dict.fromkeys(("started", "date", "approved"), days)
    fields |= {"level": st.sampled_from(("1", "2", "x", None))}
    fields |= {"audience": st.sampled_from(("producer", "consumer", None))}
    fields |= {"depth": st.sampled_from(("quick", "deep", None))}
    return st.fixed_dictionaries({}, optional=fields)


def rows(catalog: Catalog) -> st.SearchStrategy[Row]:
    known = [(control.id, audience) for control, audience in requirements(catalog)]
    keys = st.one_of(st.sampled_from(known), st.tuples(texts, texts))
    fields = dict.fromkeys(WRITTEN, long_texts)
    fields |= {"due": days, "expires": days, "owner": texts}
    fields |= {"items": st.sampled_from(("a", "b, a", "z", None))}
    fields |= {"status": st.one_of(st.sampled_from(STATUSES), texts)}
    fields |= {"fingerprint": st.from_regex("[0-9a-f]{12}", fullmatch=True)}
    fields |= {"changed": st.sampled_from(("changed since the answer", "confirmed", None))}
    cells = st.fixed_dictionaries({}, optional=fields)
    return st.builds(
        lambda key, cells, apart: Row(
            "row", {"control": key[0], "audience": key[1], **cells}, apart=apart
        ),
        keys, cells, st.booleans(),
    )  # fmt: skip


def reviews(catalog: Catalog) -> st.SearchStrategy[Review]:
    """Reviews as they are after reading."""
    return st.builds(
        lambda head, found: take(head, found, catalog).review,
        heads(), st.lists(rows(catalog), max_size=6),
    )  # fmt: skip
