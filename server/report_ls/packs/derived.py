"""The pack of a form that no pack knows, as far as the form and the files beside it tell it.

What a report says of itself counts more than what an older edition asked: its limits are those that its own questions
name, else those of the course's script beside it, else those of the nearest edition where that asks the same. What only
an edition can know is left out.
"""

from collections.abc import Collection, Iterable

from report_ls.base.memo import memoized
from report_ls.base.text import SourceText
from report_ls.files.port import Files
from report_ls.packs.fit import Fit
from report_ls.packs.limits import Limit
from report_ls.packs.marker import marker_of
from report_ls.packs.pack import UNKNOWN, Ask, Origin, Pack, Unknown
from report_ls.packs.prompt_limits import images_in, words_in
from report_ls.packs.script_limits import ScriptLimits, script_limits
from report_ls.report.fingerprints import prompt_fingerprint
from report_ls.report.form import Form
from report_ls.report.outline import Outline, outline
from report_ls.report.question_outline import Prompt


def derived(found: Outline, nearest: Pack, fitted: Fit, files: Files, kept: str | None) -> Pack | None:
    """Return the pack of a form that differs from the edition it is most like; None if it is of that edition.

    `kept` is the marker that the form had before, while somebody is writing.
    """
    script = script_limits(files.script())
    if not (fitted.is_other or _is_handed_out_so(found, fitted, script, files)):
        return None
    forms = [outline(SourceText(text).plain) for text in files.forms()[:1]]
    marker = marker_of(found, nearest.form.marker, forms, kept)
    exact = sum(question.label is not None and question.label.exact for question in found.questions)
    parts = nearest.form.expected_answers if 2 * exact >= len(found.questions) else None
    return _pack_of(
        found.prompts, nearest, fitted, script, nearest.form._replace(marker=marker, expected_answers=parts)
    )


def _is_handed_out_so(found: Outline, fitted: Fit, script: ScriptLimits | None, files: Files) -> bool:
    """Say whether a form that differs in one thing only is the course's, and was not changed by a student."""
    if fitted.differs and script and _agrees(script, found.prompts, fitted.differs):
        return True
    if not fitted.has_other_count:
        return False
    return n_handed_out(files) == len(found.questions)


def n_handed_out(files: Files) -> int | None:
    """Return how many questions the form had when it was handed out; None where nothing beside the report tells."""
    form = next(iter(files.forms()), None)
    if form:
        return len(outline(SourceText(form).plain).questions)
    script = script_limits(files.script())
    return script.n_answers if script else None


def _agrees(script: ScriptLimits, prompts: Iterable[Prompt], numbers: Collection[int]) -> bool:
    """Say whether the course's script has the limits that some questions name."""
    return all(
        limit in (None, by_script)
        for prompt in prompts
        if prompt.number in numbers
        for limit, by_script in zip(_named(prompt), script.limits.get(prompt.number, _NEITHER), strict=True)
    )


_NEITHER = None, None


@memoized(4)
def _pack_of(prompts: tuple[Prompt, ...], nearest: Pack, fitted: Fit, script: ScriptLimits | None, form: Form) -> Pack:
    """Return the pack of a form that no pack knows, as far as the form tells it."""
    if script and not _is_of_form(script, prompts):
        script = None
    first = {prompt.number: prompt for prompt in reversed(prompts)}
    numbers = range(1, script.n_answers + 1) if script else sorted(first)
    return nearest._replace(
        id=UNKNOWN,
        title=f"a new form, most like {nearest.title}",
        since="",
        form=form if form.expected_answers is None else form._replace(expected_answers=len(numbers)),
        asks=tuple(_ask(first.get(number, Prompt(number, "", "")), nearest, script) for number in numbers),
        unknown=Unknown(nearest, fitted),
    )


_MAX_SLIPS = 1
"""So many sentences may name another limit than the course's script of the same edition: a student changed them."""


def _is_of_form(script: ScriptLimits, prompts: tuple[Prompt, ...]) -> bool:
    """Say whether a script is of the same edition as a form."""
    n_other = sum(not _agrees(script, [prompt], [prompt.number]) for prompt in prompts)
    return script.n_answers == max(prompt.number for prompt in prompts) and n_other <= _MAX_SLIPS


def _ask(prompt: Prompt, nearest: Pack, script: ScriptLimits | None) -> Ask:
    """Return what a question asks; its own prompt is the course's, whatever was written into it."""
    like = nearest.asks_by_prompt.get(prompt_fingerprint(prompt.text)) or Ask(prompt.number)
    named_words, named_images = _named(prompt)
    by_script = script.limits.get(prompt.number) if script else None
    # With another length, what the nearest edition said of pictures behind it was also written anew.
    images = like.images if named_words in (None, like.words) else None
    words, words_from = _first_limit(named_words, by_script and by_script[0], like.words)
    images, images_from = _first_limit(named_images, by_script and by_script[1], images)
    return like._replace(
        number=prompt.number,
        words=words,
        images=images,
        words_from=words_from,
        images_from=images_from,
        prompts=(),
        full_prompts=(),
    )


def _named(prompt: Prompt) -> tuple[Limit | None, Limit | None]:
    """Return the limits that a question itself names: words, images."""
    return words_in(prompt.text), images_in(prompt.text)


def _first_limit(named: Limit | None, by_script: Limit | None, nearest: Limit | None) -> tuple[Limit | None, Origin]:
    if named:
        return named, Origin.QUESTION
    return (by_script, Origin.SCRIPT) if by_script else (nearest, Origin.NEAREST)
