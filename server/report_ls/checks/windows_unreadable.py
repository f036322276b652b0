"""A character on which the course's script dies on Windows.

The script reads the report as Windows usually encodes text, and there five bytes mean nothing. The
closing curly quote holds one of them, and so do some capitals (Á, Í, Ý), dashes and emoji. So does
an accent that is a character of its own behind its letter, as text from a Mac may have it.

## Why is this bad?

Whoever runs the script on Windows gets an error instead of counts. On other systems, and on the
page, nothing is wrong: so this is a hint, and only one in a report.

## Example

````yaml
questions: [{number: 1}]
script: {parts: 1}
````

````report
### Question 1
> What does your project do?
>
> Answer:

It answers “how many bees?” and more.
                          ^ hint: on Windows the course's script stops at this curly quote: write a straight one
````

````choice write straight quotes in the whole report
### Question 1
> What does your project do?
>
> Answer:

It answers "how many bees?" and more.
````
"""

from collections.abc import Iterable, Iterator
from unicodedata import combining, normalize

from report_ls.base.diagnostic import Fix, Fixes, Severity
from report_ls.base.memo import memoized_by_question
from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Span, Spans
from report_ls.checks._context import Context, Finding
from report_ls.report.report import Question

SEVERITY = Severity.HINT, Severity.HINT
_UNDEFINED = b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"
_CURLY_QUOTES = "“”„‟"


def run(context: Context) -> Iterator[Finding]:
    """Yield the first such character."""
    source = context.report.source
    text = source.text
    if context.script is None or source.misread or text.isascii():
        return
    places = ((start, _first_undefined(piece)) for start, piece in context.report.pieces)
    offset = next((start + place for start, place in places if place is not None), None)
    if offset is None:
        return
    stops, fixes = "on Windows the course's script stops at this", Fixes(tuple)
    span, question = Span(offset, offset + 1), context.report.question_at(offset)
    letter = None
    if combining(text[offset]):
        letter = next(_composed(text, _targets([question] if question else []), Span(offset - 1, offset + 2)), None)
    if text[offset] in _CURLY_QUOTES:
        message = f"{stops} curly quote: write a straight one"
        fixes = Fixes(lambda: [Fix("write straight quotes in the whole report", tuple(_straight_quotes(text)))])
    elif letter:
        span = letter.span
        message = f"{stops} accent behind its letter: write {letter.text} as one character"
        fixes = Fixes(lambda: [Fix("write each letter and its accent as one character", tuple(_letters(context)))])
    else:
        message = f"{stops} character (U+{ord(text[offset]):04X}): leave it out if you can"
    yield Finding(span, message, question, fixes)


@memoized_by_question
def _first_undefined(text: str) -> int | None:
    """Return the offset of the first character with such a byte."""
    data = text.encode("utf-8", "replace")
    places = [place for byte in _UNDEFINED if (place := data.find(byte)) >= 0]
    return len(data[: min(places)].decode("utf-8", "ignore")) if places else None


def _straight_quotes(text: str) -> Iterator[Edit]:
    for quote in _CURLY_QUOTES:
        place = text.find(quote)
        while place >= 0:
            yield Edit(Span(place, place + 1), '"')
            place = text.find(quote, place + 1)


_ACCENTED = regex("[^\\W\\d_][\u0300-\u036f](?![\u0300-\u036f])")


def _letters(context: Context) -> Iterator[Edit]:
    text = context.report.source.text
    return _composed(text, _targets(context.report.questions), Span(0, len(text)))


def _composed(text: str, targets: Spans, within: Span) -> Iterator[Edit]:
    """Yield each letter with an accent as one character that Windows can read, but none in the name of a file."""
    for match in _ACCENTED.finditer(text, max(within.start, 0), within.end):
        span, letter = Span(*match.span()), normalize("NFC", match[0])
        if len(letter) == 1 and _first_undefined(letter) is None and not targets.overlap(span):
            yield Edit(span, letter)


def _targets(questions: Iterable[Question]) -> Spans:
    """Return where files are named."""
    answers = [question.answer for question in questions]
    return Spans(tuple(sorted(link.target for answer in answers for link in (*answer.images, *answer.links))))
