"""The entry point of `report-ls` and `python -m report_ls`: starts the command or the language server."""

import gc
import sys
from collections.abc import Sequence

_INTERRUPTED = 130
_COLLECTION_THRESHOLD = 10_000


def main() -> int:
    """Run the command or the server, as the arguments say, and return the exit status."""
    try:
        # Imported modules are never garbage: collecting here and at the end would take a tenth of a whole run.
        gc.disable()
        arguments = sys.argv[1:]
        if _asks_for_server(arguments):
            return _serve(arguments)
        if arguments[:1] == ["--look-into"]:
            return _look_into(arguments[1:])
        from report_ls.cli.main import run  # noqa: PLC0415 - so Ctrl-C while it is imported shows no traceback

        gc.enable()
        gc.freeze()
        status = run(arguments)
        gc.freeze()
    except KeyboardInterrupt:
        return _INTERRUPTED
    return status


def _asks_for_server(arguments: Sequence[str]) -> bool:
    """Return whether an editor has started this program: without arguments, and not from a terminal."""
    if not arguments:
        return sys.stdin is not None and not sys.stdin.isatty()
    return arguments[0] in ("--stdio", "--tcp")


def _serve(arguments: Sequence[str]) -> int:
    # Collect rarely, but do collect: importing pygls leaves garbage that would stay as long as the server runs.
    gc.set_threshold(_COLLECTION_THRESHOLD)
    gc.enable()
    from report_ls.lsp.wire.lazy_types import import_lazily  # noqa: PLC0415 - `--check` must not wait for pygls

    import_lazily()
    from report_ls.lsp import start  # noqa: PLC0415 - likewise

    gc.freeze()
    if arguments[:1] != ["--tcp"]:
        return start.serve_stdio()
    host, _, port = (arguments[1] if len(arguments) > 1 else "").rpartition(":")
    if not host or not port.isascii() or not port.isdecimal():
        sys.stderr.write("report-ls: --tcp takes HOST:PORT, such as 127.0.0.1:2087\n")
        return 2
    return start.serve_tcp(host, int(port))


def _look_into(arguments: Sequence[str]) -> int:
    """Answer the server, which starts this process for slow work."""
    from report_ls.repository.apart import look_into  # noqa: PLC0415 - only the server asks

    sys.stdout.write(look_into(*arguments))
    return 0


if __name__ == "__main__":
    sys.exit(main())
