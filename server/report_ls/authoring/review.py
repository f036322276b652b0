"""What a teacher wants to know of a pack: what is odd in it, how reports fit it, what another edition changes."""

from collections import Counter
from collections.abc import Iterator

from report_ls.authoring.draft import in_quotes, patterns, titles_of
from report_ls.authoring.hidden import hidden_headings
from report_ls.authoring.pairs import marks_of_ask, marks_of_question, moves, pairs
from report_ls.base.plural import count
from report_ls.base.text import SourceText
from report_ls.packs.pack import Ask, Pack
from report_ls.packs.prompt_sentences import PromptLimits, read_sentences
from report_ls.packs.recognise import recognise
from report_ls.report.fingerprints import NO_WORDS, fingerprint, prompt_fingerprint
from report_ls.report.form import Opening
from report_ls.report.outline import Outline, outline
from report_ls.report.places import places_not_understood
from report_ls.report.report import Report, read_report


def summary(pack: Pack) -> str:
    """Return in a line what a pack asks."""
    n_words, n_images = (
        sum(ask.words is not None for ask in pack.asks),
        sum(ask.images is not None for ask in pack.asks),
    )
    n_questions = count(len(pack.asks), "question")
    return f"{pack.id}: {n_questions}, {n_words} with a limit of words, {n_images} with one of images"


def suspicious(pack: Pack) -> Iterator[str]:
    """Yield what no schema forbids and hardly anybody means."""
    yield from (f"unsure: {one}" for one in pack.unsure)
    for key in pack.severities:
        number = key.partition("@")[2]
        if number and pack.asks and int(number) not in pack.numbers:
            yield f"severities: {key} is for a question that the form does not have"
    if pack.form.expected_answers is not None and pack.asks and pack.form.expected_answers != len(pack.asks):
        yield f"script: it expects {pack.form.expected_answers} answers, and there are {len(pack.asks)} questions"
    if pack.numbers != tuple(range(1, len(pack.asks) + 1)):
        yield f"questions: their numbers do not run from 1 to {len(pack.asks)}: number them again"
    if pack.form.opening:
        yield from _alike(pack.form.opening)
        return
    prompts = Counter(prompt for ask in pack.asks for prompt in {*ask.prompts})
    for ask in pack.asks:
        if not ask.prompts:
            yield f"question {ask.number}: reports are recognised by fingerprints, and it has none (see --infer-pack)"
        elif any(prompts[prompt] > 1 for prompt in ask.prompts):
            yield f"question {ask.number}: another question has the same fingerprint"


def _alike(opening: Opening) -> Iterator[str]:
    """Yield the questions that have the same title."""
    titles = Counter((topic.words, topic.fingerprint) for topic in opening.topics)
    for topic in opening.topics:
        if titles[topic.words, topic.fingerprint] > 1:
            yield f"question {topic.number}: another question has the same title: only their order tells them apart"


def _mismatches_of_titles(pack: Pack, opening: Opening, source: SourceText) -> Iterator[str]:
    """Yield in what a report is not one of a form whose questions their titles open; each is found by its title."""
    found = outline(source.plain, opening)
    numbers = [question.number for question in found.questions]
    for topic in opening.topics:
        if topic.number not in numbers:
            name = pack.ask_of_number(topic.number).topic
            yield f"question {topic.number}{f' ({name})' if name else ''}: no title of the report is its own"
    for line, place in places_not_understood(source.plain):
        yield f"line {line}: {place} to write into is not understood: give the answer a heading of its own"
    yield from _another_marker(read_report(source, pack.form))


def mismatches(pack: Pack, source: SourceText) -> Iterator[str]:
    """Yield in what a report, or the empty form, is not one of this edition."""
    starts = frozenset(outline(source.plain, pack.form.opening).starts)
    yield from (said for start, said in hidden_headings(source) if start in starts)
    if pack.form.opening:
        yield from _mismatches_of_titles(pack, pack.form.opening, source)
        return
    found = outline(source.plain)
    if recognise(found, [pack]) is None:
        yield "not recognised as a report of this edition"
    yield from _mismatches_of_questions(pack, found)
    sections = pack.form.sections.union(map(fingerprint, titles_of(found)))
    report = read_report(source, pack.form._replace(sections=sections))
    yield from _another_marker(report)
    yield from _unknown_sections(pack, report)


def _mismatches_of_questions(pack: Pack, found: Outline) -> Iterator[str]:
    """Yield in what the questions are others than those of a pack, whatever numbers they have."""
    paired = pairs(list(map(marks_of_ask, pack.asks)), list(map(marks_of_question, found.questions)))
    asks = {j: pack.asks[i] for i, j in paired if i is not None and j is not None}
    numbers = ((found.questions[j].number, ask.number) for j, ask in sorted(asks.items()))
    for ours, others in moves(numbers):
        yield f"{ours}: {others} in the pack"
    for index, question in enumerate(found.questions):
        ask = asks.get(index)
        wording = prompt_fingerprint(question.prompt_text)
        if ask is None and pack.asks:
            yield f"question {question.number}: the pack does not have it"
        elif ask is not None and wording == NO_WORDS:
            yield f'question {question.number}: no prompt found; in the form, quote the question with "> "'
        elif ask is not None and wording not in ask.prompts:
            change = f'if the form changed, add "{wording}" to its prompts'
            yield f"question {question.number}: its prompt differs from the pack; {change}"
        if ask is not None:
            yield from _limits_otherwise(question.number, ask, read_sentences(question.prompt_text))
    gone = (pack.asks[i] for i, j in paired if i is not None and j is None)
    yield from (f"question {ask.number}: the report does not have it" for ask in gone)


def _limits_otherwise(number: int, ask: Ask, asked: PromptLimits) -> Iterator[str]:
    """Yield which limits the prompt names for sure and the pack has otherwise."""
    for name, said, limit in (("words", asked.words, ask.words), ("images", asked.images, ask.images)):
        if said and said != limit:
            yield f"question {number}: its prompt asks {said} {name}, the pack {limit or 'none'}"


_MIN_ANSWERS = 2


def _another_marker(report: Report) -> Iterator[str]:
    """Yield texts that most answers have, like a marker, and that are not markers; students do not answer so."""
    without = [question for question in report.questions if not question.answer.markers]
    numbered = [(pattern, n_answers, _MIN_ANSWERS) for pattern, n_answers in patterns(without)[:1]]
    # Two short answers may be the same; three that are half of all are not.
    alike = Counter(text for question in without if (text := " ".join(question.answer.text.split())))
    same = [(text, n_answers, _MIN_ANSWERS + 1) for text, n_answers in alike.most_common(1)]
    for pattern, n_answers, fewest in numbered or same:
        if n_answers >= max(fewest, len(report.questions) / 2):
            yield f"{in_quotes(pattern)} is in {n_answers} answers and is not the marker of the pack: should it be?"


def _unknown_sections(pack: Pack, report: Report) -> Iterator[str]:
    """Yield the sections that a pack which lists some does not know; of an answered report, those without a text.

    Where somebody has written, a heading above a text may be part of an answer.
    """
    is_unfilled = all(question.answer.is_empty for question in report.questions)
    for section in report.sections if pack.form.sections else ():
        one = fingerprint(section.title)
        if one not in pack.form.sections and (section.bare or is_unfilled):
            line = report.source.line_at(section.span.start) + 1
            yield f'the section in line {line} is not in the pack; if the form has it, add "{one}" to its sections'
