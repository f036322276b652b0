"""Fingerprints: hashes of a prompt's words, so that a course's text is known again without being copied here."""

import re
from collections.abc import Collection, Iterable

from report_ls.base.memo import memoized_by_question
from report_ls.base.regex import regex
from report_ls.base.sha256 import sha256
from report_ls.base.spans import Span

WORD = regex(r"[^\W_]+")
_PROMPT_END = regex(
    r"(?:recommended\s+)?answer\s+length|example\s*:|^[ \t>*_]*answer\s*:", re.IGNORECASE | re.MULTILINE
)
_MAY_BE_END = regex("[AaEe](?i:nswer|xample)")
_TARGET = regex(r"\]\([^()\s]*\)")


@memoized_by_question
def fingerprint(text: str) -> str:
    """Return twelve hexadecimal digits made of the words of a text, whatever their case.

    Punctuation does not count, so neither emphasis nor quote signs do, nor how a formatter breaks
    the lines.
    """
    return _fingerprint(text)


def _fingerprint(text: str) -> str:
    if text.isascii():  # Most are, and are read in a quarter of the time.
        return _digits(b" ".join(text.encode().translate(_ASCII_WORDS).split()))
    return fingerprint_of(WORD.findall(text.lower()))


_ASCII_WORDS = bytes(
    ord(sign.lower()) if sign.isascii() and sign.isalnum() else ord(" ") for sign in map(chr, range(256))
)
"""For each byte of an ASCII text the same in small letters where it belongs to a word, else a space."""


def fingerprint_of(words: Iterable[str]) -> str:
    """Return the same of words in small letters."""
    return _digits(" ".join(words).encode("utf-8", "replace"))


def _digits(words: bytes) -> str:
    return sha256(words).hexdigest()[:12]


NO_WORDS = fingerprint("")
"""The fingerprint of every text without words, by which nothing can be recognised."""


def begins_with(line: str, beginnings: Collection[tuple[int, str]]) -> bool:
    """Say whether a line begins with one of some texts, of which the number of words and the fingerprint are known.

    A box with or without its tick may come before it.
    """
    words = WORD.findall(line.lower())
    for tick in range(2):
        for n_words in {n_words for n_words, _ in beginnings}:
            if (n_words, fingerprint_of(words[tick : tick + n_words])) in beginnings:
                return True
    return False


@memoized_by_question
def prompt_fingerprint(prompt: str) -> str:
    """Return the fingerprint of what a prompt asks, without its limit line, example and targets."""
    return _fingerprint(_TARGET.sub("]", prompt[: asked_end(prompt)]))


def asked_end(prompt: str) -> int:
    """Return where in a prompt its limit line or its example begins."""
    sign = _MAY_BE_END.search(prompt)
    if sign is None:
        return len(prompt)
    # What comes before the sign in the pattern: to look there alone takes a third of the time.
    before = prompt[: sign.start()].rstrip(" \t>*_").rstrip()
    end = _PROMPT_END.search(prompt, max(0, len(before) - len("recommended")))
    return end.start() if end else len(prompt)


def prompt_words(prompt: str) -> tuple[Span, ...]:
    """Return the spans of the words of which `whole_fingerprint` is made."""
    bare = _TARGET.sub(lambda match: "]" + " " * (len(match[0]) - 1), prompt)
    return tuple(Span(*match.span()) for match in WORD.finditer(bare))


@memoized_by_question
def whole_fingerprint(prompt: str) -> str:
    """Return the fingerprint of all text above a label, without targets."""
    return _fingerprint(_TARGET.sub("]", prompt))
