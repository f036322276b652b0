"""Packs as files: YAML that fits `SCHEMA`, or an error with its place.

The schema that editors use for `rules/*.yaml` is this one. `cattrs` would read a pack too, but importing it costs more
than a whole run of `--check` may; reading with the schema also knows the line of what is wrong.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from report_ls.data.error import DataError, did_you_mean
from report_ls.data.yaml import DataPath, describe, read
from report_ls.packs.limits import read_limit
from report_ls.packs.pack import UNKNOWN, Pack, build
from report_ls.packs.schema import SCHEMA


def load(text: str, where: str, codes: Collection[str]) -> Pack:
    """Read a pack; `where` names it in errors, `codes` are those of all checks. Raises `DataError`."""
    data, places = read(text, where)
    fault = _fault_of_document(data, codes)
    if fault:
        path, message = fault
        raise DataError(where, *places[path], message)
    return build(data)


_Fault = tuple[DataPath, str]


def _fault_of_document(data: object, codes: Collection[str]) -> _Fault | None:
    """Return the first mistake in a pack, and its place."""
    if data is None:
        return (), "this file is empty; a pack needs at least the keys id and title"
    if not isinstance(data, dict):
        return (), f"a pack is a table of keys, such as id: my-course; this is {describe(data)}"
    return _first_fault(data, SCHEMA, ()) or _first_contradiction(data, codes)


_TYPES: Mapping[str, type] = {"object": dict, "array": list, "string": str, "integer": int}
_TYPE_WORDS = {
    "object": "a table (key: value)",
    "array": "a list ([a, b])",
    "string": "a text",
    "integer": "a whole number",
}


def _first_fault(value: object, schema: Mapping[str, Any], path: DataPath) -> _Fault | None:  # noqa: PLR0911 - one for each kind
    """Return the first place where a value breaks the schema, and what is allowed there."""
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
    if isinstance(value, int) and value > schema.get("maximum", value):
        return path, f"expected {schema['maximum']} or less; found {value}"
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


def _first_contradiction(data: Mapping[str, Any], codes: Collection[str]) -> _Fault | None:
    """Return what the schema does not say well: a wrong id or check, a question twice, a limit that ends too early."""
    if data["id"] == UNKNOWN:
        return ("id",), f"{UNKNOWN} is the id of every form that no pack knows: choose another"
    for key in data.get("severities", {}):
        code = key.partition("@")[0]
        if code not in codes:
            return ("severities", key), f"there is no check {describe(code)}{did_you_mean(code, codes)}"
    fault = _fault_of_opening(data)
    if fault:
        return fault
    seen: set[int] = set()
    for index, question in enumerate(data.get("questions", ())):
        path: DataPath = ("questions", index)
        if question["number"] in seen:
            return (*path, "number"), f"question {question['number']} is here twice"
        seen.add(question["number"])
        for key in ("words", "images"):
            limit = read_limit(question.get(key))
            if limit and limit.high is not None and limit.high < limit.low:
                return (*path, key), f"{question[key]} ends before it starts"
    return None


def _fault_of_opening(data: Mapping[str, Any]) -> _Fault | None:
    """Return what is wrong with `opening`."""
    opening = data.get("opening", "question")
    if opening != "question" and not data.get("questions"):
        return ("opening",), f"opening: {opening} needs the list questions, each with the key title"
    for index, question in enumerate(data.get("questions", ())):
        path: DataPath = ("questions", index)
        if opening != "question" and "title" not in question:
            return path, f'the key "title" is missing here: opening: {opening} finds the question by it'
        for key in ("title", "given") if opening == "question" else ():
            if key in question:
                return (*path, key), f"{key} is only for a pack with opening: heading or opening: item"
    return None
