"""A limit is read wherever a prompt asks it for sure, and nowhere else."""

import sysconfig
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from report_ls.files.text_files import read_text
from report_ls.packs.limits import Limit
from report_ls.packs.prompt_limits import (
    _PICTURES_NAMED,
    _PICTURES_NUMBERED_BEFORE,
    _PICTURES_NUMBERED_BEHIND,
    _is_numbered,
    images_in,
    words_in,
)
from report_ls.packs.prompt_sentences import read_sentences
from report_ls.packs.recognise import recognise
from report_ls.project.packs import packs
from report_ls.report.outline import outline

ASKED: list[tuple[str, Limit | None, Limit | None]] = [
    ("Max 200 words.", Limit(0, 200), None),
    ("Why do owls hoot? (max 200 words)", Limit(0, 200), None),
    ("Why do owls hoot? (max. 200 words)", Limit(0, 200), None),
    ("Why do owls hoot? Max.200 words.", Limit(0, 200), None),
    ("Why do owls hoot? Maximum 200 words.", Limit(0, 200), None),
    ("Why do owls hoot? Maximum: 200 words", Limit(0, 200), None),
    ("Why do owls hoot? A maximum of 200 words.", Limit(0, 200), None),
    ("Why do owls hoot? Maximum length: 200 words.", Limit(0, 200), None),
    ("Why do owls hoot? Maximum answer length: 200 words.", Limit(0, 200), None),
    ("Why do owls hoot? Max word count: 200", Limit(0, 200), None),
    ("Why do owls hoot? Max words: 200", Limit(0, 200), None),
    ("Word limit: 200.", Limit(0, 200), None),
    ("Word limit: 200 words.", Limit(0, 200), None),
    ("Word limit: 100-200", Limit(100, 200), None),
    ("Limit: 200 words", Limit(0, 200), None),
    ("Limit your answer to 200 words.", Limit(0, 200), None),
    ("Please limit your answer to 100-200 words.", Limit(100, 200), None),
    ("Your answer is limited to 200 words.", Limit(0, 200), None),
    ("Your answer should not exceed 200 words.", Limit(0, 200), None),
    ("Answers must not exceed 200 words.", Limit(0, 200), None),
    ("The answer should not be longer than 200 words.", Limit(0, 200), None),
    ("Do not exceed 200 words.", Limit(0, 200), None),
    ("Do not write more than 200 words.", Limit(0, 200), None),
    ("No longer than 200 words.", Limit(0, 200), None),
    ("No more than 200 words, please.", Limit(0, 200), None),
    ("Use no more than 200 words.", Limit(0, 200), None),
    ("200 words max.", Limit(0, 200), None),
    ("200 words maximum", Limit(0, 200), None),
    ("200 words or less.", Limit(0, 200), None),
    ("200 words or fewer", Limit(0, 200), None),
    ("Explain in up to 200 words how owls hear.", Limit(0, 200), None),
    ("Explain how owls hear in at most 200 words.", Limit(0, 200), None),
    ("Explain how owls hear in 200 words or less.", Limit(0, 200), None),
    ("You may use up to 200 words.", Limit(0, 200), None),
    ("You can write at most 200 words.", Limit(0, 200), None),
    ("At least 50 words.", Limit(50, None), None),
    ("Write at least 50 words.", Limit(50, None), None),
    ("Describe the owl in at least 50 words.", Limit(50, None), None),
    ("Minimum 50 words.", Limit(50, None), None),
    ("A minimum of 50 words.", Limit(50, None), None),
    ("Min. 50 words", Limit(50, None), None),
    ("Minimum length: 50 words", Limit(50, None), None),
    ("50 words minimum.", Limit(50, None), None),
    ("50 words or more.", Limit(50, None), None),
    ("50+ words.", Limit(50, None), None),
    ("No fewer than 50 words.", Limit(50, None), None),
    ("Your answer must have at least 50 words.", Limit(50, None), None),
    ("Between 150 and 250 words.", Limit(150, 250), None),
    ("Write between 150 and 250 words.", Limit(150, 250), None),
    ("Your answer should be between 150 and 250 words.", Limit(150, 250), None),
    ("Your answer should be between 150 and 250 words long.", Limit(150, 250), None),
    ("In between 150 and 250 words, describe the owl.", Limit(150, 250), None),
    ("Describe the owl. Between 150-250 words.", Limit(150, 250), None),
    ("From 150 to 250 words.", Limit(150, 250), None),
    ("150 to 250 words.", Limit(150, 250), None),
    ("150-250 words", Limit(150, 250), None),
    ("150 - 250 words.", Limit(150, 250), None),
    ("150--250 words.", Limit(150, 250), None),
    ("150 words to 250 words.", Limit(150, 250), None),
    ("Why? (150-250 words)", Limit(150, 250), None),
    ("Why do owls hoot (150-250 words)?", Limit(150, 250), None),
    ("Why? [150\u2013250 words]", Limit(150, 250), None),
    ("Why? Length: 150-250 words.", Limit(150, 250), None),
    ("Why? Suggested length: 10-20 words", Limit(10, 20), None),
    ("Why? Expected length: 10-20 words", Limit(10, 20), None),
    ("Why? Recommended length 10-20 words", Limit(10, 20), None),
    ("Why? Answer length: 10-20 words.", Limit(10, 20), None),
    ("Why? The length of your answer should be 10-20 words.", Limit(10, 20), None),
    ("Why? Word count: 100\u2013200", Limit(100, 200), None),
    ("Why? Word count: 100-200 words", Limit(100, 200), None),
    ("Why? Words: min 100, max 200", Limit(100, 200), None),
    ("At least 100 words (max 200).", Limit(100, 200), None),
    ("The answer must be 100 words or longer.", Limit(100, None), None),
    ("Keep your answer between 100 and 200 words.", Limit(100, 200), None),
    ("Write one paragraph (100-150 words) about it.", Limit(100, 150), None),
    ("Insert between one and three images of the owl and explain them.", None, Limit(1, 3)),
    ("Include one or more screenshots.", None, Limit(1, None)),
    ("Why? Words: 100-200", Limit(100, 200), None),
    ("Why? Number of words: 100-200", Limit(100, 200), None),
    ("Why? Length (words): 100-200", Limit(100, 200), None),
    ("Why? Length in words: 100-200", Limit(100, 200), None),
    ("Why? The word count should be 100-200.", Limit(100, 200), None),
    ("Aim for 100-200 words.", Limit(100, 200), None),
    ("Please write 100-200 words about owls.", Limit(100, 200), None),
    ("Write a summary of 100-200 words.", Limit(100, 200), None),
    ("Write a short text of 100-200 words about it.", Limit(100, 200), None),
    ("Write a 100-200 word summary of it.", Limit(100, 200), None),
    ("In 100-200 words, what did you learn?", Limit(100, 200), None),
    ("Answer in 100-200 words.", Limit(100, 200), None),
    ("Answer with 100-200 words.", Limit(100, 200), None),
    ("Reflect on the project in 100 to 200 words.", Limit(100, 200), None),
    ("What did you learn, in 100-200 words?", Limit(100, 200), None),
    ("How, in 10-30 words?", Limit(10, 30), None),
    ("Can you explain, in at most 200 words, why?", Limit(0, 200), None),
    ("At least 50 and at most 200 words.", Limit(50, 200), None),
    ("Minimum 50, maximum 200 words.", Limit(50, 200), None),
    ("Min 50 / max 200 words.", Limit(50, 200), None),
    ("50 words minimum, 200 words maximum.", Limit(50, 200), None),
    ("Use at least 50 words and no more than 200 words.", Limit(50, 200), None),
    ("Name the 3 key words. Answer length: 50-100 words.", Limit(50, 100), None),
    ("For each bird say why.\n>\n> Answer length: 50-100 words", Limit(50, 100), None),
    ("Say why each bird sings\n> Answer length: 50-100 words", Limit(50, 100), None),
    ("Insert two to three figures.", None, Limit(2, 3)),
    ("Insert 2 or 3 figures.", None, Limit(2, 3)),
    ("Include at least one screenshot.", None, Limit(1, None)),
    ("Explain it. At least one screenshot.", None, Limit(1, None)),
    ("Show us (1-2 images).", None, Limit(1, 2)),
    ("Your answer must include at least one screenshot.", None, Limit(1, None)),
    ("Your answer contains two diagrams.", None, Limit(2, 2)),
    ("Screenshots: 1-3", None, Limit(1, 3)),
    ("Add between 5 and 10 pictures.", None, Limit(5, 10)),
    ("Add no more than three plots.", None, Limit(0, 3)),
    ("Add a maximum of 3 plots.", None, Limit(0, 3)),
    ("Add 2-3 images/screenshots.", None, Limit(2, 3)),
    ("Describe it in 50-100 words and insert 1-2 images of it.", Limit(50, 100), Limit(1, 2)),
    ("Describe it in 50-100 words with 1-2 images.", Limit(50, 100), Limit(1, 2)),
    ("100-200 words plus two figures", Limit(100, 200), Limit(2, 2)),
    ("100-200 words + at least one figure", Limit(100, 200), Limit(1, None)),
    ("Max 200 words and 1-3 screenshots.", Limit(0, 200), Limit(1, 3)),
    ("Illustrate your answer with two to three figures.", None, Limit(2, 3)),
    ("Attach one photo.", None, Limit(1, 1)),
    ("Twenty to thirty words.", Limit(20, 30), None),
    ("Use fifteen to twenty words.", Limit(15, 20), None),
    ("Describe both in 100-200 words.", Limit(100, 200), None),
]
"""Ways to say for sure how many words and pictures are asked."""
UNSURE = [
    "Write about 200 words.",
    "Write approximately 100-200 words.",
    "Around 200 words.",
    "~200 words",
    "Use 200 words per member.",
    "50 words each.",
    "50-100 words each.",
    "100-200 words per person.",
    "For each service, write 50-100 words.",
    "Write 50 words for every bird.",
    "Write 3-5 sentences.",
    "Write 3-5 sentences of at most 20 words.",
    "Max. 2 pages.",
    "Insert between 5 and 10 images in total.",
    "Max 500 words in total.",
    "100-200 words in all.",
    "What happened in the years 1990-2000 in your own words?",
    "Your budget is 100-200 kr. Say why in words.",
    "Write a 100-word summary.",
    "Write 200 words.",
    "Word count: 200",
    "Describe your model in max 50 words and list your data.",
    "If you used it, describe it in 50-100 words.",
    "Write a title of at most 10 words.",
    "Optional: 50-100 words.",
    "How did you cut the vocabulary to at most 500 words?",
    "Why does the reader keep only 100-200 words?",
    "The model reads at most 512 words. Why is that?",
    "The two plots are old.",
    "What do the 2-3 images above show?",
    "Which of the two figures do you like?",
    "Upload two images to the registry.",
    "For each experiment insert 1-2 images.",
    "Insert 1-2 images per model.",
    "Insert 2-3 figures or tables.",
    "Mellem 100 og 200 ord.",
    "Skriv mellem 100 og 200 ord, og vedl\xe6g 1-2 billeder.",
    "H\xf8jst 200 ord",
    "Write less than 200 words.",
    "More than 50 words.",
    "100-200 characters.",
    "Word count: 2-3 pages",
    "Describe X in max 50 words and Y in max 100 words.",
    "Describe X in max 50 words and Y in max 50 words.",
    "Use 100-50 words.",
    "200,000,000 words max",
    "Up to two hundred words.",
    "Write 100-200 words or draw it.",
    "Draw it, or write 100-200 words.",
    "Write 100-200 words or so.",
    "Do not write 100-200 words.",
    "Answer length: 50-100 words for a, 100-200 words for b.",
    "Which 10-20 words occur most often?",
    "List the 10-20 words that you would teach an owl.",
    "Explain the 100-200 words that you chose.",
    "Say why.\n>\n> Example: *In 2-3 words: it blew.*",
    "Show how two plots differ.",
    "How would you add 2 images to a page?",
    "Half to one page.",
    "Describe in 1-2 paragraphs (100-200 words).",
    "Can I write up to 200 words?",
    "May we answer in at most 200 words?",
    "Is there a limit of 200 words?",
    "Is there a word limit? Yes: 200.",
    "How long is it? It should be short, no word count needed.",
    "Why are there at most 3 figures in a README?",
    "Max 200 words, at least 50.",
    "Explain what you do with answers of 100-200 words.",
    "State in max 30 words what you think, then discuss it.",
    "Name at least 3 words that you learned.",
    "Write 5-10 words that rhyme.",
    "Implement a function that returns up to 5 words.",
    "Write a program that reads 100-200 words from a file.",
    "Use a data set with at least 10 images.",
    "Include at least 100 images.",
    "Provide a link to a folder with 10-20 images.",
    "Include one image of the front and one image of the back.",
    "Include 1-2 images (not more than 2 in total).",
    "Write a caption (max 20 words).",
    "Answer in one word.",
    "Describe the 100-200 words above.",
    "Use 2.5-3 words.",
    "Explain what is wrong with at least one figure.",
    "#1-#2 words",
    "Write between 1990 and 2000 about words.",
    "> Is it 100-200 words?",
]
"""What names a number, and no limit of the whole answer for sure."""


