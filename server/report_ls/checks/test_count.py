"""An answer names a number of tests, but pytest would find another number.

Tests are counted as pytest collects them, without running anything: functions `test...` and methods
of `Test...` in files `test_*.py` and `*_test.py`, each as often as it is parametrized. Only a total
that an answer names for sure is looked at, and a number that counts them in another way is right
too: the functions, the files, the tests of one file or folder, the asserts.

## Why is this bad?

Who reads your report runs the tests, and sees another number.

## Example

Tests: 12 in 4 files

````yaml
questions: [{number: 7, counts: tests}]
````

````report
### Question 7
> How many tests are there?
>
> Answer:

In total we have implemented 9 tests.
                             ^ information: 9 tests, but pytest would find 12 in 4 files
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.base.plural import count_or_no
from report_ls.base.spans import Span
from report_ls.checks._context import Context, Finding
from report_ls.checks._totals import named_total

SEVERITY = Severity.INFORMATION, Severity.HINT
PER_QUESTION = True
FIELD = "counts_tests"


def run(context: Context) -> Iterator[Finding]:
    """Yield the total of an answer that is another one than pytest would find."""
    for question in context.report.questions:
        if not context.ask(question).counts_tests:
            continue
        total = named_total(question.answer.student_text)
        tests = context.files.tests() if total else None
        if total and tests and not tests.may_be(total.number):
            span = Span(*total.span).shift(question.answer.span.start)
            n_said = count_or_no(total.number, "test")
            yield Finding(span, f"{n_said}, but pytest would find {tests.in_words}", question)
