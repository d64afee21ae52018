"""What changed in the questions: which there are, where, when, for whom, in which order, under which rule."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import pairwise
from operator import attrgetter
from typing import TypeVar

from surveyapp.instruments.comparison_fields import Field, fields, grouped, in_both
from surveyapp.instruments.comparison_model import MAJOR, MINOR, PATCH, TO_JUSTIFY, Asked, Change
from surveyapp.instruments.comparison_texts import asked_items, questions
from surveyapp.instruments.model import Instrument

Key = TypeVar("Key", bound=Hashable)

# What changes the question itself or its score; then what stands beside it.
ASKING = (
    Field("reversed", "il verso del punteggio", attrgetter("reversed"), MAJOR),
    Field("show_if", "la regola che dice quando si chiede", attrgetter("show_if"), MINOR, TO_JUSTIFY),
    Field("carries", "la risposta di prima che riporta", attrgetter("carries"), MINOR, TO_JUSTIFY),
    Field("recalls", "la risposta di prima che ricorda", attrgetter("recalls"), MINOR, TO_JUSTIFY),
)
APART = (
    Field("parallel", "il confronto fra le schede", attrgetter("parallel"), MAJOR),
    Field("core", "la stella della forma breve", attrgetter("core"), MINOR),
    Field("lengths", "la presenza nelle forme brevi", attrgetter("lengths"), MINOR),
    Field("source", "la fonte", attrgetter("source"), PATCH),
    Field("icf", "il codice ICF", attrgetter("icf"), PATCH),
)
SECTION = (
    Field("show_if", "la regola che dice quando si chiede", attrgetter("show_if"), MINOR, TO_JUSTIFY),
    Field("repeat", "come si ripete", attrgetter("repeat"), MINOR, TO_JUSTIFY),
)


def come_and_go(before: Instrument, after: Instrument) -> Iterator[Change]:
    """Items that are new, and items that are no longer there."""
    old, new = _sections_of(before), _sections_of(after)
    for section, names in grouped((new[name], name) for name in new if name not in old).items():
        yield _listed(f"sections.{section}.items", f"domande nuove nella sezione {section}", names, MINOR)
    for section, names in grouped((old[name], name) for name in old if name not in new).items():
        yield _listed(f"sections.{section}.items", f"domande tolte dalla sezione {section}", names, MAJOR)


def moved(before: Instrument, after: Instrument) -> Iterator[Change]:
    """Items that went to another section."""
    old, new = _sections_of(before), _sections_of(after)
    found = grouped(((old[name], new[name]), name) for name in in_both(old, new) if old[name] != new[name])
    for (was, now), names in found.items():
        sentence = f"domande che passano dalla sezione {was} alla sezione {now}: {', '.join(names)}"
        touches = asked_of(before, names) | asked_of(after, names)
        yield Change(f"sections.{now}.items", sentence, MINOR, TO_JUSTIFY, touches)


def order(before: Instrument, after: Instrument) -> Iterator[Change]:
    """Items that come after another item than before, form by form; new and dropped items do not count."""
    forms = dict.fromkeys(form for _, form, _ in questions(before))
    for form in forms:
        old, new = (_in_form(side, form) for side in (before, after))
        was, now = _predecessors(in_both(old, new)), _predecessors(in_both(new, old))
        names = [name for name in was if was[name] != now[name]]
        if names:
            sentence = f"scheda {form}: cambia l'ordine delle domande, intorno a {', '.join(names)}"
            touches = frozenset(asked for asked in asked_of(before, names) if asked[1] == form)
            yield Change(f"forms.{form}.order", sentence, MINOR, TO_JUSTIFY, touches)


def items(before: Instrument, after: Instrument) -> Iterator[Change]:
    """Items that are asked or scored in another way."""
    old, new = asked_items(before), asked_items(after)
    for name in in_both(old, new):
        touches = asked_of(before, [name]) | asked_of(after, [name])
        yield from fields(name, name, old[name], new[name], ASKING, touches)
        yield from fields(name, name, old[name], new[name], APART, frozenset())


def sections(before: Instrument, after: Instrument) -> Iterator[Change]:
    """Sections that are asked in another way; the rules of modules come in here."""
    new = {section.id: section for section in after.sections}
    for section in before.sections:
        if section.id in new:
            names = [item.id for item in (*section.items, *new[section.id].items)]
            touches = asked_of(before, names) | asked_of(after, names)
            who = f"sezione {section.id}"
            yield from fields(f"sections.{section.id}", who, section, new[section.id], SECTION, touches)


def occasions_of_items(before: Instrument, after: Instrument) -> Iterator[Change]:
    """Items that are asked at other occasions, among the occasions of both versions."""
    old, new = (
        {name: item.occasions for name, item in asked_items(side).items()} for side in (before, after)
    )
    known = _occasions(before) & _occasions(after)
    for occasion, names in _more(old, new).items():
        if occasion in known:
            yield _listed(f"occasions.{occasion}.items", f"si chiedono anche a {occasion}", names, MINOR)
    for occasion, names in _more(new, old).items():
        if occasion in known:
            yield _listed(f"occasions.{occasion}.items", f"non si chiedono più a {occasion}", names, MAJOR)


def forms_of_items(before: Instrument, after: Instrument) -> Iterator[Change]:
    """Items that other forms and variants ask, among those of both versions."""
    old, new = (
        {name: tuple(item.wordings) for name, item in asked_items(side).items()} for side in (before, after)
    )
    known = _seen_as(before) & _seen_as(after)
    for seen_as, names in _more(old, new).items():
        if seen_as in known:
            who = "la scheda {}, versione {}, chiede anche".format(*seen_as)
            yield _listed(f"forms.{'.'.join(seen_as)}.items", who, names, MINOR)
    for seen_as, names in _more(new, old).items():
        if seen_as in known:
            who = "la scheda {}, versione {}, non chiede più".format(*seen_as)
            yield _listed(f"forms.{'.'.join(seen_as)}.items", who, names, MAJOR)


def asked_of(instrument: Instrument, names: Iterable[str]) -> frozenset[Asked]:
    """The questions with which an instrument asks some items."""
    wanted = set(names)
    return frozenset(asked for asked in questions(instrument) if asked[0] in wanted)


def _listed(place: str, words: str, names: Iterable[str], step: str) -> Change:
    return Change(place, f"{words}: {', '.join(names)}", step)


def _sections_of(instrument: Instrument) -> dict[str, str]:
    return {item.id: section.id for section in instrument.sections for item in section.items}


def _in_form(instrument: Instrument, form: str) -> list[str]:
    return list(dict.fromkeys(item for item, asked_in, _ in questions(instrument) if asked_in == form))


def _predecessors(names: list[str]) -> dict[str, str]:
    return {name: before for before, name in pairwise(["", *names])}


def _more(old: Mapping[str, tuple[Key, ...]], new: Mapping[str, tuple[Key, ...]]) -> dict[Key, list[str]]:
    """The items of both that have something more, by what it is."""
    return grouped(
        (found, name) for name in in_both(new, old) for found in new[name] if found not in old[name]
    )


def _occasions(instrument: Instrument) -> set[str]:
    asked = (occasion for item in asked_items(instrument).values() for occasion in item.occasions)
    return {*instrument.occasions, *asked}


def _seen_as(instrument: Instrument) -> set[tuple[str, str]]:
    """The forms and variants of an instrument; those that its questions name, for a module."""
    declared = {(form.code, variant) for form in instrument.forms.values() for variant in form.variants}
    return declared | {(form, variant) for _, form, variant in questions(instrument)}
