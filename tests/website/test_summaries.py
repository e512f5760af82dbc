"""Headings in folds."""

from markdown import markdown

FOLDED = """<details markdown="1">
<summary markdown="block">

## Folded {: #folded }

</summary>

### Inside

</details>
"""


def test_a_heading_that_opens_a_fold_is_no_link() -> None:
    extensions = ["attr_list", "md_in_html", "toc", "dok_guide.website.summaries"]
    html = markdown(FOLDED, extensions=extensions, extension_configs={"toc": {"permalink": True}})
    assert '<h2 id="folded">Folded</h2>' in html
    assert '<h3 id="inside">Inside<a class="headerlink"' in html
