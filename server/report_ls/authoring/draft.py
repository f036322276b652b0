"""A first draft of a pack, made from the empty form of a course, and from its script where there is one.

It writes down the content of the form, and a comment that begins with "unsure" wherever a teacher
has to decide. It guesses nothing: what neither a sentence nor the script says is left out and
asked for.
"""

import json
import re
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence

from report_ls.authoring.hidden import hidden_headings
from report_ls.base.readable import one_line
from report_ls.base.regex import regex
from report_ls.base.text import SourceText
from report_ls.files.port import Files
from report_ls.files.targets import exists, resolve
from report_ls.packs.limits import Limit
from report_ls.packs.pack import ExamplePicture
from report_ls.packs.prompt_sentences import PICTURE, PromptLimits, read_sentences, written
from report_ls.packs.script_limits import ScriptLimits, script_limits
from report_ls.report.fingerprints import NO_WORDS, fingerprint, prompt_fingerprint, prompt_words, whole_fingerprint
from report_ls.report.form import Form
from report_ls.report.headings import headings
from report_ls.report.markdown import read_markdown
from report_ls.report.outline import Outline, outline
from report_ls.report.report import Question, Report, read_report


def draft(source: SourceText, name: str, script: str = "", examples: Sequence[ExamplePicture] = ()) -> str | None:
    """Return the YAML of a pack for the form in a file of some name; None if no question with a prompt is in it.

    The script is the text of the course's script, or empty; the examples are the form's own pictures.
    """
    titles = titles_of(outline(source.plain))
    # Without a marker, the text in an answer's place is read as the answer.
    form = Form(marker="", sections=frozenset(map(fingerprint, titles)))
    report = read_report(source, form)
    if not any(map(_has_prompt, report.questions)):
        return None
    n_questions, expected = len(report.questions), script_limits(script)
    fits = expected is not None and expected.n_answers == n_questions
    lines = [
        *_head(source, name, report),
        *_script(n_questions, script, expected),
        "# unsure: only if the page that is handed in is made by Python-Markdown",
        "# handin: python-markdown",
        *_answers(report),
        *sections(titles),
        *(f"# unsure: {doubt}" for _, doubt in hidden_headings(source)),
        *images(source, examples),
        *_questions(report, expected if fits else None),
    ]
    return "".join(f"{line}\n" for line in lines)


def titles_of(form: Outline) -> list[str]:
    """Return the titles of the sections of an empty form."""
    sections = form.first_section, *(question.section for question in form.questions[:-1])
    return [section.title for section in sections if section]


def _has_prompt(question: Question) -> bool:
    return fingerprint(question.prompt_text) != NO_WORDS


def _head(source: SourceText, name: str, report: Report) -> Iterator[str]:
    yield from named(source.plain[: report.questions[0].start], name)


def named(text: str, name: str) -> Iterator[str]:
    """Yield the name of a pack, from the title of its form."""
    heading = next((one.title for one in headings(text) if one.level == 1 and one.title), "")
    title = heading.strip("# *_") or name
    slug = "-".join(re.findall(r"[a-z0-9]+", title.lower())[:5])
    yield f"# Drafted from {one_line(name)}. Decide every line that says unsure, then try it:"
    yield "# report-ls --check-pack THIS-FILE REPORT.md"
    yield f"id: {in_quotes(slug or 'our-course')}  # unsure: a short name, which every result shows"
    yield f"title: {in_quotes(title)}  # unsure: the course and the edition, in words"
    yield "# unsure: the month it was published in; it decides between editions that fit equally well"
    yield "# since: 2026-01"


def _script(n_questions: int, script: str, expected: ScriptLimits | None) -> Iterator[str]:
    """Yield how the course's script reads a report."""
    if expected and expected.n_answers == n_questions:
        yield f"script: {{parts: {n_questions}}}  # as report.py has it"
        return
    if expected:
        counts = f"report.py expects {expected.n_answers} answers, and the form has {n_questions} questions"
        yield f"# unsure: {counts}: no limit is taken from it"
    elif script:
        yield "# unsure: no table of limits is understood in report.py: no limit is taken from it"
    else:
        yield '# unsure: only if the course counts with a script that splits reports at "Answer:"'
    yield f"# script: {{parts: {n_questions}}}"


