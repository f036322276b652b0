"""A pack drafted from a form says what stands in it, and asks where it stands in no sentence."""

import re

import pytest
from report_ls.analysis import analyze
from report_ls.diagnostic import Stage
from report_ls.drafting import draft
from report_ls.files import MemoryFiles
from report_ls.outline import fingerprint, outline
from report_ls.pack import Limit, choose
from report_ls.pack_file import load
from report_ls.text import SourceText
from report_ls.workspace import packs

FORM = """\
# Cooking 2, autumn

Save pictures such as `![soup](plates/soup.jpg)` as `.jpg` or `.JPEG`.

## The meal

### Question 1

> **What did you cook?** Use 20-50 words.
>
> Answer:

<< answer 1 here >>

### Question 2

> Show us.
>
> Answer:

## The guests

### Question 3

> Who came?
>
> Answer:

<< answer 3 here >>

"""
DRAFT = """\
# Drafted from form.md. Decide every line that says unsure, then try it:
# report-ls --check-pack THIS-FILE REPORT.md
id: "cooking-2-autumn"  # unsure: the name to write after --pack
title: "Cooking 2, autumn"  # unsure: the course and the edition, in words
# unsure: the month it was published in; it decides between editions that fit equally well
# since: 2026-01
# unsure: only if the course counts with a script that splits reports at "Answer:"
# script: {parts: 3}
# unsure: only if the page that is handed in is made by Python-Markdown
# handin: python-markdown
marker: "<< answer {number} here >>"
# The sections of the form: The meal; The guests
sections: ["d1a1f8c5a0b4", "fa9c8e0f6b1f"]
images: {folder: plates, extensions: [jpg, jpeg]}
# To each question a topic may be added, in a word or two: topic: data
questions:
  - {number: 1, words: 20-50, prompts: ["0"]}
  - {number: 2, prompts: ["0"]}
  - {number: 3, prompts: ["0"]}
"""


def drafted(text: str) -> str:
    """Return the draft of a form that has questions."""
    written = draft(SourceText(text), "form.md")
    assert written is not None
    return written


def bare(written: str) -> str:
    """Return a draft with a zero for each fingerprint."""
    return re.sub(r'"[0-9a-f]{12}"', '"0"', written)


def test_a_draft_says_what_stands_in_the_form() -> None:
    assert bare(DRAFT) == bare(drafted(FORM))
    pack = load(drafted(FORM), "draft")
    assert {fingerprint("The meal"), fingerprint("The guests")} == pack.form.sections


def test_reports_are_recognised_by_the_draft_and_the_form_itself_is_whole() -> None:
    pack = load(drafted(FORM), "draft")
    assert pack == choose(outline(FORM), [*packs(), pack])
    found = analyze(SourceText(FORM), pack, MemoryFiles(()), Stage.FINAL).diagnostics
    assert [("unanswered", 1), ("unanswered", 3)] == [(one.code, one.question) for one in found]


def test_a_text_without_questions_is_no_form() -> None:
    assert draft(SourceText("# Notes\n\nQuestion 1 is why.\n"), "notes.md") is None


def asked(prompt: str) -> tuple[Limit | None, Limit | None, list[str]]:
    """Return what a draft takes a prompt to ask: words, images, and what it is unsure of."""
    written = drafted(f"### Question 1\n\n> {prompt}\n>\n> Answer:\n")
    (ask,) = load(written, "draft").asks
    return ask.words, ask.images, re.findall(r"  # unsure: question 1 (.*)", written)


