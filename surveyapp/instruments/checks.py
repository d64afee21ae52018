"""Rules on an instrument as a whole. Each check yields (subject, sentence); the reader adds the line."""

import re
from collections.abc import Callable, Iterator

from surveyapp.instruments.model import Form, Instrument, Item, Rule, Scale

# What a sentence is about: ("item", "AUT_BEN1"), ("scale", "AUT_BEN"), ("form", "P"), ("occasion", "FU6").
Subject = tuple[str, str]
Found = Iterator[tuple[Subject, str]]

_BRACES = re.compile(r"\{([^{}]*)\}")


def all_of(instrument: Instrument) -> list[tuple[Subject, str]]:
    """Every problem of the whole, in no order."""
    return [problem for check in CHECKS for problem in check(instrument)]


def ids(instrument: Instrument) -> Found:
    """The id of an item begins with its instrument, so that it is unique among all of them."""
    prefix = f"{instrument.id.upper()}_"
    for item_id in instrument.items:
        if not re.fullmatch(f"{prefix}[A-Z0-9]{{1,12}}", item_id):
            yield (
                ("item", item_id),
                f"l'id «{item_id}» deve essere {prefix} e poi da 1 a 12 lettere maiuscole o cifre",
            )


def forms(instrument: Instrument) -> Found:
    """The words for a missing answer are those of a variant of the form."""
    for form in instrument.forms.values():
        for variant in {variant for _, variant in form.no_value} - set(form.variants):
            yield (
                ("form", form.code),
                f"scheda {form.code}: «no_value» nomina la versione «{variant}», che non c'è",
            )


def occasions(instrument: Instrument) -> Found:
    """Windows run forward; forms and items name declared occasions."""
    for occasion in instrument.occasions.values():
        window = occasion.window
        if not window.from_days <= window.to_days <= window.late_days:
            yield (
                ("occasion", occasion.code),
                f"{occasion.code}: i giorni devono crescere: from_days, poi to_days, poi late_days",
            )
    asked = [
        (("form", form.code), f"scheda {form.code}", form.occasions) for form in instrument.forms.values()
    ]
    asked += [(("item", item.id), item.id, item.occasions) for item in instrument.items.values()]
    for subject, name, codes in asked:
        if not codes:
            yield subject, f"{name}: in «occasions» serve almeno una rilevazione"
        for code in set(codes) - set(instrument.occasions):
            yield subject, f"{name}: la rilevazione «{code}» non è dichiarata in «occasions»"


def wordings(instrument: Instrument) -> Found:
    """An item that a form asks has a text for each variant of the form, and words for each missing reason."""
    for item in instrument.items.values():
        if not item.wordings:
            yield ("item", item.id), f"{item.id}: manca il testo della domanda"
        for form_code in dict.fromkeys(form for form, _ in item.wordings):
            form = instrument.forms.get(form_code)
            if form is None:
                yield ("item", item.id), f"{item.id}: la scheda «{form_code}» non è dichiarata in «forms»"
            else:
                yield from ((("item", item.id), f"{item.id}: {text}") for text in _variants_of(item, form))


def _variants_of(item: Item, form: Form) -> Iterator[str]:
    written = {variant for form_code, variant in item.wordings if form_code == form.code}
    for variant in set(form.variants) - written:
        yield f"manca il testo della scheda {form.code}, versione {variant}"
    for variant in written - set(form.variants):
        yield f"la scheda {form.code} non ha la versione «{variant}»"
    for variant in written & set(form.variants):
        for reason in item.wordings[form.code, variant].format.no_value:
            if (reason, variant) not in form.no_value:
                yield (
                    f"mancano le parole per {reason}: in «forms», scheda {form.code}, «no_value», versione "
                    f"{variant}"
                )


def references(instrument: Instrument) -> Found:
    """Rules look back, carried texts exist at an earlier occasion, braces name the carried text."""
    seen: dict[str, Item] = {}
    for item in instrument.items.values():
        found = [*_rule(item, item.show_if, seen), *_carried(instrument, item), *_braces(item)]
        yield from ((("item", item.id), f"{item.id}: {text}") for text in found)
        seen[item.id] = item


