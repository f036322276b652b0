"""Starts report-ls from the libraries that lie beside this file, and no others."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "bundled"))

from report_ls.__main__ import main

sys.exit(main())
