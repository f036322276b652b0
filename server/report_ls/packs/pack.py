"""Rule packs: what one edition of one course asks, and which edition a text is a report of."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from attrs import field, frozen

from report_ls.base.diagnostic import Severity
from report_ls.base.text import remembered
from report_ls.report.answer_facts import Filler, Form
from report_ls.report.outline import Outline, Prompt, fingerprint, prompt_fingerprint
from report_ls.report.report import Question


@frozen
class Limit:
    """How many words or images are asked; without an upper bound `high` is None."""

    low: int
    high: int | None

    def __str__(self) -> str:
        if self.high is None:
            return f"at least {self.low}"
        if self.low == 0:
            return f"up to {self.high}"
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"

    def allows(self, number: int) -> bool:
        """Say whether a number is within the limit."""
        return self.low <= number and (self.high is None or number <= self.high)


@frozen
class Wording:
    """All that stands above a label in one published form."""

    words: int
    """As a fingerprint counts them: letters and digits, whatever parts them."""
    fingerprint: str


@frozen
class Ask:
    """What a course asks in one question."""

    number: int
    topic: str = ""
    words: Limit | None = None
    images: Limit | None = None
    prompts: tuple[str, ...] = ()
    """Fingerprints of the prompt, one for each wording the edition was published with."""
    whole: tuple[Wording, ...] = ()
    """Likewise all that stands above the label: prompt, limit line and example."""
    group_number: tuple[str, ...] = ()
    """How a group's number is written, if the question asks for one: `#` stands for a digit."""
    study_number: tuple[str, ...] = ()
    """How a study number is written, if the question asks who is in the group."""
    names_members: bool = False
    """The answer says what everybody of the group did."""

    def passes(self, n_words: int, n_images: int) -> bool:
        """Say whether an answer with so many words and images is within the limits."""
        limits = (self.words, n_words), (self.images, n_images)
        return all(limit is None or limit.allows(number) for limit, number in limits)


@frozen
class ExamplePicture:
    """A picture that the template brings along: its size and the SHA-256 of its bytes."""

    n_bytes: int
    sha256: str


@frozen(cache_hash=True)
class Pack:
    """One edition of one course."""

    id: str
    title: str
    since: str = ""
    form: Form = field(factory=Form)
    folder: str | None = None
    """Where the pictures belong, seen from the report; None where they may lie anywhere."""
    extensions: tuple[str, ...] = ()
    """The types of picture the course takes; empty where it takes all that a page shows."""
    examples: tuple[ExamplePicture, ...] = ()
    handin: str | None = None
    """What makes the page that is handed in."""
    handin_cut: int = 0
    """How many characters are cut off the text before."""
    asks: tuple[Ask, ...] = ()
    """Empty where the limits are read from the report's own prompts."""
    severities: Mapping[str, Severity | None] = field(factory=dict, hash=False)
    """By code, or by code and question (`answer-too-short@14`); None switches the check off."""

    @property
    def usual_folder(self) -> str:
        """Where pictures are looked for and put: the folder of the course, or the usual one where it names none."""
        return self.folder or "figures"

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the questions on the form; empty where it does not say."""
        return tuple(ask.number for ask in self.asks)

    @cached_property
    def asks_for_members(self) -> bool:
        """It asks who is in the group."""
        return any(ask.study_number for ask in self.asks)

    @cached_property
    def _asks_by_number(self) -> Mapping[int, Ask]:
        return {ask.number: ask for ask in self.asks}

    def ask(self, question: Question) -> Ask:
        """Return what is asked in a question of a report."""
        return self.ask_by_number(question.number, question.prompt_text)

    def ask_each(self, prompts: tuple[Prompt, ...]) -> tuple[Ask, ...]:
        """Return what is asked in each of some questions."""
        return _ask_each(self, prompts)

    def ask_by_number(self, number: int, prompt: str) -> Ask:
        """Return what is asked in the question that has a number and a prompt."""
        if self.asks:
            return self._asks_by_number.get(number) or Ask(number)
        return _ask_in(number, prompt)


def shipped(text: str) -> tuple[Pack, ...]:
    """Read `rules/packs.json`: the packs that come with report-ls, made from their YAML and tested against it."""
    return tuple(build(data) for data in json.loads(text))


def build(data: Mapping[str, Any]) -> Pack:
    """Build a pack from data that fits the schema of `pack_file.py`."""
    images = data.get("images", {})
    script = data.get("script", {})
    default = Form()
    return Pack(
        id=data["id"],
        title=data["title"],
        since=data.get("since", ""),
        form=Form(
            marker=data.get("marker", default.marker),
            fillers=tuple(Filler(**filler) for filler in data.get("fillers", ())),
            sections=frozenset(data.get("sections", ())),
            parts=script.get("parts"),
            cut=script.get("cut", 0),
        ),
        folder=images["folder"].rstrip("/") if "folder" in images else None,
        extensions=tuple(images.get("extensions", ())),
        examples=tuple(ExamplePicture(one["bytes"], one["sha256"]) for one in images.get("examples", ())),
        handin=data.get("handin"),
        handin_cut=data.get("handin-cut", 0),
        asks=tuple(_ask(question) for question in data.get("questions", ())),
        severities={
            key: None if word == "off" else Severity[word.upper()] for key, word in data.get("severities", {}).items()
        },
    )


def _ask(question: Mapping[str, Any]) -> Ask:
    return Ask(
        question["number"],
        question.get("topic", ""),
        read_limit(question.get("words")),
        read_limit(question.get("images")),
        tuple(question.get("prompts", ())),
        tuple(Wording(**wording) for wording in question.get("whole", ())),
        tuple(question.get("group-number", ())),
        tuple(question.get("study-number", ())),
        question.get("names") == "members",
    )


def read_limit(written: str | int | None) -> Limit | None:
    """Return a limit as a pack writes it, such as 100-200, 100- or 1."""
    if written is None:
        return None
    low, dash, high = str(written).partition("-")
    return Limit(int(low), (int(high) if high else None) if dash else int(low))


ADD = r"(?:insert|include|upload|add|attach|show|provide|draw|paste|embed|submit|contain)s?"
"""A pattern for what a prompt says before the number of pictures that it asks for."""
_EACH = r"(?!\s*,?\s*(?:for\s+)?(?:each|every|per)\b)"
_WORDS_ASKED = re.compile(rf"answer\s+length[\s*_:]*(\d{{1,6}})\s*(?:-|–|to)\s*(\d{{1,6}})\s+words{_EACH}")
_IMAGES = "screenshots", "images", "figures", "pictures"
_IMAGES_ASKED = re.compile(
    rf"\b(?:{ADD}|with|words,?(?:\s+and)?)[\s*_>+]+(\d{{1,6}})\s*(?:-|–|to)\s*(\d{{1,6}})"
    rf"\s+(?:{'|'.join(_IMAGES)}){_EACH}"
)


@remembered(4)
def _ask_each(pack: Pack, prompts: tuple[Prompt, ...]) -> tuple[Ask, ...]:
    return tuple(pack.ask_by_number(prompt.number, prompt.text) for prompt in prompts)


@remembered(400)
def _ask_in(number: int, prompt: str) -> Ask:
    """Return what a prompt itself asks."""
    words, images = limits_in(prompt)
    return Ask(number, "", words, images)


@remembered(1024)
def limits_in(prompt: str) -> tuple[Limit | None, Limit | None]:
    """Return the limits that a prompt itself names: words, images."""
    prompt = prompt.lower()
    # Most prompts ask for no images, and to find that out word by word takes long.
    asks_images = any(word in prompt for word in _IMAGES)
    return _only_limit(_WORDS_ASKED, prompt), _only_limit(_IMAGES_ASKED, prompt) if asks_images else None


def _only_limit(pattern: re.Pattern[str], prompt: str) -> Limit | None:
    """Return the limit that a prompt names; None if there are several, or one that ends before it starts."""
    limits = {Limit(int(low), int(high)) for low, high in pattern.findall(prompt)}
    limit = limits.pop() if len(limits) == 1 else None
    return limit if limit and limit.low <= (limit.high or 0) else None


_ENOUGH = 3
"""So many of a template's prompts or section titles make a report its copy, whatever else changed."""