@pytest.mark.parametrize(("prompt", "words", "images"), ASKED)
def test_what_is_asked_for_sure_is_a_limit(prompt: str, words: Limit | None, images: Limit | None) -> None:
    assert (words, images) == (words_in(f"> {prompt}"), images_in(f"> {prompt}"))


@pytest.mark.parametrize("prompt", UNSURE)
def test_where_it_is_unsure_what_is_asked_there_is_no_limit(prompt: str) -> None:
    assert (None, None) == (words_in(f"> {prompt}"), images_in(f"> {prompt}"))


HOW_MANY = ("asks for a picture and does not say how many; images: 1 would be exactly one",)


@pytest.mark.parametrize(
    ("prompt", "doubts"),
    [
        ("Include a picture of your first sketch.", HOW_MANY),
        ("Use 10-20 words and include a picture.", HOW_MANY),
        ("Include a picture. Why is it blue? Write 10-20 words on the picture.", HOW_MANY),
        ("Include a picture. Insert 2 images.", ()),
        ("Which picture of a bird is the best? Use 10-20 words.", ()),
    ],
)
def test_a_picture_without_a_number_leaves_a_doubt(prompt: str, doubts: tuple[str, ...]) -> None:
    assert doubts == read_sentences(prompt).doubts


LINES = [
    "Say it in your own words.",
    "Name the three key words.",
    "Show us two owls, as images do.",
    "Insert **1-2 images** of it",
    "This may be a figure: see [this figure](figures/2.png)",
    "For each owl:",
    "Example:",
    "*We saw 2-3 words in 4 images*",
    "Recommended answer length: 100-200 words",
    "**Answer length:** 50 to 100 words.",
    "Answer length: 100-200 words + 1 to 3 screenshots.",
    "Answer length: 9-5 words",
    "",
]


