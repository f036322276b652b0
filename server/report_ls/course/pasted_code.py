"""Lines that were pasted from a file or a terminal, without anything that makes code of them."""

import re
from collections.abc import Sequence

from report_ls.base.regex import regex

_COMMENT = regex(r"#(?!#)[ \t]*[^\s#]")
_CODE = regex(
    r"""
    (?:FROM|RUN|COPY|ADD|WORKDIR|ENV|ARG|CMD|ENTRYPOINT|EXPOSE|VOLUME|USER)[ ]\S.*  # a Dockerfile
    | (?:\$[ ])?(?:apt|apt-get|cd|conda|curl|docker|dvc|export|gcloud|git|kubectl|mkdir|npm|pip|pip3|poetry|python|
        python3|sudo|uv|uvicorn|wandb)[ ](?!.*[.!?:,;]$)(?:.*[ ])?[^ ]*[-./=_][^ ]*(?:[ ].*)?  # a command
    | (?:-[ ])?[a-z_][\w.-]*:(?:[ ]+[^\s]+)?  # YAML
    | [a-z_][\w.]*[ ]?=[ ]?\S.*  # a value
    | (?:import[ ][\w.]+|from[ ][\w.]+[ ]import[ ].+|@[\w.]+(?:\(.*\))?|(?:def|class)[ ]\w+.*:|[\w.]+\(.*\))
    """,
    re.VERBOSE,
)
_GOES_ON = regex(r"(?:\\|&&)[ \t]*$")


def pasted_code(lines: Sequence[str], comment: int) -> range:
    """Return the run of lines round a comment that are code: empty unless a line right beside it is.

    It goes on behind blank lines where more code follows.
    """
    if not _COMMENT.match(lines[comment]):
        return range(0)
    first = comment
    # What ends in a colon introduces the code.
    while first > 0 and _is_code(lines[first - 1]) and not lines[first - 1].rstrip().endswith(":"):
        first -= 1
    after, end = first, _end(lines, first)
    while any(map(_is_plainly_code, lines[after:end])):
        after = end
        following = next((line for line in range(after, len(lines)) if lines[line].strip()), after)
        end = _end(lines, following)
    return range(first, after)


def _end(lines: Sequence[str], first: int) -> int:
    """Return where the code ends that begins with a line."""
    line = first
    while line < len(lines) and (_is_code(lines[line]) or (line > first and _GOES_ON.search(lines[line - 1]))):
        line += 1
    return line


def _is_code(line: str) -> bool:
    return _is_plainly_code(line) or _COMMENT.match(line) is not None


def _is_plainly_code(line: str) -> bool:
    return _CODE.fullmatch(line.strip()) is not None
