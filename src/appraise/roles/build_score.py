"""From the key `score` of a KPI to its method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appraise.model.peers import LEAST_PEERS
from appraise.model.role import Bands, ByBands, Custom, Method, PassFail, PercentOfTarget, Rating, Relative, Standing

if TYPE_CHECKING:
    from appraise.model.place import Place
    from appraise.roles.part import Part

RELATIVE = tuple(standing.value for standing in Standing)
"""The methods that compare people."""

CAP = 150.0
"""Percent of the target above which no more is counted, where the template does not say."""


def method_of(score: Part) -> Method | None:
    """The method, or None where the template does not say one soundly."""
    if score.data == "rating":
        return Rating()
    if not isinstance(score.data, dict) or not score.sound() or len(_keys(score)) != 1:
        return None
    key = _keys(score)[0]
    inner = score.at(key)
    if key == "bands":
        return ByBands(_bands(inner))
    if key == "percent_of_target":
        return PercentOfTarget(_bands(inner.at("bands")), inner.number("attainment_cap", CAP))
    if key == "pass_fail":
        return PassFail(inner.number_or_none("at_most"), inner.number_or_none("at_least"), inner.expression("when"))
    return _relative(Standing(key), inner) if key in RELATIVE else _by_other_means(key, inner)


def _by_other_means(key: str, part: Part) -> Method:
    return _custom(part) if key == "custom" else Rating()


def _relative(standing: Standing, part: Part) -> Relative | None:
    if not (part.has("bands") and part.at("else").has("bands")):
        return None
    bands, otherwise = _bands(part.at("bands")), _bands(part.at("else", "bands"))
    peers = tuple(str(name) for name in part.at("peers").data or ("role",))
    return Relative(standing, bands, otherwise, peers, int(part.number("min_peers", LEAST_PEERS)))


def places_of_score(score: Part) -> dict[str, Place]:
    """Where starts, ranges and single numbers stand, under flat names such as `starts.0`."""
    data = score.data
    if not isinstance(data, dict) or len(_keys(score)) != 1:
        return {}
    key = _keys(score)[0]
    inner = score.at(key)
    bands = inner.at("bands") if key in {"percent_of_target", *RELATIVE} else inner
    places = {"method": score.key_place(key), **inner.places("attainment_cap", "scorer", "peers")}
    places |= {f"peers.{number}": item.place() for number, item in enumerate(inner.at("peers").items())}
    places |= _places_of_bands(bands)
    if key in RELATIVE:
        places |= {f"else.{name}": place for name, place in _places_of_bands(inner.at("else", "bands")).items()}
    return places


def _places_of_bands(bands: Part) -> dict[str, Place]:
    places: dict[str, Place] = {}
    listed = [("starts", bands)] if isinstance(bands.data, list) else []
    if isinstance(bands.data, dict):
        places |= bands.places("scores_1_at")
        listed = [(key, bands.at(key)) for key in ("starts", "ranges") if bands.has(key)]
    for name, part in listed:
        places[name] = part.key_place() if part.path[-1] == name else part.place()
        places |= {f"{name}.{number}": item.place() for number, item in enumerate(part.items())}
    return places


def _custom(part: Part) -> Custom:
    options = {name: value for name, value in part.data.items() if name != "scorer" and name[:2] != "x-"}
    return Custom(part.text("scorer"), options)


def _keys(score: Part) -> list[str]:
    known = ("bands", "percent_of_target", "pass_fail", "rating", "custom", *RELATIVE)
    return [key for key in known if isinstance(score.data, dict) and key in score.data]


def _bands(part: Part) -> Bands:
    if isinstance(part.data, list):
        return Bands(starts=tuple(float(start) for start in part.data))
    return Bands(
        starts=tuple(float(start) for start in part.at("starts").data or ()),
        ranges=tuple((float(low), float(high)) for low, high in part.at("ranges").data or ()),
        scores_lowest_at=part.number_or_none("scores_1_at"),
        step=part.text("between_bands") == "step",
    )
