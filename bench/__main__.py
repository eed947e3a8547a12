"""`python -m bench`: every comparison in one go, as tables of medians and ratios.

Contenders take turns, so that a busy minute of the machine hits all of them.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench import packs, scoring, start_up
from bench.machine import machine

PARTS = {"scoring": scoring.tables, "packs": packs.tables, "help": start_up.tables}


def main() -> None:
    """Measures what was asked for and prints it."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="which comparisons (default: all)")
    parser.add_argument("--people", type=int, default=100_000, help="how many people are scored")
    parser.add_argument("--naive-people", type=int, default=2_000, help="how many of them the naive script gets")
    parser.add_argument("--packs", type=int, default=500, help="how many packs are drawn")
    parser.add_argument("--repeats", type=int, default=5, help="how often; the median counts")
    options = parser.parse_args()
    print(machine(), flush=True)
    for part in options.parts or PARTS:
        with tempfile.TemporaryDirectory(prefix="appraise-bench-") as folder:
            for title, table in PARTS[part](options, Path(folder)):
                print(f"\n### {title}\n\n{table}", flush=True)


if __name__ == "__main__":
    main()
