"""The number of tests that an answer names, where it names one for sure."""

import re
from typing import NamedTuple

from report_ls.base.memo import remembered

_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_NUMBER = rf"(?<![\w.,/-])\**(\d{{1,4}}|{'|'.join(_WORDS)})\**"
_TESTS = r"\s+(?:(?:unit|different|separate|individual|automated|pytest|total)[ -]+){0,2}tests?\b(?!\s+(?:files?|modules?|scripts?|suites?)\b)\**"
_IN_ALL = r"(?:in total|overall|altogether)"
_SURE = (
    rf"\b{_IN_ALL}\b[\w\s,'’]{{0,60}}?{_NUMBER}{_TESTS}",
    rf"{_NUMBER}{_TESTS}\s+(?:(?:were|are|have been)\s+(?:implemented|written|made)\s+)?{_IN_ALL}\b",
    rf"\ba\s+total\s+of\s+{_NUMBER}{_TESTS}",
    rf"{_NUMBER}\s+total\s+tests\b",
    rf"\A\W*we\s+(?:have\s+)?(?:implemented|written|wrote|created|made)\s+{_NUMBER}{_TESTS}",
)
_ABOUT = r"(?:about|over|around|approximately|approx\.?|more than|at least|almost|nearly|roughly|circa|up to|~|>)\s*$"


class Total(NamedTuple):
    """A number, and where it stands in a text."""

    number: int
    span: tuple[int, int]


@remembered(8)
def named_total(text: str) -> Total | None:
    """Return the total of tests that an answer names; None where it names none, or not for sure."""
    stripped = text.strip(" \t\r\n*_.`")
    if re.fullmatch(r"\d{1,4}", stripped):
        start = text.index(stripped)
        return Total(int(stripped), (start, start + len(stripped)))
    found = [match for pattern in _SURE for match in re.finditer(f"(?i){pattern}", text)]
    totals = {Total(_value(match[1]), match.span(1)) for match in found}
    if len({total.number for total in totals}) != 1:
        return None
    total = min(totals, key=lambda total: total.span)
    before, after = text[: total.span[0]], text[total.span[1] :]
    # In a sentence with several, none may be the sum of the others.
    sentence = re.split(r"[.!?:]\s", before)[-1] + text[slice(*total.span)] + re.split(r"[.!?:]\s", after)[0]
    is_alone = len(re.findall(f"(?i){_NUMBER}{_TESTS}", sentence)) <= 1
    return total if is_alone and not re.search(f"(?i){_ABOUT}", before.rstrip("*")) else None


def _value(written: str) -> int:
    return int(written) if written.isdigit() else _WORDS.index(written.lower()) + 1
