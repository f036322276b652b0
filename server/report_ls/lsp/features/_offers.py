"""What is offered at a place: the fixes of what stands there, all of a kind, all that are safe; ignoring a check."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen
from lsprotocol import types

from report_ls.analysis.analyze import Analysis
from report_ls.base.diagnostic import Diagnostic, Fix
from report_ls.base.spans import Span
from report_ls.checks import enforced
from report_ls.lsp.session.documents import Document
from report_ls.lsp.session.published_diagnostics import SOURCE
from report_ls.lsp.session.session import Session

FIX_ALL = "source.fixAll.report-ls"

_Key = tuple[str | int, ...]


@frozen
class Offer:
    """One code action before its edits are worked out."""

    key: _Key
    """What tells it from the others of the same text."""
    title: str
    kind: str
    index: int | None = None
    """Which diagnostic it mends."""
    is_preferred: bool = False
    fix: Fix | None = None
    code: str | None = None
    """For all of a kind: which."""
    off: str | None = None
    """What is to be switched off in the configuration: a code, or a code and a question."""
    choices: tuple[Mapping[str, str], ...] = ()
    """For a client that asks: what may be switched off, and in what words."""
    typed: str | None = None
    """For a client that types: what is to be run in a terminal."""

    @property
    def is_the_clients(self) -> bool:
        """Whether a command of the client does it, and no edit."""
        return bool(self.choices or self.typed)


def wanted_offers(
    session: Session, document: Document, analysis: Analysis, params: types.CodeActionParams
) -> Iterator[Offer]:
    """Yield what is offered where a client asks, of the kinds that it wants."""
    wanted = _wanted_places(session, document, analysis, params)
    for offer in _once(_offers_at(session, document, analysis, wanted)):
        if _is_wanted(offer.kind, params.context.only):
            yield offer


def all_offers(session: Session, document: Document, analysis: Analysis) -> Iterator[Offer]:
    """Yield what is offered anywhere in a document."""
    return _offers_at(session, document, analysis, (Span(0, len(document.source.text)),))


def _offers_at(session: Session, document: Document, analysis: Analysis, wanted: Sequence[Span]) -> Iterator[Offer]:
    yield from _offers(analysis, wanted)
    yield from _typed(session, analysis, wanted)
    yield from _ways_to_ignore(session, document, analysis, wanted)


def _wanted_places(
    session: Session, document: Document, analysis: Analysis, params: types.CodeActionParams
) -> tuple[Span, ...]:
    """Return the place that is asked about; without a fix there, also what the client shows of ours in its lines."""
    source = document.source
    asked = session.convert.span(source, params.range)
    if any(offer.fix for offer in _offers(analysis, (asked,))):
        return (asked,)
    first, last = (source.line_span(source.line_at(offset)) for offset in asked)
    shown = (session.convert.span(source, one.range) for one in params.context.diagnostics if one.source == SOURCE)
    return (asked, *(place for place in shown if _touches(place, [Span(first.start, last.end)])))


def _is_wanted(kind: str, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Say whether a client that wants only some kinds, with all below them, wants this one."""
    return only is None or any(
        kind == wanted or kind.startswith(f"{wanted}.") or wanted == ""
        for wanted in (str(getattr(one, "value", one)) for one in only)
    )


def _offers(analysis: Analysis, wanted: Sequence[Span]) -> Iterator[Offer]:
    quick = types.CodeActionKind.QuickFix.value
    of_a_kind: dict[str, int] = {}
    for diagnostic in analysis.diagnostics:
        if any(fix.safe for fix in diagnostic.fixes):
            of_a_kind[diagnostic.code] = of_a_kind.get(diagnostic.code, 0) + 1
    seen: set[str] = set()
    for index, diagnostic in enumerate(analysis.diagnostics):
        code, is_safe = diagnostic.code, False
        for key, fix, is_preferred in _fixes_at(analysis, diagnostic, wanted):
            is_safe = is_safe or fix.safe
            yield Offer((key[0], index, *key[1:]), fix.title, quick, index, is_preferred, fix)
        # What is called all holds what one is looking at.
        if is_safe and of_a_kind[code] > 1 and code not in seen:
            seen.add(code)
            title = f"fix all {of_a_kind[code]} of this kind ({code})"
            yield Offer(("kind", code), title, quick, index, code=code)
    if of_a_kind:
        yield Offer(("all",), "fix everything that is safe to fix", FIX_ALL)


