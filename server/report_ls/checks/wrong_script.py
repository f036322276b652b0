"""The course's script beside the report is of another edition than the report.

Three or more questions name another length than `report.py` holds them against. One or two may have been
changed by mistake; so many come from another year.

## Why is this bad?

Your own check says other things than your course will say.

## Example

````yaml
questions: [{number: 1}, {number: 2}, {number: 3}]
````

````script
from functools import partial

def words(answer, number, min, max):
    if not min <= len(answer.split()) <= max:
        print(number)

def check(text):
    rules = [partial(words, min=6, max=9), partial(words, min=6, max=9), partial(words, min=6, max=9)]
    answers = text.split("Answer:")[1:]
    if len(answers) != 3:
        raise ValueError("three answers are expected")
    for number, (answer, rule) in enumerate(zip(answers, rules), 1):
        rule(answer, number)
````

````report
### Question 1
^^^^^^^^^^^^^^ information: report.py beside this report is from another edition: it checks other lengths than questions 1, 2 and 3 ask; use the one of this year
> Who are you? Answer length: 1-5 words.
>
> Answer:

We.

### Question 2
> And why? Answer length: 1-5 words.
>
> Answer:

Because.

### Question 3
> Since when? Answer length: 1-5 words.
>
> Answer:

Yesterday.
````
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from report_ls.base.diagnostic import Severity
from report_ls.base.memo import memoized
from report_ls.checks._context import Context, Finding
from report_ls.packs.limits import Limit
from report_ls.packs.prompt_limits import words_in
from report_ls.report.question_outline import Prompt

SEVERITY = Severity.INFORMATION, Severity.INFORMATION

_MIN_QUESTIONS = 3


def run(context: Context) -> Iterator[Finding]:
    """Yield one finding at the first question."""
    script = context.files.script()
    numbers = _asked_otherwise(context.report.prompts, script) if script else ()
    if len(numbers) >= _MIN_QUESTIONS:
        *most, last = numbers
        message = (
            "report.py beside this report is from another edition: it checks other lengths than questions "
            f"{', '.join(map(str, most))} and {last} ask; use the one of this year"
        )
        yield Finding(context.report.questions[0].heading, message)


@memoized(4)
def _asked_otherwise(prompts: tuple[Prompt, ...], script: str) -> tuple[int, ...]:
    """Return the numbers of the questions that name another length than a script has for them."""
    named = {prompt.number: limit for prompt in prompts if (limit := words_in(prompt.text))}
    if _may_hold(script, named.values()):
        return ()
    from report_ls.packs.script_limits import script_limits  # noqa: PLC0415 - few scripts are of another edition

    read = script_limits(script)
    by_script = {number: words for number, (words, _) in read.limits.items() if words} if read else {}
    return tuple(number for number, limit in named.items() if by_script.get(number, limit) != limit)


def _may_hold(script: str, limits: Iterable[Limit]) -> bool:
    """Say whether a script holds the two numbers of so many limits side by side that it need not be read."""
    numbers = re.findall(r"\d+", script)
    beside = Counter(pairwise(numbers))
    missing = Counter((str(limit.low), str(limit.high)) for limit in limits) - beside
    return missing.total() < _MIN_QUESTIONS
