"""Editions as a course may hand them out next: a real form with changes of ours, and what each then asks.

A form is taken to pieces, changed and put together again, so what is asked stays known: it is in the *perfect* pack,
the one that a teacher would have written. Students' answers can be put in, each below the question it answered.
All words that a change brings along are our own.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from attrs import evolve, frozen
from report_ls.authoring.draft import titles_of
from report_ls.base.text import SourceText
from report_ls.files.text_files import read_text
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Ask, Pack, PromptWording
from report_ls.packs.recognise import recognise
from report_ls.project.packs import packs
from report_ls.report.fingerprints import fingerprint, prompt_fingerprint, prompt_words, whole_fingerprint
from report_ls.report.outline import outline
from report_ls.report.report import read_report

_USUAL_HEADING = "### Question {number}"
_USUAL_LABEL = "> Answer:"
_USUAL_MARKER = "--- question {number} fill here ---"


@frozen
class Part:
    """One question of an edition."""

    origin: int
    """Its number in the real form; 0 if it is ours."""
    section: str
    """What stands between the answer before it and its heading: the section that it opens, or nothing."""
    prompt: str
    """All from the heading's line end to the label's line."""
    ask: Ask
    """What is asked, under the number of the real form."""

    def asking(self, words: Limit | None) -> "Part":
        """Return the same with another number of words, in its line and in what is asked."""
        assert words
        prompt = _WORDS.sub(lambda match: f"{match[1]}{words.low}-{words.high} words", self.prompt)
        assert prompt != self.prompt
        return evolve(self, prompt=prompt, ask=self.ask._replace(words=words))

    def asking_images(self, images: Limit, written: str) -> "Part":
        """Return the same with another number of images, and how that is written."""
        prompt = _IMAGES.sub(lambda match: f"{match[1]}{written} images", self.prompt)
        assert prompt != self.prompt
        return evolve(self, prompt=prompt, ask=self.ask._replace(images=images))


_WORDS = re.compile(r"((?:Recommended a|A)nswer length: )(\d+)-(\d+) words")
_WORDS_LINE = re.compile(r"^> (?:Recommended a|A)nswer length:.*\n(?:>[ \t]*\n)?", re.MULTILINE)
_IMAGES = re.compile(r"((?:Upload|Insert|\+) )(?:one|\d(?:(?: to |-)\d)?) (?:images?|screenshots?)")


@frozen
class Edition:
    """A form and what it asks."""

    name: str
    base: Pack
    """The pack of the real form."""
    head: str
    """The text above the first question."""
    parts: tuple[Part, ...]
    heading: str = _USUAL_HEADING
    label: str = _USUAL_LABEL
    marker: str = _USUAL_MARKER
    is_unknown: bool = True
    """The edition is unknown, and report-ls must say so."""

    @cached_property
    def text(self) -> str:
        """The empty form."""
        return self._text({}, self.heading, self.label)

    def filled(self, answers: Mapping[int, str]) -> str:
        """Return the form with answers, by the number that their question has in the real form."""
        return self._text(answers, self.heading, self.label)

    def usual(self, answers: Mapping[int, str]) -> str:
        """Return the same with headings and labels spelled as they always were."""
        return self._text(answers, _USUAL_HEADING, _USUAL_LABEL)

    @property
    def is_labelled_as_usual(self) -> bool:
        """The course's script, as it always was, finds its answers."""
        return self.label == _USUAL_LABEL

    @property
    def said_once(self) -> tuple[str, ...]:
        """The codes by which it is said, once each, that the course's script reads the form otherwise than meant."""
        has_usual_level = self.heading.startswith("### ")
        return (
            *(() if has_usual_level else ("question-missing",)),
            *(() if self.is_labelled_as_usual else ("answer-label",)),
        )

    @cached_property
    def pack(self) -> Pack:
        """The perfect pack."""
        found = outline(self.usual({}))
        assert [question.number for question in found.questions] == [*range(1, len(self.parts) + 1)]
        asks = (
            part.ask._replace(
                number=question.number,
                prompts=(prompt_fingerprint(question.prompt_text),),
                full_prompts=(_wording(question.asked.text_above_label),),
            )
            for part, question in zip(self.parts, found.questions, strict=True)
        )
        form = self.base.form._replace(
            marker=self.marker,
            sections=frozenset(map(fingerprint, titles_of(found))),
            expected_answers=len(self.parts) if self.is_labelled_as_usual else None,
        )
        return self.base._replace(id="perfect", title=self.name, form=form, asks=tuple(asks))

    def _text(self, answers: Mapping[int, str], heading: str, label: str) -> str:
        pieces = [self.head]
        for number, part in enumerate(self.parts, 1):
            marker = self.marker.replace("{number}", str(number))
            answer = answers.get(part.origin, f"\n\n{MARKER}\n\n").replace(MARKER, marker)
            if not label.endswith(":") and not answer.startswith("\n"):
                answer = "\n" + answer.lstrip(" \t>")
            title = part.ask.topic or "a question of ours"
            opened = heading.replace("{number}", str(number)).replace("{title}", title)
            # Nothing stands below the last answer: its question may have been another one.
            pieces += [part.section, opened, part.prompt, label, answer.rstrip("\n"), "\n\n"]
        return "".join(pieces[:-1]) + "\n"


