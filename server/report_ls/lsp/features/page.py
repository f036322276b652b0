"""The page that is handed in, as a rehearsal, for a client that shows it beside the text."""

from concurrent.futures import Future

from report_ls.analysis.analyze import Analysis, analyze
from report_ls.base.diagnostic import Stage
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.protocol import Connection


def register(server: Connection, session: Session) -> None:
    """Make pages one after the other, in the background: nobody who types waits for one."""

    @server.command("reportLs.page")
    def page(uri: str = "") -> "Future[dict[str, str]] | dict[str, str] | None":
        """Return the page of a report as HTML, or why there is none; None for what is no report."""
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
    from report_ls.analysis.rehearsal import rehearse  # noqa: PLC0415 - the start does not wait for what is seldom asked

    page = rehearse(analysis, f"{name}, a rehearsal", "")
    return {"html": page} if page else {"why": f"{name}: it is nested too deeply for a page"}
