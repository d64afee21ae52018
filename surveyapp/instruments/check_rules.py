"""Checks on what rules look at: items that come before, options that there are, values of the context."""

from collections.abc import Iterator, Mapping

from surveyapp.instruments.answers import ResponseFormat
from surveyapp.instruments.check_texts import asked_at, is_text, is_value, record_hint, values_of
from surveyapp.instruments.model import Instrument, Item, Section, asked_of
from surveyapp.instruments.places import Subject
from surveyapp.instruments.rule import Rule

Found = Iterator[tuple[Subject, str]]

# How the shorter forms are called in a sentence.
LENGTHS_IN_WORDS = {"short": "la scheda breve (short)", "mini": "la scheda minima (mini)"}
# Beyond the second all records of a section are alike.
LAST_RECORD = 2


def references(instrument: Instrument) -> Found:
    """Rules look at items asked before, wherever the item is asked, and at options that there are."""
    seen: set[str] = set()
    for section in instrument.sections:
        shared = section.show_if.leaves() if section.show_if else ()
        faults = {id(leaf): _by_itself(instrument, leaf, seen) for leaf in shared}
        for text in dict.fromkeys(text for found in faults.values() for text in found):
            yield ("rule of section", section.id), f"{section.id}: {text}"
        passed_over = _gates(section) if list(repeat_faults(section)) else ()
        for item in asked_of(section):
            if item.record <= LAST_RECORD:
                found = _of_item(instrument, item, section, seen, faults, passed_over)
                yield from ((("rule", item.declared), f"{item.declared}: {text}") for text in found)
            seen.add(item.id)


def repeat_faults(section: Section) -> Iterator[str]:
    """What is wrong with the gate of a repeating section, and with what makes its records known."""
    repeat = section.repeat
    if repeat is None:
        return
    own = {item.id: item for item in section.items}
    if repeat.gate not in own:
        yield f"«gate» nomina «{repeat.gate}», che non è una domanda di questa sezione"
    elif section.items[0].id != repeat.gate:
        yield f"«gate» nomina {repeat.gate}: deve essere la prima domanda della sezione"
    elif not all(1 in wording.format.codes for wording in own[repeat.gate].wordings.values()):
        yield f"{repeat.gate} chiede se c'è altro da descrivere: serve l'opzione 1, che vuol dire sì"
    if repeat.known_by and repeat.known_by not in own:
        yield f"«known_by» nomina «{repeat.known_by}», che non è una domanda di questa sezione"
    elif repeat.known_by and not is_text(own[repeat.known_by]):
        yield f"«known_by» nomina {repeat.known_by}, che non è una domanda a testo libero"


def _gates(section: Section) -> tuple[str, ...]:
    """The items by which a record is there."""
    repeat = section.repeat
    return tuple(name for name in (repeat.gate, repeat.known_by) if name) if repeat else ()


def _of_item(
    instrument: Instrument,
    item: Item,
    section: Section,
    seen: set[str],
    faults: Mapping[int, list[str]],
    passed_over: tuple[str, ...],
) -> Iterator[str]:
    """What is wrong with the rule of an item; `faults` are those of its section's rule, told already."""
    at = asked_at(instrument, item)
    for leaf in item.show_if.leaves() if item.show_if else ():
        if faults.get(id(leaf)) or leaf.item.partition(".")[0] in passed_over:
            continue
        found = [] if id(leaf) in faults else _by_itself(instrument, leaf, seen, item.id)
        yield from found
        if leaf.item and not found:
            yield from _not_asked(instrument, item, leaf, section, at)


def _by_itself(instrument: Instrument, leaf: Rule, seen: set[str], own: str = "") -> list[str]:
    """What is wrong with a condition whoever asks: its item, its codes, its values."""
    if leaf.item and leaf.item not in instrument.items:
        return [f"la regola guarda «{leaf.item}», che non esiste{record_hint(instrument, leaf.item)}"]
    if leaf.item and leaf.item not in seen and leaf.operator != "known":
        looked_at = instrument.items[leaf.item].declared
        place = "è questa stessa domanda" if leaf.item == own else "viene dopo"
        return [f"la regola guarda {looked_at}, che {place}: può guardare solo domande precedenti"]
    return list(impossible(instrument, leaf))


