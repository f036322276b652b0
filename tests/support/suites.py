"""Reports with their diagnostics drawn in: the notation of `tests/checks/*.md` and of the checks' own pages.

A suite `tests/checks/<code>.md` is Markdown that reads well on GitHub, and is made of

* headings: each names the tests below it;
* a ```yaml fence: the pack from here on (`id` and `title` may be left out; before the first, `DEFAULT_PACK`);
* a line ``Files: `figures/a.png`, `figures/b.png` (empty)``: the files that exist, until the next heading. What
  they hold is not known, unless it stands behind one: `empty`, `cut off`, `no picture`, `Git LFS`, `example` (the
  first of the pack's), `untracked`, `ignored`, or the kind that the content is, such as `jpeg`;
* a line ``Repository: `reports/README.md` (report), `src/a.py` ``: what git tracks round the report, seen from the top,
  until the next heading. Behind one may stand `report` (it lies there), `link` (nobody looks behind it) or `untracked`;
* a line `Tests: 12 in 4 files`: what pytest would find, until the next heading;
* a line ``GitHub: `owner/name` (main)``: where the repository lies, and its branch, until the next heading;
* a ````template fence: the form that the report was copied from, until the next heading;
* a ````script fence: the course's script beside the report, until the next heading;
* a ````report fence: one test. Behind `report` may stand `draft` (the stage, else final) and `crlf`
  (the lines of the report end with a carriage return and a line feed);
* below it a ````fixed fence: the text after all safe fixes; needed where there are any;
* below it ````choice TITLE fences: the text after the one fix of that title, safe or not.

A fence ends at the next line with as many signs (backticks or tildes) or more, so a report with fences in it
stands in a longer one. Any other fence is refused, and so is a suite without a test.

What is said of a piece of a line stands in a *mark* below that line; marks are taken out before the analysis.

    A word too many.
      ^^^^ error: too long           a piece of a line
         | hint: a comma?            a place between two characters: before the one above the stroke
              ^^… warning: from here a piece of several lines: from here
    The next line.
    ^^^ …                            to here
    $ error: no question             the end of the text, behind its last line end (also `$ …`)

`^^^ related: message` draws a related place. A mark ends with its code in square brackets, unless it is the
suite's own. Marks below one line are ordered by where they start. Tabs before a mark repeat those of the line.

With UPDATE=1 in the environment, a report whose marks or `fixed` or `choice` fences differ from what is said
is rewritten in its file, and its test fails once to say so.
"""

import ast
import difflib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve, field, frozen
from report_ls.analysis.analyze import Analysis, State, analyze
from report_ls.analysis.fixing import fix_all
from report_ls.base.diagnostic import Diagnostic, Fix, Severity, Stage
from report_ls.base.spans import Span
from report_ls.base.text import SourceText
from report_ls.data.error import DataError
from report_ls.files.port import CountedTests, Files, Home, Picture, Tracking, Tree
from report_ls.packs.pack import Pack
from report_ls.project.packs import parse_pack
from support.memory_files import MemoryFiles

DEFAULT_PACK = """\
id: test
title: Test
images: {folder: figures, extensions: [png, jpg, jpeg]}
"""


class SuiteError(Exception):
    """A suite that cannot be read: `path:line: what is wrong`."""


@frozen
class Example:
    """One report fence and what belongs to it."""

    path: Path
    index: int
    """The number of the report fence in its file, from zero."""
    line: int
    """One-based."""
    code: str
    """The code of the suite."""
    name: str
    drawn: str
    """The report with its marks."""
    pack: Pack
    files: Files
    stage: Stage
    is_crlf: bool
    fixed: str | None
    choices: tuple[tuple[str, str], ...]

    @property
    def where(self) -> str:
        """The place, as editors and terminals link it."""
        return f"{self.path}:{self.line}"

    @property
    def source(self) -> SourceText:
        """The report itself."""
        text = "".join(f"{line}\n" for line in self.drawn.split("\n")[:-1] if not _MARK.fullmatch(line))
        return SourceText(text.replace("\n", "\r\n") if self.is_crlf else text)

    def analyze(self) -> Analysis:
        """Judge the report."""
        return analyze(self.source, self.pack, self.files, self.stage)


