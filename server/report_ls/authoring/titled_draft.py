"""A first draft of a pack for a form whose headings or items are its questions.

What is guessed is asked, in the pack itself: `--check-pack` says it again until its author has deleted it.
"""

from collections.abc import Iterator, Sequence

from report_ls.authoring.draft import images, in_quotes, named, sections
from report_ls.authoring.hidden import hidden_headings
from report_ls.authoring.titles import OPTIONAL, Titles, about, other_units, titles_in
from report_ls.base.plural import count_or_no
from report_ls.base.text import SourceText
from report_ls.packs.pack import ExamplePicture
from report_ls.packs.prompt_sentences import read_sentences, written
from report_ls.report.form import Topic
from report_ls.report.headings import headings
from report_ls.report.outline import outline
from report_ls.report.places import why_refused
from report_ls.report.question_outline import prompt_of
from report_ls.report.statement import statement


def titled_draft(source: SourceText, name: str, examples: Sequence[ExamplePicture] = ()) -> str | None:
    """Return the YAML of a pack for a form whose headings or items are its questions; None if it has none.

    Nor is there one where an answer is written into a place that cannot be told from the rest. The examples are the
    form's own pictures.
    """
    found = None if why_refused(source.plain) else titles_in(source.plain)
    if found is None:
        return None
    lines = [
        *named(source.plain, name),
        *_statement(source.plain, found),
        f"opening: {'item' if found.opening.by_item else 'heading'}",
        *_unsure_of(found, [doubt for _, doubt in hidden_headings(source)]),
        *([f"marker: {in_quotes(found.marker)}"] if found.marker else []),
        *sections(found.closing, "All headings of the form (each ends an answer)"),
        *images(source, examples),
        "# given is the form's text below a title: it is not part of an answer",
        "questions:",
        *_questions(found),
    ]
    return "".join(f"{line}\n" for line in lines)


def why_not(text: str) -> str:
    """Return what a form lacks of which no pack can be drafted."""
    refused = why_refused(text)
    if refused:
        return refused
    n_questions, n_headings = len(outline(text).questions), sum(1 for _ in headings(text))
    if n_questions:
        counted = "1 question, and it" if n_questions == 1 else f"{n_questions} questions, none"
        has = "has no" if n_questions == 1 else "has a"
        return f'{counted} {has} quote or line "> Answer:": quote the question with "> "'
    counted = count_or_no(n_headings, "heading")
    return f'{counted}, none is "### Question n" or has a place for an answer below it'


def _statement(text: str, found: Titles) -> Iterator[str]:
    """Yield the comment with which a form would say the same itself, if one can."""
    levels = {one.level for one in headings(text) if one.title in found.titles}
    if not found.opening.by_item and levels:
        *others, last = sorted("#" * level for level in levels)
        signs = f"{', '.join(others)} and {last}" if others else last
        marker = f", in place of {in_quotes(found.marker)}" if found.marker else ""
        comment = f"<!-- report-ls: answers below {signs} headings{marker} -->"
        said = statement(comment)
        if said and said.marker == found.marker:
            yield "# Or without a pack: put this line above the first of these headings, and each copy is a report:"
            yield f"# {comment}"


def _unsure_of(found: Titles, hidden: Sequence[str]) -> Iterator[str]:
    """Yield what is to be decided of the questions together; --check-pack says it again until it is deleted."""
    n_titles = len(found.titles)
    what = "items" if found.opening.by_item else "headings"
    doubts = [f"{n_titles} {what} are taken for questions: delete those that are not questions"]
    if found.marker:
        doubts.append("the marker is in the place of several answers of the form: is it what a student replaces?")
    doubts += hidden
    yield "# Decide each line of unsure, and delete it:"
    yield "unsure:"
    yield from (f"  - {in_quotes(doubt)}" for doubt in doubts)


def _questions(found: Titles) -> Iterator[str]:
    holding = [found.marker != "" and found.marker in " ".join(below.split()) for below in found.below]
    # Where most have one, a part without one is often not to be answered.
    is_usual = 2 * sum(holding) > len(holding)
    for topic, title, name, below, holds in zip(
        found.opening.topics, found.titles, found.names, found.below, holding, strict=True
    ):
        yield _titled(topic, title, name, below, lacks_marker=is_usual and not holds)


def _titled(topic: Topic, title: str, name: str, below: str, *, lacks_marker: bool) -> str:
    """Return a question that its title opens."""
    asked = read_sentences(f"{title}\n\n{prompt_of(below)}")
    n_about = about(below)
    doubts = ["does not hold the marker: is it a question?"] if lacks_marker else []
    doubts += asked.doubts if n_about is None else ()
    doubts += [f'says "{unit}": only words and images are counted' for unit in other_units(below)]
    keys = [f"number: {topic.number}"]
    keys += [f"topic: {in_quotes(name)}"] if name else []
    title_key = (
        f'{{words: {topic.words}, fingerprint: "{topic.fingerprint}"}}' if topic.words else f'"{topic.fingerprint}"'
    )
    keys.append(f"title: {title_key}")
    if n_about is not None:
        keys.append(f"words: ~{n_about}")
    elif asked.words:
        keys.append(f"words: {written(asked.words)}")
    elif OPTIONAL.search(title) and not asked.doubts:
        keys.append("words: 0-")
        doubts.append("is optional: words: 0- lets it be empty")
    keys += [f"images: {written(asked.images)}"] if asked.images else []
    given = ", ".join(f'{{words: {n_words}, fingerprint: "{one}"}}' for n_words, one in topic.given)
    keys += [f"given: [{given}]"] if given else []
    keys += [f"unsure: [{', '.join(map(in_quotes, doubts))}]"] if doubts else []
    return f"  - {{{', '.join(keys)}}}"