@pytest.mark.parametrize("first", LINES)
def test_the_short_way_reads_what_the_long_way_reads(first: str) -> None:
    for lines in product([first], LINES, LINES):
        prompt = "".join(f"> {line}\n" for line in lines)
        asked = read_sentences(prompt)
        assert (prompt, asked.words, asked.images) == (prompt, words_in(prompt), images_in(prompt))


def test_a_length_that_is_named_stands_above_what_other_sentences_say() -> None:
    length = "Answer length: 50-100 words"
    for other in (length, "Max 200 words.", "Say it in three words.", "We write 20-30 words a day."):
        assert words_in(f"> {other}\n>\n> {length}") == Limit(50, 100)
    assert words_in(f"> Answer length: 200-300 words\n>\n> {length}") is None
    assert words_in("> Word limit: 200.\n>\n> Write at least 50 words.") is None
    assert words_in("> Write at least 50 words.\n>\n> Write at most 200 words.") is None


NO_REPORT = [
    "# owl\n\nAn owl in at most 200 words.\n\n## Usage\n\n> Write 100-200 words.\n",
    "# Changes\n\n## 1.2\n\n> Answers are limited to 200 words.\n\n### Question marks\n\n> Max 3 images.\n",
    "# FAQ\n\n### Question 1\n\nHow long may an answer be?\n\nMax 200 words.\n",
    "# FAQ\n\n### Question 1\n\n> Can I write up to 200 words?\n\nYes, or more.\n",
    "# FAQ\n\n### Question 1\n\n> Is there a limit of 200 words?\n\nYes.\n\n### Question 2\n\n> Of images?\n\nNo.\n",
    "# FAQ\n\n## Question 1: may we answer in at most 200 words?\n\nAnswer: yes.\n",
    "# Notes\n\nThe teacher says:\n\n> Your answer should be between 150 and 250 words.\n\nQuestion 1 is hard.\n",
    "# Notes\n\n### Question 1\n\n> What did they mean by 500 words each?\n\n### Question 2\n\n> Who are they?\n",
    "# Talk\n\n### Question 1\n\n> The model reads at most 512 words, with 3 figures a page.\n\nSo it does.\n",
    "# Forms\n\nWrite:\n\n```markdown\n### Question 1\n\n> Max 200 words.\n>\n> Answer:\n```\n\nThat is all.\n",
]


