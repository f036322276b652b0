"""A picture is in the folder of figures, but no answer shows it.

The template's own pictures are known and left out, and so is a picture that an answer names in
another way, as a link or by its address on the internet: other checks speak of these.
Which picture belongs where only you can know, so there is no fix here: an answer that lacks a
picture offers them all.

## Why is this bad?

Nobody will look into the folder: a screenshot that no answer shows proves nothing.

## Example

Files: `figures/accuracy.png`, `figures/bucket.png`

````report
### Question 2
> Show your bucket. Insert 1-2 images.
>
> Answer:
  ^^^^^^^ error: no images, but 1-2 are asked: insert ![description](figures/...) [too-few-images]
  ^^^^^^^ information: no answer shows 2 pictures of figures/ (accuracy.png and bucket.png): show or delete them

The bucket holds all our data.
````
"""

from collections.abc import Iterator, Sequence

from report_ls.base.diagnostic import Severity
from report_ls.base.memo import memoized_by_question
from report_ls.base.plural import count
from report_ls.checks._context import Context, Finding
from report_ls.checks._pictures import (
    hidden_pictures,
    lacking_images,
    meant_file,
    mentions,
    picture_path,
    same_name,
    unused_pictures,
)
from report_ls.files.targets import resolve
from report_ls.report.markdown import read_markdown

SEVERITY = Severity.INFORMATION, Severity.HINT
OF_REPORT = True
LESS = "hint where no answer lacks a picture"
_MAX_NAMES = 5


def run(context: Context) -> Iterator[Finding]:
    """Yield one finding, at the first question that lacks a picture, else at the last question."""
    unused = unused_pictures(context)
    if not unused:
        return
    named = {*_named(context), *_in_prompts(context)}
    names = [path.rpartition("/")[2] for path in unused if path not in named]
    lacking = next((question for question, _ in lacking_images(context)), None)
    place = lacking or context.report.last
    if names and place:
        number = count(len(names), "picture")
        it = "it" if len(names) == 1 else "them"
        message = f"no answer shows {number} of {context.pack.picture_folder}/ ({_list(names)}): show or delete {it}"
        yield Finding(place.anchor, message, place, severity=None if lacking else Severity.HINT)


def _named(context: Context) -> Iterator[str]:
    """Yield the pictures that an answer names without showing them."""
    for question in context.report.questions:
        yield from (mention.path for mention in mentions(context, question))
        if "](" not in question.answer.text:
            continue  # Most.
        answer = question.answer
        yield from (meant_file(context, link.url) for link in answer.links if picture_path(link))
        yield from (path for image in answer.images if (path := same_name(context, image)))
        yield from (picture.path for picture in hidden_pictures(context, question))


def _in_prompts(context: Context) -> Iterator[str]:
    """Yield the pictures that prompts point to, where the pack does not say which are the template's own."""
    if not context.pack.examples:
        for question in context.report.questions:
            yield from _linked(question.prompt_text)


@memoized_by_question
def _linked(prompt: str) -> frozenset[str]:
    """Return the files to which a prompt points."""
    read = read_markdown(prompt)
    return frozenset(resolve(link.url).path for link in (*read.images, *read.links))


def _list(names: Sequence[str]) -> str:
    shown = [*names[:_MAX_NAMES]]
    if len(names) > _MAX_NAMES:
        shown.append(f"{len(names) - _MAX_NAMES} more")
    *others, last = shown
    return f"{', '.join(others)} and {last}" if others else last
