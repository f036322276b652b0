"""Document links and definition: from the target of an image to its file."""

from typing import TYPE_CHECKING

from lsprotocol import types

from report_ls.files import exists, resolve
from report_ls.lsp.documents import Document
from report_ls.markdown import Link, Style
from report_ls.report import Report

if TYPE_CHECKING:
    from report_ls.lsp.server import Server


def register(server: "Server") -> None:
    """Answer with links for all images, with a place for one."""
    takes_tooltip = server.client.takes("text_document.document_link.tooltip_support")

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    def links(params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        document = server.documents.get(params.text_document.uri)
        analysis = server.judge(document) if document else None
        if document is None or analysis is None:
            return []
        found = []
        for image in images(analysis.report):
            uri = uri_of(document, image)
            if uri:
                range_ = server.convert.range(document.source, image.target)
                found.append(types.DocumentLink(range_, uri, tooltip="open the picture" if takes_tooltip else None))
        return found

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> types.Location | None:
        document = server.documents.get(params.text_document.uri)
        image = image_at(server, document, params.position) if document else None
        uri = uri_of(document, image) if document and image else None
        start = types.Position(0, 0)
        return types.Location(uri, types.Range(start, start)) if uri else None


def images(report: Report) -> list[Link]:
    """Return the images of all answers that say where they lead."""
    return [
        image for question in report.questions for image in question.answer.images if image.style is not Style.REFERENCE
    ]


def image_at(server: "Server", document: Document, position: types.Position) -> Link | None:
    """Return the image that a position stands in."""
    analysis = server.judge(document)
    offset = server.convert.offset(document.source, position)
    found = images(analysis.report) if analysis else []
    return next((image for image in found if image.span.start <= offset <= image.span.end), None)


def uri_of(document: Document, image: Link) -> str | None:
    """Return the URI of an image's file, if it exists below the report's folder."""
    target, root = resolve(image.url), document.files.root
    if root is None or target.is_remote or target.is_outside or not exists(document.files, target.path):
        return None
    return root.joinpath(target.path).as_uri()
