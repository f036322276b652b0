"""Rule packs: what one edition of one course asks, as data.

The home of yaml. A pack is checked against `SCHEMA` and nothing else, so the schema that editors
use for `rules/*.yaml` is this one. `cattrs` would read a pack too, but importing it costs more
than a whole run of `--check` may; reading with the schema also knows the line of what is wrong.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import yaml
from attrs import field, frozen

from report_ls.diagnostic import Severity
from report_ls.report import Filler, Form, Outline, Question, fingerprint, prompt_fingerprint


@frozen
class Limit:
    """How many words or images are asked; without an upper bound `high` is None."""

    low: int
    high: int | None

    def __str__(self) -> str:
        if self.high is None:
            return f"at least {self.low}"
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"

    def allows(self, number: int) -> bool:
        """Say whether a number is within the limit."""
        return self.low <= number and (self.high is None or number <= self.high)


@frozen
class Ask:
    """What a course asks in one question."""

    number: int
    topic: str = ""
    words: Limit | None = None
    images: Limit | None = None
    prompts: tuple[str, ...] = ()
    """Fingerprints of the prompt, one for each wording the edition was published with."""


@frozen
class Pack:
    """One edition of one course."""

    id: str
    title: str
    since: str = ""
    form: Form = Form()
    folder: str = "figures"
    """Where the pictures belong, seen from the report."""
    extensions: tuple[str, ...] = ("png", "jpg", "jpeg")
    handin: str | None = None
    asks: tuple[Ask, ...] = ()
    """Empty where the limits are read from the report's own prompts."""
    severities: Mapping[str, Severity | None] = field(factory=dict, hash=False)
    """By code, or by code and question (`answer-too-short@14`); None switches the check off."""

    def ask(self, question: Question) -> Ask:
        """Return what is asked in a question of a report."""
        for ask in self.asks:
            if ask.number == question.number:
                return ask
        if self.asks:
            return Ask(question.number)
        words, images = limits_in(question.prompt_text)
        return Ask(question.number, "", words, images)


class PackError(Exception):
    """A pack that cannot be used: `where:line:column: what is wrong`, one-based."""

    def __init__(self, where: str, line: int, column: int, message: str) -> None:
        super().__init__(f"{where}:{line}:{column}: {message}")
        self.line, self.column, self.message = line, column, message


_CODE = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_FINGERPRINT = {"type": "string", "pattern": "^[0-9a-f]{12}$"}
_LIMIT: dict[str, Any] = {
    "type": ["integer", "string"],
    "minimum": 0,
    "pattern": "^[0-9]+-[0-9]*$",
}

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "report-ls rule pack",
    "description": "What one edition of one course asks of a report.",
    "type": "object",
    "required": ["id", "title"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": f"^{_CODE}$", "description": "The name users write after --pack."},
        "title": {"type": "string", "description": "The course and the edition, in words."},
        "since": {
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}$",
            "description": "The month the edition was published in; of two that fit a report equally, the newer is taken.",
        },
        "marker": {
            "type": "string",
            "pattern": "\\{number\\}",
            "description": "What the template holds where an answer belongs, with {number} for the question's number.",
        },
        "fillers": {
            "type": "array",
            "description": "Other texts a template held where an answer belongs.",
            "items": {
                "type": "object",
                "required": ["words", "fingerprint"],
                "additionalProperties": False,
                "properties": {
                    "words": {"type": "integer", "minimum": 1, "description": "How many words it has."},
                    "fingerprint": _FINGERPRINT,
                },
            },
        },
        "sections": {
            "type": "array",
            "description": "Fingerprints of the titles of the template's sections (headings of level 2).",
            "items": _FINGERPRINT,
        },
        "images": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "folder": {"type": "string", "description": "Where pictures belong, seen from the report."},
                "extensions": {
                    "type": "array",
                    "description": "The types of picture the course takes.",
                    "items": {"type": "string", "pattern": "^[a-z0-9]+$"},
                },
            },
        },
        "script": {
            "type": "object",
            "description": "How the course's script reads a report. Leave it out where a course has none.",
            "required": ["parts"],
            "additionalProperties": False,
            "properties": {
                "parts": {"type": "integer", "minimum": 1, "description": "How many answers it expects."},
                "cut": {"type": "integer", "minimum": 0, "description": "How many characters it first cuts off."},
            },
        },
        "handin": {
            "enum": ["python-markdown"],
            "description": "What makes the page that is handed in. Leave it out where the Markdown itself is.",
        },
        "severities": {
            "type": "object",
            "description": "Severities that differ, by code or by code and question (answer-too-short@14).",
            "propertyNames": {"pattern": f"^{_CODE}(@[0-9]+)?$"},
            "additionalProperties": {"enum": ["error", "warning", "information", "hint", "off"]},
        },
        "questions": {
            "type": "array",
            "description": "The questions in their order. Left out, the limits are read from the report's prompts.",
            "items": {
                "type": "object",
                "required": ["number"],
                "additionalProperties": False,
                "properties": {
                    "number": {"type": "integer", "minimum": 0},
                    "topic": {"type": "string", "description": "What it is about, in a word or two of our own."},
                    "words": {**_LIMIT, "description": "100-200, or 100- for no upper bound."},
                    "images": {**_LIMIT, "description": "1-3, or 1 for exactly one."},
                    "prompts": {
                        "type": "array",
                        "description": "Fingerprints of the prompt, one for each wording.",
                        "items": _FINGERPRINT,
                    },
                },
            },
        },
    },
}


