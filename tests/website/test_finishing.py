"""The check of built pages finds each defect; the policy allows exactly the page's own scripts."""

import base64
import hashlib
import shutil
from pathlib import Path

import pytest

from dok_guide.website import checking
from dok_guide.website.checking import check_site
from dok_guide.website.finishing import finish, with_policy

PAGE = b'<!doctype html><html><head><meta charset="utf-8"></head><body>%s</body></html>'


def found(tmp_path: Path, body: str) -> list[str]:
    site = tmp_path / "site"
    (site / "other").mkdir(parents=True)
    (site / "empty").mkdir()
    (site / "other/index.html").write_bytes(PAGE % b'<h1 id="top">x</h1>')
    (site / "file.json").write_text("{}")
    (tmp_path / "secret").write_text("is there, outside of the site")
    (tmp_path / "index.html").write_text("so is this")
    (site / "index.html").write_bytes(PAGE % body.encode())
    return [p.message for p in check_site(site)]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<a href="gone/">x</a>', "a link to 'gone/', which is not there"),
        ('<a href="other/#gone">x</a>', "a link to 'other/#gone', which has no such part"),
        ('<a href="#gone">x</a>', "a link to '#gone', which has no such part"),
        ('<a href="../secret">x</a>', "a link to '../secret', which is not there"),
        ('<a href="other/../../">x</a>', "a link to 'other/../../', which is not there"),
        ('<a href="empty/">x</a>', "a link to 'empty/', which is not there"),
        ('<area href="gone/">', "a link to 'gone/', which is not there"),
        ('<p id="a"></p><p id="a"></p>', "a second element with the id 'a'"),
        ('<p id="a"></p><a name="a"></a>', "a second element with the id 'a'"),
        ('<p onclick="f()">x</p>', "the script-like attribute onclick"),
        ('<p style="color:red">x</p>', "an inline style, which the policy blocks"),
        ('<a href="javascript:f()">x</a>', "href begins a program: 'javascript:f()'"),
        ('<a href=" JavaScript:f()">x</a>', "href begins a program: ' JavaScript:f()'"),
        ('<a href="vbscript:f()">x</a>', "href begins a program: 'vbscript:f()'"),
        ('<a href="data:text/html,x">x</a>', "href begins a program: 'data:text/html,x'"),
        ('<script src="//e.org/x.js"></script>', "loads from elsewhere: //e.org/x.js"),
        ("<p>a &amp;amp; b</p>", "&amp; was escaped twice"),
        (
            "<p>Do this:\n1. Go.</p>",
            "a list runs into the text above; leave a line blank before it",
        ),
        (
            "<p>Do <b>this</b>:\n- Go.</p>",
            "a list runs into the text above; leave a line blank before it",
        ),
        ("<code>&amp;amp;</code> &amp;lt;", "&lt; was escaped twice"),
        ("<script>a</script>&amp;quot;", "&quot; was escaped twice"),
        ("<p>[[= x =]]</p>", "the macro delimiter [[= was not rendered"),
        ("<p>x !]]</p>", "the macro delimiter !]] was not rendered"),
    ],
)
def test_defect(tmp_path: Path, body: str, message: str) -> None:
    assert found(tmp_path, body) == [message]


@pytest.mark.parametrize(
    "element",
    [
        '<script src="{}"></script>',
        '<img src="{}">',
        '<iframe src="{}"></iframe>',
        '<video src="{}"></video>',
        '<audio src="{}"></audio>',
        '<video><source src="{}"></video>',
        '<embed src="{}">',
        '<object data="{}"></object>',
        '<form action="{}"></form>',
        '<base href="{}">',
        '<link rel="stylesheet" href="{}">',
        '<link rel="shortcut icon" href="{}">',
        '<link rel="preload" href="{}">',
        '<link rel="modulepreload" href="{}">',
        '<link rel="prefetch" href="{}">',
        '<link rel="manifest" href="{}">',
    ],
)
def test_nothing_loads_from_elsewhere(tmp_path: Path, element: str) -> None:
    assert found(tmp_path, element.format("other/file")) == []
    shutil.rmtree(tmp_path / "site")
    assert found(tmp_path, element.format("https://e.org/x")) == [
        "loads from elsewhere: https://e.org/x"
    ]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="other/">x</a><a href="other/#top">y</a><a href="file.json">z</a>',
        '<a href="https://e.org/">x</a><link rel="canonical" href="https://e.org/">',
        '<a href="">x</a><a href="file.json#part">y</a><a href="other/#t%6Fp">z</a>',
        '<a name="here"></a><a href="#here">x</a><img src="data:image/png,x">',
        "<pre><code>a: &amp;amp;</code></pre>",
        "<p>It is\n2 or <code>a\n- b</code></p><ul><li>x\n- y</li></ul>",
        '<script>if (a[[0]] &amp;&amp; "&amp;amp;") {}</script>',
    ],
)
def test_no_defect(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body) == []


def test_the_page_for_what_is_missing_links_from_the_root(tmp_path: Path) -> None:
    (tmp_path / "404.html").write_bytes(PAGE % b'<a href="/gone/">x</a><p onclick="f()">y</p>')
    assert [p.message for p in check_site(tmp_path)] == ["the script-like attribute onclick"]


def test_policy_names_the_inline_scripts_and_no_other() -> None:
    digest = base64.b64encode(hashlib.sha256(b"f()").digest()).decode()
    data = b'<script type="application/json">{}</script>'
    body = b"<script>f()</script>" + data + b'<script src="a.js"></script>'
    policy = with_policy(PAGE % body).decode()
    assert policy.count("sha256-") == 1
    assert f"script-src 'self' 'sha256-{digest}'; style-src 'self';" in policy
    assert "unsafe" not in policy


def test_policy_is_written_once() -> None:
    once = with_policy(PAGE % b"<script>f()</script>")
    assert with_policy(once) == once


def test_checksums(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_bytes(b"b")
    (tmp_path / "a.json").write_bytes(b"a")
    assert finish(tmp_path, ["b.json", "a.json"]) == []
    assert (tmp_path / "SHA256SUMS").read_text() == (
        f"{hashlib.sha256(b'a').hexdigest()}  a.json\n{hashlib.sha256(b'b').hexdigest()}  b.json\n"
    )


def test_many_pages_are_read_side_by_side_with_the_same_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.html").write_bytes(PAGE % b'<p onclick="f()"><a href="gone">x</a>')
    alone = list(check_site(tmp_path))
    monkeypatch.setattr(checking, "MANY", 3)
    assert list(check_site(tmp_path)) == alone
    assert len(alone) == 6
