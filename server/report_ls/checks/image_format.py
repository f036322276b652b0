"""A picture's file is empty, cut off or no picture, or of a type that the course does not take.

What a file is, its content says; its name only claims it. Upper and lower case of the extension do
not matter. Where a course names no types, it takes all that most browsers show.

## Why is this bad?

The page of your report shows nothing where the picture should be. The course's script does not
look at the file: it counts the image.

## Example

Files: `figures/bucket.png` (empty), `figures/build.gif`

````report
### Question 2
> Show your bucket. Insert 1-2 images.
>
> Answer:

All our data, in ![the bucket](figures/bucket.png), and ![how it is built](figures/build.gif).
                               ^^^^^^^^^^^^^^^^^^ error: figures/bucket.png is empty: save the picture again
                                                                           ^^^^^^^^^^^^^^^^^ warning: the course takes png, jpg and jpeg, not gif: save the picture as one of these
````
"""

from collections.abc import Iterator, Sequence

from report_ls.base.diagnostic import Severity
from report_ls.checks._context import Context, Finding
from report_ls.checks._pictures import shown_files
from report_ls.files.port import Picture
from report_ls.files.targets import extension

SEVERITY = Severity.ERROR, Severity.ERROR
LESS = "warning where the course takes no pictures of that type"
PER_QUESTION = True
TRIGGER_CHARACTERS = "[<"
_KINDS = {"jpg": "jpeg", "tif": "tiff"}
"""What a picture is called by its content, where its extension says otherwise."""
_SHOWN_EVERYWHERE = "png", "jpeg", "gif", "webp", "bmp"


def run(context: Context) -> Iterator[Finding]:
    """Yield each image whose file is not what it should be."""
    for question, image, path in shown_files(context):
        picture = context.files.picture(path)
        fault = picture and _fault(picture, path)
        if fault:
            yield Finding(image.target, fault, question)
            continue
        message = _of_wrong_type(path, picture, context.pack.extensions)
        if message:
            yield Finding(image.target, message, question, severity=Severity.WARNING)


def _fault(picture: Picture, path: str) -> str | None:
    """Return why readers will not see a picture."""
    if picture.n_bytes == 0:
        return f"{path} is empty: save the picture again"
    if picture.is_pointer:
        return f"{path} is only a Git LFS pointer, not the picture: commit the picture itself, without LFS"
    if picture.is_cut:
        return f"the end of {path} is missing: save or download the picture again"
    if picture.kind is None and _claimed(path) in _SHOWN_EVERYWHERE:
        return f"{path} contains no picture: save the picture again"
    return None


def _of_wrong_type(path: str, picture: Picture | None, taken: Sequence[str]) -> str | None:
    """Return what is wrong with a picture's type, where there is something to see."""
    if taken and extension(path) not in taken:
        return _not_taken(extension(path), taken)
    kind, claimed = picture and picture.kind, _claimed(path)
    if kind and kind not in (claimed, *_SHOWN_EVERYWHERE):
        return f"{path} contains {kind}, which many browsers do not show: save it as {extension(path)}"
    if not taken and (kind or claimed) not in ("", "svg", *_SHOWN_EVERYWHERE):
        return f"many browsers do not show {kind or claimed}: save the picture as png or jpg"
    return None


def _not_taken(found: str, taken: Sequence[str]) -> str:
    *others, last = taken
    types = f"{', '.join(others)} and {last}" if others else last
    remedy = f"save the picture as {'one of these' if others else last}"
    return f"the course takes {types}, not {found or 'a file without an extension'}: {remedy}"


def _claimed(path: str) -> str:
    """Return what a file is by its name."""
    return _KINDS.get(extension(path), extension(path))
