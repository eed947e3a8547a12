"""For whom a target can be set, and the ways in which people write it."""

from __future__ import annotations

import polars as pl

SCOPES = ("person", "team", "region+grade", "region", "role", "company")
"""For whom a target can be set, the most specific first."""

_ALSO = {
    "person": ("employee", "individual"),
    "role": ("job", "job title", "designation"),
    "company": ("everyone", "everybody", "all", "organisation", "organization"),
}
_TURNED = "grade+region"
_JOINED = r"\s*(?:[+/&,;|]|\band\b)\s*"
"""What stands between a region and a grade."""

WORDS = (*SCOPES, *(word for words in _ALSO.values() for word in words))
"""Every word that is understood, for suggestions."""


def with_scopes_read(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with `scope` as one of `SCOPES`, or as it was written where it is none, and `of` in the form of `pair`.

    `Employee`, `Region and grade`, `region_grade`, `GRADE / REGION` are understood; in the last the grade comes first
    in `of`, too.
    """
    plain = pl.col("scope").str.to_lowercase().str.strip_chars().str.replace_all(r"[\s_-]+", " ")
    both = plain.str.replace_all(_JOINED, "+").str.replace(r"^(region|grade) (region|grade)$", "${1}+${2}")
    one = {written: scope for scope, words in _ALSO.items() for written in words}
    plural = {f"{word}s": one.get(word, word) for word in (*SCOPES, *one)}
    known = both.replace({**plural, "people": "person", "companies": "company", **one})
    turned = known == _TURNED
    halves = pair(pl.col("of")).str.split_exact("/", 1)
    swapped = pl.concat_str(halves.struct.field("field_1"), halves.struct.field("field_0"), separator="/")
    return rows.with_columns(
        pl.when(turned).then(pl.lit("region+grade")).otherwise(known).alias("scope"),
        pl.when(turned)
        .then(swapped)
        .when(known == "region+grade")
        .then(pair(pl.col("of")))
        .when(known == "company")
        .then(pl.lit(""))
        .otherwise("of")
        .alias("of"),
    )


def pair(text: pl.Expr) -> pl.Expr:
    """A region and a grade in one form: `West/J1` for `West / J1`, `West + J1`, `West, J1` and `West and J1`."""
    return text.str.strip_chars().str.replace_all(_JOINED, "/")
