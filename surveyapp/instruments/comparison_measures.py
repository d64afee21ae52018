"""What changed in what is computed: scales, indices, gaps, derived facts, alerts."""

from collections.abc import Iterator, Mapping
from operator import attrgetter, itemgetter

from surveyapp.instruments.comparison_fields import Field, come_and_gone, fields, in_both
from surveyapp.instruments.comparison_model import MAJOR, NOTHING, PATCH, SHORT_SUFFIX, Asked, Change
from surveyapp.instruments.comparison_texts import questions
from surveyapp.instruments.measures import Scale
from surveyapp.instruments.model import Instrument

# Same questions and options: both versions are scored by the newer rule.
BOTH_LENGTHS = (
    Field("kind", "che cosa misura (riflessiva o formativa)", attrgetter("kind"), MAJOR),
    Field("method", "il modo di calcolare il punteggio", attrgetter("method"), MAJOR),
)
SCALE = (Field("min_valid_at", "il minimo di risposte a una rilevazione", attrgetter("min_valid_at"), MAJOR),)
SHORT = (Field("min_valid", "il minimo di risposte valide", attrgetter("min_valid"), MAJOR),)
INDEX = (
    Field("scales", "le scale di cui è la media", attrgetter("scales"), MAJOR),
    Field("min_valid", "il minimo di scale", attrgetter("min_valid"), MAJOR),
)
GAP = (
    Field("scales", "le scale che guarda", attrgetter("scales"), MAJOR),
    Field("forms", "le schede che confronta", attrgetter("forms"), MAJOR),
    Field("min_common", "il minimo di criteri in comune", attrgetter("min_common"), MAJOR),
)
DERIVED = (
    Field("rule", "la regola", attrgetter("rule"), MAJOR),
    Field("share", "la quota", attrgetter("share"), MAJOR),
    Field("count", "che cosa si conta", attrgetter("count"), MAJOR),
    Field("records", "la sezione che guarda", attrgetter("records"), MAJOR),
    Field("forms", "le schede", attrgetter("forms"), MAJOR),
    Field("occasions", "le rilevazioni", attrgetter("occasions"), MAJOR),
)
# Who is told of an answer changes no score.
ALERT = (
    Field("kind", "se avvisa subito", attrgetter("kind"), PATCH),
    Field("rule", "la regola", attrgetter("rule"), PATCH),
)


def scales(before: Instrument, after: Instrument) -> Iterator[Change]:
    """Scales that come, go, or are scored in another way (which items they have: see comparison_scales)."""
    old, new = ({scale.id: scale for scale in side.scales} for side in (before, after))
    seen_as = frozenset(asked[1:] for side in (before, after) for asked in questions(side))
    yield from come_and_gone("scales", "la scala", old, new)
    for name in in_both(old, new):
        was, now = old[name], new[name]
        full, short = (frozenset((each, *where) for where in seen_as) for each in (name, name + SHORT_SUFFIX))
        yield from fields(f"scales.{name}", f"scala {name}", was, now, SCALE, full)
        yield from fields(f"scales.{name}", f"scala {name}", was, now, BOTH_LENGTHS, full | short)
        yield from _left_out(was, now, full)
        yield from _minima(was, now, full)
        yield from _short(was, now, short)


def _left_out(was: Scale, now: Scale, touches: frozenset[Asked]) -> Iterator[Change]:
    """What a form leaves out, where it has a score in both versions: one that comes or goes is told apart."""
    forms = {*was.leave_out, *now.leave_out}
    lasting = {form for form in forms if (form in was.min_valid) == (form in now.min_valid)}

    def of_lasting(scale: Scale) -> Mapping[str, tuple[str, ...]]:
        return {form: items for form, items in scale.leave_out.items() if form in lasting}

    looked_at = Field("leave_out", "le domande senza punteggio in una scheda", of_lasting, MAJOR)
    yield from fields(f"scales.{was.id}", f"scala {was.id}", was, now, (looked_at,), touches)


def _minima(was: Scale, now: Scale, touches: frozenset[Asked]) -> Iterator[Change]:
    """A form that begins to have a score is new; else the rule of the score changes."""
    place, who = f"scales.{was.id}.min_valid", f"scala {was.id}"
    yield from come_and_gone(
        place, f"scala {was.id}: il punteggio della scheda", was.min_valid, now.min_valid
    )
    for form in in_both(was.min_valid, now.min_valid):
        least = Field(form, "il minimo di risposte valide", itemgetter(form), MAJOR)
        own = frozenset(asked for asked in touches if asked[1] == form)
        yield from fields(place, f"{who}, scheda {form}", was.min_valid, now.min_valid, (least,), own)


def _short(was: Scale, now: Scale, touches: frozenset[Asked]) -> Iterator[Change]:
    place, who = f"scales.{was.id}.short", f"la forma breve della scala {was.id}"
    old, new = ([scale.id] if scale.short else [] for scale in (was, now))
    yield from come_and_gone(place, "la forma breve della scala", old, new)
    if old and new:
        yield from fields(place, who, was.short, now.short, SHORT, touches)


def computed(before: Instrument, after: Instrument) -> Iterator[Change]:
    """Indices, gaps and derived facts: what is new is added, what differs is computed anew for both."""
    kinds = (
        ("indices", "l'indice", INDEX),
        ("gaps", "la differenza fra punti di vista", GAP),
        ("derived", "il dato calcolato", DERIVED),
    )
    for key, words, looked_at in kinds:
        old, new = _by_id(before, key), _by_id(after, key)
        yield from come_and_gone(key, words, old, new)
        for name in in_both(old, new):
            yield from fields(f"{key}.{name}", f"{words} {name}", old[name], new[name], looked_at, NOTHING)


def alerts(before: Instrument, after: Instrument) -> Iterator[Change]:
    """Alerts and flags: no score hangs on them."""
    old, new = _by_id(before, "alerts"), _by_id(after, "alerts")
    for name in sorted(old.keys() ^ new.keys()):
        words = "si aggiunge" if name in new else "si toglie"
        yield Change(f"alerts.{name}", f"{words} la segnalazione {name}", PATCH)
    for name in in_both(old, new):
        yield from fields(f"alerts.{name}", f"segnalazione {name}", old[name], new[name], ALERT, NOTHING)


def _by_id(instrument: Instrument, key: str) -> Mapping[str, object]:
    return {measure.id: measure for measure in attrgetter(key)(instrument)}