@pytest.mark.parametrize("text", NO_REPORT)
def test_markdown_that_speaks_of_words_is_no_report(text: str) -> None:
    assert recognise(outline(text), packs()) is None


def libraries() -> Iterator[Path]:
    """Yield the Markdown files of the libraries that these tests run with, and of Node's beside them."""
    here = Path(__file__).parents[2]
    places = {Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")}
    for place in (*places, here / "vscode-extension" / "node_modules", Path("/usr/lib/node_modules")):
        yield from place.rglob("*.md")
    # The README of a package stands in its metadata.
    yield from Path(sysconfig.get_path("purelib")).glob("*.dist-info/METADATA")


def test_no_readme_of_a_library_is_a_report() -> None:
    paths = [path for path in libraries() if path.is_file()]
    assert paths
    assert [] == [path for path in paths if recognise(outline(read_text(path).plain), packs())]


_HEADS = "", "some", "3", "a3", "three", "sixteen", "twenty", "\u0663", "number", "size", "count", "lengths"
_MIDDLES = "", "or more", "or less", "or fewer", "of", "in", "some", "of in"
_TAILS = "", "s", "s limit", "s: ", ">* (", "count", "some"
_GAPS = "", " ", "\n> ", "-", "_"


def test_numbers_of_pictures_are_found_near_them() -> None:
    wholes = _PICTURES_NUMBERED_BEFORE, _PICTURES_NUMBERED_BEHIND
    texts = [
        f"{head}{gap}{middle}{other}image{tail}"
        for head, gap, middle, other, tail in product(_HEADS, _GAPS, _MIDDLES, _GAPS, _TAILS)
    ]
    expected = [any(pattern.search(text) for pattern in wholes) for text in texts]
    found = [any(_is_numbered(text, *named.span()) for named in _PICTURES_NAMED.finditer(text)) for text in texts]
    assert [text for text, one, other in zip(texts, expected, found, strict=True) if one != other] == []
    assert 0.2 < sum(expected) / len(texts) < 0.8
