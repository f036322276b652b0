"""The numbers of questions, in words."""

from collections.abc import Sequence

_MAX_LISTED = 5
"""More numbers than these are counted and not listed."""
_MIN_RUN = 3


def questions(numbers: Sequence[int]) -> str:
    """Return some questions: `question 17`, `questions 2, 5 and 7 to 9`, `12 questions`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    listed = [text for run in runs for text in ([f"{run[0]} to {run[-1]}"] if len(run) >= _MIN_RUN else map(str, run))]
    if len(listed) > _MAX_LISTED:
        return f"{len(numbers)} questions"
    if len(numbers) == 1:
        return f"question {numbers[0]}"
    *others, last = listed
    return f"questions {', '.join(others)} and {last}" if others else f"questions {last}"