_MARK = re.compile(r"[ \t]*(?:\^+…?|…|\||\$) (?:(?:error|warning|information|hint|related): .*|…(?: \[[a-z0-9-]+\])?)")
_FENCE = re.compile(r"(`{3,}|~{3,})\s*(.*?)\s*")
_HEADING = re.compile(r"#{1,6} +(.*?)\s*")
_FILE = re.compile(r"`([^`]+)`(?: \(([^()`]+)\))?")
_TESTS = re.compile(r"(Tests): ((\d+)( or more)? in (\d+) files?(?:, by (\d+) functions)?(?:; also ([\d, ]+))?)")
_LISTED = re.compile(rf"(Files|Repository|GitHub): *({_FILE.pattern}(?:, *{_FILE.pattern})*)\.?\s*")


@frozen
class _Fence:
    sign: str
    info: str
    first: int
    """The line of its opening, from zero."""
    last: int
    """The line of its closing."""
    content: str


@frozen
class _Block:
    """A report fence, the fences below it that belong to it, and what is in force there."""

    report: _Fence
    heading: str
    yaml: _Fence | None
    listed: Mapping[str, Sequence[tuple[str, ...]]]
    """Files, Repository and GitHub: each path with the text after it."""
    template: _Fence | None
    script: _Fence | None
    fixed: _Fence | None = None
    choices: tuple[_Fence, ...] = field(default=())


def read_suite(path: Path) -> list[Example]:
    """Read the tests of a suite, or of the docstring of a check. Raises `SuiteError`."""
    lines = _lines(path)
    code = path.stem.replace("_", "-")
    examples: list[Example] = []
    n_named: dict[str, int] = {}
    for index, block in enumerate(_blocks(path, lines)):
        n_named[block.heading] = number = n_named.get(block.heading, 0) + 1
        options = block.report.info.split()[1:]
        if not {"draft", "crlf"}.issuperset(options):
            raise SuiteError(f"{path}:{block.report.first + 1}: behind `report` stand only `draft` and `crlf`")
        pack = _pack(path, block.yaml)
        examples.append(
            Example(
                path=path,
                index=index,
                line=block.report.first + 1,
                code=code,
                name=f"{code}: {block.heading}" + (f" ({number})" if number > 1 else ""),
                drawn=block.report.content,
                pack=pack,
                files=evolve(
                    _memory_files(path, block.listed, pack),
                    form=block.template.content if block.template else None,
                    course_script=block.script.content if block.script else "",
                ),
                stage=Stage.DRAFT if "draft" in options else Stage.FINAL,
                is_crlf="crlf" in options,
                fixed=block.fixed.content if block.fixed else None,
                choices=tuple((_title(fence), fence.content) for fence in block.choices),
            )
        )
    if not examples:
        raise SuiteError(f"{path}:1: there is no ````report fence here, so nothing is tested")
    return examples


def _lines(path: Path) -> list[str]:
    """Return the lines of a suite; of a module, those of its docstring, the others empty."""
    lines = path.read_bytes().decode().split("\n")
    if path.suffix != ".py":
        return lines
    first = ast.parse("\n".join(lines)).body[0]
    if not isinstance(first, ast.Expr) or not isinstance(first.value, ast.Constant):
        raise SuiteError(f"{path}:1: a check starts with its docstring")
    start, end = first.lineno - 1, first.end_lineno or first.lineno
    written = "\n".join(lines[start:end]).lstrip("r").removeprefix('"""').removesuffix('"""')
    if written != first.value.value:
        raise SuiteError(f'{path}:1: a docstring with backslashes in it starts with r"""')
    return ["", *[""] * start, *lines[start + 1 : end], *[""] * (len(lines) - end)]


