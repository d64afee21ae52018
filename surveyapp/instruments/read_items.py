"""Sections and items from their entries."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from surveyapp.instruments.answers import LENGTHS, ResponseFormat, Wording
from surveyapp.instruments.fields import Fields, listed
from surveyapp.instruments.model import Item, Repeat, Section
from surveyapp.instruments.places import Places, Subject
from surveyapp.instruments.read_rules import read_rule
from surveyapp.instruments.rule import Rule

MOST_RECORDS = 30


@dataclass(frozen=True)
class _Defaults:
    """What a section says once for all its items, and the formats there are."""

    occasions: tuple[str, ...]
    formats: Mapping[tuple[str, str], str]
    source: str
    declared: Mapping[str, ResponseFormat]


def read_section(fields: Fields, declared: Mapping[str, ResponseFormat], places: Places) -> Section:
    """One section with its items."""
    with fields:
        defaults = _Defaults(
            fields.words("occasions", ()),
            by_two_names(fields.optional_child("format"), declared),
            fields.text("source", "proposta"),
            declared,
        )
        section_id = places.id("section", fields)
        return Section(
            id=section_id,
            title=fields.text("title"),
            show_if=_rule(fields, places, ("rule of section", section_id)),
            repeat=_repeat(fields.optional_child("repeat")),
            items=tuple(_item(item, defaults, places) for item in fields.children("items")),
        )


def _rule(fields: Fields, places: Places, subject: Subject) -> Rule | None:
    """The rule that says when something is asked, and its line."""
    places.lines[subject] = fields.line_of("show_if")
    return read_rule(fields.optional_child("show_if"))


def _repeat(fields: Fields | None) -> Repeat | None:
    if fields is None:
        return None
    with fields:
        return Repeat(
            fields.integer("times", 2, MOST_RECORDS), fields.text("gate"), fields.optional("known_by")
        )


def _item(fields: Fields, defaults: _Defaults, places: Places) -> Item:
    with fields:
        core, item_id = fields.flag("core"), places.id("item", fields)
        return Item(
            id=item_id,
            criterion=fields.text("criterion"),
            source=fields.text("source", defaults.source),
            occasions=fields.words("occasions", defaults.occasions),
            wordings=_wordings(fields, defaults),
            core=core,
            reversed=fields.flag("reversed"),
            show_if=_rule(fields, places, ("rule", item_id)),
            carries=fields.optional("carries"),
            recalls=fields.optional("recalls"),
            lengths=_lengths(fields, core=core),
            parallel=fields.flag("parallel", default="true"),
            icf=fields.optional("icf"),
        )


def _lengths(fields: Fields, *, core: bool) -> frozenset[str]:
    written = fields.words("lengths", ())
    for length in written:
        if length not in LENGTHS:
            fields.report(f"«lengths» elenca: {', '.join(LENGTHS)}; non «{length}»", "lengths")
    return frozenset(written) | (frozenset(["short"]) if core else frozenset())


def _wordings(fields: Fields, defaults: _Defaults) -> Mapping[tuple[str, str], Wording]:
    texts = by_two_names(fields.child("text"))
    hints = by_two_names(fields.optional_child("hint"))
    own = by_two_names(fields.optional_child("format"), defaults.declared)
    formats = {**defaults.formats, **own}
    for key, written in (("hint", hints), ("format", own)):
        for form, variant in written.keys() - texts.keys():
            fields.report(f"scheda {form}, versione {variant}: qui c'è «{key}» ma non «text»", key)
    wordings = {}
    for (form, variant), text in texts.items():
        declared = defaults.declared.get(formats.get((form, variant), ""))
        if declared:
            wordings[form, variant] = Wording(text, declared, hints.get((form, variant)))
        elif (form, variant) not in formats:
            fields.report(
                f"scheda {form}, versione {variant}: manca «format», qui o all'inizio della sezione",
                "text",
            )
    return MappingProxyType(wordings)


def format_of(fields: Fields, key: str, declared: Mapping[str, ResponseFormat]) -> str:
    """The name of a format; empty when there is no such format."""
    written = fields.text(key)
    if written in declared:
        return written
    if written and declared:
        fields.report(f"il formato «{written}» non è fra i «formats» di questo file: {listed(declared)}", key)
    return ""


def by_two_names(
    fields: Fields | None, declared: Mapping[str, ResponseFormat] | None = None
) -> dict[tuple[str, str], str]:
    """Texts under two names: form and variant, or reason and variant; with `declared`, names of formats."""
    texts: dict[tuple[str, str], str] = {}
    if fields is None:
        return texts
    with fields:
        for outer in fields.names():
            with fields.child(outer) as child:
                for inner in child.names():
                    texts[outer, inner] = (
                        child.text(inner) if declared is None else format_of(child, inner, declared)
                    )
    return texts
