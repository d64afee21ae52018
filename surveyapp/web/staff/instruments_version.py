"""What one version of an instrument measures, ready for its page: scales, indices, facts, alerts, words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveyapp.instruments.measures import Derived, Gap, Scale
from surveyapp.instruments.model import Form, Instrument, Item, Word
from surveyapp.instruments.rule import Rule
from surveyapp.sheets.labels import ALERTS, FIELDS, KINDS, MANUAL, METHODS
from surveyapp.sheets.windows import occasion_words
from surveyapp.sheets.words import Names, either, names_by_id, value_label
from surveyapp.web.staff.instruments_words import (
    alternatives,
    answered_by,
    counted,
    listed,
    minima,
    ranges,
    rule_words,
)


@dataclass(frozen=True)
class Measure:
    """Something computed from answers: a title, its id, and sentences on how; `items` are (id, words)."""

    id: str
    title: str
    about: str
    items: tuple[tuple[str, str], ...]
    how: tuple[str, ...]


@dataclass(frozen=True)
class FormLine:
    """A form as a line of the table; `questions` are those written for it, in any context."""

    code: str
    title: str
    who: str
    variants: tuple[str, ...]
    occasions: tuple[str, ...]
    questions: int


@dataclass(frozen=True)
class OccasionLine:
    """An occasion with its window in words."""

    code: str
    title: str
    window: str


def manual(instrument: Instrument) -> list[tuple[str, str]]:
    """What the printed manual says, each text under its heading."""
    return [(MANUAL[name], text) for name, text in instrument.manual.items()]


def form_lines(instrument: Instrument) -> list[FormLine]:
    """The forms of an instrument; a module's own forms have no occasions of its own to name."""
    return [
        FormLine(
            code=form.code,
            title=form.title,
            who=answered_by(form),
            variants=tuple(f"{one.title}, {one.minutes} minuti" for one in form.variants.values()),
            occasions=tuple(occasion_title(instrument, code) for code in form.occasions),
            questions=len(questions_of(instrument, form.code)),
        )
        for form in instrument.forms.values()
    ]


def occasion_lines(instrument: Instrument) -> list[OccasionLine]:
    """The occasions in the order of the path."""
    return [
        OccasionLine(one.code, one.title, occasion_words(one, instrument))
        for one in instrument.occasions.values()
    ]


def occasion_title(instrument: Instrument, code: str) -> str:
    """The words for an occasion; the code where the instrument that includes the module has them."""
    return instrument.occasions[code].title if code in instrument.occasions else code


def questions_of(instrument: Instrument, form: str) -> list[Item]:
    """The items written for a form, those of a repeating section once."""
    return [
        item
        for section in instrument.sections
        for item in section.items
        if any(code == form for code, _ in item.wordings)
    ]


def own_questions(instrument: Instrument) -> int:
    """How many questions the file itself has, without those of its modules."""
    return sum(len(section.items) for section in instrument.sections if section.module is None)


def scales(instrument: Instrument) -> list[Measure]:
    """The scales: what they measure, of which items, and when there is a score."""
    items = _declared(instrument)
    return [
        Measure(
            id=scale.id,
            title=scale.title,
            about=scale.construct,
            items=tuple((item, _item_words(items.get(item))) for item in scale.items),
            how=tuple(_how_scored(instrument, scale)),
        )
        for scale in instrument.scales
    ]


def others(instrument: Instrument) -> list[Measure]:
    """Indices, differences between forms and facts: everything computed that is not a scale."""
    names = names_by_id(instrument)
    found = [
        Measure(one.id, one.title, "Indice", (), (_index(instrument, one.scales, one.min_valid),))
        for one in instrument.indices
    ]
    found += [
        Measure(one.id, one.title, "Differenza fra punti di vista", (), tuple(_gap(one)))
        for one in instrument.gaps
    ]
    return found + [
        Measure(fact.id, fact.title, "Dato calcolato", (), tuple(_fact(instrument, fact, names)))
        for fact in instrument.derived
    ]


def alerts(instrument: Instrument) -> list[Measure]:
    """The alerts, each with its rule in words."""
    return [
        Measure(one.id, one.title, ALERTS[one.kind], (), tuple(_when("Scatta", one.rule, instrument)))
        for one in instrument.alerts
    ]