def _blocks(path: Path, lines: Sequence[str]) -> list[_Block]:
    blocks: list[_Block] = []
    heading, is_open = path.stem, False
    listed: dict[str, Sequence[tuple[str, ...]]] = {}
    given: dict[str, _Fence | None] = {"yaml": None, "template": None, "script": None}
    for piece in _pieces(path, lines):
        if isinstance(piece, _Fence):
            word = piece.info.partition(" ")[0]
            if word in given:
                given[word], is_open = piece, False
            elif word == "report":
                blocks.append(_Block(piece, heading, given["yaml"], listed, given["template"], given["script"]))
                is_open = True
            elif word == "fixed" and is_open and not blocks[-1].fixed:
                blocks[-1] = evolve(blocks[-1], fixed=piece)
            elif word == "choice" and is_open and _title(piece):
                blocks[-1] = evolve(blocks[-1], choices=(*blocks[-1].choices, piece))
            else:
                raise SuiteError(
                    f"{path}:{piece.first + 1}: a fence {piece.info!r} means nothing here; there are yaml, "
                    "template, script and report, and below a report one fixed and any number of choice TITLE"
                )
        elif match := _HEADING.fullmatch(piece):
            heading, listed, is_open = match[1].replace("`", ""), {}, False
            given |= {"template": None, "script": None}
        elif match := _LISTED.fullmatch(piece) or _TESTS.fullmatch(piece):
            listed, is_open = listed | {match[1]: _FILE.findall(match[2]) or [match.groups("")[2:]]}, False
        elif piece.startswith(("Files:", "Repository:", "GitHub:", "Tests:")):
            raise SuiteError(f"{path}:{lines.index(piece) + 1}: write Files: `figures/a.png`, `figures/b.png`")
    return blocks


def _pieces(path: Path, lines: Sequence[str]) -> Iterator[_Fence | str]:
    """Yield the fences, and the lines outside of them."""
    number = 0
    while number < len(lines):
        opening = _FENCE.fullmatch(lines[number])
        if not opening:
            yield lines[number]
            number += 1
            continue
        sign, info = opening[1], opening[2]
        closing = re.compile(rf"{re.escape(sign)}{re.escape(sign[0])}*\s*")
        last = next((n for n in range(number + 1, len(lines)) if closing.fullmatch(lines[n])), None)
        if last is None:
            raise SuiteError(f"{path}:{number + 1}: this fence is never closed")
        content = "".join(f"{line}\n" for line in lines[number + 1 : last])
        yield _Fence(sign, info, number, last, content)
        number = last + 1


def _title(fence: _Fence) -> str:
    return fence.info.removeprefix("choice").strip()


def _pack(path: Path, fence: _Fence | None) -> Pack:
    if fence is None:
        return parse_pack(DEFAULT_PACK, "DEFAULT_PACK")
    # Empty lines before it, so that an error names the line of the suite.
    text = "\n" * (fence.first + 1) + fence.content
    for key, value in (("id", "test"), ("title", "Test")):
        if not re.search(rf"^{key}:", text, re.MULTILINE):
            text += f"{key}: {value}\n"
    try:
        return parse_pack(text, str(path))
    except DataError as error:
        raise SuiteError(str(error)) from None


_PICTURES = {
    "empty": Picture(0),
    "cut off": Picture(2048, "png", is_cut=True),
    "no picture": Picture(2048),
    "Git LFS": Picture(130, is_pointer=True),
}


def _memory_files(suite: Path, listed: Mapping[str, Sequence[tuple[str, ...]]], pack: Pack) -> MemoryFiles:
    beside = listed.get("Files", ())
    files = MemoryFiles(path for path, _ in beside)
    pictures, digests, trackings = {}, {}, {}
    for path, held in beside:
        if held == "example" and not pack.examples:
            raise SuiteError(f"{suite}:1: {path} is an example, and the pack has none")
        if held in ("untracked", "ignored"):
            trackings[path] = Tracking(held)
        elif held == "example":
            pictures[path] = Picture(pack.examples[0].n_bytes, "png")
            digests[path] = pack.examples[0].sha256
        elif held:
            pictures[path] = _PICTURES.get(held) or Picture(2048, held)
    tracked = listed.get("Repository", ())
    return evolve(
        files,
        pictures=pictures,
        digests=digests,
        trackings=trackings,
        repository=_tree(suite, tracked) if tracked else None,
        github=next((Home(frozenset([name]), branch) for name, branch in listed.get("GitHub", ())), None),
        pytests=next(map(_tests, listed.get("Tests", ())), None),
        present=(path for path, held in tracked if held == "untracked"),
    )


def _tests(written: Sequence[str]) -> CountedTests:
    low, is_open, n_files, n_functions, others = written
    return CountedTests(
        int(n_files),
        int(n_functions or low),
        int(low),
        bool(is_open),
        frozenset(map(int, others.split(",") if others else ())),
    )


