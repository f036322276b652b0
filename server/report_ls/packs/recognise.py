"""Which edition a text is a report of."""

from collections.abc import Iterable, Sequence

from report_ls.packs.pack import Pack
from report_ls.packs.prompt_limits import limits_in
from report_ls.report.fingerprints import fingerprint, prompt_fingerprint
from report_ls.report.outline import Outline

_ENOUGH = 3
"""So many of a template's prompts or section titles make a report its copy, whatever else changed."""

_CLEARLY_BETTER = 2
"""So many prompts more make another pack take over from the one that was kept."""


def choose(outline: Outline, packs: Iterable[Pack], kept: Pack | None = None) -> Pack | None:
    """Return the pack of the edition that a text is a report of; None if it is no report.

    Judged by the prompts' wording, then by the limits they name, then by the number of questions,
    then the newer. Students delete and invent questions, so no number of them is required. A text
    of no known edition whose prompts name limits is judged by those, with the pack that lists no
    questions. While somebody is writing, the pack that was `kept` stays until another one has two
    prompts more in common: an edit within a prompt must not change what the whole report asks.
    """
    best: tuple[tuple[int, int, int, str], Pack] | None = None
    fallback = None
    for pack in packs:
        if not pack.asks:
            fallback = pack
            continue
        n_prompts = _prompts_in_common(outline, pack)
        if n_prompts >= min(_ENOUGH, len(pack.asks)) or _sections_in_common(outline, pack) >= _ENOUGH:
            distance = -abs(len(outline.questions) - len(pack.asks))
            rank = n_prompts, _limits_in_common(outline, pack), distance, pack.since
            if best is None or rank > best[0]:
                best = rank, pack
    if best:
        is_close = kept is not None and best[0][0] - _prompts_in_common(outline, kept) < _CLEARLY_BETTER
        return kept if is_close else best[1]
    names_limits = any(any(limits_in(question.prompt_text)) for question in outline.questions)
    return fallback if names_limits else None


def _prompts_in_common(outline: Outline, pack: Pack) -> int:
    asks = {ask.number: ask for ask in pack.asks}
    return sum(
        prompt_fingerprint(question.prompt_text) in asks[question.number].prompts
        for question in outline.questions
        if question.number in asks
    )


def _limits_in_common(outline: Outline, pack: Pack) -> int:
    asks = {ask.number: ask for ask in pack.asks}
    return sum(
        limits_in(question.prompt_text)[0] == asks[question.number].words
        for question in outline.questions
        if question.number in asks
    )


def _sections_in_common(outline: Outline, pack: Pack) -> int:
    sections: Sequence[str] = [
        fingerprint(section.title)
        for section in (outline.first_section, *(question.section for question in outline.questions[:-1]))
        if section
    ]
    return len(pack.form.sections.intersection(sections))
