"""One module per check: putting a file here is all there is to adding one.

A file whose name starts with an underscore is no check but what several of them share.
"""

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from report_ls.base.diagnostic import Severity, Stage
from report_ls.base.named_tuple import NamedTuple
from report_ls.checks._context import Context, Finding
from report_ls.packs.pack import Ask


class Check(NamedTuple):
    """A check as its module declares it."""

    code: str
    page: str
    """Its page in the reference."""
    severity: tuple[Severity, Severity]
    """Final, draft."""
    less: str
    """Where it matters less, in words; empty where it nowhere does."""
    suppresses: tuple[str, ...]
    """Codes that are dropped in a question with this one: one mistake, one diagnostic."""
    fewest_grouped: int | None
    """So many in one report are one diagnostic at the first; None where each is one of its own."""
    is_per_question: bool
    """It looks at one question at a time."""
    is_of_report: bool
    """What it finds concerns the whole report, at whatever question its place is."""
    is_enforced: bool
    """The course's script holds a report against it, whatever anybody has switched off here."""
    trigger_characters: str
    """Without one of these characters in an answer it finds nothing there; empty where that cannot be said."""
    field: str
    """The field of what is asked without which it finds nothing; empty where there is none."""
    run: Callable[[Context], Iterable[Finding]]

    @property
    def title(self) -> str:
        """The first line of its page."""
        return self.page.partition("\n")[0].rstrip(".")

    def severity_at(self, stage: Stage) -> Severity:
        """Return the severity before packs and configuration change it."""
        return self.severity[stage is Stage.DRAFT]


@cache
def all_checks() -> tuple[Check, ...]:
    """Return all checks, by code."""
    names = sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    return tuple(_check(name) for name in names)


@cache
def enforced() -> frozenset[str]:
    """Return the codes of those that a course's script enforces."""
    return frozenset(check.code for check in all_checks() if check.is_enforced)


@cache
def explaining() -> frozenset[str]:
    """Return the codes of those that say why the course's script counts something else than a reader does."""
    codes: frozenset[str] = import_module(f"{__name__}.script_differs").EXPLAINING
    return codes


@cache
def whole_checks() -> tuple[Check, ...]:
    """Return those that look at all questions."""
    return tuple(check for check in all_checks() if not check.is_per_question)


@cache
def per_question_checks(signs: frozenset[str], fields: tuple[str, ...]) -> tuple[Check, ...]:
    """Return those that look at one question, and may find something in one that has these of their signs and fields."""
    return tuple(
        check
        for check in all_checks()
        if check.is_per_question
        if not check.trigger_characters or signs & {*check.trigger_characters}
        if not check.field or check.field in fields
    )


def trigger_characters_in(text: str) -> frozenset[str]:
    """Return the signs of all checks that a text has."""
    return frozenset(filter(text.__contains__, _all_trigger_characters()))


def fields_of(ask: Ask) -> tuple[str, ...]:
    """Return the fields of all checks that a question asks for."""
    return tuple([field for field in _all_fields() if getattr(ask, field)])


@cache
def _all_fields() -> tuple[str, ...]:
    return tuple(sorted({check.field for check in all_checks() if check.field}))


@cache
def _all_trigger_characters() -> frozenset[str]:
    return frozenset("".join(check.trigger_characters for check in all_checks()))


class Failure(NamedTuple):
    """A check that raised: a bug in report-ls, never in the report."""

    code: str
    error: Exception


def find(checks: Iterable[Check], context: Context) -> tuple[list[tuple[Check, Finding]], list[Failure]]:
    """Return what some checks find, and which of them failed."""
    found: list[tuple[Check, Finding]] = []
    failures = []
    for check in checks:
        try:
            for finding in check.run(context):
                found.append((check, finding))  # noqa: PERF401 - mostly there is none: a list for it takes longer
        except Exception as error:  # noqa: BLE001, PERF203 - one broken check must not silence the others
            failures.append(Failure(check.code, error))
    return found, failures


def _check(name: str) -> Check:
    module = import_module(f"{__name__}.{name}")
    return Check(
        code=name.replace("_", "-"),
        page=module.__doc__ or "",
        severity=module.SEVERITY,
        less=getattr(module, "LESS", ""),
        suppresses=getattr(module, "SUPPRESSES", ()),
        fewest_grouped=getattr(module, "GROUPED", None),
        is_per_question=getattr(module, "PER_QUESTION", False),
        is_of_report=getattr(module, "OF_REPORT", False),
        is_enforced=getattr(module, "ENFORCED", False),
        trigger_characters=getattr(module, "TRIGGER_CHARACTERS", ""),
        field=getattr(module, "FIELD", ""),
        run=module.run,
    )
