"""Compares results with the first of them, as JSON: `python -m bench.agree RESULT RESULT …`."""

from __future__ import annotations

import json
import sys

import polars as pl


def main(paths: list[str]) -> None:
    """Says for each result how many people it has and how many labels and overall scores are not as in the first."""
    frames = [pl.read_parquet(path).sort("person") for path in paths]
    compared = [
        {
            "people": frame.height,
            "labels": int((frame["label"] != frames[0]["label"]).sum()),
            "overall": int(frame["overall"].ne_missing(frames[0]["overall"]).sum()),
        }
        for frame in frames
    ]
    print(json.dumps({"compared": compared}))


if __name__ == "__main__":
    main(sys.argv[1:])