def _answers(report: Report) -> Iterator[str]:
    """Yield the marker and the fillers: the texts in the place of an answer."""
    # Without prompt and label, it is not known where the answer starts.
    known = [question for question in report.questions if question.label or _has_prompt(question)]
    placed = [(one.number, _placed(one)) for one in known if fingerprint(one.answer.text) != NO_WORDS]
    signs = [one.number for one in known if fingerprint(one.answer.text) == NO_WORDS and not one.answer.is_empty]
    marker = next((pattern for pattern, _ in patterns(known)), None)
    if marker:
        yield f"marker: {in_quotes(marker)}"
    fillers = dict.fromkeys(text for number, text in placed if _pattern(number, text) != marker)
    if fillers:
        numbers = ", ".join(str(number) for number, text in placed if text in fillers)
        yield f"# unsure: not part of an answer, but of the form? It is in the place of answer {numbers}"
        yield "fillers:"
        yield from (f'  - {{words: {len(text.split())}, fingerprint: "{fingerprint(text)}"}}' for text in fillers)
    if signs:
        numbers = ", ".join(map(str, signs))
        yield f"# unsure: the signs in the place of answer {numbers} would count as an answer: write a marker there"
    if not marker and not fillers and not signs:
        yield "# The form has nothing in the place of an answer, so there is no marker."


def patterns(questions: Iterable[Question]) -> list[tuple[str, int]]:
    """Return the texts in the place of answers that have their question's number, the most frequent first.

    With {number} for the number, as a marker is written; and how often each occurs.
    """
    found = Counter(_pattern(question.number, _placed(question)) for question in questions)
    return [(pattern, n_answers) for pattern, n_answers in found.most_common() if "{number}" in pattern]


def _placed(question: Question) -> str:
    return " ".join(question.answer.text.split())


def _pattern(number: int, text: str) -> str:
    return re.sub(rf"\b{number}\b", "{number}", text)


def sections(titles: Iterable[str], what: str = "The sections of the form") -> Iterator[str]:
    """Yield the fingerprints of some titles, and what they say."""
    listed = list(titles)
    if listed:
        yield f"# {what}: {one_line('; '.join(listed))}"
        yield f"sections: [{quoted(map(fingerprint, listed))}]"


_SENTENCE_END = regex(r"(?<=[.?!])\s+|\n[ \t>]*\n")
_IMAGE = r"`(?:\w*\n)?!\["
"""An image that is shown as code, so that students write theirs likewise; others are the form's own."""
_ABOUT_PICTURES = regex(rf"{PICTURE}|\bformats?\b|\bextensions?\b|{_IMAGE}", re.IGNORECASE)
_REFUSAL = regex(r"\b(?:not?|never|without|except|instead)\b|n't\b", re.IGNORECASE)
_FOLDER = regex(
    rf"{_IMAGE}[^\]]*\]\((?:\./)?([\w-]+)/[^()\s]*\)"  # An image in it.
    r"|(?<![\w./(-])(?:\./)?([\w-]+)/(?![\w/<])"  # A name with its slash.
    # It neither begins nor ends with the text around it.
    r"|[`\"*_]([^\W_](?:[\w-]*[^\W_])?)[`\"*_]+\s+(?:sub)?(?:folder|directory)\b"
    r"|\b(?:folder|directory)\s+(?:(?:named|called)\s+)?[`\"*_]+([^\W_](?:[\w-]*[^\W_])?)[`\"*_]",
    re.IGNORECASE,
)
_TYPE = regex(r"(?<![\w./>-])(\.?)(png|jpe?g|gif|svg|webp|bmp|tiff?|pdf)\b(?!\.\w)", re.IGNORECASE)


def pictures_of(source: SourceText, files: Files) -> tuple[ExamplePicture, ...]:
    """Return the pictures that a form shows and that lie beside it: they come with it to each student."""
    targets = (resolve(image.url) for image in read_markdown(source.plain).images)
    paths = dict.fromkeys(one.path for one in targets if not (one.is_remote or one.is_outside or one.is_private))
    known = ((files.picture(path), files.digest(path)) for path in paths if exists(files, path))
    return tuple(ExamplePicture(picture.n_bytes, digest) for picture, digest in known if picture and digest)


