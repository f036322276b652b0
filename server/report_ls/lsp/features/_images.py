"""The images of a report, and their files."""

from lsprotocol import types

from report_ls.files.targets import exists, resolve
from report_ls.lsp.session.documents import Document
from report_ls.lsp.session.session import Session
from report_ls.report.pieces import Link, Style
from report_ls.report.report import Report


def images(report: Report) -> list[Link]:
    """Return the images of all answers that name their target directly, not by a reference."""
    return [
        image for question in report.questions for image in question.answer.images if image.style is not Style.REFERENCE
    ]


def image_at(session: Session, document: Document, position: types.Position) -> Link | None:
    """Return the image at a position."""
    analysis = session.judge(document)
    offset = session.convert.offset(document.source, position)
    found = images(analysis.report) if analysis else []
    return next((image for image in found if image.span.start <= offset <= image.span.end), None)


def uri_of(document: Document, image: Link) -> str | None:
    """Return the URI of an image's file, if it exists below the report's folder."""
    target, root = resolve(image.url), document.files.root
    if root is None or target.is_remote or target.is_outside or not exists(document.files, target.path):
        return None
    return root.joinpath(target.path).as_uri()
