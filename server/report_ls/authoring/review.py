"""What a teacher wants to know of a pack: what is odd in it, how reports fit it, what another edition changes."""

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import evolve

from report_ls.authoring.draft import in_quotes, patterns, titles_of
from report_ls.authoring.titles import places_not_understood
from report_ls.base.text import SourceText
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Ask, Pack
from report_ls.packs.prompt_sentences import Asked, read_sentences
from report_ls.packs.recognise import choose
from report_ls.report.fingerprints import NO_WORDS, fingerprint, prompt_fingerprint
from report_ls.report.form import Opening, Topic
from report_ls.report.outline import outline
from report_ls.report.report import Report, read_report


def summary(pack: Pack) -> str:
    """Return in a line what a pack asks."""
    n_words, n_images = (
        sum(ask.words is not None for ask in pack.asks),
        sum(ask.images is not None for ask in pack.asks),
    )
    n_questions = len(pack.asks)
    s = "" if n_questions == 1 else "s"
    return f"{pack.id}: {n_questions} question{s}, {n_words} with a limit of words, {n_images} with one of images"


def oddities(pack: Pack) -> Iterator[str]:
    """Yield what no schema forbids and hardly anybody means."""
    yield from (f"unsure: {one}" for one in pack.unsure)
    for key in pack.severities:
        number = key.partition("@")[2]
        if number and pack.asks and int(number) not in pack.numbers:
            yield f"severities: {key} is of a question that the form does not have"
    if pack.form.parts is not None and pack.asks and pack.form.parts != len(pack.asks):
        yield f"script: it expects {pack.form.parts} answers, and there are {len(pack.asks)} questions"
    if pack.numbers != tuple(range(1, len(pack.asks) + 1)):
        yield f"questions: their numbers do not run from 1 to {len(pack.asks)}"
    if pack.form.opening:
        yield from _alike(pack, pack.form.opening)
        return
    prompts = Counter(prompt for ask in pack.asks for prompt in {*ask.prompts})
    for ask in pack.asks:
        if not ask.prompts:
            yield f"question {ask.number}: reports are recognised by fingerprints, and it has none (see --infer-pack)"
        elif any(prompts[prompt] > 1 for prompt in ask.prompts):
            yield f"question {ask.number}: another question has the same fingerprint"


def _alike(pack: Pack, opening: Opening) -> Iterator[str]:
    """Yield which questions nobody can tell apart by their titles."""
    titles = Counter((topic.words, topic.fingerprint) for topic in opening.topics)
    for topic in opening.topics:
        if titles[topic.words, topic.fingerprint] > 1:
            yield f"question {topic.number}: another question has the same title: only their order tells them apart"
        if topic.fingerprint in pack.form.sections:
            yield f"question {topic.number}: its title is also one of sections: take it out there"


def _misfits_of_titles(pack: Pack, opening: Opening, source: SourceText) -> Iterator[str]:
    """Yield in what a report is not one of a form whose questions their titles open; each is found by its title."""
    found = outline(source.plain, opening)
    numbers = [question.number for question in found.questions]
    for topic in opening.topics:
        if topic.number not in numbers:
            name = pack.ask_of_number(topic.number).topic
            yield f"question {topic.number}{f' ({name})' if name else ''}: no title of the report is its own"
    for one in (*places_not_understood(source.plain),):
        yield f"line {one[0]}: {one[1]} to write into is not understood: give the answer a heading of its own"


def misfits(pack: Pack, source: SourceText) -> Iterator[str]:
    """Yield in what a report, or the empty form, is not one of this edition."""
    if pack.form.opening:
        yield from _misfits_of_titles(pack, pack.form.opening, source)
        return
    found = outline(source.plain)
    if choose(found, [pack]) is None:
        yield "not recognised as a report of this edition"
    asks = {ask.number: ask for ask in pack.asks}
    numbers = [question.number for question in found.questions]
    for question in found.questions:
        ask = asks.get(question.number)
        wording = prompt_fingerprint(question.prompt_text)
        if ask is None and asks:
            yield f"question {question.number}: the pack does not have it"
        elif ask is not None and wording == NO_WORDS:
            yield f'question {question.number}: no prompt found; in the form, quote what is asked with "> "'
        elif ask is not None and wording not in ask.prompts:
            yield f'question {question.number}: worded otherwise; if the form is, add "{wording}" to its prompts'
        if ask is not None:
            yield from _limits_otherwise(ask, read_sentences(question.prompt_text))
    for number in asks:
        if number not in numbers:
            yield f"question {number}: the report does not have it"
    sections = pack.form.sections.union(map(fingerprint, titles_of(found)))
    report = read_report(source, evolve(pack.form, sections=sections))
    yield from _another_marker(report)
    yield from _unknown_sections(pack, report)


def _limits_otherwise(ask: Ask, asked: Asked) -> Iterator[str]:
    """Yield which limits the prompt names for sure and the pack has otherwise."""
    for name, said, limit in (("words", asked.words, ask.words), ("images", asked.images, ask.images)):
        if said and said != limit:
            yield f"question {ask.number}: its prompt asks {said} {name}, the pack {_show(limit)}"


_SEVERAL = 2


def _another_marker(report: Report) -> Iterator[str]:
    """Yield what stands in most answers like a marker and is none; students do not answer so."""
    without = [question for question in report.questions if not question.answer.markers]
    for pattern, n_answers in patterns(without)[:1]:
        if n_answers >= max(_SEVERAL, len(report.questions) / 2):
            yield f"{in_quotes(pattern)} stands in {n_answers} answers and is not the marker of the pack: should it be?"


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