def changing_words(instrument: Instrument) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Words that change with the context: their name, the field, and what is read for which values."""
    return [(name, FIELDS[word.by], _read_as(word)) for name, word in instrument.words.items()]


def modules(instrument: Instrument) -> list[tuple[str, str, str]]:
    """Id, version and condition of each module that is included."""
    names = names_by_id(instrument)
    return [
        (
            one.module,
            one.version,
            f"se {rule_words(one.show_if, names)}" if one.show_if else "sempre",
        )
        for one in instrument.includes
    ]


def forms_of(forms: Iterable[Form]) -> list[tuple[str, str]]:
    """Code of each form and who answers it."""
    return [(form.code, answered_by(form)) for form in forms]


def _declared(instrument: Instrument) -> Mapping[str, Item]:
    return {item.id: item for section in instrument.sections for item in section.items}


def _item_words(item: Item | None) -> str:
    if item is None:
        return ""  # of the instrument that includes the module
    return f"{item.criterion} (inversa)" if item.reversed else item.criterion


def _how_scored(instrument: Instrument, scale: Scale) -> Iterable[str]:
    yield f"Scala {KINDS[scale.kind]}: {METHODS[scale.method]}."
    if scale.min_valid:
        yield f"Risposte valide che servono: {minima(scale.min_valid)}."
    for occasion, by_form in scale.min_valid_at.items():
        yield f"A «{occasion_title(instrument, occasion)}»: {minima(by_form)}."
    for form, left_out in scale.leave_out.items():
        yield f"Nella scheda {form} non conta {listed(left_out)}."
    if scale.short:
        needed = counted(scale.short.min_valid, "risposta valida", "risposte valide")
        yield f"Scheda breve: {listed(scale.short.items)}, con almeno {needed}; è un punteggio a parte."


def _index(instrument: Instrument, scales: tuple[str, ...], needed: int) -> str:
    titles = {scale.id: scale.title for scale in instrument.scales}
    named = listed(f"{titles[one]} ({one})" if one in titles else one for one in scales)
    return f"Media di {counted(len(scales), 'scala', 'scale')}, ne servono almeno {needed}: {named}."


def _gap(gap: Gap) -> Iterable[str]:
    yield f"Fra le schede {listed(gap.forms)}, solo nella versione standard."
    yield f"Scala per scala: {listed(gap.scales)}."
    yield f"Servono almeno {counted(gap.min_common, 'criterio', 'criteri')} che le due schede chiedono."


def _fact(instrument: Instrument, fact: Derived, names: Names) -> Iterable[str]:
    titles = {one.id: one.title for one in instrument.derived}
    where = {section.id: section.title for section in instrument.sections}
    if fact.rule:
        each = f"Per ogni ripetizione di «{where[fact.records]}»: sì" if fact.records else "Sì"
        yield from _when(each, fact.rule, instrument)
    if fact.share:
        of, among = titles[fact.share.of], titles[fact.share.among]
        yield (
            f"Sì se c'è almeno un «{of}», e sono almeno {fact.share.at_least} su 100 di quelli con «{among}»."
        )
    if fact.count:
        labels = _labels(names, fact.count.items[0], fact.count.codes)
        yield f"Quante volte la risposta è {labels} in queste domande: {ranges(fact.count.items)}."
    limits = [f"nella scheda {listed(fact.forms)}"] if fact.forms else []
    limits += [f"a «{occasion_title(instrument, code)}»" for code in fact.occasions]
    if limits:
        yield f"Si calcola solo {listed(limits)}."


def _when(what: str, rule: Rule, instrument: Instrument) -> Iterable[str]:
    first, *others = alternatives(rule, instrument)
    yield f"{what} se {first}."
    yield from (f"Oppure se {other}." for other in others)


def _labels(names: Names, item: str, codes: Iterable[int]) -> str:
    declared = names.format_of(item)
    labels = {option.code: option.label for option in declared.options} if declared else {}
    return either([f"«{labels.get(code, str(code))}»" for code in codes])


def _read_as(word: Word) -> list[tuple[str, str]]:
    """What is read, and for which values; values that read the same stand together."""
    values: dict[str, list[str]] = {}
    for value, text in word.texts.items():
        values.setdefault(text, []).append(value_label(word.by, value))
    return [*((text, listed(found)) for text, found in values.items()), (word.default, "altrimenti")]
