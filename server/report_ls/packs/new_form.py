"""A form that no pack knows, in words: one sentence about it, alike at every edge."""

from collections.abc import Iterable

from report_ls.base.questions import questions
from report_ls.packs.pack import Ask, Origin, Pack, Unknown

_NEW = "new form"


def label(pack: Pack) -> str:
    """Return in two or three words what `describe` says."""
    return _NEW if pack.unknown else "lengths not judged"


def describe(pack: Pack, asks: Iterable[Ask]) -> str:
    """Return a note on a form that no pack knows; empty where a pack knows it. `asks` are those of its questions."""
    if pack.unknown:
        how = f"{_NEW}: judged by what its own questions ask; most like {_likeness(pack, pack.unknown)}"
        return f"{how}{_not_judged(pack, pack.unknown)}"
    if pack.asks or any(ask.words or ask.images for ask in asks):
        return ""
    return "the questions name no numbers of words or pictures, so lengths are not checked"


def _likeness(pack: Pack, unknown: Unknown) -> str:
    """Return the edition that a form is most like, and how it differs."""
    nearest, fit = unknown.nearest, unknown.fit
    n_asked, n_same = len(pack.asks), len(fit.same)
    n_fewer = len(nearest.asks) - n_asked
    if not fit.same:
        return f"{nearest.name}, though none of the {n_asked} questions is the same"
    how_many = "all" if n_same == n_asked else f"{n_same} of"
    said = [f"{how_many} {n_asked} questions {'is' if n_same == 1 else 'are'} the same"]
    if fit.moved and not fit.new and not n_fewer:
        said.append("in another order")
    if fit.new:
        said.append(f"{questions(fit.new)} {'is' if len(fit.new) == 1 else 'are'} new")
    if fit.differs:
        said.append(f"{questions(fit.differs)} {'has another limit' if len(fit.differs) == 1 else 'have other limits'}")
    if n_fewer > 0:
        said.append(f"{n_fewer} {'is' if n_fewer == 1 else 'are'} left out")
    return f"{nearest.name}: {', '.join(said)}"


def _not_judged(pack: Pack, unknown: Unknown) -> str:
    """Return of which new questions it is not clear how long an answer should be."""
    silent = [ask.number for ask in pack.asks if ask.number in unknown.fit.new and not (ask.words or ask.images)]
    if not silent:
        return ""
    answers, their = ("answer", "its") if len(silent) == 1 else ("answers", "their")
    return f"; how long the {answers} to {questions(silent)} should be is not clear, so {their} length is not judged"


def where_from(origin: Origin, pack: Pack) -> str:
    """Return where a limit comes from, as it follows the limit; empty for one of the edition itself."""
    if origin is Origin.NEAREST and pack.unknown:
        return f"as in {pack.unknown.nearest.name}"
    return _WHERE_FROM.get(origin, "")


_WHERE_FROM = {Origin.QUESTION: "as the question says", Origin.SCRIPT: "as the course's script says"}
