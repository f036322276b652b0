"""The page that is handed in, without anything harmful: no code, and nothing loaded from elsewhere.

What Python-Markdown makes of a report holds all the HTML of the report. It is taken to
pieces, and of these only harmless tags with harmless attributes are written again. Nothing is
passed on as it came, so there is nothing that a browser could read in another way than we do. A
Content-Security-Policy forbids the rest a second time.
"""

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from html import escape
from html.parser import HTMLParser

from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex

_STYLE = """
body { margin: 2rem auto; max-width: 50rem; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1b; }
blockquote { margin: 1rem 0; padding: 0 1rem; border-left: 0.25rem solid #c8c8c8; color: #555; }
pre, code { font: 0.9em/1.4 ui-monospace, monospace; background: #f4f4f4; }
pre { padding: 0.75rem 1rem; overflow-x: auto; }
img { max-width: 100%; }
table { border-collapse: collapse; }
th, td { padding: 0.25rem 0.5rem; border: 1px solid #c8c8c8; }
"""


class Drawing(NamedTuple):
    """What report-ls itself draws into a page."""

    style: str = ""
    above: str = ""
    """HTML above it."""
    marks: Mapping[int, str] = {}
    """HTML in the place of characters of its text."""


_NOTHING = Drawing()


def write_page(title: str, body: str, base: str, drawing: Drawing = _NOTHING) -> str:
    """Return a whole HTML page.

    `body` is any HTML. `base` leads from the page to the folder from which its relative targets are
    seen, with slashes and percent codes; it is empty if that is the page's own.
    """
    style = _STYLE + drawing.style
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src 'self' file: data:; style-src 'sha256-{digest}'; base-uri 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}; form-action \'none\'">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"{drawing.above}{clean(body, base, drawing.marks)}\n</body>\n</html>\n"
    )


def clean(html: str, base: str, marks: Mapping[int, str] = {}) -> str:
    """Return HTML with harmless tags and attributes only, all of them closed.

    In its text, and nowhere else, characters become the HTML that `marks` has for them.
    """
    cleaner = _Cleaner(base, marks)
    cleaner.feed(html)
    cleaner.close()
    return "".join(cleaner.pieces + [f"</{tag}>" for tag in reversed(cleaner.open)])


_VOID = frozenset({"br", "hr", "img"})
_NAMES = """
a abbr b blockquote br caption center cite code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i ins
kbd li mark ol p pre q s samp small span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var
"""
_TAGS = frozenset(_NAMES.split())
_ATTRIBUTES = {
    "title": regex(".*", re.DOTALL),
    "align": regex("(?:left|right|center|justify)", re.IGNORECASE),
    "width": regex("[0-9]{1,4}(?:px|%)?"),
    "height": regex("[0-9]{1,4}(?:px|%)?"),
    "colspan": regex("[0-9]{1,3}"),
    "rowspan": regex("[0-9]{1,3}"),
    "start": regex("[0-9]{1,9}"),
}
"""The attributes that any tag may have. `href`, `src` and `alt` are written where their tags are."""
_UNSEEN = frozenset({"script", "style"})
"""What a browser shows nothing of."""
_IGNORED_BY_BROWSERS = regex("[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]+")
_SCHEME = regex(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST = regex(r"[/\\]{2}")
_PICTURE_DATA = regex(r"data:image/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=]*", re.IGNORECASE)


class _Cleaner(HTMLParser):
    """Writes the harmless part of a page again."""

    def __init__(self, base: str, marks: Mapping[int, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.base = base
        self.marks = marks
        self.unmarked = dict.fromkeys(marks)
        self.pieces: list[str] = []
        self.open: list[str] = []
        self._n_open: Counter[str] = Counter()
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a tag, or a link in the place of a picture that would have to be loaded."""
        given = {name: (value or "").translate(self.unmarked) for name, value in reversed(attrs)}
        if tag in _UNSEEN:
            self._unseen = tag
        elif tag == "img":
            self.pieces += self._image(given)
        elif tag in _TAGS:
            self.pieces.append(_tag(tag, self._attributes(tag, given)))
            if tag not in _VOID:
                self.open.append(tag)
                self._n_open[tag] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a tag that says it is empty: browsers do not believe it."""
        self.handle_starttag(tag, attrs)
        self._unseen = ""

    def handle_endtag(self, tag: str) -> None:
        """Close an open element, with all that are open inside it."""
        self._unseen = ""
        if self._n_open[tag]:
            while True:
                inner = self.open.pop()
                self._n_open[inner] -= 1
                self.pieces.append(f"</{inner}>")
                if inner == tag:
                    break

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - as it is inherited
        """Pass over what begins with `<![`, as browsers do: the parser knows few of these and fails on the others."""
        return self.parse_bogus_comment(i, report)

    def handle_data(self, data: str) -> None:
        """Write text."""
        if not self._unseen:
            self.pieces.append(escape(data, quote=False).translate(self.marks))

    def _attributes(self, tag: str, given: dict[str, str]) -> Iterator[tuple[str, str]]:
        for name, allowed in _ATTRIBUTES.items():
            if name in given and allowed.fullmatch(given[name]):
                yield name, given[name]
        if tag == "a" and "href" in given:
            target = self._target(given["href"])
            if target is not None:
                yield "href", target
                yield "rel", "noopener noreferrer"

    def _image(self, given: dict[str, str]) -> Iterator[str]:
        alternative = given.get("alt", "")
        source = _IGNORED_BY_BROWSERS.sub(" ", given.get("src", "")).strip()
        target = self._target(source)
        if _PICTURE_DATA.fullmatch(source):
            target = source
        elif target is None:
            yield escape(alternative, quote=False)
            return
        elif _is_remote(target):
            name = escape(alternative or target, quote=False)
            link = _tag("a", [("href", target), ("rel", "noopener noreferrer")])
            yield name if "a" in self.open else f"{link}{name}</a>"
            yield " (a picture from elsewhere, which is not loaded here)"
            return
        yield _tag("img", [("src", target), ("alt", alternative), *self._attributes("img", given)])

    def _target(self, url: str) -> str | None:
        """Return a target as seen from the page; None where it could be code or anything else but a page or a file."""
        url = _IGNORED_BY_BROWSERS.sub(" ", url).strip()
        scheme = _SCHEME.match(url.replace(" ", ""))
        if scheme:
            return url if scheme[1].lower() in ("http", "https", "mailto") else None
        is_elsewhere = url[:1] in ("", "#", "?", "/", "\\")
        return url if is_elsewhere or not self.base else f"{self.base}/{url}"


def _is_remote(target: str) -> bool:
    bare = target.replace(" ", "")
    return bool(_SCHEME.match(bare) or _HOST.match(bare))


def _tag(tag: str, attributes: Iterable[tuple[str, str]]) -> str:
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
    return f"<{tag}{written}>"
