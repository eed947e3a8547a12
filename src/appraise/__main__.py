"""`python -m appraise` is the command `appraise`."""

from __future__ import annotations

import sys

from appraise.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