_CLEARLY_BETTER = 2
"""So many prompts more make another pack take over from the one that was kept."""


def choose(outline: Outline, packs: Iterable[Pack], kept: Pack | None = None) -> Pack | None:
    """Return the pack of the edition that a text is a report of; None if it is no report.

    Judged by the prompts' wording, then by the limits they name, then by the number of questions,
    then the newer. Students delete and invent questions, so no number of them is required. A text
    of no known edition whose prompts name limits is judged by those, with the pack that lists no
    questions. While somebody is writing, the pack that was `kept` stays until another one has two
    prompts more in common: an edit within a prompt must not change what the whole report asks.
    """
    best: tuple[tuple[int, int, int, str], Pack] | None = None
    fallback = None
    for pack in packs:
        if not pack.asks:
            fallback = pack
            continue
        n_prompts = _prompts_in_common(outline, pack)
        if n_prompts >= min(_ENOUGH, len(pack.asks)) or _sections_in_common(outline, pack) >= _ENOUGH:
            distance = -abs(len(outline.questions) - len(pack.asks))
            rank = n_prompts, _limits_in_common(outline, pack), distance, pack.since
            if best is None or rank > best[0]:
                best = rank, pack
    if best:
        is_close = kept is not None and best[0][0] - _prompts_in_common(outline, kept) < _CLEARLY_BETTER
        return kept if is_close else best[1]
    names_limits = any(any(limits_in(question.prompt_text)) for question in outline.questions)
    return fallback if names_limits else None


def _prompts_in_common(outline: Outline, pack: Pack) -> int:
    asks = {ask.number: ask for ask in pack.asks}
    return sum(
        prompt_fingerprint(question.prompt_text) in asks[question.number].prompts
        for question in outline.questions
        if question.number in asks
    )


def _limits_in_common(outline: Outline, pack: Pack) -> int:
    asks = {ask.number: ask for ask in pack.asks}
    return sum(
        limits_in(question.prompt_text)[0] == asks[question.number].words
        for question in outline.questions
        if question.number in asks
    )


def _sections_in_common(outline: Outline, pack: Pack) -> int:
    sections: Sequence[str] = [
        fingerprint(section.title)
        for section in (outline.first_section, *(question.section for question in outline.questions[:-1]))
        if section
    ]
    return len(pack.form.sections.intersection(sections))
