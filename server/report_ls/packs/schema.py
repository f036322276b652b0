"""The JSON Schema of a pack's file, with the messages of what does not fit it.

Long because it is one table.
"""

from typing import Any

from report_ls.packs.pack import UNKNOWN

_CODE = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_FINGERPRINT = {
    "type": "string",
    "pattern": "^[0-9a-f]{12}$",
    "patternErrorMessage": "expected a fingerprint: twelve of 0-9 and a-f",
}
# No part of it begins with a dot, so no path leads out of its folder.
_FOLDER = r"^[^./\\][^/\\]*(/[^./\\][^/\\]*)*/?$"
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
_WORDS = {
    **_LIMIT,
    "pattern": "^(~?[0-9]{1,6}|[0-9]{1,6}-([0-9]{1,6})?)$",
    "patternErrorMessage": "expected a limit such as 100-200, 100- (no upper bound), 1 (exactly one) or ~750 (about)",
}
_UNSURE = {
    "type": "array",
    "description": "Open decisions: --check-pack repeats them until you delete them.",
    "items": {"type": "string"},
}
_NUMBERS = {
    "type": "array",
    "items": {
        "type": "string",
        # Nothing that repeats: the text is searched for in one go.
        "pattern": "^[A-Za-z]{0,9}#{1,12}$",
        "patternErrorMessage": "expected a number such as s######: letters, then a # for each digit",
    },
}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "report-ls rule pack",
    "description": "What one edition of one course asks of a report.",
    "type": "object",
    "required": ["id", "title"],
    "additionalProperties": False,
    "properties": {
        "id": {
            "type": "string",
            "pattern": f"^{_CODE}$",
            "patternErrorMessage": "expected lower-case words joined by dashes",
            "not": {"const": UNKNOWN},
            "description": "The name users write after --pack.",
        },
        "title": {"type": "string", "description": "The course and the edition, in words."},
        "since": {
            "type": "string",
            "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$",
            "patternErrorMessage": "expected a month such as 2026-01",
            "description": "The month it was published in; of two that fit equally, the newer is taken.",
        },
        "marker": {
            "type": "string",
            "pattern": "[A-Za-z0-9]",
            "patternErrorMessage": "expected a text with words in it, such as TODO: your answer",
            "description": "The template's text in the place of an answer; {number} means the question's number.",
        },
        "fillers": {
            "type": "array",
            "description": "Other texts that a template had in the place of an answer.",
            "items": _COUNTED,
        },
        "opening": {
            "enum": ["question", "heading", "item"],
            "description": "What starts a question: a heading Question n, a heading or an item of a list by its title.",
        },
        "tolerance": {
            "type": "integer",
            "minimum": 0,
            "maximum": 90,
            "description": "How many percent more or fewer words ~750 allows. Default: 10.",
        },
        "unsure": _UNSURE,
        "sections": {
            "type": "array",
            "description": "Fingerprints of the titles of the form's sections (level 2, or one above the questions).",
            "items": _FINGERPRINT,
        },
        "collects": {
            "type": "string",
            "pattern": _FOLDER,
            "patternErrorMessage": "expected a folder of the repository, such as reports",
            "description": "The folder that the course collects. Default: the report and the folder of its pictures.",
        },
        "images": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "folder": {
                    "type": "string",
                    "pattern": _FOLDER,
                    "patternErrorMessage": "expected a folder beside the report, such as figures",
                    "description": "Where pictures belong: a folder beside the report. Default: anywhere.",
                },
                "extensions": {
                    "type": "array",
                    "minItems": 1,
                    "description": "The types of picture that the course takes. Default: all types that a page shows.",
                    "items": {
                        "type": "string",
                        "pattern": "^[a-z0-9]+$",
                        "patternErrorMessage": "expected an extension such as png: lower case, without the dot",
                    },
                },
                "examples": {
                    "type": "array",
                    "description": "The template's own pictures, to tell them from a student's.",
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
            "description": "How the course's script reads a report. Leave it out if the course has none.",
            "required": ["parts"],
            "additionalProperties": False,
            "properties": {
                "parts": {"type": "integer", "minimum": 1, "description": "How many answers it expects."},
                "cut": {"type": "integer", "minimum": 0, "description": "How many characters it first cuts off."},
            },
        },
        "handin": {
            "enum": ["python-markdown"],
            "description": "What makes the hand-in page. Leave it out if the Markdown itself is handed in.",
        },
        "handin-cut": {
            "type": "integer",
            "minimum": 0,
            "description": "How many characters of the report are cut off before that page is made.",
        },
        "scraper": {
            "type": "object",
            "required": ["since", "report", "counts"],
            "additionalProperties": False,
            "description": "What a program of the course takes from a repository. Leave it out if it is not known.",
            "properties": {
                "since": {
                    "type": "string",
                    "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$",
                    "patternErrorMessage": "expected a month such as 2026-01",
                    "description": "The month in which this was true.",
                },
                "report": {
                    "type": "string",
                    "pattern": _FOLDER,
                    "patternErrorMessage": "expected a file of the repository, such as reports/README.md",
                    "description": "The path of the report, seen from the top of the repository: no other is taken.",
                },
                "counts": {
                    "type": "array",
                    "minItems": 1,
                    "description": "The files that it counts, by their paths.",
                    "items": {
                        "type": "object",
                        "required": ["noun"],
                        "additionalProperties": False,
                        "properties": {
                            "noun": {"type": "string", "description": "What one of them is called."},
                            "holds": {
                                "type": "array",
                                "minItems": 1,
                                "description": "One of these is somewhere in the path.",
                                "items": {"type": "string"},
                            },
                            "ending": {
                                "type": "array",
                                "minItems": 1,
                                "description": "The path ends with one of these.",
                                "items": {"type": "string"},
                            },
                            "named": {"type": "string", "description": "The file is called so."},
                            "below": {"type": "string", "description": "The file lies in this folder."},
                            "like": {
                                "type": "string",
                                "description": "What a file may have in its name that was meant to be counted.",
                            },
                        },
                    },
                },
            },
        },
        "checklist": {
            "type": "array",
            "minItems": 1,
            "description": "The boxes above the questions, in their order. Leave it out if the form has none.",
            "items": {
                "type": "object",
                "required": ["key", "label"],
                "additionalProperties": False,
                "properties": {
                    "key": {
                        "type": "string",
                        "pattern": f"^{_CODE}$",
                        "patternErrorMessage": "expected lower-case words joined by dashes",
                        "description": "What it is about, in words of our own; the same in all editions.",
                    },
                    "label": {
                        "type": "array",
                        "minItems": 1,
                        "description": "How it begins: one for each wording.",
                        "items": _COUNTED,
                    },
                },
            },
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
            "description": "The questions in their order. Without them, limits come from the report's prompts.",
            "items": {
                "type": "object",
                "required": ["number"],
                "additionalProperties": False,
                "properties": {
                    "number": {"type": "integer", "minimum": 0},
                    "topic": {"type": "string", "description": "What it is about, in a word or two of our own."},
                    "title": {
                        "type": ["string", "object"],
                        "pattern": _FINGERPRINT["pattern"],
                        "patternErrorMessage": "expected a fingerprint, or how it begins: {words: 2, fingerprint: ...}",
                        "required": _COUNTED["required"],
                        "additionalProperties": False,
                        "properties": _COUNTED["properties"],
                        "description": "Of the heading or item that opens it, without its number.",
                    },
                    "given": {
                        "type": "array",
                        "description": "The form's text below that heading: it is not part of an answer.",
                        "items": _COUNTED,
                    },
                    "unsure": _UNSURE,
                    "words": {
                        **_WORDS,
                        "description": "How many words are asked: 100-200, 100- for at least 100, ~750 for about 750.",
                    },
                    "images": {**_LIMIT, "description": "How many images are asked: 1-3, or 1 for exactly one."},
                    "prompts": {
                        "type": "array",
                        "description": "Fingerprints of the prompt, one for each wording.",
                        "items": _FINGERPRINT,
                    },
                    "whole": {
                        "type": "array",
                        "description": "Everything above the label, with limit line and example: one for each wording.",
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
                    "counts": {
                        "enum": ["tests"],
                        "description": "It asks how many tests there are.",
                    },
                    "links": {
                        "enum": ["dockerfile"],
                        "description": "It asks for a link to a file of this kind.",
                    },
                    "mentions": {
                        "enum": ["generative-ai"],
                        "description": "It asks for a word on this, by name.",
                    },
                },
            },
        },
    },
}