def _not_asked(
    instrument: Instrument, item: Item, leaf: Rule, section: Section, at: list[str]
) -> Iterator[str]:
    """Where the item is asked and what its rule looks at was not."""
    before = instrument.items[leaf.item]
    if leaf.operator == "known":
        ever = any(instrument.earlier(code) & set(before.occasions) for code in at)
        if not ever and before.declared not in _gates(section):
            yield f"la regola guarda con «known» {before.declared}, che nessuna rilevazione precedente chiede"
        return
    looks = f"la regola guarda {before.declared}, che"
    if section.repeat and before.declared == section.repeat.gate:
        looks = f"la sezione si ripete con {before.declared}, che"
    for form, variant in _without(instrument, item, before):
        yield f"{looks} la scheda {form}, versione {variant}, non chiede"
    for code in at:
        if not {code, *instrument.earlier(code)} & set(before.occasions):
            yield f"{looks} alla rilevazione {code} non è ancora stata chiesta"
    for length in sorted(item.lengths - before.lengths):
        yield f"{looks} {LENGTHS_IN_WORDS[length]} non chiede: scrivi lì «lengths: [{length}]»"


def _without(instrument: Instrument, item: Item, before: Item) -> list[tuple[str, str]]:
    """The forms and variants of an item that do not ask the other; none where the other has no words yet."""
    missing = item.wordings.keys() - before.wordings.keys() if before.wordings else ()
    return [
        (form, variant)
        for form, variant in sorted(missing)
        if form in instrument.forms and variant in instrument.forms[form].variants
    ]


def impossible(instrument: Instrument, leaf: Rule) -> Iterator[str]:
    """What a condition asks for and its item, or the context, cannot give."""
    for field, values in leaf.among:
        for value in values:
            if not is_value(instrument, field, value):
                allowed = ", ".join(values_of(instrument, field))
                yield f"la regola nomina «{field}: {value}», che non c'è; ci sono: {allowed}"
    item = instrument.items.get(leaf.item)
    if item is not None and leaf.operator in _ASKED:
        yield from _ASKED[leaf.operator](item, leaf)


def _codes(item: Item, leaf: Rule) -> Iterator[str]:
    formats = _formats(item)
    if not any(found.options for found in formats):
        kind = formats[0].kind if formats else "text"
        yield f"la regola guarda con «is» {item.declared}, che {_WITHOUT_OPTIONS[kind]}"
        return
    for code in leaf.codes:
        if not any(code in found.codes for found in formats):
            yield f"la regola guarda il codice {code} di {item.declared}, che non ha questa opzione"


_WITHOUT_OPTIONS = {
    "number": "è un numero: usa «at_least» o «at_most»",
    "date": "è una data: usa «answered»",
    "text": "è un testo: usa «answered»",
}


def _numbers(item: Item, leaf: Rule) -> Iterator[str]:
    formats = _formats(item)
    for kind in dict.fromkeys(found.kind for found in formats if found.kind in _WITHOUT_DEGREES):
        yield (
            f"la regola guarda con «{leaf.operator}» {item.declared}, che {_WITHOUT_DEGREES[kind]}, non un "
            "numero"
        )
        return
    lowest = min((_range(found)[0] for found in formats), default=leaf.number)
    highest = max((_range(found)[1] for found in formats), default=leaf.number)
    if leaf.operator == "at_least" and leaf.number > highest:
        yield f"la regola chiede almeno {leaf.number:g} a {item.declared}, che arriva a {highest}"
    if leaf.operator == "at_most" and leaf.number < lowest:
        yield f"la regola chiede al massimo {leaf.number:g} a {item.declared}, che parte da {lowest}"


_WITHOUT_DEGREES = {
    "multi": "ha per risposta più opzioni",
    "date": "ha per risposta una data",
    "text": "ha per risposta un testo",
}
_ASKED = {"is": _codes, "at_least": _numbers, "at_most": _numbers}


def _formats(item: Item) -> list[ResponseFormat]:
    return list({id(wording.format): wording.format for wording in item.wordings.values()}.values())


def _range(declared: ResponseFormat) -> tuple[int, int]:
    """The lowest and highest value of a format whose answers are degrees or numbers."""
    return declared.bounds or (declared.least, declared.most)
