"""A first draft of a pack, made from the empty form of a course.

It writes down what stands in the form, and a comment that begins with "unsure" wherever a teacher
has to decide. It guesses no number: one that stands in no sentence is left out and asked for.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import frozen

from report_ls.facts import Form
from report_ls.outline import fingerprint, outline, prompt_fingerprint
from report_ls.pack import Limit
from report_ls.report import Report, read_report
from report_ls.text import SourceText


def draft(source: SourceText, name: str) -> str | None:
    """Return the YAML of a pack for the form in a file of some name; None if there are no questions in it."""
    found = outline(source.plain)
    if not found.questions:
        return None
    titles = [one.section.title for one in found.questions[:-1] if one.section]
    if found.first_section:
        titles.insert(0, found.first_section.title)
    # Without a marker, what stands in an answer's place is read as its text.
    form = Form(marker="", sections=frozenset(map(fingerprint, titles)))
    report = read_report(source, form)
    lines = [*_head(source, name, report), *_answers(report), *_sections(titles), *_images(source)]
    return "".join(f"{line}\n" for line in [*lines, *_questions(report)])


_TITLE = re.compile(r"^#[ \t]+(.*\S)", re.MULTILINE)


def _head(source: SourceText, name: str, report: Report) -> Iterator[str]:
    heading = _TITLE.search(source.plain[: report.questions[0].start])
    title = heading[1].strip("# ") if heading else name
    slug = "-".join(re.findall(r"[a-z0-9]+", title.lower())[:5])
    yield f"# Drafted from {_printable(name)}. Decide every line that says unsure, then try it:"
    yield "# report-ls --check-pack THIS-FILE REPORT.md"
    yield f"id: {_string(slug or 'our-course')}  # unsure: the name to write after --pack"
    yield f"title: {_string(title)}  # unsure: the course and the edition, in words"
    yield "# unsure: the month it was published in; it decides between editions that fit equally well"
    yield "# since: 2026-01"
    yield '# unsure: only if the course counts with a script that splits reports at "Answer:"'
    yield f"# script: {{parts: {len(report.questions)}}}"
    yield "# unsure: only if the page that is handed in is made by Python-Markdown"
    yield "# handin: python-markdown"


def _answers(report: Report) -> Iterator[str]:
    """Yield the marker and the fillers: what stands where an answer belongs."""
    placed = [(question.number, " ".join(question.answer.text.split())) for question in report.questions]
    patterns = Counter(_pattern(number, text) for number, text in placed if _pattern(number, text) != text)
    marker = patterns.most_common(1)[0][0] if patterns else None
    if marker:
        yield f"marker: {_string(marker)}"
    fillers = dict.fromkeys(text for number, text in placed if text and _pattern(number, text) != marker)
    if fillers:
        numbers = ", ".join(str(number) for number, text in placed if text in fillers)
        yield f"# unsure: not part of an answer, but of the form? It stands in the place of answer {numbers}"
        yield "fillers:"
        yield from (f'  - {{words: {len(text.split())}, fingerprint: "{fingerprint(text)}"}}' for text in fillers)
    if not marker and not fillers:
        yield "# Nothing stands where an answer belongs, so there is no marker."


def _pattern(number: int, text: str) -> str:
    return re.sub(rf"\b{number}\b", "{number}", text)


def _sections(titles: Iterable[str]) -> Iterator[str]:
    listed = list(titles)
    if listed:
        yield f"# The sections of the form: {_printable('; '.join(listed))}"
        yield f"sections: [{_quoted(map(fingerprint, listed))}]"


_TARGET = re.compile(r"\]\((?:\./)?([\w-]+)/[^()\s]*\)")
_EXTENSION = re.compile(r"\.(png|jpe?g|gif|svg|webp|bmp|tiff?|pdf)\b", re.IGNORECASE)


def _images(source: SourceText) -> Iterator[str]:
    folders = Counter(match[1] for match in _TARGET.finditer(source.plain)).most_common(1)
    extensions = dict.fromkeys(match[1].lower() for match in _EXTENSION.finditer(source.plain))
    if not folders:
        yield "# unsure: in which folder beside the report do pictures belong? The form shows none"
    if not extensions:
        yield "# unsure: which types of picture does the course take? The form names none"
    folder = folders[0][0] if folders else "figures"
    yield f"images: {{folder: {folder}, extensions: [{', '.join(extensions or ('png', 'jpg', 'jpeg'))}]}}"


def _questions(report: Report) -> Iterator[str]:
    yield "# To each question a topic may be added, in a word or two: topic: data"
    yield "questions:"
    numbers: set[int] = set()
    for question in report.questions:
        if question.number in numbers:
            yield f"  # unsure: question {question.number} stands in the form twice; this is the first"
            continue
        numbers.add(question.number)
        if question.label is None:
            yield f'  # unsure: question {question.number} has no line "> Answer:"'
        asked = _Asked.read(question.prompt_text)
        yield from (f"  # unsure: question {question.number} {doubt}" for doubt in asked.doubts)
        limits = {"words": asked.words, "images": asked.images}
        written = "".join(f"{key}: {_limit(limit)}, " for key, limit in limits.items() if limit)
        prompt = _quoted([prompt_fingerprint(question.prompt_text)])
        yield f"  - {{number: {question.number}, {written}prompts: [{prompt}]}}"


def _limit(limit: Limit) -> str:
    if limit.low == limit.high:
        return str(limit.low)
    return f"{limit.low}-{'' if limit.high is None else limit.high}"


def _string(text: str) -> str:
    """Return a text as YAML in which every sign means itself."""
    return json.dumps(_printable(text), ensure_ascii=False)


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def _quoted(fingerprints: Iterable[str]) -> str:
    # Without quotes some fingerprints would be numbers.
    return ", ".join(f'"{one}"' for one in fingerprints)


_WRITTEN = {
    word: number
    for number, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
}
_NUMBER = rf"(\d{{1,6}}|{'|'.join(_WRITTEN)})"
_BOUND = (
    r"\b(?:(at\s+least|a\s+minimum\s+of|no\s+less\s+than)|(at\s+most|up\s+to|a\s+maximum\s+of|no\s+more\s+than))\s+"
)
_AMOUNT = rf"(?:{_BOUND})?(?:\b{_NUMBER}\s*(?:-|–|to|or)\s*)?\b{_NUMBER}\s+"
_PICTURES = r"(?:images?|screenshots?|figures?|pictures?|photos?|diagrams?|plots?)\b"
_VERB = r"\b(?:include|insert|upload|add|attach|show|provide|draw)\s+"
_LENGTH = re.compile(r"answer\s+length", re.IGNORECASE)
_EXAMPLE = re.compile(r"example\s*:", re.IGNORECASE)
_WORDS_ASKED = re.compile(rf"{_AMOUNT}words\b", re.IGNORECASE)
_PICTURES_NAMED = re.compile(rf"{_AMOUNT}{_PICTURES}", re.IGNORECASE)
_PICTURES_ASKED = re.compile(rf"{_VERB}{_AMOUNT}{_PICTURES}", re.IGNORECASE)
_SOME_PICTURE = re.compile(rf"{_VERB}(?:an?|some|your)\s+(?:[\w-]+\s+){{0,2}}{_PICTURES}", re.IGNORECASE)


@frozen
class _Asked:
    """What the sentences of a prompt ask."""

    words: Limit | None
    images: Limit | None
    doubts: tuple[str, ...]

    @staticmethod
    def read(prompt: str) -> "_Asked":
        """Read a prompt, without its example."""
        text = _EXAMPLE.split(" ".join(re.sub(r"[>*_`]+", " ", prompt).split()))[0]
        asked, *lengths = _LENGTH.split(text)
        words = _limits(_WORDS_ASKED, text)
        images = [*_limits(_PICTURES_ASKED, asked), *_limits(_PICTURES_NAMED, " ".join(lengths))]
        images = list(dict.fromkeys(images))
        doubts = []
        if len(words) > 1:
            doubts.append(f"names several lengths: {', '.join(map(_limit, words))} words")
        elif words and words[0].low == words[0].high:
            doubts.append(f"names one number of words, {words[0].low}: at least, at most or about?")
        if len(images) > 1:
            doubts.append(f"names several numbers of pictures: {', '.join(map(_limit, images))}")
        elif not images and _SOME_PICTURE.search(asked):
            doubts.append("asks for a picture and does not say how many; images: 1 would be exactly one")
        is_sure = len(words) == 1 and words[0].low != words[0].high
        return _Asked(words[0] if is_sure else None, images[0] if len(images) == 1 else None, tuple(doubts))


def _limits(pattern: re.Pattern[str], text: str) -> list[Limit]:
    """Return the limits that a text names, each once."""
    limits = []
    for match in pattern.finditer(text):
        least, most, first, last = match.groups()
        low, high = _number(first or last), _number(last)
        if least and not first:
            limits.append(Limit(low, None))
        elif most and not first:
            limits.append(Limit(0, high))
        elif low <= high:
            limits.append(Limit(low, high))
    return list(dict.fromkeys(limits))


def _number(written: str) -> int:
    return _WRITTEN.get(written.lower()) or int(written)
