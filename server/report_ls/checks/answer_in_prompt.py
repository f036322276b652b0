"""An answer, or part of it, is written above `> Answer:`.

Above the label, or over the prompt's example. What the prompt's own words are, the rule pack knows.

## Why is this bad?

The course's script reads only what follows the label: text above it does not count, and
a reader of the hand-in takes it for the course's own words.

An answer that is too short below the label is shown with it.

## Example

````yaml
questions: [{number: 1, words: 5-20, whole: [{words: 15, fingerprint: 187870a4525f}]}]
````

````report
### Question 1
> **Why do you count bees?**
>
> Answer length: 5-20 words.
>
> Example:
> *We count bees because ...*
>
> We count bees because they are too many to remember.
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: this is above "> Answer:" and does not count: move your answer below that line
>
> Answer:
  ^^^^^^^ error: not answered yet (asked: 5-20 words) [unanswered]
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.checks._context import Context, Finding
from report_ls.checks._form import COUNTS
from report_ls.checks._prompts import lacks_limit, written_in

SEVERITY = Severity.WARNING, Severity.HINT
PER_QUESTION = True


def run(context: Context) -> Iterator[Finding]:
    """Yield what was written into each prompt."""
    for question in context.report.questions:
        span = written_in(context, question)
        if span:
            message = 'this is above "> Answer:" and does not count: move your answer below that line'
            # Where the line with the limit is gone too, that is another mistake.
            is_all = not lacks_limit(context.ask(question), question.asked.text_above_label)
            yield Finding(span, message, question, suppresses=("prompt-changed",) if is_all else (), explains=COUNTS)