def images(source: SourceText, examples: Sequence[ExamplePicture] = ()) -> Iterator[str]:
    """Yield the rules of pictures that sentences about pictures name, and the form's own pictures."""
    folders: dict[str, None] = {}
    types: dict[str, None] = {}
    for sentence in _SENTENCE_END.split(source.plain):
        if _ABOUT_PICTURES.search(sentence) and not _REFUSAL.search(sentence):
            folders.update((next(filter(None, match.groups())), None) for match in _FOLDER.finditer(sentence))
            types.update(dict.fromkeys(_types(sentence)))
    if len(folders) > 1:
        yield f"# unsure: in which folder beside the report do pictures belong: {', '.join(folders)}?"
    elif not folders:
        yield "# unsure: in which folder beside the report do pictures belong? Without one, they may be anywhere"
    if not types:
        yield "# unsure: which types of picture does the course take? Without any, all that a page shows"
    rules = [f"folder: {in_quotes(folder)}" for folder in folders if len(folders) == 1]
    rules += [f"extensions: [{', '.join(types)}]"] if types else []
    if examples:
        yield "# examples lists the form's own pictures: an answer needs others"
        yield from ("images:", *(f"  {rule}" for rule in rules), "  examples:")
        yield from (f'    - {{bytes: {one.n_bytes}, sha256: "{one.sha256}"}}' for one in examples)
        return
    yield f"images: {{{', '.join(rules)}}}" if rules else "# images: {folder: figures, extensions: [png, jpg, jpeg]}"


def _types(sentence: str) -> list[str]:
    """Return the extensions of pictures that a sentence names; JPEG without a dot has two."""
    found = [(dot, name.lower()) for dot, name in _TYPE.findall(sentence)]
    types = [one for dot, name in found for one in (_JPEG if name in _JPEG and not dot else (name,))]
    # A report is handed in as PDF more often than a picture.
    return types if any(name != "pdf" for name in types) else []


_JPEG = "jpg", "jpeg"


def _questions(report: Report, expected: ScriptLimits | None) -> Iterator[str]:
    yield "# You can add a topic to each question, in a word or two: topic: data"
    yield "questions:"
    times = Counter(question.number for question in report.questions)
    firsts: dict[int, Question] = {}
    for question in report.questions:
        firsts.setdefault(question.number, question)
    for question in firsts.values():
        doubts = ["is in the form twice; this is the first"] if times[question.number] > 1 else []
        doubts += [] if question.label else ['has no line "> Answer:"']
        asked = read_sentences(question.prompt_text)
        if expected and question.number in expected.limits:
            asked = yield from _as_expected(question.number, asked, expected.limits[question.number])
        doubts += asked.doubts
        keys = [f"number: {question.number}"]
        keys += [f"words: {written(asked.words)}"] if asked.words else []
        keys += [f"images: {written(asked.images)}"] if asked.images else []
        prompt = prompt_fingerprint(question.prompt_text)
        if prompt != NO_WORDS:
            keys.append(f"prompts: [{quoted([prompt])}]")
        elif _has_prompt(question):
            doubts.append("names its length or example first: put what is asked before")
        else:
            doubts.append('has no prompt: quote the question with "> "')
        if question.label and prompt != NO_WORDS:
            keys.append(f"whole: [{_counted(question.asked.text_above_label)}]")
        keys += [f"unsure: [{', '.join(map(in_quotes, doubts))}]"] if doubts else []
        yield f"  - {{{', '.join(keys)}}}"


def _as_expected(
    number: int, asked: PromptLimits, expected: tuple[Limit | None, Limit | None]
) -> Generator[str, None, PromptLimits]:
    """Yield what the script adds to the sentences of a question, and return what both ask."""
    doubts: list[str] = []

    def agreed(unit: str, by_sentence: Limit | None, by_script: Limit | None) -> Iterator[str]:
        if by_sentence is None and by_script:
            yield f"  # question {number}: {unit}: {written(by_script)} is from report.py"
        elif by_sentence and by_sentence != by_script:
            other = written(by_script) if by_script else "none"
            doubts.append(f"names {unit}: {written(by_sentence)}, and report.py has {other}: which is right?")

    yield from agreed("words", asked.words, expected[0])
    yield from agreed("images", asked.images, expected[1])
    # What the sentences leave open, the script has decided.
    return PromptLimits(asked.words or expected[0], asked.images or expected[1], tuple(doubts))


def in_quotes(text: str) -> str:
    """Return a text as YAML in which every sign means itself."""
    return json.dumps(one_line(text), ensure_ascii=False)


def _counted(prompt: str) -> str:
    """Return how a pack writes everything above a label."""
    return f'{{words: {len(prompt_words(prompt))}, fingerprint: "{whole_fingerprint(prompt)}"}}'


def quoted(fingerprints: Iterable[str]) -> str:
    """Return fingerprints as a list of YAML holds them."""
    # Without quotes some fingerprints would be numbers.
    return ", ".join(f'"{one}"' for one in fingerprints)
