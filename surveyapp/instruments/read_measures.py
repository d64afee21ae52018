"""Scales, indices, gaps, derived facts and alerts from their entries."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

from surveyapp.instruments.fields import Fields
from surveyapp.instruments.measures import (
    METHODS,
    Alert,
    Count,
    Derived,
    Gap,
    Index,
    Scale,
    Share,
    ShortForm,
)
from surveyapp.instruments.places import Places
from surveyapp.instruments.read_rules import read_rule
from surveyapp.instruments.rule import Rule

T = TypeVar("T")

KINDS_OF_SCALE = ("reflective", "formative", "derived")
KINDS_OF_ALERT = ("alert", "flag")
NEVER = Rule("any")
WAYS = ("rule", "share", "count")


def read_list(
    fields: Fields, key: str, read: Callable[[Fields], T], *, required: bool = False
) -> tuple[T, ...]:
    """What stands in a list, each element read in its own entries."""
    found = []
    for child in fields.children(key, required=required):
        with child:
            found.append(read(child))
    return tuple(found)


def read_scales(fields: Fields, places: Places) -> tuple[Scale, ...]:
    """The scales of a file."""
    return read_list(fields, "scales", lambda scale: _scale(scale, places), required=True)


def read_indices(fields: Fields, places: Places) -> tuple[Index, ...]:
    """The indices of a file."""
    return read_list(
        fields,
        "indices",
        lambda index: Index(
            places.id("index", index), index.text("title"), index.words("scales"), index.integer("min_valid")
        ),
    )


def read_gaps(fields: Fields, places: Places) -> tuple[Gap, ...]:
    """The gaps of a file."""
    return read_list(
        fields,
        "gaps",
        lambda gap: Gap(
            places.id("gap", gap),
            gap.text("title"),
            gap.words("scales"),
            gap.words("forms"),
            gap.integer("min_common", 1),
        ),
    )


def read_derived(fields: Fields, places: Places) -> tuple[Derived, ...]:
    """The derived facts of a file."""
    return read_list(fields, "derived", lambda fact: _derived(fact, places))


def read_alerts(fields: Fields, places: Places) -> tuple[Alert, ...]:
    """The alerts and flags of a file."""
    return read_list(fields, "alerts", lambda alert: _alert(alert, places))


def _scale(fields: Fields, places: Places) -> Scale:
    return Scale(
        id=places.id("scale", fields),
        title=fields.text("title"),
        construct=fields.text("construct"),
        kind=fields.one_of("kind", KINDS_OF_SCALE),
        method=fields.one_of("method", METHODS),
        items=fields.words("items"),
        min_valid=_counts("", fields.child("min_valid")),
        short=_short(fields.optional_child("short")),
        min_valid_at=places.named("minimum", fields.optional_child("min_valid_at"), _counts),
        leave_out=_lists(fields.optional_child("leave_out")),
    )


def _counts(_name: str, fields: Fields) -> Mapping[str, int]:
    with fields:
        return MappingProxyType({form: fields.integer(form) for form in fields.names()})


def _lists(fields: Fields | None) -> Mapping[str, tuple[str, ...]]:
    if fields is None:
        return MappingProxyType({})
    with fields:
        return MappingProxyType({form: fields.words(form) for form in fields.names()})


def _short(fields: Fields | None) -> ShortForm | None:
    if fields is None:
        return None
    with fields:
        return ShortForm(fields.words("items"), fields.integer("min_valid"))


def _derived(fields: Fields, places: Places) -> Derived:
    fact = Derived(
        id=places.id("derived", fields),
        title=fields.text("title"),
        rule=read_rule(fields.optional_child("rule")),
        share=_share(fields.optional_child("share")),
        count=_count(fields.optional_child("count")),
        records=fields.optional("records"),
        forms=fields.words("forms", ()),
        occasions=fields.words("occasions", ()),
    )
    if sum(fields.has(way) for way in WAYS) != 1:
        fields.report(f"un dato calcolato ha una sola di queste voci: {', '.join(WAYS)}")
    return fact


def _share(fields: Fields | None) -> Share | None:
    if fields is None:
        return None
    with fields:
        return Share(fields.text("of"), fields.text("among"), fields.integer("at_least", 1, 100))


def _count(fields: Fields | None) -> Count | None:
    if fields is None:
        return None
    with fields:
        return Count(fields.words("items"), fields.integers("codes"))


def _alert(fields: Fields, places: Places) -> Alert:
    return Alert(
        id=places.id("alert", fields),
        kind=fields.one_of("kind", KINDS_OF_ALERT),
        title=fields.text("title"),
        rule=read_rule(fields.child("rule")) or NEVER,
    )
