"""Which edition a text is a report of, and how well it fits that."""

from collections.abc import Iterable

from report_ls.packs.fit import Fit
from report_ls.packs.pack import Ask, Pack
from report_ls.packs.prompt_limits import images_in, words_in
from report_ls.report.fingerprints import NO_WORDS, prompt_fingerprint, whole_fingerprint
from report_ls.report.outline import Outline
from report_ls.report.question_outline import QuestionOutline

_MIN_IN_COMMON = 3
"""So many of a template's prompts or section titles make a report its copy, whatever else changed."""

_MIN_PROMPTS_BETTER = 2
"""So many prompts more make another pack take over from the one that was kept."""


def recognise(outline: Outline, packs: Iterable[Pack], kept: Pack | None = None) -> Pack | None:
    """Return the pack of the edition that a text is a report of; None if it is no report.

    Judged by the prompts' wording under whatever numbers, then by the limits they name, then by the
    number of questions, then the newer. Students delete and invent questions, so no number of them
    is required. A text of no known edition whose prompts name limits, or which has five questions
    of a form, is judged by what these say, with the pack that lists no questions; and so is one that
    says itself where its answers are. While somebody is
    writing, the pack that was `kept` stays until another one has two prompts more in common: an edit
    within a prompt must not change what the whole report asks.
    """
    best: tuple[tuple[int, int, int, str], Pack] | None = None
    fallback = None
    for pack in packs:
        if not pack.asks:
            fallback = pack
            continue
        n_prompts = _prompts_in_common(outline, pack)
        if n_prompts >= min(_MIN_IN_COMMON, len(pack.asks)) or _sections_in_common(outline, pack) >= _MIN_IN_COMMON:
            distance = -abs(len(outline.questions) - len(pack.asks))
            rank = n_prompts, _limits_in_common(outline, pack), distance, pack.since
            if best is None or rank > best[0]:
                best = rank, pack
    if outline.said:
        return fallback
    if best:
        is_close = kept is not None and best[0][0] - _prompts_in_common(outline, kept) < _MIN_PROMPTS_BETTER
        return kept if is_close else best[1]
    return fallback if _is_form(outline) or _names_limits(outline) else None


_MIN_QUESTIONS_OF_A_FORM = 5
"""So many questions from 1 on, each with a prompt and the exact label, are a form also where none names a limit."""


def _is_form(outline: Outline) -> bool:
    questions = outline.questions
    return len(questions) >= _MIN_QUESTIONS_OF_A_FORM and all(
        one.number == number and _has_form(one) for number, one in enumerate(questions[:_MIN_QUESTIONS_OF_A_FORM], 1)
    )


def _names_limits(outline: Outline) -> bool:
    """Say whether questions name limits: several, or one with a label, for an answer to others may speak of one too."""
    questions = outline.questions
    naming = [question for question in questions if words_in(question.prompt_text) or images_in(question.prompt_text)]
    return len(naming) > 1 or any(question.label for question in naming)


def _has_form(question: QuestionOutline) -> bool:
    has_label = question.label is not None and question.label.exact
    return has_label and prompt_fingerprint(question.prompt_text) != NO_WORDS


def _prompts_in_common(outline: Outline, pack: Pack) -> int:
    return sum(map(pack.asks_by_prompt.__contains__, outline.fingerprints))


def _limits_in_common(outline: Outline, pack: Pack) -> int:
    """Return how many limits a report and a pack both name, and alike."""
    asks = [
        (prompt, pack.asks_by_prompt.get(known) or pack.ask_of_number(prompt.number))
        for prompt, known in zip(outline.prompts, outline.fingerprints, strict=True)
    ]
    return sum(words_in(prompt.text) == ask.words is not None for prompt, ask in asks)


def _sections_in_common(outline: Outline, pack: Pack) -> int:
    return len(pack.form.sections & outline.section_fingerprints)


def fit(outline: Outline, pack: Pack) -> Fit:
    """Hold the questions of a form against those of a pack; one without a prompt says nothing."""
    same, moved, differs, new, exchanged = [], [], [], [], []
    worded = [question for question in outline.questions if prompt_fingerprint(question.asked.text) != NO_WORDS]
    for question in worded:
        ask = pack.asks_by_prompt.get(prompt_fingerprint(question.asked.text))
        # Where students take the label out of the quote, they write the prompt anew as well.
        if ask is None and question.is_label_quoted:
            new.append(question.number)
            exchanged += [question.number] if _asks_otherwise(question, pack.ask_of_number(question.number)) else []
        elif ask is not None:
            same.append(question.number)
            moved += [question.number] if ask.number != question.number else []
            differs += [question.number] if _asks_otherwise(question, ask) else []
    is_counted = len(worded) == len(outline.questions) and [*range(1, len(worded) + 1)] == [
        question.number for question in worded
    ]
    has_other_count = is_counted and len(worded) != len(pack.asks)
    return Fit(tuple(same), tuple(moved), tuple(differs), tuple(new), tuple(exchanged), has_other_count)


def _asks_otherwise(question: QuestionOutline, ask: Ask) -> bool:
    """Say whether a question itself names another limit than it is asked in an edition."""
    if whole_fingerprint(question.asked.text_above_label) in ask.whole_fingerprints:
        return False  # Nearly all; what a prompt says of images takes long to read.
    words, images = words_in(question.prompt_text), images_in(question.prompt_text)
    return words not in (None, ask.words) or images not in (None, ask.images)