def _rule(item: Item, rule: Rule | None, seen: dict[str, Item]) -> Iterator[str]:
    if rule is None:
        return
    before = seen.get(rule.item)
    if before is None:
        yield f"la regola guarda «{rule.item}», che non è fra le domande precedenti"
    elif not (
        item.wordings.keys() <= before.wordings.keys() and set(item.occasions) <= set(before.occasions)
    ):
        yield (
            f"la regola guarda {before.id}, che non è chiesto in tutte le schede, versioni e rilevazioni di "
            "questa domanda"
        )


def _carried(instrument: Instrument, item: Item) -> Iterator[str]:
    if item.carries is None:
        return
    origin = instrument.items.get(item.carries)
    order = list(instrument.occasions)
    known = [code for code in item.occasions if code in order]
    if origin is None:
        yield f"riprende «{item.carries}», che non esiste"
    elif any(wording.format.kind != "text" for wording in origin.wordings.values()):
        yield f"riprende {origin.id}, che non è una domanda a testo libero"
    elif any(not set(order[: order.index(code)]) & set(origin.occasions) for code in known):
        yield f"riprende {origin.id}, che non è chiesto in una rilevazione precedente"


def _braces(item: Item) -> Iterator[str]:
    for wording in item.wordings.values():
        for name in _BRACES.findall(wording.text):
            if name != item.carries:
                yield f"«{{{name}}}» nel testo richiede «carries: {name}»"


def scales(instrument: Instrument) -> Found:
    """Scales use known items, answered with numbers, and ask for a possible number of valid answers."""
    for scale in instrument.scales:
        subject = ("scale", scale.id)
        unknown = [item_id for item_id in scale.items if item_id not in instrument.items]
        found = [f"usa «{item_id}», che non esiste" for item_id in unknown]
        if scale.id in instrument.items:
            found.append("ha l'id di una domanda")
        if len(set(scale.items)) < len(scale.items) or not scale.items:
            found.append("deve elencare domande diverse, almeno una")
        if scale.items and not unknown:
            found += [*_minimum(instrument, scale), *_short(scale), *_same_bounds(instrument, scale)]
        yield from ((subject, f"la scala {scale.id}: {text}") for text in found)


def _minimum(instrument: Instrument, scale: Scale) -> Iterator[str]:
    if not scale.min_valid:
        yield "«min_valid» deve nominare almeno una scheda, come {P: 4}"
    for form_code, minimum in scale.min_valid.items():
        if form_code not in instrument.forms:
            yield f"«min_valid» nomina la scheda «{form_code}», che non esiste"
            continue
        items = [instrument.items[item_id] for item_id in set(scale.items)]
        asked = sum(form_code in {form for form, _ in item.wordings} for item in items)
        if not asked:
            yield f"«min_valid» nomina la scheda {form_code}, che non ha domande di questa scala"
        elif not 1 <= minimum <= asked:
            yield f"«min_valid» della scheda {form_code} deve stare fra 1 e {asked}, non {minimum}"


def _short(scale: Scale) -> Iterator[str]:
    if scale.short is None:
        return
    if not set(scale.short.items) <= set(scale.items):
        yield "la forma breve usa domande che la scala non ha"
    if not 1 <= scale.short.min_valid <= len(set(scale.short.items)):
        yield f"«min_valid» della forma breve deve stare fra 1 e {len(set(scale.short.items))}"


def _same_bounds(instrument: Instrument, scale: Scale) -> Iterator[str]:
    bounds: dict[tuple[str, str], set[tuple[int, int] | None]] = {}
    for item_id in scale.items:
        for seen_as, wording in instrument.items[item_id].wordings.items():
            answered = wording.format
            limits = None if answered.kind == "text" else (answered.minimum, answered.maximum)
            bounds.setdefault(seen_as, set()).add(limits)
    for (form, variant), limits_found in bounds.items():
        if limits_found == {None}:
            yield f"nella scheda {form}, versione {variant}, le risposte sono testi, non numeri"
        elif len(limits_found) > 1:
            yield f"nella scheda {form}, versione {variant}, le domande hanno formati diversi"


CHECKS: tuple[Callable[[Instrument], Found], ...] = (
    ids,
    forms,
    occasions,
    wordings,
    references,
    scales,
)
