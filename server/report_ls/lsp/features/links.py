"""Document links and go to definition: from the target of an image to its file."""

from lsprotocol import types

from report_ls.lsp.features._images import image_at, images, uri_of
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.protocol import Connection


def register(server: Connection, session: Session) -> None:
    """Answer with the links of all images, and with the file of the image at a position."""
    takes_tooltip = session.client.takes("text_document.document_link.tooltip_support")

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    def links(params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        report = session.report_at(params.text_document.uri)
        if report is None:
            return []
        document, analysis = report
        found = []
        for image in images(analysis.report):
            uri = uri_of(document, image)
            if uri:
                range_ = session.convert.range(document.source, image.target)
                found.append(types.DocumentLink(range_, uri, tooltip="open the picture" if takes_tooltip else None))
        return found

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> types.Location | None:
        document = session.documents.get(params.text_document.uri)
        image = image_at(session, document, params.position) if document else None
        uri = uri_of(document, image) if document and image else None
        start = types.Position(0, 0)
        return types.Location(uri, types.Range(start, start)) if uri else None
