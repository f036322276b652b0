"""The code actions to offer: fixes of one diagnostic, of all of one kind, all safe fixes, and ignoring a check."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

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
    """One code action before its edits are computed."""

    key: _Key
    """Identifies it among all offers for the same text."""
    title: str
    kind: str
    index: int | None = None
    """The index of the diagnostic that it fixes."""
    is_preferred: bool = False
    fix: Fix | None = None
    code: str | None = None
    """The code of the diagnostics to fix, if it fixes all of one kind."""
    off: str | None = None
    """What it switches off in the configuration: a code, or a code and a question."""
    choices: tuple[Mapping[str, str], ...] = ()
    """For a client that asks the user: what can be switched off, and how to name it."""
    typed: str | None = None
    """For a client that types commands: the command for a terminal."""

    @property
    def is_the_clients(self) -> bool:
        """Whether the client runs a command for it, in place of an edit."""
        return bool(self.choices or self.typed)


def wanted_offers(
    session: Session, document: Document, analysis: Analysis, params: types.CodeActionParams
) -> Iterator[Offer]:
    """Yield the offers at the requested range, of the kinds that the client wants."""
    only = _only_one(document, session.convert.span(document.source, params.range), params.context)
    if only:
        places = (session.convert.span(document.source, only.range),)
        offers = _offers_at(session, document, analysis, places)
        yield from islice((offer for offer in offers if _is_of(offer, analysis, only)), 1)
        return
    wanted = _wanted_places(session, document, analysis, params)
    for offer in _once(_offers_at(session, document, analysis, wanted)):
        if _is_wanted(offer.kind, params.context.only):
            yield offer


def _only_one(document: Document, asked: Span, context: types.CodeActionContext) -> types.Diagnostic | None:
    """Return the diagnostic that a client asks about if it names one and the range of the whole text.

    This is how Kate asks for Quick Fix. Kate 22.12 then applies all that is offered, without asking which.
    """
    ours = [shown for shown in context.diagnostics if shown.source == SOURCE]
    is_whole = asked == Span(0, len(document.source.text)) and context.only is None and context.trigger_kind is None
    return ours[0] if is_whole and len(ours) == 1 else None


def _is_of(offer: Offer, analysis: Analysis, shown: types.Diagnostic) -> bool:
    """Return whether an offer is a fix of a diagnostic, and only of it."""
    return bool(offer.fix) and offer.index is not None and analysis.diagnostics[offer.index].code == shown.code


def all_offers(session: Session, document: Document, analysis: Analysis) -> Iterator[Offer]:
    """Yield all offers of a document."""
    return _offers_at(session, document, analysis, (Span(0, len(document.source.text)),))


def _offers_at(session: Session, document: Document, analysis: Analysis, wanted: Sequence[Span]) -> Iterator[Offer]:
    yield from _offers(analysis, wanted)
    yield from _typed(session, analysis, wanted)
    yield from _ways_to_ignore(session, document, analysis, wanted)


def _wanted_places(
    session: Session, document: Document, analysis: Analysis, params: types.CodeActionParams
) -> tuple[Span, ...]:
    """Return the requested range; if it has no fix, also the places of our diagnostics in its lines."""
    source = document.source
    asked = session.convert.span(source, params.range)
    if any(offer.fix for offer in _offers(analysis, (asked,))):
        return (asked,)
    first, last = (source.line_span(source.line_at(offset)) for offset in asked)
    shown = (found.range for found in params.context.diagnostics if found.source == SOURCE)
    places = (session.convert.span(source, range_) for range_ in shown)
    return (asked, *(place for place in places if _touches(place, [Span(first.start, last.end)])))


def _is_wanted(kind: str, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Return whether a client wants a kind: `only` lists the kinds it wants, which include their sub-kinds."""
    return only is None or any(
        kind == wanted or kind.startswith(f"{wanted}.") or wanted == ""
        for wanted in (str(getattr(listed, "value", listed)) for listed in only)
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
        # "All of this kind" is offered only where it includes a safe fix at the requested place.
        if is_safe and of_a_kind[code] > 1 and code not in seen:
            seen.add(code)
            title = f"fix all {of_a_kind[code]} of this kind ({code})"
            yield Offer(("kind", code), title, quick, index, code=code)
    if of_a_kind:
        yield Offer(("all",), "fix everything that is safe to fix", FIX_ALL)


def _fixes_at(analysis: Analysis, diagnostic: Diagnostic, wanted: Sequence[Span]) -> Iterator[tuple[_Key, Fix, bool]]:
    """Yield the fixes of a diagnostic at some places, each with its key and whether it is preferred.

    The fix of one place comes first, then fixes of several places that include it. Only the latter may change other
    questions.
    """
    parts: list[tuple[_Key, Span, Sequence[Fix]]] = [(("alone",), diagnostic.span, diagnostic.alone)]
    parts += [(("place", number), related.span, related.fixes) for number, related in enumerate(diagnostic.related)]
    touched = [(key, fixes) for key, span, fixes in parts if _touches(span, wanted)]
    own = [(key, fix) for key, fixes in touched for fix in fixes[:1]]
    for key, fix in own:
        yield key, fix, fix.preferred
    are_together = any(fixes for _, _, fixes in parts)
    for number, fix in enumerate(diagnostic.fixes if touched else ()):
        if are_together:
            if any({*single.edits} <= {*fix.edits} for _, single in own):
                yield ("fix", number), fix, False
        elif _stays_here(analysis, fix, wanted):
            yield ("fix", number), fix, fix.preferred


def _stays_here(analysis: Analysis, fix: Fix, wanted: Sequence[Span]) -> bool:
    """Return whether a fix changes only the questions that the places are in, or the part above the first question."""
    questions = analysis.report.questions
    parts = [Span(0, questions[0].start if questions else len(analysis.source.text))]
    parts += [Span(question.start, question.end) for question in questions]
    here = [part for part in parts if _touches(part, wanted)]
    return all(any(part.start <= edit.span.start and edit.span.end <= part.end for part in here) for edit in fix.edits)


def _once(offers: Iterable[Offer]) -> Iterator[Offer]:
    """Yield each fix once: one fix for a thousand pictures belongs to each of their diagnostics."""
    seen: set[Fix] = set()
    for offer in offers:
        if offer.fix not in seen:
            yield offer
        if offer.fix:
            seen.add(offer.fix)


def _ways_to_ignore(
    session: Session, document: Document, analysis: Analysis, wanted: Sequence[Span]
) -> Iterator[Offer]:
    """Yield the offers that ignore the checks with a diagnostic at some places.

    A client that asks the user gets one offer. Any other client gets one offer for each check, which ignores it in
    the question only. Checks that the course's script enforces are never offered. No offer here is a quick fix: a
    quick fix corrects the report.
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
            continue  # The editor's settings override the configuration.
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
    """Yield the diagnostics at some places: index, code and question, once for each question at these places."""
    for index, diagnostic in enumerate(analysis.diagnostics):
        if analysis.script and diagnostic.code in enforced():
            continue
        faults = [related.span for related in diagnostic.related if related.severity]
        if any(_touches(span, wanted) for span in diagnostic.places if span not in faults):
            yield index, diagnostic.code, diagnostic.question
        for span in (span for span in faults if _touches(span, wanted)):
            here = (question for question in analysis.report.questions if question.start <= span.start < question.end)
            yield index, diagnostic.code, next((question.number for question in here), None)


def _typed(session: Session, analysis: Analysis, wanted: Sequence[Span]) -> Iterator[Offer]:
    """Yield the terminal commands that fix the diagnostics at some places, for a client that types commands."""
    quick = types.CodeActionKind.QuickFix.value
    for index, diagnostic in enumerate(analysis.diagnostics):
        if session.client.typing and diagnostic.command and _touches(diagnostic.span, wanted):
            title = f"type {diagnostic.command} into a terminal…"
            yield Offer(("typed", index), title, quick, index, typed=diagnostic.command)


def _touches(place: Span, wanted: Iterable[Span]) -> bool:
    return any(place.start <= span.end and span.start <= place.end for span in wanted)