def _tree(suite: Path, tracked: Sequence[tuple[str, ...]]) -> Tree:
    by_kind: dict[str, list[str]] = {"": [], "report": [], "link": [], "untracked": []}
    for path, held in tracked:
        if held not in by_kind:
            raise SuiteError(f"{suite}:1: behind {path} may stand {', '.join(filter(None, by_kind))}")
        by_kind[held].append(path)
    if len(by_kind["report"]) != 1:
        raise SuiteError(f"{suite}:1: one path of the repository is the (report)")
    place = by_kind["report"][0].rpartition("/")[0]
    return Tree(place, frozenset((*by_kind[""], *by_kind["report"])), frozenset(by_kind["link"]))


def draw(source: SourceText, diagnostics: Iterable[Diagnostic], own: str) -> str:
    r"""Return a text with its diagnostics as marks; lines end with ``\n``, whatever they end with in the text."""
    marks: list[tuple[int, int, str]] = []
    text, last_line = source.text, len(source.line_starts) - 1
    is_ended = source.line_starts[last_line] == len(text)

    def put(offset: int, sign: str, said: str) -> None:
        place = source.position(offset)
        if is_ended and place.line == last_line:
            sign = "$"
        before = text[source.line_starts[place.line] : offset]
        marks.append((place.line, place.character, re.sub(r"[^\t]", " ", before) + f"{sign} {said}"))

    def add(span: Span, said: str, code: str) -> None:
        ending = "" if code == own else f" [{code}]"
        first, last = source.position(span.start), source.position(span.end)
        if first.line == last.line:
            put(span.start, "^" * (span.end - span.start) or "|", said + ending)
        else:
            n_first = source.line_span(first.line).end - span.start
            put(span.start, "^" * n_first + "…", said + ending)
            put(source.line_starts[last.line], "^" * last.character or "|", "…" + ending)

    for diagnostic in diagnostics:
        add(diagnostic.span, f"{diagnostic.severity.word}: {diagnostic.message}", diagnostic.code)
        for related in diagnostic.related:
            add(related.span, f"related: {related.message}", diagnostic.code)
    marks.sort(key=lambda mark: mark[:2])
    drawn: list[str] = []
    for line in range(last_line + 1):
        if not (is_ended and line == last_line):
            span = source.line_span(line)
            drawn.append(text[span.start : span.end])
        drawn += (mark for at, _, mark in marks if at == line)
    return "".join(f"{line}\n" for line in drawn)


def compare(example: Example) -> str | None:
    """Return None if everything is as the example draws it, else what is not, ready to be pasted.

    With UPDATE=1 the example is rewritten.
    """
    analysis = example.analyze()
    broken = broken_promises(analysis, example.files)
    if broken:
        return f"{example.where}: {'; '.join(broken)}"
    drawn = draw(example.source, analysis.diagnostics, example.code)
    fixed = fix_all(example.source, example.pack, example.files, example.stage, _any)
    choices = []
    for title, text in example.choices:
        named = {fix for fix in all_fixes(analysis.diagnostics) if fix.title == title}
        if len(named) != 1:
            titles = ", ".join(sorted({fix.title for fix in all_fixes(analysis.diagnostics)})) or "none"
            return f"{example.where}: {len(named)} fixes are called {title!r}; there are: {titles}"
        choices.append((title, text, _unix(example.source.apply(named.pop().edits))))
    wrong = []
    expected = _without_own_code(example)
    if drawn != expected:
        wrong.append(_difference("the report should be drawn like this", expected, drawn))
    if example.fixed is None and fixed != example.source:
        wrong.append(f"there are safe fixes: add a fixed fence:\n\n{_unix(fixed)}")
    if example.fixed is not None and _unix(fixed) != example.fixed:
        wrong.append(_difference("the safe fixes give this", example.fixed, _unix(fixed)))
    if example.is_crlf and "\n" in fixed.text.replace("\r\n", ""):
        return f"{example.where}: a fix put in a lone line feed:\n\n{fixed.text!r}"
    wrong += (_difference(f"{title!r} gives this", text, now) for title, text, now in choices if text != now)
    if not wrong:
        return None
    if os.environ.get("UPDATE") == "1":
        has_fixed = example.fixed is not None or fixed != example.source
        _rewrite(example, drawn, _unix(fixed) if has_fixed else None, [now for *_, now in choices])
        return f"{example.where}: rewritten; read what changed and run the tests again"
    return f"{example.where}: " + "\n".join(wrong)


