"""The page of `--render`: for any report it has only harmless tags and attributes."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from report_ls.course.python_markdown import make_page
from report_ls.course.safe_page import clean, write_page

_NAMES = """
a abbr b blockquote br caption center cite code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img
ins kbd li mark ol p pre q s samp small span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var
"""
_TAGS = frozenset(_NAMES.split())
_ATTRIBUTES = {"title", "align", "width", "height", "colspan", "rowspan", "start", "href", "rel", "src", "alt"}
_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.-]*)[\s]*:", re.IGNORECASE)


class _Reader(HTMLParser):
    """Collects the harmful parts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.harm: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.harm.append(f"<{tag}>")
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)
        for name, value in attrs:
            url = re.sub(r"[\x00-\x20]", "", value or "")
            scheme = _SCHEME.match(url)
            if name not in _ATTRIBUTES:
                self.harm.append(f"{tag} {name}")
            elif name == "src" and (url.startswith(("//", "\\", "/\\")) or (scheme and not _is_picture(url))):
                self.harm.append(f"loads {value}")
            elif name == "href" and scheme and scheme[1].lower() not in ("http", "https", "mailto"):
                self.harm.append(f"leads to {value}")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.harm.append(f"closes {tag}")

    def handle_comment(self, data: str) -> None:
        self.harm.append(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        self.harm.append(f"a declaration: {decl}")

    def unknown_decl(self, data: str) -> None:
        self.harm.append(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        self.harm.append(f"an instruction: {data}")


def _is_picture(url: str) -> bool:
    return bool(re.match(r"data:image/(?:png|jpeg|jpg|gif|webp);base64,", url, re.IGNORECASE))


def _harm(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.harm + [f"does not close {tag}" for tag in reader.open]


_NASTY = [
    "<script>alert(1)</script>",
    "<script src=//example.org/a.js></script>",
    "<SCRIPT/x>alert(1)</SCRIPT >",
    "<scr<script>ipt>alert(1)</script>",
    "<script>alert(1)",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src='x'onerror=alert(1)//",
    '<img src="a.png" srcset="//example.org/a.png 2x">',
    "<img src=//example.org/a.png>",
    "<img src=\\\\example.org\\a.png>",
    "<img src=/\\example.org/a.png>",
    "<img src='/\t/example.org/a.png'>",
    "<img src='file://example.org/a.png'>",
    "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
    "<img src='data:text/html,<script>alert(1)</script>'>",
    "<img src='&#106;avascript:alert(1)'>",
    "<a href='javascript:alert(1)'>a</a>",
    "<a href=' &#x6A;ava&Tab;script&colon;alert(1)'>a</a>",
    "<a href='java\nscript:alert(1)'>a</a>",
    "<a href='\x01javascript:alert(1)'>a</a>",
    "<a href='java script:alert(1)'>a</a>",
    "<a href='vbscript:a'>a</a>",
    "<a href='data:text/html,a'>a</a>",
    "<a href=a ping=//example.org>a</a>",
    "[a](javascript:alert(1))",
    "[a](java&#115;cript:alert(1))",
    "![a](javascript:alert(1))",
    '![a](a.png"onerror="alert(1))',
    "[a](a 'b\" onclick=\"alert(1)')",
    "<javascript:alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>a</text></a></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<title><img src=x onerror=alert(1)></title>",
    "<iframe src=//example.org></iframe><iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=a><embed src=a><applet code=a>",
    "<form action=//example.org><input name=a><button formaction='javascript:alert(1)'>a</button></form>",
    "<style>@import '//example.org/a.css'; p { background: url(//example.org) }</style>",
    "<p style='background: url(//example.org)'>a</p>",
    "<link rel=stylesheet href=//example.org/a.css>",
    "<base href=//example.org>",
    "<meta http-equiv=refresh content='0; url=//example.org'>",
    "<video poster=//example.org/a.png src=//example.org/a.mp4 autoplay>",
    "<body onload=alert(1)><html manifest=a><table background=//example.org>",
    "<!-- <script>alert(1)</script>",
    "<!--> <img src=x onerror=alert(1)> -->",
    "<!-- a --!> <img src=x onerror=alert(1)> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo '<script>alert(1)</script>' ?>",
    "<!DOCTYPE html [<!ENTITY a 'b'>]>",
    "<![foo [<script>alert(1)</script>]]>",
    "<div><![foo</div>",
    "</p></div></body></html><script>alert(1)</script>",
    "<p id=a class=b tabindex=1 onfocus=alert(1) autofocus contenteditable>a",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<plaintext><img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "`<script>alert(1)</script>`",
    "<img src=x width='1\" onerror=\"alert(1)'>",
    "<<img src=x onerror=alert(1)>>",
    "<a/><b/><div/>",
    "<details open ontoggle=alert(1)><summary>a</summary>b</details>",
]


@pytest.mark.parametrize("text", _NASTY)
def test_nothing_harmful_comes_out(text: str) -> None:
    assert _harm(clean(text, "")) == []
    assert _harm(clean(make_page(f"a\n\n{text}\n\nb {text}", 0) or "", "../reports")) == []


_words = st.sampled_from(
    [*_NASTY, "<p>", "</p>", "<", ">", "'", '"', "=", " ", "\n", "a", "<img src=", "<!--", "-->", "&"]
)


@given(st.lists(_words | st.text(max_size=5), max_size=6).map("".join))
@example("<a href=\x00javascript:a>")
def test_whatever_is_written_nothing_harmful_comes_out(text: str) -> None:
    assert _harm(clean(text, "")) == []


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<p>a &lt; b &amp; c</p>", "<p>a &lt; b &amp; c</p>"),
        ("<h3>A</h3>\n<hr />\n<p>b<br />\nc</p>", "<h3>A</h3>\n<hr>\n<p>b<br>\nc</p>"),
        ('<pre><code>a &lt;b&gt; "c"\n</code></pre>', '<pre><code>a &lt;b&gt; "c"\n</code></pre>'),
        (
            '<p><a href="http://a.org/?b&amp;c" title="d">e</a></p>',
            '<p><a title="d" href="http://a.org/?b&amp;c" rel="noopener noreferrer">e</a></p>',
        ),
        ('<img alt="a" src="figures/b.png" />', '<img src="figures/b.png" alt="a">'),
        ('<img src="figures/b.png" width="50%" height="9em">', '<img src="figures/b.png" alt="" width="50%">'),
        ('<img src="data:image/png;base64,AAAA">', '<img src="data:image/png;base64,AAAA" alt="">'),
        ("<p>a<script>b</script>c<style>d</style>e", "<p>ace</p>"),
        ("<form>a <b>b</form> c", "a <b>b c</b>"),
        ("<div>a</p></div></div>b", "<div>a</div>b"),
        ("<p><em>a</p>b", "<p><em>a</em></p>b"),
        ("<p>a<![foo>b<![if !mso]>c</p>", "<p>abc</p>"),
    ],
)
def test_what_is_harmless_stays(html: str, cleaned: str) -> None:
    assert clean(html, "") == cleaned


def test_a_picture_from_elsewhere_is_a_link() -> None:
    link = '<a href="https://a.org/b.png" rel="noopener noreferrer">{}</a>'
    note = " (a picture from elsewhere, which is not loaded here)"
    assert clean('<img alt="c" src="https://a.org/b.png">', "") == link.format("c") + note
    assert clean('<img src="https://a.org/b.png">', "") == link.format("https://a.org/b.png") + note
    assert clean('<a href="d"><img alt="c" src="//a.org/b.png"></a>', "").startswith('<a href="d" rel=')
    assert clean('<a href="d"><img alt="c" src="//a.org/b.png"></a>', "").endswith(f">c{note}</a>")


@pytest.mark.parametrize(
    ("target", "seen"),
    [
        ("figures/a.png", "../reports/figures/a.png"),
        ("./figures/a.png", "../reports/./figures/a.png"),
        ("../a.png", "../reports/../a.png"),
        ("/a.png", "/a.png"),
        ("", ""),
    ],
)
def test_targets_are_seen_from_the_page(target: str, seen: str) -> None:
    assert clean(f'<img src="{target}">', "../reports") == f'<img src="{seen}" alt="">'
    assert clean(f'<img src="{target}">', "") == f'<img src="{target}" alt="">'


def test_a_place_in_the_page_stays_one() -> None:
    assert clean('<a href="#a">b</a>', "../reports") == '<a href="#a" rel="noopener noreferrer">b</a>'


def test_a_page_is_whole_and_forbids_what_it_does_not_need() -> None:
    page = write_page("a <b>", "<p>c</p>", "")
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    assert "<title>a &lt;b&gt;</title>" in page
    assert page.endswith("</head>\n<body>\n<p>c</p>\n</body>\n</html>\n")
    style = re.findall("<style>(.*?)</style>", page, re.DOTALL)[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    may_load = f"default-src 'none'; img-src 'self' file: data:; style-src 'sha256-{digest}'"
    (policy,) = re.findall('http-equiv="Content-Security-Policy" content="(.*?)"', page)
    assert f"{may_load}; base-uri 'none'; form-action 'none'" == policy
