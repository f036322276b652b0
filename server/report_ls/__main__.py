"""The way in: `report-ls` and `python -m report_ls`."""

import gc
import sys

_INTERRUPTED = 130


def main() -> int:
    """Run the command and return the exit status."""
    try:
        # What is imported stays: looking for garbage in it costs a tenth of a whole run, here and at the end.
        gc.disable()
        from report_ls.cli import run  # noqa: PLC0415 - Ctrl-C while it is imported is no traceback

        gc.enable()
        gc.freeze()
        status = run(sys.argv[1:])
        gc.freeze()
    except KeyboardInterrupt:
        return _INTERRUPTED
    return status


if __name__ == "__main__":
    sys.exit(main())
