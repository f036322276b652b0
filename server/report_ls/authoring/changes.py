"""What changes from one edition to another, as two packs say it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from report_ls.authoring.pairs import marks_of_ask, moves, pairs
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Ask, Pack
from report_ls.report.form import Topic


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
        ("answers the script expects", old.form.expected_answers, new.form.expected_answers),
        ("characters the script cuts off", old.form.skipped_characters, new.form.skipped_characters),
        ("hand-in", old.handin, new.handin),
        ("characters cut off for the hand-in", old.page_skips_characters, new.page_skips_characters),
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
    paired = pairs(list(map(marks_of_ask, old.asks)), list(map(marks_of_ask, new.asks)))
    asks = [(None if i is None else old.asks[i], None if j is None else new.asks[j]) for i, j in paired]
    for before, after in moves((one.number, other.number) for one, other in asks if one and other):
        yield f"{before}: now {after}"
    for one, other in sorted(asks, key=_number):
        yield from _changes_of_question(_number((one, other)), one, other)


def _number(pair: tuple[Ask | None, Ask | None]) -> int:
    old, new = pair
    return new.number if new else old.number if old else 0


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
    yield from _changes_of_list(f"question {number}: whole", old.full_prompts, new.full_prompts)


def _show(value: str | int | Limit | None) -> str:
    return "none" if value is None or value == "" else str(value)
