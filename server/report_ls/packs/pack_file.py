"""Packs as files: YAML that fits `SCHEMA`, or an error with its place.

The schema that editors use for `rules/*.yaml` is this one. `cattrs` would read a pack too, but importing it costs more
than a whole run of `--check` may; reading with the schema also knows the line of what is wrong.
"""

import re
from collections.abc import Mapping
from typing import Any

from report_ls.checks import all_checks
from report_ls.data.error import DataError, did_you_mean
from report_ls.data.yaml import DataPath, describe, read
from report_ls.packs.pack import Pack, build, read_limit

_CODE = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_FINGERPRINT = {
    "type": "string",
    "pattern": "^[0-9a-f]{12}$",
    "patternErrorMessage": "expected a fingerprint: twelve of 0-9 and a-f",
}
_COUNTED = {
    "type": "object",
    "required": ["words", "fingerprint"],
    "additionalProperties": False,
    "properties": {
        "words": {"type": "integer", "minimum": 1, "description": "How many words it has."},
        "fingerprint": _FINGERPRINT,
    },
}
_LIMIT: dict[str, Any] = {
    "type": ["integer", "string"],
    "minimum": 0,
    "pattern": "^[0-9]{1,6}(-([0-9]{1,6})?)?$",
    "patternErrorMessage": "expected a limit such as 100-200, 100- (no upper bound) or 1 (exactly one)",
}
_NUMBERS = {
    "type": "array",
    "items": {
        "type": "string",
        # Nothing that repeats: whatever somebody writes here is searched for in one go.
        "pattern": "^[A-Za-z]{0,9}#{1,12}$",
        "patternErrorMessage": "expected a number such as s######: letters, then a # for each digit",
    },
}
_NAME = {"pattern": f"^{_CODE}$", "patternErrorMessage": "expected lower-case words joined by dashes"}

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "report-ls rule pack",
    "description": "What one edition of one course asks of a report.",
    "type": "object",
    "required": ["id", "title"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", **_NAME, "description": "The name users write after --pack."},
        "title": {"type": "string", "description": "The course and the edition, in words."},
        "since": {
            "type": "string",
            "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$",
            "patternErrorMessage": "expected a month such as 2026-01",
            "description": "The month it was published in; of two that fit equally, the newer is taken.",
        },
        "marker": {
            "type": "string",
            "pattern": "\\{number\\}",
            "patternErrorMessage": "expected a text with {number} in it",
            "description": "What the template holds where an answer belongs, with {number} for the question's number.",
        },
        "fillers": {
            "type": "array",
            "description": "Other texts a template held where an answer belongs.",
            "items": _COUNTED,
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
                "folder": {
                    "type": "string",
                    # No part of it begins with a dot, so none leads out of the report's folder.
                    "pattern": r"^[^./\\][^/\\]*(/[^./\\][^/\\]*)*/?$",
                    "patternErrorMessage": "expected a folder beside the report, such as figures",
                    "description": "Where pictures belong: a folder beside the report. Left out, anywhere.",
                },
                "extensions": {
                    "type": "array",
                    "minItems": 1,
                    "description": "The types of picture the course takes. Left out, all that a page shows.",
                    "items": {
                        "type": "string",
                        "pattern": "^[a-z0-9]+$",
                        "patternErrorMessage": "expected an extension such as png: lower case, without the dot",
                    },
                },
                "examples": {
                    "type": "array",
                    "description": "The pictures that come with the template, so that they are told from a student's.",
                    "items": {
                        "type": "object",
                        "required": ["bytes", "sha256"],
                        "additionalProperties": False,
                        "properties": {
                            "bytes": {"type": "integer", "minimum": 1, "description": "How large the file is."},
                            "sha256": {
                                "type": "string",
                                "pattern": "^[0-9a-f]{64}$",
                                "patternErrorMessage": "expected the SHA-256 of a file: 64 of 0-9 and a-f",
                                "description": "The SHA-256 of its bytes.",
                            },
                        },
                    },
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
        "handin-cut": {
            "type": "integer",
            "minimum": 0,
            "description": "How many characters of the report are cut off before that page is made.",
        },
        "severities": {
            "type": "object",
            "description": "Severities that differ, by code or by code and question (answer-too-short@14).",
            "propertyNames": {
                "pattern": f"^{_CODE}(@[0-9]+)?$",
                "patternErrorMessage": "expected a code such as answer-too-short or answer-too-short@14",
            },
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
                    "words": {**_LIMIT, "description": "How many words are asked: 100-200, or 100- for at least 100."},
                    "images": {**_LIMIT, "description": "How many images are asked: 1-3, or 1 for exactly one."},
                    "prompts": {
                        "type": "array",
                        "description": "Fingerprints of the prompt, one for each wording.",
                        "items": _FINGERPRINT,
                    },
                    "whole": {
                        "type": "array",
                        "description": "All above the label, limit line and example too: one for each wording.",
                        "items": _COUNTED,
                    },
                    "group-number": {
                        **_NUMBERS,
                        "description": "It asks for the group's number, which is written so: # stands for a digit.",
                    },
                    "study-number": {
                        **_NUMBERS,
                        "description": "It asks who is in the group, by numbers written so: # stands for a digit.",
                    },
                    "names": {
                        "enum": ["members"],
                        "description": "It asks what everybody in the group did.",
                    },
                },
            },
        },
    },
}