def broken_promises(analysis: Analysis, files: Files) -> list[str]:
    """Return which promises a report breaks that hold for every report (ARCHITECTURE.md, "A check")."""
    failures = [f"{failure.code} raised {failure.error!r}" for failure in analysis.failures]
    return (
        failures + [said for diagnostic in analysis.diagnostics for said in _malformed(analysis.source, diagnostic)]
        or [
            f"{diagnostic.code}: {fix.title!r} {said}"
            for diagnostic in analysis.diagnostics
            for fix in safe_fixes([diagnostic])
            for said in _broken_by(analysis, diagnostic.code, fix, files)
        ]
        or _broken_by_all(analysis, files)
    )


def differences_by_line_ends(source: SourceText, pack: Pack, files: Files, stage: Stage | None) -> list[str]:
    """Return the findings and fixes of a report that differ if its lines end as on Windows."""
    text = source.text.replace("\r\n", "\n").replace("\r", "\n")
    said = []
    for newline in "\n", "\r\n":
        analysis = analyze(SourceText(text.replace("\n", newline)), pack, files, stage)
        said.append(list(_with_fixes(analysis, newline)))
    return [f"only with {end}: {one}" for end, one in _only_in_one(*said)]


def _with_fixes(analysis: Analysis, newline: str) -> Iterator[str]:
    for diagnostic in analysis.diagnostics:
        places = [*map(analysis.source.position, diagnostic.span)]
        yield f"{diagnostic.code} {diagnostic.severity.word} {places} {diagnostic.message}"
        for fix in all_fixes([diagnostic]):
            fixed = analysis.source.apply(fix.edits).text
            assert newline == "\n" or fixed.count("\n") == fixed.count("\r\n") == fixed.count("\r"), fix.title
            yield f"{diagnostic.code} {fix.title} {fix.safe} {fixed.replace(newline, chr(10))}"