def load(text: str, where: str) -> Pack:
    """Read a pack; `where` names it in errors. Raises `PackError`."""
    try:
        data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise PackError(where, line, column, f"this is not YAML: {error.problem or error.context}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise PackError(where, 1, 1, f"this is not YAML: {str(error).splitlines()[0]}") from None
    wrong = _first_fault(data, SCHEMA, ()) or _first_double(data)
    if wrong:
        path, message = wrong
        raise PackError(where, *_place(text, path), message)
    return _pack(data)


_TYPES: Mapping[str, type] = {"object": dict, "array": list, "string": str, "integer": int}
_TYPE_WORDS = {"object": "a table", "array": "a list", "string": "a text", "integer": "a whole number"}

_Path = tuple[str | int, ...]


def _first_fault(value: object, schema: Mapping[str, Any], path: _Path) -> tuple[_Path, str] | None:
    """Return where a value first breaks the schema, and what is allowed there."""
    if "enum" in schema:
        # YAML reads a bare `off` as false; an author means the word.
        word = "off" if value is False else value
        return None if word in schema["enum"] else (path, f"{_show(value)} is not one of {', '.join(schema['enum'])}")
    types = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if isinstance(value, bool) or not isinstance(value, tuple(_TYPES[name] for name in types)):
        return path, f"{_show(value)} is not {' or '.join(_TYPE_WORDS[name] for name in types)}"
    if isinstance(value, dict):
        return _first_fault_in_table(value, schema, path)
    if isinstance(value, list):
        faults = (_first_fault(item, schema["items"], (*path, index)) for index, item in enumerate(value))
        return next(filter(None, faults), None)
    if isinstance(value, int) and value < schema.get("minimum", 0):
        return path, f"{value} is less than {schema['minimum']}"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return path, f"{_show(value)} does not look as it should ({schema.get('description', schema['pattern'])})"
    return None


def _first_fault_in_table(
    value: Mapping[object, object], schema: Mapping[str, Any], path: _Path
) -> tuple[_Path, str] | None:
    known = schema.get("properties", {})
    others = schema["additionalProperties"]
    for key, item in value.items():
        if not isinstance(key, str) or not re.search(schema.get("propertyNames", {}).get("pattern", ""), key):
            return (*path, str(key)), f"{_show(key)} cannot be a key here"
        if key not in known and not others:
            near = get_close_matches(key, known, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            return (*path, key), f"there is no key {_show(key)} here, only {', '.join(known)}{hint}"
        fault = _first_fault(item, known.get(key, others), (*path, key))
        if fault:
            return fault
    missing = [key for key in schema.get("required", ()) if key not in value]
    return (path, f"the key {missing[0]} is missing") if missing else None


def _first_double(data: Mapping[str, Any]) -> tuple[_Path, str] | None:
    """Return what no schema can say: a question that stands twice, a limit that ends before it starts."""
    seen: set[int] = set()
    for index, question in enumerate(data.get("questions", ())):
        path: _Path = ("questions", index)
        if question["number"] in seen:
            return (*path, "number"), f"question {question['number']} stands here twice"
        seen.add(question["number"])
        for key in ("words", "images"):
            limit = _limit(question.get(key))
            if limit and limit.high is not None and limit.high < limit.low:
                return (*path, key), f"{question[key]} ends before it starts"
    return None


def _show(value: object) -> str:
    text = str(value).replace("\n", " ")
    return "nothing" if value is None else f'"{text[:40]}"' if len(text) <= 40 else f'"{text[:40]}..."'  # noqa: PLR2004


def _place(text: str, path: _Path) -> tuple[int, int]:
    """Return the one-based line and column of a value in a YAML text; of its key, if it is in a table."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if node is None:
        return 1, 1
    mark = node.start_mark
    for step in path:
        if isinstance(node, yaml.MappingNode):
            pairs = [pair for pair in node.value if pair[0].value == step]
            if not pairs:
                break
            mark, node = pairs[0][0].start_mark, pairs[0][1]
        elif isinstance(node, yaml.SequenceNode):
            node = node.value[step]
            mark = node.start_mark
    return mark.line + 1, mark.column + 1


def _pack(data: Mapping[str, Any]) -> Pack:
    """Build a pack from data that fits the schema."""
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
        folder=images.get("folder", "figures").strip("/"),
        extensions=tuple(images.get("extensions", ("png", "jpg", "jpeg"))),
        handin=data.get("handin"),
        asks=tuple(_ask(question) for question in data.get("questions", ())),
        severities={
            key: None if word in (False, "off") else Severity[word.upper()]
            for key, word in data.get("severities", {}).items()
        },
    )


def _ask(question: Mapping[str, Any]) -> Ask:
    return Ask(
        question["number"],
        question.get("topic", ""),
        _limit(question.get("words")),
        _limit(question.get("images")),
        tuple(question.get("prompts", ())),
    )


def _limit(written: str | int | None) -> Limit | None:
    if written is None:
        return None
    low, dash, high = str(written).partition("-")
    return Limit(int(low), (int(high) if high else None) if dash else int(low))


_WORDS_ASKED = re.compile(r"answer\s+length[\s*_:]*(\d+)\s*(?:-|–|to)\s*(\d+)\s+words", re.IGNORECASE)
_IMAGES_ASKED = re.compile(r"\b(\d+)\s*(?:-|–|to)\s*(\d+)\s+(?:screenshots|images|figures|pictures)", re.IGNORECASE)


@lru_cache(maxsize=1024)
def limits_in(prompt: str) -> tuple[Limit | None, Limit | None]:
    """Return the limits that a prompt itself names: words, images."""
    words, images = _WORDS_ASKED.search(prompt), _IMAGES_ASKED.search(prompt)
    return (
        Limit(int(words[1]), int(words[2])) if words else None,
        Limit(int(images[1]), int(images[2])) if images else None,
    )


_ENOUGH = 3
"""So many of a template's prompts or section titles make a report its copy, whatever else changed."""


def choose(outline: Outline, packs: Iterable[Pack]) -> Pack | None:
    """Return the pack of the edition that a text is a report of; None if it is no report.

    Judged by the prompts' wording, then by the limits they name, then by the number of questions,
    then the newer. Students delete and invent questions, so no number of them is required. A text
    of no known edition whose prompts name limits is judged by those, with the pack that lists no
    questions.
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
        return best[1]
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
        for section in (outline.first_section, *(question.next_section for question in outline.questions))
        if section
    ]
    return len(pack.form.sections.intersection(sections))
