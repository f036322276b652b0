"""Starts report-ls from the libraries that lie beside this file, and no others."""

import sys
from pathlib import Path

bundled = Path(__file__).parent / "bundled"
sys.path.insert(0, str(bundled))
if (bundled / "report_ls" / "__pycache__" / f"__init__.{sys.implementation.cache_tag}.pyc").exists():
    # The bytecode of this Python came along; any other writes its own where the extension says.
    sys.pycache_prefix, sys.dont_write_bytecode = None, True

from report_ls.__main__ import main  # noqa: E402 - now it is found

sys.exit(main())
