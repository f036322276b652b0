"""The parser: markdown-it, with its inline rules wrapped to note where each token is.

markdown-it knows the lines of a block but not the columns inside a paragraph.
"""

from collections.abc import Callable
from functools import cache

from report_ls.base.regex import compiled_when_used

with compiled_when_used("markdown_it", "mdurl"):
    from markdown_it import MarkdownIt
    from markdown_it.common.utils import unescapeAll
    from markdown_it.rules_inline import StateInline, backtick, html_inline
    from markdown_it.rules_inline import image as image_rule
    from markdown_it.rules_inline import link as link_rule
    from markdown_it.token import Token

__all__ = ["MarkdownIt", "Token", "commonmark", "unescapeAll"]


class _CommonMark(MarkdownIt):
    """A parser that takes the addresses of files, as CommonMark does."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's name
        return url.lower().startswith("file:") or super().validateLink(url)


@cache
def commonmark() -> MarkdownIt:
    """Return CommonMark without what changes no image, link or code (emphasis costs the most)."""
    parser = _CommonMark("commonmark").disable("emphasis")
    parser.inline.ruler.at("backticks", _located(backtick))
    parser.inline.ruler.at("html_inline", _located(html_inline))
    parser.inline.ruler.at("link", _located(link_rule))
    parser.inline.ruler.at("image", _located(image_rule))
    return parser


def _located(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Wrap an inline rule so that its first own token notes its place in the block's content."""

    def located(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
        start, n_tokens = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[n_tokens:]:
                if token.type in ("code_inline", "html_inline", "link_open", "image"):
                    if token.type in ("link_open", "image"):
                        token.meta["link"] = _link_parts(state, start)
                    token.meta["at"] = start, state.pos
                    break
        return True

    return located


def _link_parts(state: StateInline, start: int) -> tuple[int, int, tuple[int, int] | None]:
    """Return where the text of the link at `start` begins and ends, and its target's place.

    The target is None for a reference, whose target is elsewhere.
    """
    is_image = state.src[start] == "!"
    bracket = start + is_image
    end = state.md.helpers.parseLinkLabel(state, bracket, not is_image)
    if state.src[end + 1 : end + 2] != "(" or state.pos == end + 1:
        return bracket + 1, end, None
    place = end + 2
    while state.src[place] in " \t\n":
        place += 1
    target = state.md.helpers.parseLinkDestination(state.src, place, state.posMax)
    if state.src[place] == "<":
        return bracket + 1, end, (place + 1, target.pos - 1)
    return bracket + 1, end, (place, max(place, target.pos))
