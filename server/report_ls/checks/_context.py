"""All that a check may know and say.

A check is a module of this room: its docstring is its page of the reference, `SEVERITY`
is (final, draft), `run` yields what it found. It reads facts of the report; it searches no text
that another module has read, touches no disk and knows no other check but those it names.

A check that says `PER_QUESTION = True` promises more: what it finds in a question depends on that
question's text, the pack and the files alone. It is run on a report of one question (`per_question.py`),
and where it also says `TRIGGER_CHARACTERS`, only if the question holds one of these characters; where it says
`FIELD`, only if that field of `Ask` is set.
"""

from collections.abc import Iterable, Sequence

from report_ls.base.diagnostic import Fix, Related, Severity
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.spans import Span
from report_ls.course.script import Script
from report_ls.files.port import Files
from report_ls.packs.pack import Ask, Pack
from report_ls.report.report import Question, Report


class Context(NamedTuple):
    """Everything a check may look at."""

    report: Report
    script: Script | None
    """None where the course has no script, and for local checks."""
    pack: Pack
    files: Files
    only_ask: Ask | None = None
    """What is asked in the only question, where it is known; looked up for each question otherwise."""

    def ask(self, question: Question) -> Ask:
        """Return what is asked in a question."""
        return self.only_ask or self.pack.ask(question)

    @property
    def asked(self) -> Iterable[tuple[Question, Ask]]:
        """All questions with what is asked: quicker than to ask for each."""
        return zip(self.report.questions, self.pack.ask_each(self.report.prompts), strict=True)

    @property
    def has_script(self) -> bool:
        """Say whether the course judges reports with a script of its own."""
        return self.pack.form.expected_answers is not None


class Finding(NamedTuple):
    """What a check says: the place and the reason; code and severity are stamped on afterwards."""

    span: Span
    message: str
    question: Question | None = None
    fixes: Sequence[Fix] = ()
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    """For this place; never worse than the check's own. The check's `LESS` says where."""
    unnecessary: bool = False
    suppresses: tuple[str, ...] = ()
    """Codes that this one makes superfluous in its question, beside those of the check."""
    explains: tuple[str, ...] = ()
    """Codes that become related places of this one in its question: one cause, one diagnostic."""
    hides: Span | None = None
    """Where nothing else is said. What this one silences it silences in each question that holds a part of it."""
    command: str | None = None
    """What one types in a terminal at the top of the repository, where no edit puts it right."""
