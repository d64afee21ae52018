"""What one version of an instrument measures, ready for its page: scales, indices, facts, alerts, words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveyapp.instruments.measures import Derived, Gap, Scale
from surveyapp.instruments.model import Form, Instrument, Item, Variant, Word
from surveyapp.instruments.rule import Rule
from surveyapp.sheets.words import Names, names_by_id
from surveyapp.web.languages import around, italian, ngettext
from surveyapp.web.languages import gettext as _
from surveyapp.web.staff.instruments_labels import ALERTS, FIELDS, KINDS, MANUAL, METHODS, value_label
from surveyapp.web.staff.instruments_windows import occasion_words
from surveyapp.web.staff.instruments_words import (
    alternatives,
    answered_by,
    either,
    listed,
    minima,
    quoted,
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
            variants=tuple(_minutes(one) for one in form.variants.values()),
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
            about=italian(scale.construct),
            items=tuple((item, _item_words(items.get(item))) for item in scale.items),
            how=tuple(_how_scored(instrument, scale)),
        )
        for scale in instrument.scales
    ]


def others(instrument: Instrument) -> list[Measure]:
    """Indices, differences between forms and facts: everything computed that is not a scale."""
    names = names_by_id(instrument)
    found = [
        Measure(one.id, one.title, _("Indice"), (), (_index(instrument, one.scales, one.min_valid),))
        for one in instrument.indices
    ]
    found += [
        Measure(one.id, one.title, _("Differenza fra punti di vista"), (), tuple(_gap(one)))
        for one in instrument.gaps
    ]
    return found + [
        Measure(fact.id, fact.title, _("Dato calcolato"), (), tuple(_fact(instrument, fact, names)))
        for fact in instrument.derived
    ]


def alerts(instrument: Instrument) -> list[Measure]:
    """The alerts, each with its rule in words."""
    goes_off = _("Scatta se {rule}.")
    return [
        Measure(one.id, one.title, ALERTS[one.kind], (), tuple(_when(goes_off, one.rule, instrument)))
        for one in instrument.alerts
    ]


def changing_words(instrument: Instrument) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Words that change with the context: their name, the field, and what is read for which values."""
    return [(name, FIELDS[word.by], _read_as(word)) for name, word in instrument.words.items()]


def modules(instrument: Instrument) -> list[tuple[str, str, str]]:
    """Id and version of each module that is included, and a sentence on when."""
    names = names_by_id(instrument)
    return [
        (
            one.module,
            one.version,
            around(_("Le sue domande si chiedono se {rule}."), rule=rule_words(one.show_if, names))
            if one.show_if
            else _("Le sue domande si chiedono sempre."),
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
    words = italian(item.criterion)
    return around(_("{item} (inversa)"), item=words) if item.reversed else words


def _minutes(variant: Variant) -> str:
    return around(_("{title}, {minutes} minuti"), title=italian(variant.title), minutes=variant.minutes)


def _how_scored(instrument: Instrument, scale: Scale) -> Iterable[str]:
    yield around(_("Scala {kind}: {method}."), kind=KINDS[scale.kind], method=METHODS[scale.method])
    if scale.min_valid:
        yield around(_("Risposte valide che servono: {numbers}."), numbers=minima(scale.min_valid))
    for occasion, by_form in scale.min_valid_at.items():
        at = quoted(occasion_title(instrument, occasion))
        yield around(_("A {occasion}: {numbers}."), occasion=at, numbers=minima(by_form))
    for form, left_out in scale.leave_out.items():
        yield around(_("Nella scheda {form} non conta {items}."), form=form, items=listed(left_out))
    if scale.short:
        words = ngettext(
            "Scheda breve: {items}, con almeno %(num)s risposta valida; è un punteggio a parte.",
            "Scheda breve: {items}, con almeno %(num)s risposte valide; è un punteggio a parte.",
            scale.short.min_valid,
        )
        yield around(words, items=listed(scale.short.items))


def _index(instrument: Instrument, scales: tuple[str, ...], needed: int) -> str:
    titles = {scale.id: scale.title for scale in instrument.scales}
    named = listed(italian(f"{titles[one]} ({one})" if one in titles else one) for one in scales)
    words = ngettext(
        "Media di %(num)s scala, ne servono almeno {needed}: {named}.",
        "Media di %(num)s scale, ne servono almeno {needed}: {named}.",
        len(scales),
    )
    return around(words, needed=needed, named=named)


def _gap(gap: Gap) -> Iterable[str]:
    yield around(_("Fra le schede {forms}, solo nella versione standard."), forms=listed(gap.forms))
    yield around(_("Scala per scala: {scales}."), scales=listed(gap.scales))
    yield ngettext(
        "Servono almeno %(num)s criterio che le due schede chiedono.",
        "Servono almeno %(num)s criteri che le due schede chiedono.",
        gap.min_common,
    )


def _fact(instrument: Instrument, fact: Derived, names: Names) -> Iterable[str]:
    titles = {one.id: one.title for one in instrument.derived}
    where = {section.id: section.title for section in instrument.sections}
    if fact.rule:
        section = quoted(where[fact.records]) if fact.records else ""
        each = _("Per ogni ripetizione di {section}: sì se {rule}.") if section else _("Sì se {rule}.")
        yield from _when(each, fact.rule, instrument, section)
    if fact.share:
        of, among = quoted(titles[fact.share.of]), quoted(titles[fact.share.among])
        words = _("Sì se c'è almeno un {of}, e sono almeno {least} su 100 di quelli con {among}.")
        yield around(words, of=of, least=fact.share.at_least, among=among)
    if fact.count:
        labels = _labels(names, fact.count.items[0], fact.count.codes)
        words = _("Quante volte la risposta è {labels} in queste domande: {items}.")
        yield around(words, labels=labels, items=ranges(fact.count.items))
    limits = [around(_("nella scheda {forms}"), forms=listed(fact.forms))] if fact.forms else []
    occasions = [quoted(occasion_title(instrument, code)) for code in fact.occasions]
    limits += [around(_("a {occasion}"), occasion=title) for title in occasions]
    if limits:
        yield around(_("Si calcola solo {limits}."), limits=listed(limits))


def _when(what: str, rule: Rule, instrument: Instrument, section: str = "") -> Iterable[str]:
    first, *others = alternatives(rule, instrument)
    yield around(what, rule=first, section=section)
    yield from (around(_("Oppure se {rule}."), rule=other) for other in others)


def _labels(names: Names, item: str, codes: Iterable[int]) -> str:
    declared = names.format_of(item)
    labels = {option.code: option.label for option in declared.options} if declared else {}
    return either(quoted(labels.get(code, str(code))) for code in codes)


def _read_as(word: Word) -> list[tuple[str, str]]:
    """What is read, and for which values; values that read the same stand together."""
    values: dict[str, list[str]] = {}
    for value, text in word.texts.items():
        values.setdefault(text, []).append(str(value_label(word.by, value)))
    return [*((text, listed(found)) for text, found in values.items()), (word.default, _("altrimenti"))]
