"""A pack drafted from a form has all that the form's sentences say, and asks about the rest."""

import re
from collections.abc import Callable

import pytest
from report_ls.analysis.analyze import analyze
from report_ls.authoring.draft import draft
from report_ls.base.diagnostic import Stage
from report_ls.base.text import SourceText
from report_ls.packs.limits import Limit
from report_ls.packs.recognise import recognise
from report_ls.project.packs import packs, parse_pack
from report_ls.report.fingerprints import fingerprint
from report_ls.report.outline import outline
from support.course_scripts import SHAPES, Style, objects
from support.memory_files import MemoryFiles

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
id: "cooking-2-autumn"  # unsure: a short name, which every result shows
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
images: {folder: "plates", extensions: [jpg, jpeg]}
# You can add a topic to each question, in a word or two: topic: data
questions:
  - {number: 1, words: 20-50, prompts: ["0"], whole: [{words: 8, fingerprint: "0"}]}
  - {number: 2, prompts: ["0"], whole: [{words: 2, fingerprint: "0"}]}
  - {number: 3, prompts: ["0"], whole: [{words: 2, fingerprint: "0"}]}
"""


def drafted(text: str) -> str:
    """Return the draft of a form that has questions."""
    written = draft(SourceText(text), "form.md")
    assert written is not None
    return written


def bare(written: str) -> str:
    """Return a draft with a zero for each fingerprint."""
    return re.sub(r'"[0-9a-f]{12}"', '"0"', written)


SCRIPTED = objects([(Limit(20, 50), None), (Limit(0, 30), Limit(1, 2)), (None, None)], Style())


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_draft_takes_from_the_script_what_stands_in_no_sentence(shape: Callable[..., str]) -> None:
    script = shape([(Limit(20, 50), None), (Limit(0, 30), Limit(1, 2)), (None, None)], Style())
    written = draft(SourceText(FORM), "form.md", script)
    expected = DRAFT.replace(
        """# unsure: only if the course counts with a script that splits reports at "Answer:"
# script: {parts: 3}
""",
        "script: {parts: 3}  # as report.py has it\n",
    ).replace(
        """  - {number: 2, prompts: ["0"], whole: [{words: 2, fingerprint: "0"}]}
""",
        """  # question 2: words: 0-30 is from report.py
  # question 2: images: 1-2 is from report.py
  - {number: 2, words: 0-30, images: 1-2, prompts: ["0"], whole: [{words: 2, fingerprint: "0"}]}
