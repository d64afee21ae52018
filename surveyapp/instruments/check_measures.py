"""Checks on what is scored: scales, indices, differences between forms."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from surveyapp.instruments.check_texts import record_hint, undeclared
from surveyapp.instruments.measures import Gap, Scale
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.places import Subject

Found = Iterator[tuple[Subject, str]]

# What a short form gives is a scale of its own, with this at the end of its id.
SHORT_SUFFIX = "_br"
# The only variant in which forms are compared.
STANDARD = "std"


def ids(instrument: Instrument) -> Found:
    """Whatever is computed has an id that nothing else computed has, and no item."""
    seen: dict[str, str] = dict.fromkeys(instrument.items, "una domanda")
    for subject, name in _computed(instrument):
        if name in seen:
            yield subject, f"{name}: è già l'id di {seen[name]}, qui serve un altro id"
        seen.setdefault(name, _WORDS[subject[0]])


_WORDS = {
    "scale": "una scala",
    "index": "un indice",
    "gap": "una differenza",
    "derived": "un dato calcolato",
    "alert": "una segnalazione",
}


def _computed(instrument: Instrument) -> Iterator[tuple[Subject, str]]:
    for scale in instrument.scales:
        yield ("scale", scale.id), scale.id
        if scale.short:
            yield ("scale", scale.id), scale.id + SHORT_SUFFIX
    yield from ((("index", index.id), index.id) for index in instrument.indices)
    yield from ((("gap", gap.id), gap.id) for gap in instrument.gaps)
    yield from ((("derived", fact.id), fact.id) for fact in instrument.derived)
    yield from ((("alert", alert.id), alert.id) for alert in instrument.alerts)


def scales(instrument: Instrument) -> Found:
    """Scales use known items, answered with numbers, and ask for a possible number of valid answers."""
    for scale in instrument.scales:
        unknown = [item_id for item_id in scale.items if item_id not in instrument.items]
        found = [f"usa «{name}», che non esiste{record_hint(instrument, name)}" for name in unknown]
        if len(set(scale.items)) < len(scale.items) or not scale.items:
            found.append("deve elencare domande diverse, almeno una")
        if not found:
            found += [
                *_minima(instrument, scale),
                *_left_out(instrument, scale),
                *_short(instrument, scale),
                *_same_bounds(instrument, scale),
            ]
        yield from ((("scale", scale.id), f"la scala {scale.id}: {text}") for text in found)


def _minima(instrument: Instrument, scale: Scale) -> Iterator[str]:
    if not scale.min_valid and not scale.min_valid_at:
        yield "«min_valid» deve nominare almeno una scheda, come {P: 4}"
    for form, minimum in scale.min_valid.items():
        yield from _minimum(instrument, scale, form, minimum)
    yield from undeclared(instrument, scale.min_valid_at)
    for occasion, minima in scale.min_valid_at.items():
        if list(undeclared(instrument, [occasion])):
            continue
        for form, minimum in minima.items():
            yield from _minimum(instrument, scale, form, minimum, occasion)


def _minimum(
    instrument: Instrument, scale: Scale, form: str, minimum: int, occasion: str = ""
) -> Iterator[str]:
    name = f"«min_valid_at» di {occasion}" if occasion else "«min_valid»"
    if form not in instrument.forms:
        yield f"{name} nomina la scheda «{form}», che non esiste"
        return
    if occasion and occasion not in instrument.forms[form].occasions:
        yield f"{name} nomina la scheda {form}, che in quella rilevazione non si compila"
        return
    items = [instrument.items[item_id] for item_id in scale.scored(form)]
    asked = sum(
        any(code == form for code, _ in item.wordings) and (not occasion or occasion in item.occasions)
        for item in items
    )
    if not asked:
        yield f"{name} nomina la scheda {form}, che non ha domande di questa scala"
    elif not 1 <= minimum <= asked:
        yield f"{name} per la scheda {form} deve stare fra 1 e {asked}, non {minimum}"


def _left_out(instrument: Instrument, scale: Scale) -> Iterator[str]:
    for form, items in scale.leave_out.items():
        if form not in instrument.forms:
            yield f"«leave_out» nomina la scheda «{form}», che non esiste"
        for item_id in sorted(set(items) - set(scale.items)):
            yield f"«leave_out» nomina «{item_id}», che la scala non ha"


def _short(instrument: Instrument, scale: Scale) -> Iterator[str]:
    if scale.short is None:
        return
    items = dict.fromkeys(scale.short.items)
    for item_id in items:
        if item_id not in scale.items:
            yield f"la forma breve usa «{item_id}», che la scala non ha"
        elif "short" not in instrument.items[item_id].lengths:
            yield f"la forma breve usa {item_id}, che la scheda breve non chiede: scrivi lì «core: true»"
    if not 1 <= scale.short.min_valid <= len(items):
        yield f"«min_valid» della forma breve deve stare fra 1 e {len(items)}, non {scale.short.min_valid}"


def _same_bounds(instrument: Instrument, scale: Scale) -> Iterator[str]:
    scored = {form: frozenset(scale.scored(form)) for form in forms_of(scale) & instrument.forms.keys()}
    bounds: dict[tuple[str, str], set[tuple[int, int]]] = {}
    for item_id in scale.items:
        for (form, variant), wording in instrument.items[item_id].wordings.items():
            if item_id in scored.get(form, ()) and wording.format.bounds:
                bounds.setdefault((form, variant), set()).add(wording.format.bounds)
            elif item_id in scored.get(form, ()):
                where = f"nella scheda {form}, versione {variant}"
                yield f"{item_id}, {where}, non ha opzioni in ordine (choice o steps): togli la domanda"
    for (form, variant), different in bounds.items():
        if len(different) > 1:
            yield (
                f"nella scheda {form}, versione {variant}, le domande hanno opzioni diverse: il primo e "
                "l'ultimo codice devono essere gli stessi"
            )


def indices(instrument: Instrument) -> Found:
    """An index is the mean of scales that there are, all on 0-100, enough of them in some form."""
    for index in instrument.indices:
        found = [*_not_0_100(instrument, index.scales)]
        count = len(set(index.scales))
        if count < len(index.scales) or not count:
            found.append("deve elencare scale diverse, almeno una")
        elif not 1 <= index.min_valid <= count:
            found.append(f"«min_valid» deve stare fra 1 e {count}, non {index.min_valid}")
        elif not found and not any(
            index.min_valid <= sum(form in forms_of(instrument.scale(name)) for name in index.scales)
            for form in instrument.forms
        ):
            found.append(f"nessuna scheda ha almeno {index.min_valid} di queste scale")
        yield from ((("index", index.id), f"l'indice {index.id}: {text}") for text in found)


def gaps(instrument: Instrument) -> Found:
    """Differences are between forms that have a standard variant, on scales with criteria in common."""
    for gap in instrument.gaps:
        found = [*_not_0_100(instrument, gap.scales), *_forms_of_gap(instrument, gap)]
        if not gap.scales:
            found.append("deve elencare almeno una scala")
        if not found:
            found += _nothing_in_common(instrument, gap)
        yield from ((("gap", gap.id), f"la differenza {gap.id}: {text}") for text in found)


def _not_0_100(instrument: Instrument, names: tuple[str, ...]) -> Iterator[str]:
    known = {scale.id: scale for scale in instrument.scales}
    for name in dict.fromkeys(names):
        if name not in known:
            yield f"usa «{name}», che non è una scala"
        elif known[name].method != "pomp_mean":
            yield f"usa {name}, che non va da 0 a 100: qui servono scale con «method: pomp_mean»"


def forms_of(scale: Scale) -> set[str]:
    """The forms in which a scale has a score."""
    return set(scale.min_valid).union(*scale.min_valid_at.values())


def _forms_of_gap(instrument: Instrument, gap: Gap) -> Iterator[str]:
    for form in dict.fromkeys(gap.forms):
        if form not in instrument.forms:
            yield f"nomina la scheda «{form}», che non esiste"
        elif STANDARD not in instrument.forms[form].variants:
            yield f"la scheda {form} non ha la versione {STANDARD}, la sola in cui si confrontano le schede"
    if len(set(gap.forms)) < 2:
        yield "servono almeno due schede da confrontare"


def _nothing_in_common(instrument: Instrument, gap: Gap) -> Iterator[str]:
    for name in gap.scales:
        scale = instrument.scale(name)
        common = _most_common(instrument, scale, gap.forms)
        if common < gap.min_common:
            yield (
                f"in {name} due schede hanno al massimo {common} criteri paralleli in comune, ma "
                f"«min_common» è {gap.min_common}"
            )


def _most_common(instrument: Instrument, scale: Scale, forms: tuple[str, ...]) -> int:
    asked: Mapping[str, set[str]] = {
        form: {
            item_id
            for item_id in scale.scored(form)
            if (item := instrument.items.get(item_id)) and item.parallel and (form, STANDARD) in item.wordings
        }
        for form in forms
    }
    return max(len(asked[first] & asked[second]) for first, second in combinations(asked, 2))
