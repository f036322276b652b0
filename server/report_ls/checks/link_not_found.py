"""A link leads to a file or folder that the repository does not have.

A relative link begins in the folder of the report, as on GitHub: `dockerfiles/train.dockerfile` in
`reports/README.md` is `reports/dockerfiles/train.dockerfile`. One that begins with `/` begins at the
top of the repository. Links to GitHub are looked at where they lead to the branch of your own
repository that is checked out. Without git nothing is said.

## Why is this bad?

Who reads your report clicks on it, and sees that there is no such page.

## Example

Repository: `reports/README.md` (report), `dockerfiles/train.dockerfile`, `src/train.py`

````report
### Question 15
> Link to one of your Dockerfiles.
>
> Answer:

We train in [a container](dockerfiles/train.dockerfile).
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: this link leads nowhere: from here it is ../dockerfiles/train.dockerfile
````

````fixed
### Question 15
> Link to one of your Dockerfiles.
>
> Answer:

We train in [a container](../dockerfiles/train.dockerfile).
````
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from report_ls.base.diagnostic import Fix, Severity
from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Span, Spans
from report_ls.checks._context import Context, Finding
from report_ls.checks._pictures import picture_path
from report_ls.files.port import Tree
from report_ls.files.targets import Grade, Guess, as_target, exists, resolve
from report_ls.report.pieces import Link, Style
from report_ls.report.report import Question
from report_ls.repository.paths import from_report, guess_path, is_there, place_of

SEVERITY = Severity.WARNING, Severity.HINT
PER_QUESTION = True
TRIGGER_CHARACTERS = "[</"
GROUPED = 2


def run(context: Context) -> Iterator[Finding]:
    """Yield each link of an answer that leads nowhere in the repository."""
    for question in context.report.questions:
        answer = question.answer
        for link in answer.links:
            # A picture that is linked to is image-as-link's.
            if not picture_path(link):
                yield from _of_link(context, question, link)
        if "github.com/" not in answer.text:
            continue  # Most.
        links = [link.span for link in (*answer.links, *answer.images)]
        taken = Spans(tuple(sorted((*links, *(literal.span for literal in answer.literals)))))
        for found in re.finditer(_ON_GITHUB + r"(?!\()", answer.text):
            span = Span(*found.span()).shift(answer.span.start)
            if not taken.overlap(span):
                address = found[0].rstrip(".,;:!")
                place = Span(span.start, span.start + len(address))
                # As it is text too, no fix changes it.
                yield from (told._replace(fixes=()) for told in _of_address(context, question, address, place))


def _of_link(context: Context, question: Question, link: Link) -> Iterator[Finding]:
    target = resolve(link.url)
    if target.is_remote:
        yield from _of_address(context, question, link.url, link.target)
        return
    if target.is_private or not target.path or exists(context.files, target.path) or link.url.lower() in _PLACEHOLDERS:
        return
    tree = context.files.tree()
    path = place_of(tree, target.path) if tree else None
    if tree is None or path is None or is_there(tree, path) or context.files.lies(path):
        return
    host = _HOST.match(link.url)
    if host:
        yield Finding(link.target, f"{_NOWHERE} without https:// before it", question, tuple(_with_scheme(link, host)))
        return
    meant = guess_path(tree, target.path)
    if meant:
        where = from_report(tree, meant.path)
        rest = re.sub(r"^[^?#]*", "", link.url)
        written = as_target(where) + ("/" if meant.path in tree.folders else "") + rest
        fixes = () if link.style is Style.REFERENCE else (_fix(meant, link.target, where, written),)
        yield Finding(link.target, f"{_NOWHERE}: {_likely(meant, f'from here it is {where}', where)}", question, fixes)
    elif _holds_code(tree):
        yield Finding(link.target, f"{_NOWHERE}: {_missing(path)}", question)


_NOWHERE = "this link leads nowhere"
_PLACEHOLDERS = "weblink", "link", "url", "todo", "tbd"
"""A placeholder for a target that is still to be written: note-to-self says that."""
_HOST = regex(r"(?i)((?:www\.[\w-]+|[\w-]+(?:\.[\w-]+)*)\.(?:com|org|net|io|ai|dk|edu))(?:/|$)")
"""How an address begins that lacks its scheme."""


def _with_scheme(link: Link, host: re.Match[str]) -> Iterator[Fix]:
    if link.style is Style.INLINE:
        start = link.target.start + host.start()
        yield Fix("write https:// before it", (Edit(Span(start, start), "https://"),), preferred=True)


# Compiled where an answer names GitHub.
_ON_GITHUB = r"https?://(?:www\.)?github\.com/([\w.-]+/[\w.-]+)/(?:blob|tree)/([\w.-]+)/([^\s<>()\[\]\"'`?#*|]+)"


def _of_address(context: Context, question: Question, address: str, span: Span) -> Iterator[Finding]:
    """Yield an address on GitHub where it is one of the repository itself, and nothing lies there."""
    found = re.match(_ON_GITHUB, address)
    home = context.files.home() if found else None
    if not found or not home or found[1].lower() not in home.names or found[2] != home.branch:
        return
    tree, written = context.files.tree(), re.split(r"[?#]", address[found.start(3) :], maxsplit=1)[0]
    path = place_of(tree, f"/{unquote(written)}") if tree else None
    if tree is None or path is None or is_there(tree, path) or context.files.lies(path):
        return
    meant = guess_path(tree, path)
    if meant:
        new = address[: found.start(3)] + as_target(meant.path) + address[found.start(3) + len(written) :]
        said = _likely(meant, f"the repository has {meant.path}", meant.path)
        yield Finding(span, f"{_NOWHERE}: {said}", question, (_fix(meant, span, meant.path, new),))
    elif _holds_code(tree):
        yield Finding(span, f"{_NOWHERE}: {_missing(path)}", question)


def _holds_code(tree: Tree) -> bool:
    """Say whether a repository is the project's, and not one that holds its report alone."""
    return any(path.endswith(".py") for path in tree.files)


def _likely(meant: Guess, said: str, where: str) -> str:
    return said if meant.is_likely else f"did you mean {where}?"


def _missing(path: str) -> str:
    return f"the repository has no {path.strip()}; correct the link, or add what it names"


def _fix(meant: Guess, span: Span, where: str, written: str) -> Fix:
    return Fix(f"correct the link to {where}", (Edit(span, written),), meant.grade is Grade.ONLY, meant.is_likely)