MARKER = "\0"
"""Replaces the form's own marker in an answer."""


def _wording(above_label: str) -> PromptWording:
    return PromptWording(len(prompt_words(above_label)), whole_fingerprint(above_label))


def real_edition(path: Path) -> Edition:
    """Return the edition of a real form."""
    text = read_text(path).plain
    found = outline(text)
    pack = recognise(found, packs())
    assert pack
    parts = []
    section = ""
    for question, ask in zip(found.questions, pack.asks, strict=True):
        assert question.label
        below = question.text[question.label.span.end :]
        place = below.find("## ") if question.section else len(below)
        start = question.text.rfind("\n", 0, question.label.span.start) + 1
        parts.append(Part(question.number, section, question.text[question.heading.end : start], ask))
        section = below[place:]
    return Edition("as it is", pack, found.head, tuple(parts))


def answers_of(source: SourceText, pack: Pack) -> dict[int, str]:
    """Return the text below each label of a report, with a sign for each marker."""
    answers: dict[int, str] = {0: _OUR_ANSWER}
    for question in read_report(source, pack.form).questions:
        text = question.answer.text
        start = question.answer.span.start
        for span in sorted({*question.answer.markers, *question.answer.leftovers}, reverse=True):
            if not text[span.start - start : span.end - start].count(MARKER):
                text = text[: span.start - start] + MARKER + text[span.end - start :]
        answers.setdefault(question.number, text)
    return answers


_OUR_ANSWER = "\n\n" + "We met twice a week, and each time we wrote down what was done and what was next.\n" * 8 + "\n"


# The changes


Change = Callable[[Edition], Edition]


def with_other_words(n_changed: int) -> Change:
    """Ask other numbers of words in so many questions."""

    def change(edition: Edition) -> Edition:
        numbers = [index for index, part in enumerate(edition.parts) if part.ask.words][:n_changed]
        assert len(numbers) == n_changed
        parts = (
            part.asking(_other(part.ask.words, index)) if index in numbers else part
            for index, part in enumerate(edition.parts)
        )
        return evolve(edition, parts=tuple(parts))

    return change


def _other(limit: Limit | None, index: int) -> Limit:
    """Return a limit nearby: stretched, raised or lowered."""
    assert limit
    assert limit.high
    low, high = ((0, 50), (50, 50), (-25, -25))[index % 3]
    return Limit(max(limit.low + low, 0), limit.high + high)


def with_questions(after: int, *questions: str, section: str = "") -> Change:
    """Insert new questions after a question; a section may open above the first of them."""

    def change(edition: Edition) -> Edition:
        line = next(match[1] for part in edition.parts if (match := _WORDS.search(part.prompt)))
        new = [Part(0, "", _prompt(question, line), Ask(0, words=_OUR_LIMIT)) for question in questions]
        new[0] = evolve(new[0], section=section)
        return evolve(edition, parts=(*edition.parts[:after], *new, *edition.parts[after:]))

    return change


def _prompt(question: str, line: str) -> str:
    return f"\n\n> **{question}**\n>\n> {line}{_OUR_LIMIT} words.\n>\n> Example:\n> *Each ... we ...*\n>\n"


