"""What changed around the questions: occasions and their windows, forms and variants, modules."""

from collections.abc import Iterator
from operator import attrgetter

from surveyapp.instruments.comparison_fields import Field, come_and_gone, fields, in_both
from surveyapp.instruments.comparison_model import (
    EQUAL,
    MAJOR,
    MINOR,
    NOT_COMPARABLE,
    NOTHING,
    PATCH,
    TO_JUSTIFY,
    Asked,
    Change,
)
from surveyapp.instruments.comparison_texts import asked_items, questions
from surveyapp.instruments.model import Form, Instrument

INSTRUMENT = (Field("indicators", "gli indicatori del progetto", attrgetter("indicators"), PATCH),)
WINDOW = (
    Field("anchor", "da quale data si conta", attrgetter("window.anchor"), MAJOR, NOT_COMPARABLE),
    Field("from_days", "da quale giorno si chiede", attrgetter("window.from_days"), MINOR, TO_JUSTIFY),
    Field("to_days", "fino a quale giorno si chiede", attrgetter("window.to_days"), MINOR, TO_JUSTIFY),
    Field("late_days", "fino a quando vale in ritardo", attrgetter("window.late_days"), MINOR, TO_JUSTIFY),
    Field("every_days", "ogni quanti giorni si ripete", attrgetter("window.every_days"), MINOR, TO_JUSTIFY),
)
RETEST = Field("repeats", "quale rilevazione ripete", attrgetter("repeats"), MAJOR)
FORM = (Field("respondent", "chi risponde", attrgetter("respondent"), MAJOR, NOT_COMPARABLE),)
AROUND_FORM = (
    Field("consent", "il testo di consenso", attrgetter("consent"), MINOR),
    Field("variants", "la versione proposta per prima", lambda form: tuple(form.variants)[:1], MINOR),
)
VARIANT = (Field("minutes", "quanti minuti servono", attrgetter("minutes"), PATCH),)


def instrument(before: Instrument, after: Instrument) -> Iterator[Change]:
    """What is said of the whole; formats that are there or not; the order of the path."""
    yield from fields("instrument", "strumento", before, after, INSTRUMENT, NOTHING)
    old, new = in_both(before.occasions, after.occasions), in_both(after.occasions, before.occasions)
    if old != new:
        yield Change("occasions.order", f"cambia l'ordine delle rilevazioni: {', '.join(new)}", MINOR)
    for name in sorted({*before.formats} ^ {*after.formats}):
        words = "si aggiunge" if name in after.formats else "si toglie"
        yield Change(f"formats.{name}", f"{words} il formato di risposta {name}", PATCH)


def occasions(before: Instrument, after: Instrument) -> Iterator[Change]:
    """Occasions that come (existing pairs stay as they are), go, or are asked at another time."""
    for name in after.occasions:
        if name not in before.occasions:
            yield Change(f"occasions.{name}", f"si aggiunge la rilevazione {name}", MINOR)
    for name, old in before.occasions.items():
        touches = _asked_at(before, name)
        if name not in after.occasions:
            level = EQUAL if old.repeats else NOT_COMPARABLE
            yield Change(f"occasions.{name}", f"si toglie la rilevazione {name}", MAJOR, level, touches)
        else:
            place, who = f"occasions.{name}", f"rilevazione {name}"
            yield from fields(place, who, old, after.occasions[name], WINDOW, touches)
            yield from fields(place, who, old, after.occasions[name], (RETEST,), NOTHING)


def forms(before: Instrument, after: Instrument) -> Iterator[Change]:
    """Forms and variants that come, go, or are for somebody else."""
    yield from come_and_gone("forms", "la scheda", before.forms, after.forms, (MAJOR, NOT_COMPARABLE))
    for name in in_both(before.forms, after.forms):
        old, new = before.forms[name], after.forms[name]
        place, who = f"forms.{name}", f"scheda {name}"
        yield from fields(place, who, old, new, FORM, _of_form(before, name) | _of_form(after, name))
        yield from fields(place, who, old, new, AROUND_FORM, NOTHING)
        yield from come_and_gone(
            f"{place}.variants",
            f"scheda {name}: la versione",
            old.variants,
            new.variants,
            (MAJOR, NOT_COMPARABLE),
        )
        for code in in_both(old.variants, new.variants):
            who_variant = f"{who}, versione {code}"
            yield from fields(
                f"{place}.{code}", who_variant, old.variants[code], new.variants[code], VARIANT, NOTHING
            )
        yield from _occasions_of_form(before, after, old, new)


def _occasions_of_form(before: Instrument, after: Instrument, old: Form, new: Form) -> Iterator[Change]:
    """Occasions at which a form is asked or not, among those of both versions."""
    for occasion in in_both(before.occasions, after.occasions):
        place, who = f"forms.{old.code}.occasions.{occasion}", f"la scheda {old.code}"
        if occasion in new.occasions and occasion not in old.occasions:
            yield Change(place, f"{who} si chiede anche a {occasion}", MINOR)
        if occasion in old.occasions and occasion not in new.occasions:
            touches = _asked_at(before, occasion) & _of_form(before, old.code)
            yield Change(place, f"{who} non si chiede più a {occasion}", MAJOR, NOT_COMPARABLE, touches)


def modules(before: Instrument, after: Instrument) -> Iterator[Change]:
    """Modules that come, go, or have another version: what that changes inside is told apart."""
    old = {include.module: include.version for include in before.includes}
    new = {include.module: include.version for include in after.includes}
    yield from come_and_gone("include", "il modulo", old, new)
    for name in in_both(old, new):
        if old[name] != new[name]:
            sentence = f"il modulo {name} passa dalla versione {old[name]} alla {new[name]}"
            yield Change(f"include.{name}", sentence, PATCH)


def _of_form(side: Instrument, form: str) -> frozenset[Asked]:
    return frozenset(asked for asked in questions(side) if asked[1] == form)


def _asked_at(side: Instrument, occasion: str) -> frozenset[Asked]:
    """The questions of an occasion, where the form is asked at it. A retest has none of its own: it measures
    how stable answers are, and no pair of a path looks at it."""
    items = asked_items(side)
    return frozenset(
        (item, form, variant)
        for item, form, variant in questions(side)
        if occasion in items[item].occasions and at_occasion(side, form, occasion)
    )


def at_occasion(side: Instrument, form: str, occasion: str) -> bool:
    """Whether a form is asked at an occasion; a module leaves that to the instrument that includes it."""
    return form not in side.forms or occasion in side.forms[form].occasions
