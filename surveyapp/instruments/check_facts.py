"""Checks on derived facts and alerts: they use items, options, sections and facts that there are."""

from collections.abc import Iterator, Mapping

from surveyapp.instruments.check_reach import of_first_record
from surveyapp.instruments.check_rules import impossible
from surveyapp.instruments.check_texts import undeclared
from surveyapp.instruments.measures import Count, Derived
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.places import Subject

Found = Iterator[tuple[Subject, str]]


def derived(instrument: Instrument) -> Found:
    """Derived facts use items, sections and facts that there are."""
    before: dict[str, Derived] = {}
    repeating = {section.id for section in instrument.sections if section.repeat}
    for fact in instrument.derived:
        found = [
            *_records(instrument, fact),
            *([] if list(_records(instrument, fact)) else _rule(instrument, fact)),
            *_count(instrument, fact),
            *_share(fact, {name: found.records for name, found in before.items()}, repeating),
            *undeclared(instrument, fact.occasions),
        ]
        found += [
            f"nomina la scheda «{form}», che non esiste"
            for form in fact.forms
            if form not in instrument.forms
        ]
        yield from ((("derived", fact.id), f"{fact.id}: {text}") for text in found)
        before[fact.id] = fact


def _records(instrument: Instrument, fact: Derived) -> Iterator[str]:
    repeating = [section.id for section in instrument.sections if section.repeat]
    if fact.records and fact.records not in repeating:
        yield f"«records» nomina «{fact.records}», che non è una sezione che si ripete"
    if fact.records and not fact.rule:
        yield "«records» si usa solo con «rule», che si guarda per ogni ripetizione della sezione"


def _rule(instrument: Instrument, fact: Derived) -> Iterator[str]:
    rule = of_first_record(instrument, fact)
    for leaf in dict.fromkeys(rule.leaves() if rule else ()):
        if leaf.item and leaf.item not in instrument.items:
            hint = _record_hint(instrument, leaf.item)
            yield f"la regola guarda «{leaf.item}», che non è una domanda{hint}"
        yield from impossible(instrument, leaf)


def _record_hint(instrument: Instrument, name: str) -> str:
    there = name in instrument.declared
    return ": è in una sezione che si ripete, serve «records» o il numero, come «.1»" if there else ""


def _count(instrument: Instrument, fact: Derived) -> Iterator[str]:
    if fact.count is None:
        return
    if len(set(fact.count.items)) < len(fact.count.items) or not fact.count.items:
        yield "«count» deve elencare domande diverse, almeno una"
    for name in dict.fromkeys(fact.count.items):
        if name not in instrument.items:
            yield f"conta «{name}», che non è una domanda{_record_hint(instrument, name)}"
        else:
            yield from _never_counted(instrument, fact.count, name)


def _never_counted(instrument: Instrument, count: Count, name: str) -> Iterator[str]:
    item = instrument.items[name]
    if not any(wording.format.codes & set(count.codes) for wording in item.wordings.values()):
        yield f"conta {item.declared}, che non ha nessuno di questi codici fra le sue opzioni"


def _share(fact: Derived, before: Mapping[str, str | None], repeating: set[str]) -> Iterator[str]:
    """`before` are the facts written before this one, with the section of their records."""
    if fact.share is None:
        return
    named = dict.fromkeys((fact.share.of, fact.share.among))
    for name in named:
        if name not in before:
            yield f"usa «{name}», che non è un dato calcolato scritto prima di questo"
        elif not before[name]:
            yield f"usa {name}, che non si calcola per ogni ripetizione di una sezione: gli serve «records»"
    sections = repeating.intersection(before.get(name) or "" for name in named)
    if len(sections) > 1:
        yield f"mette insieme sezioni diverse: {', '.join(sorted(sections))}"


def alerts(instrument: Instrument) -> Found:
    """Alerts look at items and options that there are."""
    for alert in instrument.alerts:
        found = []
        for leaf in dict.fromkeys(alert.rule.leaves()):
            if leaf.item and leaf.item not in instrument.items:
                hint = _record_hint(instrument, leaf.item)
                found.append(f"la regola guarda «{leaf.item}», che non è una domanda{hint}")
            found += impossible(instrument, leaf)
        if not alert.rule.items():
            found.append("la regola deve guardare almeno una domanda, non solo il contesto")
        yield from ((("alert", alert.id), f"{alert.id}: {text}") for text in found)