_OUR_LIMIT = Limit(100, 200)
_ON_MEETINGS = "How often did the group meet, and who decided what to do until the next time?"
_ON_SHARING = "How was the work shared out from week to week? Name one thing that took longer than planned."
_ON_USERS = "Who could use what was made, and what would they need to know first?"
_OUR_SECTION = "## Working as a group\n\n> Here we ask how the group worked together.\n\n"


def with_our_section(edition: Edition) -> Edition:
    """Add a section with two new questions before the last section."""
    last = max(index for index, part in enumerate(edition.parts) if part.section)
    return with_questions(last, _ON_MEETINGS, _ON_SHARING, section=_OUR_SECTION)(edition)


def without_question(number: int) -> Change:
    """Take a question out."""

    def change(edition: Edition) -> Edition:
        parts = list(edition.parts)
        gone = parts.pop(number - 1)
        following = parts[number - 1]
        parts[number - 1] = evolve(following, section=gone.section or following.section)
        return evolve(edition, parts=tuple(parts))

    return change


def with_other_images(written: Callable[[Limit], str]) -> Change:
    """Ask other numbers of pictures where a sentence names one, which is in four questions."""

    def change(edition: Edition) -> Edition:
        limits = iter((Limit(2, 3), Limit(2, 4), Limit(1, 4), Limit(2, 5)))
        parts = [
            part.asking_images(limit := next(limits), written(limit)) if _IMAGES.search(part.prompt) else part
            for part in edition.parts
        ]
        assert next(limits, None) is None
        return evolve(edition, parts=tuple(parts))

    return change


def _in_digits(limit: Limit) -> str:
    return f"{limit.low} to {limit.high}"


def _in_words(limit: Limit) -> str:
    words = ("no", "one", "two", "three", "four", "five")
    assert limit.high
    return f"{words[limit.low]} to {words[limit.high]}"


def with_words_line(written: str) -> Change:
    """Write the line that names the length in another way."""

    def change(edition: Edition) -> Edition:
        def line(match: re.Match[str]) -> str:
            return written.format(low=match[2], high=match[3])

        return evolve(
            edition, parts=tuple(evolve(part, prompt=_WORDS.sub(line, part.prompt)) for part in edition.parts)
        )

    return change


def with_sentences(edition: Edition) -> Edition:
    """Name the length in a sentence of the prompt, and in no line of its own."""

    def part_with(part: Part) -> Part:
        if not part.ask.words:
            return part
        low, high = part.ask.words.low, part.ask.words.high
        length = f"Write between {low} and {high} words." if low else f"Write at most {high} words."
        return evolve(part, prompt=_WORDS_LINE.sub("", part.prompt).replace("**", f"**{length} ", 1))

    return evolve(edition, parts=tuple(map(part_with, edition.parts)))


def translated(edition: Edition) -> Edition:
    """Ask everything in Danish, in our own words."""

    def part_with(part: Part) -> Part:
        words, images = (limit and f"mellem {limit.low} og {limit.high}" for limit in (part.ask.words, part.ask.images))
        asked = f"{f', {words} ord' if words else ''}{f', og vis {images} billeder' if images else ''}"
        title = part.ask.topic
        return evolve(part, prompt=f"\n\n> **Fort\u00e6l om jeres arbejde med {title}{asked}.**\n>\n")

    return evolve(edition, parts=tuple(map(part_with, edition.parts)))


def with_sections_merged(edition: Edition) -> Edition:
    """Make one section of the first two that open below a question."""
    first, second = [index for index, part in enumerate(edition.parts) if part.section][:2]
    parts = list(edition.parts)
    parts[first] = evolve(parts[first], section="## Code and its versions\n\n> Here we ask how the code was kept.\n\n")
    parts[second] = evolve(parts[second], section="")
    return evolve(edition, parts=tuple(parts))


def with_section_moved(edition: Edition) -> Edition:
    """Put the second section that opens below a question before the first; all numbers run on."""
    first, second, third = [index for index, part in enumerate(edition.parts) if part.section][:3]
    parts = edition.parts
    return evolve(edition, parts=(*parts[:first], *parts[second:third], *parts[first:second], *parts[third:]))


