"""A pack: what one edition of one course asks."""

import json
from collections.abc import Mapping
from enum import Enum
from typing import Any

from report_ls.base.cached import cached_property
from report_ls.base.diagnostic import Severity
from report_ls.base.memo import memoized, memoized_by_question
from report_ls.base.named_tuple import NamedTuple
from report_ls.packs.fit import Fit
from report_ls.packs.limits import DEFAULT_TOLERANCE_PERCENT, Limit, read_limit
from report_ls.packs.opening import read_opening, undecided
from report_ls.packs.prompt_limits import images_in, words_in
from report_ls.packs.scraper import Scraper, read_scraper
from report_ls.report.form import Filler, Form
from report_ls.report.question_outline import Prompt
from report_ls.report.report import Question


class PromptWording(NamedTuple):
    """All text above a label in one published form."""

    words: int
    """As a fingerprint counts them: letters and digits, whatever parts them."""
    fingerprint: str


class Box(NamedTuple):
    """An item of the form's checklist."""

    key: str
    """What it is about, in a word of our own that all editions share."""
    label: tuple[PromptWording, ...]
    """How it begins, one for each wording."""


class Origin(Enum):
    """Where a limit comes from."""

    PACK = "pack"
    QUESTION = "question"
    """The question's own sentence."""
    SCRIPT = "script"
    """The course's script beside the report."""
    NEAREST = "nearest"
    """The nearest edition, which asks the same."""


class _AskFields(NamedTuple):
    """The fields of an ask: a named tuple itself has no room for cached properties."""

    number: int
    topic: str = ""
    words: Limit | None = None
    images: Limit | None = None
    prompts: tuple[str, ...] = ()
    """Fingerprints of the prompt, one for each wording the edition was published with."""
    full_prompts: tuple[PromptWording, ...] = ()
    """Likewise of all text above the label: prompt, limit line and example."""
    group_number: tuple[str, ...] = ()
    """How a group's number is written, if the question asks for one: `#` is any digit."""
    study_number: tuple[str, ...] = ()
    """How a study number is written, if the question asks who is in the group."""
    names_members: bool = False
    """The answer says what everybody of the group did."""
    counts_tests: bool = False
    """The answer says how many tests there are."""
    links_to: str = ""
    """What the answer links to, such as `dockerfile`."""
    mentions_ai: bool = False
    """The answer says if and how generative AI was used."""
    words_from: Origin = Origin.PACK
    images_from: Origin = Origin.PACK


class Ask(_AskFields):
    """What a course asks in one question."""

    @cached_property
    def whole_fingerprints(self) -> frozenset[str]:
        """The fingerprints of all text above the label."""
        return frozenset(wording.fingerprint for wording in self.full_prompts)

    def passes(self, n_words: int, n_images: int) -> bool:
        """Say whether an answer with so many words and images is within the limits."""
        limits = (self.words, n_words), (self.images, n_images)
        return all(limit is None or limit.allows(number) for limit, number in limits)


class ExamplePicture(NamedTuple):
    """A picture that the template brings along: its size and the SHA-256 of its bytes."""

    n_bytes: int
    sha256: str


UNKNOWN = "unknown"
"""The id of every form that no pack knows; no file of a pack may have it."""


class Unknown(NamedTuple):
    """How a form that no pack knows is like the edition that is nearest to it."""

    nearest: "Pack"
    fit: Fit


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def month_in_words(since: str) -> str:
    """Return a month such as `2026-01` as people write it; empty for none."""
    year, _, month = since.partition("-")
    return f"{_MONTHS[int(month) - 1]} {year}" if month else ""


class _PackFields(NamedTuple):
    """The fields of a pack: a named tuple itself has no room for cached properties."""

    id: str
    title: str
    since: str = ""
    form: Form = Form()
    collects: str | None = None
    """The folder that the course collects with all that lies in it, the report too; None where it does not say so."""
    folder: str | None = None
    """Where the pictures belong, seen from the report; None where they may lie anywhere."""
    extensions: tuple[str, ...] = ()
    """The types of picture the course takes; empty where it takes all that a page shows."""
    examples: tuple[ExamplePicture, ...] = ()
    handin: str | None = None
    """What makes the page that is handed in."""
    page_skips_characters: int = 0
    """How many characters are cut off the text before."""
    scraper: Scraper | None = None
    """What counts in the repository."""
    checklist: tuple[Box, ...] = ()
    """The boxes above the questions."""
    asks: tuple[Ask, ...] = ()
    """Empty where the limits are read from the report's own prompts."""
    severities: Mapping[str, Severity | None] = {}
    """By code, or by code and question (`answer-too-short@14`); None switches the check off."""
    unsure: tuple[str, ...] = ()
    """What its author has not decided yet."""
    unknown: Unknown | None = None
    """What is known of a form that no pack knows; None in a pack of an edition."""


