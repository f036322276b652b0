"""Converts an analysis to `Judged`, which formats write."""

from collections.abc import Iterator

from report_ls.analysis.analyze import Analysis, State
from report_ls.base.diagnostic import Diagnostic, Fix
from report_ls.base.spans import Span
from report_ls.base.text import SourceText
from report_ls.cli.findings import Change, Finding, Place, Related
from report_ls.cli.formats import say_error
from report_ls.cli.results import Edition, Failed, Judged, JudgedQuestion, Script, ScriptAnswer
from report_ls.packs.pack import Ask, Pack
from report_ls.report.fingerprints import prompt_fingerprint


def as_judged(path: str, analysis: Analysis, *, tells_fixes: bool = True, is_on_disk: bool = False) -> Judged:
    """Return the results for the report at a path, with its text if that is not on disk."""
    # Compute the fixes here, so that none can fail later.
    found = analysis.with_fixes(wanted=tells_fixes)
    n_answered, n_asked = analysis.answered_of_asked
    return Judged(
        path,
        _edition(analysis.pack, analysis.note),
        analysis.stage,
        tuple(_finding(analysis.source, diagnostic) for diagnostic in found.diagnostics),
        tuple(Failed(failure.code, say_error(failure.error)) for failure in analysis.failures),
        tuple(_questions(analysis)),
        n_answered,
        n_asked,
        analysis.lengths,
        _script(analysis),
        analysis.source.misread is not None,
        None if is_on_disk else analysis.source.text,
    )


def _edition(pack: Pack, note: str) -> Edition:
    nearest = pack.unknown.nearest if pack.unknown else None
    is_known = bool(pack.asks) and nearest is None
    return Edition(pack.id, nearest.id if nearest else None, nearest.name if nearest else "", is_known, note)


def _finding(source: SourceText, found: Diagnostic) -> Finding:
    return Finding(
        found.code,
        found.severity,
        found.message,
        _place(source, found.span),
        found.question,
        tuple(
            Related(_place(source, place.span), place.message, place.severity, place.question_name)
            for place in found.related
        ),
        tuple(_change(source, fix) for fix in found.fixes),
        found.is_repaired,
        found.waits,
        found.question_name,
    )


def _change(source: SourceText, fix: Fix) -> Change:
    edits = ((_place(source, edit.span), edit.text) for edit in fix.edits)
    return Change(fix.title, fix.safe, fix.preferred, tuple(edits))


def _questions(analysis: Analysis) -> Iterator[JudgedQuestion]:
    source = analysis.source
    starts = [source.position(question.start) for question in analysis.report.questions]
    end = source.position(len(source.text))
    for result, place in zip(analysis.questions, map(Place, starts, [*starts[1:], end]), strict=True):
        question, ask, state = result
        yield JudgedQuestion(
            question.number,
            result.topic,
            prompt_fingerprint(question.asked.text),
            question.answer.n_words,
            question.answer.n_images,
            ask.words,
            ask.images,
            ask.words_from.value if ask.words else None,
            ask.images_from.value if ask.images else None,
            state is not State.UNANSWERED,
            place,
        )


def _script(analysis: Analysis) -> Script | None:
    script, asks = analysis.script, analysis.pack.asks
    if script is None:
        return None
    answers = () if script.refuses else script.answers
    pairs = [(asks[i] if i < len(asks) else Ask(i + 1), answer) for i, answer in enumerate(answers)]
    return Script(
        script.refuses,
        len(script.answers),
        tuple(
            ScriptAnswer(ask.number, answer.n_words, answer.n_images, ask.passes(answer.n_words, answer.n_images))
            for ask, answer in pairs
        ),
    )


def _place(source: SourceText, span: Span) -> Place:
    return Place(source.position(span.start), source.position(span.end))