def _only_in_one(unix: Sequence[str], windows: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from (("LF", one) for one in unix if one not in windows)
    yield from (("CRLF", one) for one in windows if one not in unix)


def _malformed(source: SourceText, diagnostic: Diagnostic) -> Iterator[str]:
    """Yield the mistakes of a single diagnostic."""
    fixes, end = all_fixes([diagnostic]), len(source.text)
    spans = [diagnostic.span, *(related.span for related in diagnostic.related)]
    spans += (edit.span for fix in fixes for edit in fix.edits)
    said = [f"{span} is no span of the text" for span in spans if not 0 <= span.start <= span.end <= end]
    messages = [diagnostic.message, *(related.message for related in diagnostic.related)]
    said += (f"not a message: {text!r}" for text in messages if "\n" in text or text.endswith("."))
    if not said:
        said += (f"{fix.title!r} is safe but not preferred" for fix in fixes if fix.safe and not fix.preferred)
        said += (f"{fix.title!r} changes nothing" for fix in fixes if source.apply(fix.edits) == source)
    return (f"{diagnostic.code}: {text}" for text in said)


_RESTORING = {"answer-label", "question-duplicate", "question-missing", "question-order", "question-unexpected"}
"""The checks whose fixes put the template's own lines back."""

_IN_ROWS = {"dashed-answer", "leftover-marker", "mojibake"}
"""The checks that find the next place when the first is fixed; another test shows that this ends."""

_EVERYWHERE = {"malformed-checkbox", "mojibake"}
"""The checks whose fixes change single characters, wherever they are."""


def _broken_by(analysis: Analysis, code: str, fix: Fix, files: Files) -> Iterator[str]:
    """Yield the promises that one safe fix breaks."""
    answers = [result.question.answer.span for result in analysis.questions]
    for edit in fix.edits:
        is_inside = any(answer.start <= edit.span.start <= edit.span.end <= answer.end for answer in answers)
        if not is_inside and code not in _RESTORING | _EVERYWHERE:
            yield f"changes the template: {edit}"
    after = _apply(analysis, fix, files)
    for number in failing_now(analysis, after):
        yield f"makes question {number} fail"
    yield from _harm(analysis, fix, after)
    if code not in _RESTORING:
        # Of a picture that is now seen more may be wrong.
        worse = worse_now(analysis, after)
        # What is left of several places may begin in another question.
        worse = [said for said in worse if not said.startswith(f"{code} ")]
        yield from (f"adds {said}" for said in worse if not code.startswith("image-") or not said.startswith("image-"))
    if code not in _IN_ROWS and _n_places(after, code) >= _n_places(analysis, code):
        yield "does not remove what it fixes"


def _broken_by_all(analysis: Analysis, files: Files) -> list[str]:
    """Return the promises that all safe fixes together break."""
    harm = _harm_one_by_one(analysis, files)
    if harm:
        return harm
    fixed = fix_all(analysis.source, analysis.pack, files, analysis.stage, _any)
    after = analyze(fixed, analysis.pack, files, analysis.stage)
    remaining = [f"{fix.title!r} remains after all safe fixes" for fix in safe_fixes(after.diagnostics)]
    remaining += (f"the safe fixes make question {number} fail" for number in failing_now(analysis, after))
    failing = _passing_in_script(analysis) - _passing_in_script(after)
    remaining += (f"the safe fixes make the script refuse answer {number}" for number in sorted(failing))
    return remaining


def _apply(analysis: Analysis, fix: Fix, files: Files) -> Analysis:
    return analyze(analysis.source.apply(fix.edits), analysis.pack, files, analysis.stage)


def all_fixes(diagnostics: Iterable[Diagnostic]) -> list[Fix]:
    """Return the fixes of diagnostics and of their related places."""
    return [
        fix
        for diagnostic in diagnostics
        for fix in (*diagnostic.fixes, *(fix for related in diagnostic.related for fix in related.fixes[:1]))
    ]


def safe_fixes(diagnostics: Iterable[Diagnostic]) -> list[Fix]:
    """Return the safe ones of the fixes of diagnostics and of their related places."""
    return [fix for fix in all_fixes(diagnostics) if fix.safe]


def failing_now(before: Analysis, after: Analysis) -> list[int]:
    """Return the questions that passed before and fail after."""
    failing_before = {result.question.number for result in before.questions if result.state is not State.OK}
    # Of several places that are one diagnostic, the first alone counts for the state of its question.
    grave = (found for found in before.diagnostics if found.severity <= Severity.WARNING)
    places = (before.report.question_at(related.span.start) for found in grave for related in found.related)
    failing_before |= {question.number for question in places if question}
    known = {result.question.number for result in before.questions} - failing_before
    return sorted({result.question.number for result in after.questions if result.state is not State.OK} & known)


def worse_now(before: Analysis, after: Analysis) -> list[str]:
    """Return what is said at warning or worse, with its question, was not said before and will not be mended too."""
    said = {(found.code, found.question) for found in before.diagnostics}
    # Dashes of several questions are one until fewer words make them worse in one.
    said |= {("dashed-answer", question.number) for question in before.report.questions}
    # An error hides the length of an answer, or that it is missing.
    wrong = {found.question for found in before.diagnostics if found.severity is Severity.ERROR}
    said |= {(code, number) for code in ("unanswered", "answer-too-long", "answer-too-short") for number in wrong}
    grave = {
        (found.code, found.question)
        for found in after.diagnostics
        if found.severity <= Severity.WARNING and not safe_fixes([found])
    }
    return sorted(f"{code} in question {number}" for code, number in grave - said)


def _n_places(analysis: Analysis, code: str) -> int:
    return sum(1 + len(diagnostic.related) for diagnostic in analysis.diagnostics if diagnostic.code == code)


def _harm_one_by_one(analysis: Analysis, files: Files) -> list[str]:
    """Return what safe fixes do that are applied one by one: no harm, and they come to an end."""
    for _ in range(10 + 2 * len(all_fixes(analysis.diagnostics))):
        fixes = safe_fixes(analysis.diagnostics)
        if not fixes:
            return []
        after = _apply(analysis, fixes[0], files)
        harm = [f"{fixes[0].title!r}, after others, {said}" for said in _harm(analysis, fixes[0], after)]
        if harm:
            return harm
        analysis = after
    return ["the safe fixes do not converge"]


def _harm(before: Analysis, fix: Fix, after: Analysis) -> Iterator[str]:
    """Yield what the course's script refuses after a fix and took before, and that a word of the student is gone."""
    for number in sorted(_passing_in_script(before) - _passing_in_script(after)):
        yield f"makes the script refuse answer {number}"
    is_insertion = all(edit.span.start == edit.span.end for edit in fix.edits)
    if not is_insertion and _own_words(before) != _own_words(after):
        lost = difflib.unified_diff(_own_words(before), _own_words(after), n=0, lineterm="")
        yield f"changes words: {' '.join([*lost][3:])}"


def _passing_in_script(analysis: Analysis) -> set[int]:
    """Return the numbers of the answers that the course's script takes.

    None where it refuses the report, or takes answers for those of other questions.
    """
    script = analysis.script
    if script and [*analysis.report.numbers] != [*range(1, len(script.answers) + 1)]:
        return set()
    prompts = {question.number: question.prompt_text for question in analysis.report.questions}
    counted = enumerate(script.answers if script and not script.refuses else (), 1)
    return {
        number
        for number, answer in counted
        if analysis.pack.ask_by_number(number, prompts.get(number, "")).passes(answer.n_words, answer.n_images)
    }


_MARKUP = re.compile(
    r"""
    (?:^|(?<=\n))[ \t>]*(?:```|~~~)[ \t]*[\w+-]*  # a fence, with its language
    | (?:^|(?<=\n))[ \t>]*(?:[-*+]|\d+[.)])(?:[ \t]*\[[^\[\]\n]{0,10}\]|[ \t]+[xX](?=[ \t]))  # a box
    | <img\b[^<>]*?(?:\salt=(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))[^<>]*)?>
    | !\[((?:[^\[\]\n]|\n(?![ \t>]*\n))*)\](?:  # an image, but for its title
        \[[^\[\]\n]*\]
        | \([\s>]*(?:<[^<>\n]*>|(?:[^()"'\n]|\([^()\n]*\))*\.(?:png|jpe?g|gif|svg|webp)\b|[^()\s\[\]!]*)
      )?
    | (?<![^\W_])(?:answers?|anwser|asnwer)[*_ \t]*[:;.：]  # a label
    | (?:question\ \d+\ )?fill\ here  # a marker between others
    | &lt;  # a sign
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Text that is no word of a student; of an image only the description is."""


def _own_words(analysis: Analysis) -> list[str]:
    """Return the words of a report that are neither the template's markers nor markup, the path of a picture included.

    Only plain letters count: of garbled ones nothing is left, nor of those that they mean.
    """
    text = analysis.source.plain
    for question in reversed(analysis.report.questions):
        for span in (*reversed(question.answer.leftovers), *([question.label.span] if question.label else [])):
            text = text[: span.start] + " " + text[span.end :]
    bare = _MARKUP.sub(lambda match: f" {' '.join(filter(None, match.groups()))} ", text)
    return re.findall(r"[a-z0-9]+", bare, re.IGNORECASE)


def _any(_code: str) -> bool:
    return True


def _unix(source: SourceText) -> str:
    return source.text.replace("\r\n", "\n")


def _without_own_code(example: Example) -> str:
    lines = example.drawn.split("\n")
    own = f" [{example.code}]"
    return "\n".join(line.removesuffix(own) if _MARK.fullmatch(line) else line for line in lines)


def _difference(title: str, expected: str, actual: str) -> str:
    difference = difflib.unified_diff(expected.split("\n"), actual.split("\n"), "written", "actual", lineterm="")
    return f"{title}:\n\n{actual}\n" + "\n".join(difference)


def _rewrite(example: Example, drawn: str, fixed: str | None, choices: Sequence[str]) -> None:
    """Write the contents of an example's fences into its file as it is now."""
    block = _blocks(example.path, _lines(example.path))[example.index]
    lines = example.path.read_bytes().decode().split("\n")
    sign = block.report.sign
    contents = [(block.report, drawn), *zip(block.choices, choices, strict=True)]
    if fixed is not None and block.fixed:
        contents.append((block.fixed, fixed))
    elif fixed is not None:
        lines[block.report.last] += f"\n\n{sign}fixed\n{fixed}{sign}"
    for fence, content in sorted(contents, key=lambda pair: -pair[0].first):
        lines[fence.first + 1 : fence.last] = content.split("\n")[:-1]
    example.path.write_bytes("\n".join(lines).encode())