class Pack(_PackFields):
    """One edition of one course."""

    @cached_property
    def _hash(self) -> int:
        return hash((self.id, self.form, self.asks))

    def __hash__(self) -> int:
        # Each keystroke looks up all questions by it.
        return self._hash

    def __getstate__(self) -> None:
        # A hash is of its process, so it is not passed on to another one.
        return None

    @property
    def name(self) -> str:
        """What people call the edition: the month it was published in, else its title."""
        return month_in_words(self.since) or self.title

    @property
    def picture_folder(self) -> str:
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
    def asks_for_ai(self) -> bool:
        """It asks if and how generative AI was used."""
        return any(ask.mentions_ai for ask in self.asks)

    @cached_property
    def _asks_by_number(self) -> Mapping[int, Ask]:
        return {ask.number: ask for ask in self.asks}

    @cached_property
    def asks_by_prompt(self) -> Mapping[str, Ask]:
        """What asks in some words, by their fingerprint, whatever its number."""
        return {prompt: ask for ask in reversed(self.asks) for prompt in ask.prompts}

    def ask(self, question: Question) -> Ask:
        """Return what a question of a report asks."""
        number = question.number
        return self.ask_of_number(number) if self.asks else _ask_in(question.asked.text, number)

    def ask_each(self, prompts: tuple[Prompt, ...]) -> tuple[Ask, ...]:
        """Return what each of some questions asks."""
        return _ask_each(self, prompts)

    def ask_by_number(self, number: int, prompt: str) -> Ask:
        """Return what the question with this number and prompt asks."""
        return self.ask_of_number(number) if self.asks else _ask_in(prompt, number)

    def severity(self, code: str, number: int | None, usual: Severity | None) -> Severity | None:
        """Return how much a finding in a question matters in this course; None where its check is switched off."""
        for key in (code, f"{code}@{number}") if self.severities else ():
            usual = self.severities.get(key, usual)
        return usual

    def ask_of_number(self, number: int) -> Ask:
        """Return what a form asks under a number, where it lists its questions."""
        return self._asks_by_number.get(number) or Ask(number)


def shipped(text: str) -> tuple[Pack, ...]:
    """Read `rules/packs.json`: the packs that come with report-ls, made from their YAML and tested against it."""
    return tuple(build(data) for data in json.loads(text))


def build(data: Mapping[str, Any]) -> Pack:
    """Build a pack from data that fits the schema of `pack_file.py`."""
    images = data.get("images", {})
    script = data.get("script", {})
    sections = frozenset(data.get("sections", ()))
    default = Form()
    return Pack(
        id=data["id"],
        title=data["title"],
        since=data.get("since", ""),
        form=Form(
            marker=data.get("marker", default.marker),
            fillers=tuple(Filler(**filler) for filler in data.get("fillers", ())),
            sections=sections,
            opening=read_opening(data, sections),
            expected_answers=script.get("parts"),
            skipped_characters=script.get("cut", 0),
        ),
        collects=data["collects"].rstrip("/") if "collects" in data else None,
        folder=images["folder"].rstrip("/") if "folder" in images else None,
        extensions=tuple(images.get("extensions", ())),
        examples=tuple(ExamplePicture(example["bytes"], example["sha256"]) for example in images.get("examples", ())),
        handin=data.get("handin"),
        page_skips_characters=data.get("handin-cut", 0),
        scraper=read_scraper(data["scraper"]) if "scraper" in data else None,
        checklist=tuple(_box(box) for box in data.get("checklist", ())),
        asks=tuple(
            _ask(question, data.get("tolerance", DEFAULT_TOLERANCE_PERCENT)) for question in data.get("questions", ())
        ),
        severities={
            key: None if word == "off" else Severity[word.upper()] for key, word in data.get("severities", {}).items()
        },
        unsure=tuple(undecided(data)),
    )


def _box(box: Mapping[str, Any]) -> Box:
    return Box(box["key"], tuple(PromptWording(**wording) for wording in box["label"]))


def _ask(question: Mapping[str, Any], tolerance: int) -> Ask:
    return Ask(
        question["number"],
        question.get("topic", ""),
        read_limit(question.get("words"), tolerance),
        read_limit(question.get("images")),
        tuple(question.get("prompts", ())),
        tuple(PromptWording(**wording) for wording in question.get("whole", ())),
        tuple(question.get("group-number", ())),
        tuple(question.get("study-number", ())),
        question.get("names") == "members",
        question.get("counts") == "tests",
        question.get("links", ""),
        question.get("mentions") == "generative-ai",
    )


@memoized(4)
def _ask_each(pack: Pack, prompts: tuple[Prompt, ...]) -> tuple[Ask, ...]:
    return tuple(pack.ask_by_number(prompt.number, prompt.text) for prompt in prompts)


@memoized_by_question
def _ask_in(prompt: str, number: int) -> Ask:
    """Return what a prompt itself asks."""
    words, images = words_in(prompt), images_in(prompt)
    return Ask(number, "", words, images, words_from=Origin.QUESTION, images_from=Origin.QUESTION)