def _fixes_at(analysis: Analysis, diagnostic: Diagnostic, wanted: Sequence[Span]) -> Iterator[tuple[_Key, Fix, bool]]:
    """Yield the fixes of a diagnostic at some places, each with a key of its own and whether it is preferred.

    First that of the place alone, then those of several places that hold it. Nothing else changes another question.
    """
    parts: list[tuple[_Key, Span, Sequence[Fix]]] = [(("alone",), diagnostic.span, diagnostic.alone)]
    parts += [(("place", number), one.span, one.fixes) for number, one in enumerate(diagnostic.related)]
    touched = [(key, fixes) for key, span, fixes in parts if _touches(span, wanted)]
    own = [(key, fix) for key, fixes in touched for fix in fixes[:1]]
    for key, fix in own:
        yield key, fix, fix.preferred
    are_together = any(fixes for _, _, fixes in parts)
    for number, fix in enumerate(diagnostic.fixes if touched else ()):
        if are_together:
            if any({*one.edits} <= {*fix.edits} for _, one in own):
                yield ("fix", number), fix, False
        elif _stays_here(analysis, fix, wanted):
            yield ("fix", number), fix, fix.preferred


def _stays_here(analysis: Analysis, fix: Fix, wanted: Sequence[Span]) -> bool:
    """Say whether a fix changes only the questions, or what is above the first, in which the places are."""
    questions = analysis.report.questions
    parts = [Span(0, questions[0].start if questions else len(analysis.source.text))]
    parts += [Span(question.start, question.end) for question in questions]
    here = [part for part in parts if _touches(part, wanted)]
    return all(any(part.start <= edit.span.start and edit.span.end <= part.end for part in here) for edit in fix.edits)


def _once(offers: Iterable[Offer]) -> Iterator[Offer]:
    """Yield each fix once: one that takes a thousand pictures out of their code is the fix of each of them."""
    seen: set[Fix] = set()
    for offer in offers:
        if offer.fix not in seen:
            yield offer
        if offer.fix:
            seen.add(offer.fix)


def _ways_to_ignore(
    session: Session, document: Document, analysis: Analysis, wanted: Sequence[Span]
) -> Iterator[Offer]:
    """Yield what ignores the checks that speak at some places: one entry where the client asks what is meant.

    Another client cannot be asked, so it gets the smaller one of each check, for the question alone. Never what the
    course's script says all the same, and never as a quick-fix: those are for what puts something right.
    """
    path = session.configurations.file(document.files.root)
    configured = session.configurations.of(document.files.root)
    creates = "create" in session.client.lists("workspace.workspace_edit.resource_operations")
    if path is None or not (configured.path or creates):
        return
    kind = types.CodeActionKind.Empty.value
    ways: dict[str, tuple[int, str]] = {}
    for index, code, question in _ignorable(analysis, wanted):
        of_question = f"{code}@{question}"
        if {code, of_question} & session.settings.severities.keys():
            continue  # What the editor's own settings say stands above the configuration.
        keys = {of_question: f"in question {question}"} if question is not None else {}
        if of_question not in configured.configuration.severities:
            keys[code] = "in the whole report"
        for key, where in [*keys.items()][: None if session.client.ignoring else 1]:
            ways.setdefault(key, (index, f"{code} {where}"))
    if not session.client.ignoring:
        for key, (index, what) in ways.items():
            yield Offer(("off", key), f"ignore {what} ({path.name})", kind, index, off=key)
    elif ways:
        choices = tuple({"key": key, "what": what} for key, (_, what) in ways.items())
        yield Offer(("ignore",), "ignore this check…", kind, choices=choices)


def _ignorable(analysis: Analysis, wanted: Sequence[Span]) -> Iterator[tuple[int, str, int | None]]:
    """Yield what is said at some places, by its index, and its code, and each question there: it may be of several."""
    for index, diagnostic in enumerate(analysis.diagnostics):
        if analysis.script and diagnostic.code in enforced():
            continue
        others = [one.span for one in diagnostic.related if one.severity]
        if any(_touches(span, wanted) for span in diagnostic.places if span not in others):
            yield index, diagnostic.code, diagnostic.question
        for span in (span for span in others if _touches(span, wanted)):
            numbers = (one.number for one in analysis.report.questions if one.start <= span.start < one.end)
            yield index, diagnostic.code, next(numbers, None)


def _typed(session: Session, analysis: Analysis, wanted: Sequence[Span]) -> Iterator[Offer]:
    """Yield the commands for a terminal that put right what is said at some places, for a client that types them."""
    quick = types.CodeActionKind.QuickFix.value
    for index, diagnostic in enumerate(analysis.diagnostics):
        if session.client.typing and diagnostic.command and _touches(diagnostic.span, wanted):
            title = f"type {diagnostic.command} into a terminal…"
            yield Offer(("typed", index), title, quick, index, typed=diagnostic.command)


def _touches(place: Span, wanted: Iterable[Span]) -> bool:
    return any(place.start <= one.end and one.start <= place.end for one in wanted)
