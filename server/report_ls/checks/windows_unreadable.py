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

import re
from collections.abc import Iterator
from unicodedata import normalize

from report_ls.check import Context, Found
from report_ls.diagnostic import Fix, Severity
from report_ls.text import Edit, Span, Spans, remembered

SEVERITY = Severity.HINT, Severity.HINT
_UNDEFINED = b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"
_CURLY_QUOTES = "“”„‟"


def run(context: Context) -> Iterator[Found]:
    """Yield the first such character."""
    source = context.report.source
    text = source.text
    if context.script is None or source.misread or text.isascii():
        return
    places = ((start, _first_undefined(piece)) for start, piece in context.report.pieces)
    offset = next((start + place for start, place in places if place is not None), None)
    if offset is None:
        return
    stops, fixes = "on Windows the course's script stops at this", tuple[Fix, ...]()
    span = Span(offset, offset + 1)
    if text[offset] in _CURLY_QUOTES:
        message = f"{stops} curly quote: write a straight one"
        fixes = (Fix("write straight quotes in the whole report", tuple(_straight_quotes(text))),)
    elif accents := [edit for edit in _composed(context) if edit.span.end == offset + 1]:
        span = accents[0].span
        message = f"{stops} accent behind its letter: write {accents[0].text} as one character"
        fixes = (Fix("write letters and accents as one character in the whole report", tuple(_composed(context))),)
    else:
        message = f"{stops} character (U+{ord(text[offset]):04X}): leave it out if you can"
    yield Found(span, message, context.report.question_at(offset), fixes)


@remembered(400)
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


_ACCENTED = re.compile("[^\\W\\d_][\u0300-\u036f](?![\u0300-\u036f])")


def _composed(context: Context) -> Iterator[Edit]:
    """Yield each letter with an accent as one character that Windows can read; but none in the name of a file."""
    answers = [question.answer for question in context.report.questions]
    named = [link.target for answer in answers for link in (*answer.images, *answer.links)]
    targets = Spans(tuple(sorted(named)))
    for match in _ACCENTED.finditer(context.report.source.text):
        letter = normalize("NFC", match[0])
        if len(letter) == 1 and _first_undefined(letter) is None and not targets.overlap(Span(*match.span())):
            yield Edit(Span(*match.span()), letter)