""",
    )
    assert written is not None
    assert bare(expected) == bare(written)
    parse_pack(written, "draft")


def scripted(prompt: str, words: Limit | None, images: Limit | None) -> str:
    """Return what a draft says of one question, where the script says something of it too."""
    form = f"### Question 1\n\n> {prompt}\n>\n> Answer:\n"
    written = draft(SourceText(form), "form.md", objects([(words, images)], Style()))
    assert written is not None
    parse_pack(written, "draft")
    return re.sub(r", whole: \[.*?\]", "", bare(written.partition("questions:\n")[2]))


@pytest.mark.parametrize(
    ("prompt", "words", "images", "expected", "doubt"),
    [
        ("Why? Use 20-50 words.", Limit(20, 50), None, "  - {number: 1, words: 20-50,", ""),
        (
            "Why? Use 20-50 words.",
            Limit(20, 60),
            None,
            "  - {number: 1, words: 20-50,",
            "names words: 20-50, and report.py has 20-60: which is right?",
        ),
        (
            "Why? Insert 1-2 images.",
            None,
            None,
            "  - {number: 1, images: 1-2,",
            "names images: 1-2, and report.py has none: which is right?",
        ),
        (
            "Why? Include a figure of it.",
            None,
            Limit(1, 1),
            "  # question 1: images: 1 is from report.py\n  - {number: 1, images: 1,",
            "",
        ),
        (
            "Why? Write 100 words.",
            Limit(50, 100),
            None,
            "  # question 1: words: 50-100 is from report.py\n  - {number: 1, words: 50-100,",
            "",
        ),
        (
            "Why? Use 20-50 words.",
            Limit(0, 0),
            Limit(2, 3),
            "  # question 1: images: 2-3 is from report.py\n  - {number: 1, words: 20-50, images: 2-3,",
            "names words: 20-50, and report.py has 0: which is right?",
        ),
    ],
)
def test_where_sentence_and_script_differ_the_draft_asks(
    prompt: str, words: Limit | None, images: Limit | None, expected: str, doubt: str
) -> None:
    unsure = f', unsure: ["{doubt}"]' if doubt else ""
    assert f'{expected} prompts: ["0"]{unsure}}}\n' == scripted(prompt, words, images)


def test_a_script_that_is_unsure_or_of_another_form_gives_no_limit() -> None:
    for script, said in (
        (SCRIPTED.replace("!= 3", "!= 4"), "no table of limits is understood in report.py: no limit is taken from it"),
        (
            objects([(Limit(20, 50), None)] * 2, Style()),
            "report.py expects 2 answers, and the form has 3 questions: no limit is taken from it",
        ),
    ):
        unsure = 'unsure: only if the course counts with a script that splits reports at "Answer:"'
        written = draft(SourceText(FORM), "form.md", script)
        assert written is not None
        assert bare(DRAFT.replace(unsure, f"unsure: {said}")) == bare(written)


def test_a_draft_says_what_stands_in_the_form() -> None:
    assert bare(DRAFT) == bare(drafted(FORM))
    pack = parse_pack(drafted(FORM), "draft")
    assert {fingerprint("The meal"), fingerprint("The guests")} == pack.form.sections


def test_reports_are_recognised_by_the_draft_and_the_form_itself_is_whole() -> None:
    pack = parse_pack(drafted(FORM), "draft")
    assert pack == recognise(outline(FORM), [*packs(), pack])
    found = analyze(SourceText(FORM), pack, MemoryFiles(()), Stage.FINAL).diagnostics
    assert [("unanswered", 1), ("unanswered", 3)] == [(one.code, one.question) for one in found]


def test_a_text_without_questions_is_no_form() -> None:
    assert draft(SourceText("# Notes\n\nQuestion 1 is why.\n"), "notes.md") is None


def asked(prompt: str) -> tuple[Limit | None, Limit | None, list[str]]:
    """Return what a draft takes a prompt to ask: words, images, and what it is unsure of."""
    written = drafted(f"### Question 1\n\n> {prompt}\n>\n> Answer:\n")
    pack = parse_pack(written, "draft")
    (ask,) = pack.asks
    return ask.words, ask.images, [doubt.removeprefix("question 1 ") for doubt in pack.unsure]


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
        ("Use at least 100 but no more than 250 words.", Limit(100, 250), None),
        ("Use at least 50 words and at most 80 words.", Limit(50, 80), None),
        ("Min. 50, max. 80 words.", Limit(50, 80), None),
        ("Write between 50 and 120 words and insert between 1 and 3 photos.", Limit(50, 120), Limit(1, 3)),
        ("Not more than 90 words.", Limit(0, 90), None),
        ("Max. 1,500 words.", Limit(0, 1500), None),
        ("Use 1,000-1,500 words.", Limit(1000, 1500), None),
        ("Explain in 200 words at most.", Limit(0, 200), None),
        ("Explain in 200 or more words.", Limit(200, None), None),
        ("Exactly two plots are required.", None, Limit(2, 2)),
        ("Include exactly two images.", None, Limit(2, 2)),
        ("Your text must contain three figures.", None, Limit(3, 3)),
        ("Include at least one and at most three images.", None, Limit(1, 3)),
        ("Why (50-100 words) + 1 to 3 screenshots?", Limit(50, 100), Limit(1, 3)),
        ("Name one, for example: wind. Answer length: 40-80 words, with 1-2 images.", Limit(40, 80), Limit(1, 2)),
        ("Name one, for example: wind. Use 40-80 words.", Limit(40, 80), None),
        ("Why? Example: *It blew.*\n>\n> Use 40-80 words.", Limit(40, 80), None),
        ("Why? Example: *It blew.* Answer length: 40-80 words.", Limit(40, 80), None),
        ("Why? Example: *Insert 2 images and write 9-10 words.*", None, None),
        ("Which one is it, in your own words?", None, None),
        ("Use 10-20 characters.", None, None),
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
        ("Write 10-20 words. Write 30-40 words.", "names several lengths: 10-20, 30-40 words"),
        ("Use 50-100 words. Use 300 words.", "names several lengths: 50-100, 300 words"),
        ("Write 30-40 words. Say who in 30-40 words.", "says 30-40 words twice: are they the same?"),
        ("Up to 100 words minimum 3 words.", 'says "minimum 3 words": how many words does it ask, if any?'),
        ("Use 1.500 words.", 'says "1.500 words": how many words does it ask, if any?'),
        ("Use 1,000,000 words.", 'says "1,000,000 words": how many words does it ask, if any?'),
        ("The two plots are old.", 'says "two plots": how many pictures does it ask, if any?'),
        ("Write a 100-word text.", "names one number of words, 100: at least, at most or about?"),
        ("Use 100-50 words.", 'says "100-50 words": how many words does it ask, if any?'),
        ("Use 5-10-20 words.", 'says "5-10-20 words": how many words does it ask, if any?'),
        ("Use 50-100 words each.", 'says "50-100 words each": how many words does it ask, if any?'),
        ("For each bird, use 50-100 words.", 'says "50-100 words": how many words does it ask, if any?'),
        ("Use 50 to 100 words at least.", 'says "50 to 100 words at least": how many words does it ask, if any?'),
        ("Use at least 2-3 words.", 'says "at least 2-3 words": how many words does it ask, if any?'),
        ("Name the 3 key words.", 'says "3 key words": how many words does it ask, if any?'),
        ("Include two labelled plots.", 'says "two labelled plots": how many pictures does it ask, if any?'),
        (
            "What do the two images show that you saw?",
            'says "two images": how many pictures does it ask, if any?',
        ),
        ("Insert 1-2 images. Upload one figure.", "names several numbers of pictures: 1-2, 1"),
    ],
)
def test_what_stands_in_no_sentence_is_asked_for(prompt: str, doubt: str) -> None:
    assert (None, None, [doubt]) == asked(prompt)


def test_what_is_odd_in_a_form_is_asked_for() -> None:
    form = FORM.replace("Question 3", "Question 1").replace("<< answer 3 here >>", "Write here.").replace("plates/", "")
    form = form.replace("> Show us.\n>\n> Answer:\n", "> Show us.\n").replace("`.jpg` or `.JPEG`", "you like")
    written = drafted(form.replace("soup.jpg", "soup"))
    assert re.findall(r"(?m)^ *# unsure: (.*)", written)[3:] == [
        "not part of an answer, but of the form? It is in the place of answer 1",
        "in which folder beside the report do pictures belong? Without one, they may be anywhere",
        "which types of picture does the course take? Without any, all that a page shows",
    ]
    assert parse_pack(written, "draft").unsure == (
        "question 1 is in the form twice; this is the first",
        'question 2 has no line "> Answer:"',
    )


NO_FOLDER = "# unsure: in which folder beside the report do pictures belong? Without one, they may be anywhere"
NO_TYPES = "# unsure: which types of picture does the course take? Without any, all that a page shows"


@pytest.mark.parametrize(
    ("sentence", "lines"),
    [
        (
            "Pictures go into `photos/`, as PNG or JPEG.",
            ['images: {folder: "photos", extensions: [png, jpg, jpeg]}'],
        ),
        (
            "Put pictures into the\nfolder `my-plots`. Formats: .png, PDF.",
            ['images: {folder: "my-plots", extensions: [png, pdf]}'],
        ),
        (
            "Add your images to the `figures` subfolder.",
            [NO_TYPES, 'images: {folder: "figures"}'],
        ),
        ("Pictures are `.png`.", [NO_FOLDER, "images: {extensions: [png]}"]),
        (
            "See [the rules](docs/rules.md). Hand in as report.pdf or as PDF.",
            [NO_FOLDER, NO_TYPES, "# images: {folder: figures, extensions: [png, jpg, jpeg]}"],
        ),
        (
            "Hand in one PDF with all pictures, and do not put pictures into `docs/`. No images as GIF.",
            [NO_FOLDER, NO_TYPES, "# images: {folder: figures, extensions: [png, jpg, jpeg]}"],
        ),
        (
            "Photos go into `photos/`. Plots go into `plots/`.",
            [
                "# unsure: in which folder beside the report do pictures belong: photos, plots?",
                NO_TYPES,
                "# images: {folder: figures, extensions: [png, jpg, jpeg]}",
            ],
        ),
        (
            "Pictures and/or plots are as good as `![soup](2031/soup.jpg)`.",
            [NO_TYPES, 'images: {folder: "2031"}'],
        ),
        (
            "Write this:\n\n```markdown\n![name](plots/name.png)\n```\n",
            [NO_TYPES, 'images: {folder: "plots"}'],
        ),
        (
            "![A picture of our marsh](assets/marsh.png)",
            [NO_FOLDER, NO_TYPES, "# images: {folder: figures, extensions: [png, jpg, jpeg]}"],
        ),
    ],
)
def test_the_rules_of_pictures_are_those_that_a_sentence_names(sentence: str, lines: list[str]) -> None:
    form = f"# Birds\n\n{sentence}\n\n### Question 1\n\n> Why?\n>\n> Answer:\n"
    found = [line for line in drafted(form).split("\n") if "picture" in line or "images: " in line]
    assert lines == found
    parse_pack(drafted(form), "draft")


def test_a_form_whose_prompts_are_not_quoted_has_none() -> None:
    form = "# Birds\n\n## Question 1\n\nSay why in 10-30 words.\n\n(1)\n\n## Question 2\n\nHow?\n\n(2)\n"
    assert draft(SourceText(form), "form.md") is None
    assert draft(SourceText("### Question 1: why?\n\n> Answer:\n"), "form.md") is None


def test_a_prompt_that_is_not_quoted_is_asked_for_and_is_no_answer() -> None:
    form = """\
