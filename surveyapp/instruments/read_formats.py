"""Response formats from their entries."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from surveyapp.instruments.answers import KINDS_OF_FORMAT, OFFERED_REASONS, Option, ResponseFormat
from surveyapp.instruments.fields import Fields, as_integer

PICTURES = ("amount",)
LONGEST_TEXT = 20000
MOST_LINES = 50
LARGEST_NUMBER = 1_000_000
MOST_DECIMALS = 2
WITH_OPTIONS = ("choice", "steps", "multi")


def read_format(format_id: str, fields: Fields) -> ResponseFormat:
    """One response format; its problems are noted in the fields."""
    kind = fields.one_of("kind", KINDS_OF_FORMAT)
    if not kind:
        fields.names()  # Which other entries are right depends on the kind: one problem is enough.
    no_value = _reasons(fields)
    options = _options(fields.child("options")) if kind in WITH_OPTIONS else ()
    pictures = fields.one_of("pictures", PICTURES, "") or None
    if pictures and len(options) != 3:
        fields.report("i disegni «amount» (vuoto, mezzo, pieno) sono per tre opzioni", "pictures")
    return ResponseFormat(
        id=format_id,
        kind=kind,
        options=options,
        no_value=no_value,
        labels=_labels(fields.optional_child("labels"), no_value),
        stem=fields.optional("stem"),
        pictures=pictures,
        **_OF_KIND.get(kind, lambda _fields: {})(fields),
    )


def _of_text(fields: Fields) -> dict[str, Any]:
    return {
        "max_length": fields.integer("max_length", 1, LONGEST_TEXT),
        "lines": fields.integer("lines", 1, MOST_LINES, default=0),
    }


def _of_number(fields: Fields) -> dict[str, Any]:
    least = fields.integer("minimum", -LARGEST_NUMBER, LARGEST_NUMBER)
    most = fields.integer("maximum", -LARGEST_NUMBER, LARGEST_NUMBER)
    if least >= most and fields.has("minimum") and fields.has("maximum"):
        fields.report("«maximum» deve essere maggiore di «minimum»", "maximum")
    decimals = fields.integer("decimals", 0, MOST_DECIMALS, default=0)
    return {"least": least, "most": most, "decimals": decimals, "unit": fields.optional("unit")}


_OF_KIND = {"text": _of_text, "number": _of_number}


def _reasons(fields: Fields) -> tuple[str, ...]:
    no_value = fields.words("no_value", ())
    if len(set(no_value)) < len(no_value) or not set(no_value) <= set(OFFERED_REASONS):
        fields.report(f"«no_value» elenca, una volta sola: {', '.join(OFFERED_REASONS)}", "no_value")
    return no_value


def _options(fields: Fields) -> tuple[Option, ...]:
    labels: dict[int, str] = {}
    with fields:
        for code in fields.names():
            label, number = fields.text(code), as_integer(code)
            if number is None:
                fields.report(f"il codice di un'opzione è un numero intero, non «{code}»", code)
            elif number in labels:
                fields.report(f"il codice {number} è di due opzioni: ogni opzione ha il suo", code)
            else:
                labels[number] = label
        if len(labels) < 2:
            fields.report("servono almeno due opzioni, come «1: No»")
    return tuple(Option(code, label) for code, label in labels.items())


def _labels(fields: Fields | None, no_value: tuple[str, ...]) -> Mapping[str, str]:
    if fields is None:
        return MappingProxyType({})
    with fields:
        for reason in fields.names():
            if reason not in no_value:
                fields.report(f"«{reason}» non è fra le ragioni di «no_value» di questo formato", reason)
        return MappingProxyType({reason: fields.text(reason) for reason in fields.names()})