def load(text: str, where: str) -> Pack:
    """Read a pack; `where` names it in errors. Raises `DataError`."""
    data, places = read(text, where)
    fault = _fault_of_document(data)
    if fault:
        path, message = fault
        raise DataError(where, *places[path], message)
    return build(data)


_Fault = tuple[DataPath, str]


def _fault_of_document(data: object) -> _Fault | None:
    """Return what is first wrong with a pack, and where."""
    if data is None:
        return (), "this file holds nothing; a pack needs at least the keys id and title"
    if not isinstance(data, dict):
        return (), f"a pack is a table of keys, such as id: my-course; this is {describe(data)}"
    return _first_fault(data, SCHEMA, ()) or _first_contradiction(data)


_TYPES: Mapping[str, type] = {"object": dict, "array": list, "string": str, "integer": int}
_TYPE_WORDS = {
    "object": "a table (key: value)",
    "array": "a list ([a, b])",
    "string": "a text",
    "integer": "a whole number",
}


def _first_fault(value: object, schema: Mapping[str, Any], path: DataPath) -> _Fault | None:  # noqa: PLR0911 - one for each kind
    """Return where a value first breaks the schema, and what is allowed there."""
    if "enum" in schema:
        if value in schema["enum"]:
            return None
        allowed = schema["enum"]
        return path, f"expected one of {', '.join(allowed)}; found {describe(value)}{did_you_mean(value, allowed)}"
    types = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if isinstance(value, bool) or not isinstance(value, tuple(_TYPES[name] for name in types)):
        is_unquoted = types == ["string"] and isinstance(value, int | float)
        quotes = " (in quotes it would be one)" if is_unquoted and _fits(str(value), schema) else ""
        expected = f"expected {' or '.join(_TYPE_WORDS[name] for name in types)}"
        return path, f"{schema.get('patternErrorMessage', expected)}; found {describe(value)}{quotes}"
    if isinstance(value, dict):
        return _first_fault_in_table(value, schema, path)
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            return path, "this list is empty: name at least one, or leave out the key"
        faults = (_first_fault(item, schema["items"], (*path, index)) for index, item in enumerate(value))
        return next(filter(None, faults), None)
    if isinstance(value, int) and value < schema["minimum"]:
        return path, f"expected {schema['minimum']} or more; found {value}"
    if isinstance(value, str) and not _fits(value, schema):
        return path, f"{schema['patternErrorMessage']}; found {describe(value)}"
    return None


def _fits(value: str, schema: Mapping[str, Any]) -> bool:
    return re.search(schema.get("pattern", ""), value) is not None


def _first_fault_in_table(value: Mapping[str, object], schema: Mapping[str, Any], path: DataPath) -> _Fault | None:
    known = schema.get("properties", {})
    others = schema["additionalProperties"]
    names = schema.get("propertyNames", {"pattern": ""})
    for key, item in value.items():
        if not re.search(names["pattern"], key):
            return (*path, key), f"{names['patternErrorMessage']}; found {describe(key)}"
        if key not in known and not others:
            return (
                *path,
                key,
            ), f"there is no key {describe(key)} here, only {', '.join(known)}{did_you_mean(key, known)}"
        fault = _first_fault(item, known.get(key, others), (*path, key))
        if fault:
            return fault
    missing = [key for key in schema.get("required", ()) if key not in value]
    return (path, f'the key "{missing[0]}" is missing here') if missing else None


def _first_contradiction(data: Mapping[str, Any]) -> _Fault | None:
    """Return what no schema can say: an unknown check, a question that stands twice, a limit that ends too early."""
    codes = [check.code for check in all_checks()]
    for key in data.get("severities", {}):
        code = key.partition("@")[0]
        if code not in codes:
            return ("severities", key), f"there is no check {describe(code)}{did_you_mean(code, codes)}"
    seen: set[int] = set()
    for index, question in enumerate(data.get("questions", ())):
        path: DataPath = ("questions", index)
        if question["number"] in seen:
            return (*path, "number"), f"question {question['number']} stands here twice"
        seen.add(question["number"])
        for key in ("words", "images"):
            limit = read_limit(question.get(key))
            if limit and limit.high is not None and limit.high < limit.low:
                return (*path, key), f"{question[key]} ends before it starts"
    return None