### Question 1

> Why?

(answer 1)

### Question 2

How, in 10-30 words?

(answer 2)

### Question 3

> Answer length: 10-30 words. And what then?

(answer 3)
"""
    written = drafted(form)
    assert 'marker: "(answer {number})"\n' in written
    assert "fillers:" not in written
    no_label = r'"has no line \"> Answer:\""'
    assert (
        written.partition("questions:\n")[2]
        == f"""\
  - {{number: 1, prompts: ["{fingerprint("Why?")}"], unsure: [{no_label}]}}
  - {{number: 2, unsure: [{no_label}, "has no prompt: quote the question with \\"> \\""]}}
  - {{number: 3, words: 10-30, unsure: [{no_label}, "names its length or example first: put what is asked before"]}}
"""
    )


def test_a_prompt_above_its_label_needs_no_quote() -> None:
    form = "## Question 1\n\nSay why in 10-30 words.\n\n> Answer:\n\n(1)\n"
    asked = fingerprint("Say why in 10-30 words.")
    whole = f'whole: [{{words: 6, fingerprint: "{asked}"}}]'
    expected = f'  - {{number: 1, words: 10-30, prompts: ["{asked}"], {whole}}}\n'
    assert drafted(form).endswith(f"questions:\n{expected}")


def test_a_filler_is_a_fingerprint() -> None:
    pack = parse_pack(drafted(FORM.replace("<< answer 3 here >>", "Write  here.")), "draft")
    assert [(2, fingerprint("Write here."))] == [(filler.words, filler.fingerprint) for filler in pack.form.fillers]
    assert "The form has nothing in the place of an answer" in drafted(re.sub("<<.*>>", "", FORM))


def test_signs_without_a_word_are_no_filler() -> None:
    written = drafted(FORM.replace("<< answer 1 here >>", "...").replace("<< answer 3 here >>", "---"))
    assert "fillers:" not in written
    signs = "# unsure: the signs in the place of answer 1 would count as an answer: write a marker there\n"
    assert signs in written


def test_a_form_with_strange_signs_is_still_a_pack() -> None:
    strange = FORM.replace("Cooking 2, autumn", 'A "b" \\ \x07 \U0001f4f7').replace("The guests", "Who\x1b: # came?")
    assert (
        'A "b" \\   \U0001f4f7' == parse_pack(drafted(strange.replace("<< answer", "\u2028 {x} answer")), "draft").title
    )


def test_a_title_without_words_is_still_a_pack() -> None:
    pack = parse_pack(drafted(FORM.replace("# Cooking 2, autumn", "# \u6599\u7406 \u201c2\u201d")), "draft")
    assert ("2", "\u6599\u7406 \u201c2\u201d") == (pack.id, pack.title)
    assert "our-course" == parse_pack(drafted(FORM.replace("# Cooking 2, autumn", "# \u6599\u7406")), "draft").id
    assert "form.md" == parse_pack(drafted(FORM.replace("# Cooking 2, autumn", "")), "draft").title
