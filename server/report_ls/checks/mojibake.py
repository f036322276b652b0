"""Letters were garbled when the file was saved in one encoding and opened in another.

UTF-8 that was read as Windows-1252 or Latin-1 and saved again: `Ã¸` where an ø was, `â€™` where an
apostrophe was. In a link's target nothing is said, because a file may really be called so, and
nothing in code, where somebody may show what such a mistake looks like. Prose may be about it too.

## Why is this bad?

The hand-in shows the garbled letters, also in names.

## Example

````report
### Question 1
> What does your project do?
>
> Answer:

It counts the bees of KÃ¸ge.
                       ^^ warning: these letters were garbled by another encoding: write "ø" again
````

````fixed
### Question 1
> What does your project do?
>
> Answer:

It counts the bees of Køge.
````
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from report_ls.base.diagnostic import Fix, Severity
from report_ls.base.memo import memoized
from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Span, Spans
from report_ls.checks._context import Context, Finding
from report_ls.report.report import Report

SEVERITY = Severity.WARNING, Severity.WARNING
GROUPED = 2

# Where each byte of a letter that takes several is read as a letter of its own: the first byte of
# nearly all that people type in Europe, and behind it those that never come first.
_FIRST = "ÂÃÄÅâð"
_FOLLOWING = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_RUN = regex(rf"(?:[ÂÃÄÅ]{_FOLLOWING}|â{_FOLLOWING}{{2}}|ð{_FOLLOWING}{{3}})+")
_BYTES = {
    ord(bytes([byte]).decode("cp1252")): byte for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"
}


def run(context: Context) -> Iterator[Finding]:
    """Yield each run of garbled letters outside code."""
    source = context.report.source
    text = source.text
    # What is garbled in a file that is not UTF-8 was garbled by reading it, just now.
    if source.misread or text.isascii() or not any(letter in text for letter in _FIRST):
        return
    garbled = _garbled(text)
    if not garbled:
        return
    report = context.report
    targets = _targets(report)
    code = Spans(tuple(sorted(literal.span for literal in report.literals)))
    is_form = all(question.answer.is_empty or question.start in report.untouched for question in report.questions)
    for span, meant in garbled:
        if targets.overlap(span) or code.overlap(span):
            continue
        message = f'these letters were garbled by another encoding: write "{meant}" again'
        whole = _whole_letters(source.plain, bisect_right(_starts(source.plain), span.start) - 1)
        # A paragraph that has the right letters too may show on purpose how others came out.
        is_safe = not is_form and whole is not None and whole.isdisjoint(meant)
        fix = Fix("repair the letters", (Edit(span, meant),), safe=is_safe, preferred=is_safe)
        yield Finding(span, message, report.question_at(span.start), (fix,))


@memoized(1)
def _starts(text: str) -> tuple[int, ...]:
    """Return where paragraphs start: behind lines without a word."""
    return (0, *(match.end() for match in _GAP.finditer(text)), len(text))


@memoized(2)
def _whole_letters(text: str, index: int) -> frozenset[str] | None:
    """Return the letters of a paragraph that are not garbled; None if it may be about such that are."""
    start, end = _starts(text)[index : index + 2]
    paragraph = text[start:end]
    # Hardly any report needs these patterns, so they are compiled when one does.
    is_about = any((_meant(match[0]) or "").isalpha() for match in re.finditer(_ALONE, paragraph))
    return None if is_about or re.search(_TOPIC, paragraph) else frozenset(_RUN.sub("", paragraph))


_GAP = regex(r"\n[ \t>]*(?=\n)")
_ALONE = rf"(?<!\w){_RUN.pattern}(?!\w)"
_TOPIC = r"(?i)utf|unicode|encod|decod|latin|cp125|charset|garbled|mojibake|ascii"


@memoized(1)
def _garbled(text: str) -> tuple[tuple[Span, str], ...]:
    """Return the runs that mean other letters, with those; none unless one of them makes no sense as it is."""
    runs = [(Span(*match.span()), meant) for match in _RUN.finditer(text) if (meant := _meant(match[0]))]
    if not runs:
        return ()
    from ftfy.badness import is_bad  # noqa: PLC0415 - hardly any report needs it, and it takes a whole run of --check

    return tuple(runs) if any(is_bad(text[span.start : span.end]) for span, _ in runs) else ()


def _meant(run: str) -> str | None:
    """Return the letters whose bytes a run shows; None where it shows no letters' bytes."""
    try:
        return run.translate(_BYTES).encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return None


def _targets(report: Report) -> Spans:
    answers = [question.answer for question in report.questions]
    return Spans(tuple(sorted(link.target for answer in answers for link in (*answer.images, *answer.links))))