def differences(old: Pack, new: Pack) -> Iterator[str]:
    """Yield what changed from one pack to another, in the order of a pack."""
    for name, before, after in (
        ("id", old.id, new.id),
        ("title", old.title, new.title),
        ("since", old.since, new.since),
        ("marker", old.form.marker, new.form.marker),
        ("what is collected", old.collects, new.collects),
        ("opening", _opening(old), _opening(new)),
        ("image folder", old.folder or "any", new.folder or "any"),
        ("image types", ", ".join(old.extensions) or "any", ", ".join(new.extensions) or "any"),
        ("answers the script expects", old.form.parts, new.form.parts),
        ("characters the script cuts off", old.form.cut, new.form.cut),
        ("hand-in", old.handin, new.handin),
        ("characters cut off for the hand-in", old.handin_cut, new.handin_cut),
        ("report that the scraper takes", *(pack.scraper.report if pack.scraper else None for pack in (old, new))),
    ):
        if before != after:
            yield f"{name}: {_show(before)} -> {_show(after)}"
    yield from _changes_of_list("example pictures", old.examples, new.examples)
    yield from _changes_of_list("unsure", old.unsure, new.unsure)
    yield from _changes_of_list("fillers", old.form.fillers, new.form.fillers)
    yield from _changes_of_list("sections", sorted(old.form.sections), sorted(new.form.sections))
    counters = [pack.scraper.counters if pack.scraper else () for pack in (old, new)]
    yield from _changes_of_list("what the scraper counts", *counters)
    yield from _changes_of_list("checklist", old.checklist, new.checklist)
    for key in sorted({*old.severities, *new.severities}):
        words = [_severity(pack, key) for pack in (old, new)]
        if words[0] != words[1]:
            yield f"severity of {key}: {words[0]} -> {words[1]}"
    if old.form.opening or new.form.opening:
        yield from _changes_by_title(old, new)
        return
    kept = [[number for number in pack.numbers if number in {*old.numbers} & {*new.numbers}] for pack in (old, new)]
    if kept[0] != kept[1]:
        before, after = (", ".join(map(str, numbers)) for numbers in kept)
        yield f"order of the questions: {before} -> {after}"
    old_asks, new_asks = ({ask.number: ask for ask in pack.asks} for pack in (old, new))
    for number in sorted({*old_asks, *new_asks}):
        yield from _changes_of_question(number, old_asks.get(number), new_asks.get(number))


def _changes_by_title(old: Pack, new: Pack) -> Iterator[str]:
    """Yield what changed in questions that their titles open: each is known by its title, whatever its number."""
    before, after = (_by_title(pack) for pack in (old, new))
    for title, ask in before.items():
        if title not in after:
            yield from _changes_of_question(ask.number, ask, None)
    given = [{topic.number: topic.given for topic in _topics(pack)} for pack in (old, new)]
    for title, ask in after.items():
        known = before.get(title)
        yield from _changes_of_question(ask.number, known, ask)
        if known:
            name = f"question {ask.number}: given"
            yield from _changes_of_list(name, given[0][known.number], given[1][ask.number])
    kept = [[title for title in one if title in other] for one, other in ((before, after), (after, before))]
    if kept[0] != kept[1]:
        yield "questions: in another order"


def _topics(pack: Pack) -> Sequence[Topic]:
    return pack.form.opening.topics if pack.form.opening else ()


def _by_title(pack: Pack) -> dict[tuple[int, str, int], Ask]:
    """Return the questions of a pack by their titles, equal ones by their place among these."""
    seen: Counter[tuple[int, str]] = Counter()
    found: dict[tuple[int, str, int], Ask] = {}
    for topic in _topics(pack):
        seen[topic.words, topic.fingerprint] += 1
        found[topic.words, topic.fingerprint, seen[topic.words, topic.fingerprint]] = pack.ask_of_number(topic.number)
    return found


def _changes_of_list(name: str, old: Sequence[object], new: Sequence[object]) -> Iterator[str]:
    added, gone = Counter(new) - Counter(old), Counter(old) - Counter(new)
    if added or gone:
        yield f"{name}: {added.total()} new, {gone.total()} gone"
    elif old != new:
        yield f"{name}: in another order"


def _opening(pack: Pack) -> str:
    opening = pack.form.opening
    return "question" if opening is None else "item" if opening.by_item else "heading"


def _severity(pack: Pack, key: str) -> str:
    if key not in pack.severities:
        return "as usual"
    severity = pack.severities[key]
    return severity.word if severity else "off"


def _changes_of_question(number: int, old: Ask | None, new: Ask | None) -> Iterator[str]:
    if old is None or new is None:
        ask = old or new
        topic = f" ({ask.topic})" if ask and ask.topic else ""
        yield f"question {number}{topic}: {'new' if old is None else 'gone'}"
        return
    for name, before, after in (
        ("topic", old.topic, new.topic),
        ("words", old.words, new.words),
        ("images", old.images, new.images),
        ("group-number", ", ".join(old.group_number), ", ".join(new.group_number)),
        ("study-number", ", ".join(old.study_number), ", ".join(new.study_number)),
        ("names", "members" if old.names_members else None, "members" if new.names_members else None),
        ("counts", "tests" if old.counts_tests else None, "tests" if new.counts_tests else None),
        ("links", old.links_to, new.links_to),
        ("mentions", *("generative-ai" if ask.mentions_ai else None for ask in (old, new))),
    ):
        if before != after:
            yield f"question {number}: {name} {_show(before)} -> {_show(after)}"
    if old.prompts and new.prompts and not {*old.prompts} & {*new.prompts}:
        yield f"question {number}: worded otherwise"
        return
    yield from _changes_of_list(f"question {number}: prompts", old.prompts, new.prompts)
    yield from _changes_of_list(f"question {number}: whole", old.whole, new.whole)


def _show(value: str | int | Limit | None) -> str:
    return "none" if value is None or value == "" else str(value)
