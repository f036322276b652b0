"""The rehearsal: the page that is handed in, with findings and losses marked, shown by the client beside the text."""

from concurrent.futures import Future

from report_ls.analysis.analyze import Analysis, analyze
from report_ls.base.diagnostic import Stage
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.protocol import Connection


def register(server: Connection, session: Session) -> None:
    """Make pages one after the other, in the background, so that the user's typing never waits for one."""

    @server.command("reportLs.page")
    def page(uri: str = "") -> "Future[dict[str, str]] | dict[str, str] | None":
        """Return the page of a report as HTML, or the reason why there is no page; None if the text is no report."""
        document = session.documents.get(uri)
        by = session.terms(document) if document else None
        if document is None or by is None:
            return None
        name = uri.rpartition("/")[2]
        if by.pack.handin is None:
            return {"why": f"{name}: report-ls does not know its hand-in page; choose its course and edition"}
        analysis = analyze(document.source, by.pack, document.files, Stage.FINAL)
        return session.background.submit(lambda: _made(analysis, name))


def _made(analysis: Analysis, name: str) -> dict[str, str]:
    from report_ls.analysis.rehearsal import rehearse  # noqa: PLC0415 - seldom needed, so not imported at the start

    page = rehearse(analysis, f"{name}, a rehearsal", "")
    return {"html": page} if page else {"why": f"{name}: it is nested too deeply for a page"}
