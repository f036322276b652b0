"""The way in: `report-ls` and `python -m report_ls`."""

import sys

_INTERRUPTED = 130


def main() -> int:
    """Run the command and return the exit status."""
    try:
        from report_ls.cli import run  # noqa: PLC0415 - Ctrl-C while it is imported is no traceback

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return _INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
