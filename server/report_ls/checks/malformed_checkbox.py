"""A box in the checklist above the questions is written so that it is not shown as one.

A box is `[ ]`, or `[x]` when it is ticked, with a space on both sides. Links are left alone, and so is a
list in which hardly anything is a box.

## Why is this bad?

Whoever counts the ticked boxes misses this one, and GitHub shows no box for it.

## Example

````report
# Checklist

* [x] Build a hive
* [ ] Find a queen
* [Y] Find bees
  ^^^ information: this does not show as a checkbox: write [x] (2 places)
* [50%] Count the bees
  ^^^^^ related: this does not show as a checkbox: write [x] if it is done, else [ ]
* [ ] Sell the honey

### Question 1
> What does your project do?
>
> Answer: it counts bees
````

````fixed
# Checklist

* [x] Build a hive
* [ ] Find a queen
* [x] Find bees
* [50%] Count the bees
* [ ] Sell the honey

### Question 1
> What does your project do?
>
> Answer: it counts bees
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Fix, Severity
from report_ls.base.memo import memoized
from report_ls.base.spans import Edit, Span
from report_ls.checks._context import Context, Finding
from report_ls.report.checklist import DONE, OPEN, above_questions, items_in, sign_of

SEVERITY = Severity.INFORMATION, Severity.HINT
GROUPED = 2


def run(context: Context) -> Iterator[Finding]:
    """Yield each item with a malformed box."""
    report = context.report
    text = above_questions(report)
    malformed = _malformed(text)
    # A list without a tick is as the form has it, as far as can be seen.
    is_touched = bool(malformed) and any(sign_of(item) in DONE for item in items_in(text))
    for span, box in malformed:
        if not box:
            wanted = "write [x] if it is done, else [ ]"
        elif box.strip() == text[span.start : span.end]:
            sides = (side for side, is_new in (("before", box[0] == " "), ("after", box[-1] == " ")) if is_new)
            wanted = f"put a space {' and '.join(sides)} it"
        else:
            wanted = f"write {box.strip()}{' with a space before it' if box[0] == ' ' else ''}"
        fix = Fix("write the checkbox correctly", (Edit(span, box),), safe=is_touched, preferred=True)
        yield Finding(span, f"this does not show as a checkbox: {wanted}", None, (fix,) if box else ())


@memoized(2)
def _malformed(text: str) -> tuple[tuple[Span, str], ...]:
    """Return the text in the place of a box, with the box it can only mean; empty where that is not certain."""
    malformed: list[tuple[Span, str]] = []
    for item in items_in(text):
        span = Span(*item.span("box" if item["box"] else "tick"))
        # GitHub takes a box for one only between spaces.
        before = "" if item["gap"] else " "
        after = "" if text[span.end : span.end + 1] in ("", " ", "\t", "\n") else " "
        if item["tick"]:
            malformed.append((span, "[x]"))
        elif (is_odd := item["sign"] not in (" ", "x", "X")) or before or after:
            sign = sign_of(item)
            box = item["box"] if not is_odd else "[x]" if sign in DONE else "[ ]" if sign in OPEN else ""
            malformed.append((span, before + box + after if box else ""))
    return tuple(malformed)