def with_prompts_of_ours(n_changed: int) -> Change:
    """Ask something else in so many questions, with the same limits."""

    def change(edition: Edition) -> Edition:
        parts = list(edition.parts)
        for index in _plain(edition)[:n_changed]:
            asked = f"Which of your decisions about matter {index} would you take again, and why?"
            line = _WORDS.search(parts[index].prompt)
            assert line
            parts[index] = evolve(parts[index], prompt=f"\n\n> **{asked}**\n>\n> {parts[index].prompt[line.start() :]}")
        return evolve(edition, parts=tuple(parts))

    return change


def _plain(edition: Edition) -> list[int]:
    """Return where the questions are that ask words and no images."""
    return [index for index, part in enumerate(edition.parts) if part.ask.words and not part.ask.images]


def with_prompts_moved(n_moved: int) -> Change:
    """Ask in some late questions what early ones asked, and something else in these."""

    def change(edition: Edition) -> Edition:
        parts = list(with_prompts_of_ours(n_moved)(edition).parts)
        places = _plain(edition)
        for early, late in zip(places[:n_moved], places[-n_moved:], strict=True):
            parts[late] = evolve(edition.parts[early], section=parts[late].section)
        return evolve(edition, parts=tuple(parts))

    return change


def spelled(heading: str = _USUAL_HEADING, label: str = _USUAL_LABEL, marker: str = _USUAL_MARKER) -> Change:
    """Write headings, labels and markers otherwise."""
    return lambda edition: evolve(edition, heading=heading, label=label, marker=marker)


def known(edition: Edition) -> Edition:
    """Change nothing that an edition is told by."""
    return evolve(edition, is_unknown=False)


def _all(*changes: Change) -> Change:
    def change(edition: Edition) -> Edition:
        for one in changes:
            edition = one(edition)
        return edition

    return change


_MUCH = _all(
    with_other_words(3),
    with_other_images(_in_digits),
    without_question(10),
    with_questions(15, _ON_USERS, section=_OUR_SECTION),
)
_LINE = "Aim for {low} to {high} words"

CHANGES: Mapping[str, Change] = {
    "nothing": known,
    "16 limits": with_other_words(16),
    "a question inserted after 16": with_questions(16, _ON_USERS),
    "question 10 removed": without_question(10),
    "two questions and a section added": with_our_section,
    "3 + 4 limits, a question in and one out, a section": _MUCH,
    "the same, with another line for the length": _all(_MUCH, with_words_line(_LINE)),
    "another marker": _all(spelled(marker="[write your answer to question {number} here]"), known),
    "`## Question 1`": _all(spelled(heading="## Question {number}"), known),
    "label `> Your answer:`": _all(spelled(label="> Your answer:"), known),
    "label `**Answer**`": _all(spelled(label="\n**Answer**"), known),
    "label `Answer`": _all(spelled(label="\nAnswer"), known),
    "titles behind the numbers": _all(spelled(heading=_USUAL_HEADING + ": {title}"), known),
    "another line for the length": with_words_line(_LINE),
    "lengths in a sentence of the prompt": with_sentences,
    "other numbers of pictures": with_other_images(_in_digits),
    "other numbers of pictures, in words": with_other_images(_in_words),
    "all of that": _all(
        _MUCH,
        with_words_line("Please write from {low} to {high} words"),
        spelled(marker="< your answer to question {number} >", heading="## Question {number}", label="\n**Answer**"),
    ),
    "a section moved": with_section_moved,
    "two sections merged": _all(with_sections_merged, known),
    "prompts in Danish": translated,
}
"""Each by its name in docs/precision.md."""


def boundaries(real: Edition) -> Iterator[tuple[str, Edition]]:
    """Yield editions that are just known and just unknown."""
    n_new = len(real.parts) // 6
    yield "one limit", known(with_other_words(1)(real))
    yield "two limits", with_other_words(2)(real)
    yield "one prompt moved", known(with_prompts_moved(1)(real))
    yield "two prompts moved", with_prompts_moved(2)(real)
    yield f"{n_new} prompts new", known(with_prompts_of_ours(n_new)(real))
    yield f"{n_new + 1} prompts new", with_prompts_of_ours(n_new + 1)(real)
    yield "a question less", without_question(len(real.parts) - 1)(real)
    yield "a question more", with_questions(len(real.parts), _ON_USERS)(real)
