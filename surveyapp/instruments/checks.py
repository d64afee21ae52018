"""Rules on an instrument as a whole. Each check yields (subject, sentence); the reader adds file and line."""

import re
from collections.abc import Callable, Iterator

from surveyapp.instruments import check_facts, check_measures, check_reach, check_rules, check_texts
from surveyapp.instruments.answers import ResponseFormat
from surveyapp.instruments.model import Form, Instrument, Item
from surveyapp.instruments.places import Subject

Found = Iterator[tuple[Subject, str]]


# More questions, those of every record counted, would only multiply work.
MOST_ITEMS = 2000


def all_of(instrument: Instrument) -> list[tuple[Subject, str]]:
    """Every problem of the whole, each once, in no order."""
    checks = CHECKS if not list(size(instrument)) else (size,)
    return list({problem for check in checks for problem in check(instrument)})


def size(instrument: Instrument) -> Found:
    """So many questions as can still be looked through."""
    counts = {
        section.id: len(section.items) * (section.repeat.times if section.repeat else 1)
        for section in instrument.sections
    }
    if sum(counts.values()) > MOST_ITEMS:
        largest = max(counts, key=lambda section_id: counts[section_id])
        yield (
            ("section", largest),
            f"le domande, contate per ogni ripetizione, sono {sum(counts.values())}: al massimo {MOST_ITEMS}",
        )


def ids(instrument: Instrument) -> Found:
    """The id of an item begins with its instrument or module, so that it is unique among all of them."""
    for section in instrument.sections:
        prefix = f"{section.module or instrument.id}_".upper()
        for item in section.items:
            if not re.fullmatch(f"{prefix}[A-Z0-9]{{1,12}}", item.id):
                yield (
                    ("item", item.id),
                    f"l'id «{item.id}» deve essere {prefix} e poi da 1 a 12 lettere maiuscole o cifre",
                )


def forms(instrument: Instrument) -> Found:
    """The words for a missing answer, and the questions to try, are those of a variant of the form."""
    for form in instrument.forms.values():
        for variant, questions in form.practice.items():
            if variant not in form.variants:
                continue
            for reason in _without_words(form, variant, [question.format for question in questions]):
                yield ("form", form.code), f"scheda {form.code}: {reason}"
        used = {
            "no_value": {variant for _, variant in form.no_value},
            "practice": set(form.practice),
        }
        for key, variants in used.items():
            for variant in variants - set(form.variants):
                yield (
                    ("form", form.code),
                    f"scheda {form.code}: «{key}» nomina la versione «{variant}», che non c'è",
                )


def occasions(instrument: Instrument) -> Found:
    """Windows run forward; forms and items name declared occasions; a retest repeats one that is none."""
    for occasion in instrument.occasions.values():
        window = occasion.window
        if not window.from_days <= window.to_days <= window.late_days:
            yield (
                ("occasion", occasion.code),
                f"{occasion.code}: i giorni devono crescere: from_days, poi to_days, poi late_days",
            )
        yield from ((("occasion", occasion.code), text) for text in _retest(instrument, occasion.code))
    asked = [
        (("form", form.code), f"scheda {form.code}", form.occasions) for form in instrument.forms.values()
    ]
    asked += [(("item", item.id), item.id, item.occasions) for item in instrument.declared.values()]
    for subject, name, codes in asked:
        if not codes:
            yield subject, f"{name}: in «occasions» serve almeno una rilevazione"
        yield from ((subject, f"{name}: {text}") for text in check_texts.undeclared(instrument, codes))


def _retest(instrument: Instrument, code: str) -> Iterator[str]:
    occasion = instrument.occasions[code]
    repeated = instrument.occasions.get(occasion.repeats or code)
    if repeated is None:
        yield f"{code}: ripete la rilevazione «{occasion.repeats}», che non è dichiarata"
    elif occasion.repeats and repeated.repeats:
        yield f"{code}: può ripetere solo una rilevazione che non è a sua volta una ripetizione"
    if occasion.repeats and occasion.window.anchor != "submitted":
        yield f"{code}: una ripetizione («repeats») conta i giorni da «submitted»: scrivi «anchor: submitted»"
    if not occasion.repeats and occasion.window.anchor == "submitted":
        yield f"{code}: conta i giorni da «submitted»: di quale rilevazione? Scrivi «repeats»"
    if occasion.repeats and occasion.window.every_days:
        yield f"{code}: una ripetizione («repeats») si chiede una volta sola: togli «every_days»"


def sections(instrument: Instrument) -> Found:
    """A repeating section begins with its gate, and knows its records by a text of its own."""
    for section in instrument.sections:
        found = check_rules.repeat_faults(section)
        yield from ((("section", section.id), f"{section.id}: {text}") for text in found)


def wordings(instrument: Instrument) -> Found:
    """An item that a form asks has a text for each variant of the form, and words for each missing reason."""
    for item in instrument.declared.values():
        if item.reversed and any(wording.format.bounds is None for wording in item.wordings.values()):
            yield (
                ("item", item.id),
                f"{item.id}: «reversed» è per domande con opzioni in ordine (choice o steps)",
            )
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
        yield from _without_words(form, variant, [item.wordings[form.code, variant].format])


def _without_words(form: Form, variant: str, formats: list[ResponseFormat]) -> Iterator[str]:
    for reason in dict.fromkeys(reason for declared in formats for reason in declared.no_value):
        if (reason, variant) not in form.no_value:
            yield (
                f"mancano le parole per {reason}: in «forms», scheda {form.code}, «no_value», versione "
                f"{variant}"
            )


CHECKS: tuple[Callable[[Instrument], Found], ...] = (
    size,
    ids,
    forms,
    occasions,
    sections,
    wordings,
    check_texts.texts,
    check_texts.words,
    check_texts.braces_elsewhere,
    check_rules.references,
    check_reach.reachable,
    check_measures.ids,
    check_measures.scales,
    check_measures.indices,
    check_measures.gaps,
    check_facts.derived,
    check_facts.alerts,
)