@pytest.mark.parametrize(
    ("prompt", "words", "images"),
    [
        ("Why?", None, None),
        ("Why? Answer length: 50-100 words.", Limit(50, 100), None),
        ("Why? **Answer length:** 50 to 100 words", Limit(50, 100), None),
        ("Why? Recommended answer length: 50\u2013100 words.", Limit(50, 100), None),
        ("Say it in at least 50 words.", Limit(50, None), None),
        ("Say it in at most 50 words.", Limit(0, 50), None),
        ("Say it in up to 50 words.", Limit(0, 50), None),
        ("Say it in no more\n> than 50 words.", Limit(0, 50), None),
        ("Why? Answer length: 50-100 words + 1 to 3 screenshots.", Limit(50, 100), Limit(1, 3)),
        ("**Insert 1-2 images of\n> your hive.**", None, Limit(1, 2)),
        ("Upload one image.", None, Limit(1, 1)),
        ("Upload two or three figures.", None, Limit(2, 3)),
        ("Include at least 2 plots.", None, Limit(2, None)),
        ("Show up to four photos.", None, Limit(0, 4)),
        ("What do the two images show that you saw?", None, None),
        ("Why? Example: *Insert 2 images and write 9-10 words.*", None, None),
        ("Why? Answer length: 100-50 words.", None, None),
    ],
)
def test_what_a_sentence_asks_is_written_down(prompt: str, words: Limit | None, images: Limit | None) -> None:
    assert (words, images, []) == asked(prompt)


@pytest.mark.parametrize(
    ("prompt", "doubt"),
    [
        ("Include a figure of it.", "asks for a picture and does not say how many; images: 1 would be exactly one"),
        ("Add some nice photos.", "asks for a picture and does not say how many; images: 1 would be exactly one"),
        ("Write 100 words.", "names one number of words, 100: at least, at most or about?"),
        ("Write 10-20 words, or 30-40 words.", "names several lengths: 10-20, 30-40 words"),
        ("Insert 1-2 images. Upload one figure.", "names several numbers of pictures: 1-2, 1"),
    ],
)
def test_what_stands_in_no_sentence_is_asked_for(prompt: str, doubt: str) -> None:
    assert (None, None, [doubt]) == asked(prompt)


def test_what_is_odd_in_a_form_is_asked_for() -> None:
    form = FORM.replace("Question 3", "Question 1").replace("<< answer 3 here >>", "Write here.").replace("plates/", "")
    form = form.replace("> Show us.\n>\n> Answer:\n", "> Show us.\n").replace("`.jpg` or `.JPEG`", "you like")
    unsure = re.findall(r"(?m)^ *# unsure: (.*)", drafted(form.replace("soup.jpg", "soup")))
    assert unsure[3:] == [
        "not part of an answer, but of the form? It stands in the place of answer 1",
        "in which folder beside the report do pictures belong? The form shows none",
        "which types of picture does the course take? The form names none",
        'question 2 has no line "> Answer:"',
        "question 1 stands in the form twice; this is the first",
    ]


def test_a_filler_is_a_fingerprint() -> None:
    pack = load(drafted(FORM.replace("<< answer 3 here >>", "Write  here.")), "draft")
    assert [(2, fingerprint("Write here."))] == [(filler.words, filler.fingerprint) for filler in pack.form.fillers]
    assert "Nothing stands where an answer belongs" in drafted(re.sub("<<.*>>", "", FORM))


def test_a_form_with_strange_signs_is_still_a_pack() -> None:
    strange = FORM.replace("Cooking 2, autumn", 'A "b" \\ \x07 \U0001f4f7').replace("The guests", "Who\x1b: # came?")
    assert 'A "b" \\   \U0001f4f7' == load(drafted(strange.replace("<< answer", "\u2028 {x} answer")), "draft").title


def test_a_title_without_words_is_still_a_pack() -> None:
    pack = load(drafted(FORM.replace("# Cooking 2, autumn", "# \u6599\u7406 \u201c2\u201d")), "draft")
    assert ("2", "\u6599\u7406 \u201c2\u201d") == (pack.id, pack.title)
    assert "our-course" == load(drafted(FORM.replace("# Cooking 2, autumn", "# \u6599\u7406")), "draft").id
    assert "form.md" == load(drafted(FORM.replace("# Cooking 2, autumn", "")), "draft").title
