"""Checks on words: texts that come back in braces, words of the context, braces where nothing fills them."""

import re
from collections.abc import Iterable, Iterator, Mapping

from surveyapp.instruments.answers import ResponseFormat
from surveyapp.instruments.model import Instrument, Item
from surveyapp.instruments.places import Subject
from surveyapp.instruments.rule import CONTEXT_VALUES, OWN_FIELDS

Found = Iterator[tuple[Subject, str]]

_BRACES = re.compile(r"\{([^{}]*)\}")


def texts(instrument: Instrument) -> Found:
    """A text comes back only where it can have been given; its braces, and those of words, have a name."""
    order = {item_id: place for place, item_id in enumerate(instrument.items)}
    for item in instrument.items.values():
        if item.record <= 1:  # the other records say the same
            found = [*_carried(instrument, item), *_recalled(instrument, item, order)]
            found += _braces(instrument, item)
            yield from ((("item", item.declared), f"{item.declared}: {text}") for text in found)


def _carried(instrument: Instrument, item: Item) -> Iterator[str]:
    if item.carries is None:
        return
    origin = instrument.items.get(item.carries)
    if origin is None:
        yield f"riprende «{item.carries}», che non esiste{record_hint(instrument, item.carries)}"
    elif not is_text(origin):
        yield f"riprende {origin.declared}, che non è una domanda a testo libero"
    elif any(not instrument.earlier(code) & set(origin.occasions) for code in asked_at(instrument, item)):
        yield f"riprende {origin.declared}, che non è chiesta in una rilevazione precedente"


def _recalled(instrument: Instrument, item: Item, order: Mapping[str, int]) -> Iterator[str]:
    if item.recalls is None:
        return
    origin = instrument.items.get(item.recalls)
    if origin is None:
        yield f"ricorda «{item.recalls}», che non esiste{record_hint(instrument, item.recalls)}"
    elif not is_text(origin):
        yield f"ricorda {origin.declared}, che non è una domanda a testo libero"
    elif not _comes_before(instrument, origin, item, order):
        yield (
            f"ricorda {origin.declared}, che non è chiesta prima: né qui sopra, né in una rilevazione "
            "precedente"
        )


def record_hint(instrument: Instrument, name: str) -> str:
    """What to write for an item that is asked once for each record; empty for others."""
    there = name in instrument.declared and name not in instrument.items
    return f": è in una sezione che si ripete, da fuori si scrive «{name}.1»" if there else ""


def is_text(origin: Item) -> bool:
    """Whether every form and variant that asks the item lets the respondent write."""
    return all(wording.format.kind == "text" for wording in origin.wordings.values())


def _comes_before(instrument: Instrument, origin: Item, item: Item, order: Mapping[str, int]) -> bool:
    asked = set(origin.occasions)
    above = asked if order[origin.id] < order[item.id] else set()
    return all(code in above or instrument.earlier(code) & asked for code in asked_at(instrument, item))


def undeclared(instrument: Instrument, codes: Iterable[str]) -> Iterator[str]:
    """What is wrong with these names of occasions."""
    for code in dict.fromkeys(codes):
        occasion = instrument.occasions.get(code)
        if occasion is None:
            yield f"la rilevazione «{code}» non è dichiarata in «occasions»"
        elif occasion.repeats:
            yield f"{code} ripete {occasion.repeats}: qui scrivi {occasion.repeats}, che vale per tutte e due"


def asked_at(instrument: Instrument, item: Item) -> list[str]:
    """The occasions of an item that there are, and that do not repeat another one."""
    return [
        code
        for code in dict.fromkeys(item.occasions)
        if code in instrument.occasions and instrument.occasions[code].repeats is None
    ]


def _braces(instrument: Instrument, item: Item) -> Iterator[str]:
    named = {name.partition(".")[0] for name in (item.carries, item.recalls) if name}
    for wording in item.wordings.values():
        for name in _BRACES.findall(f"{wording.text} {wording.hint or ''}"):
            if name in instrument.declared and name not in named:
                yield f"«{{{name}}}» nel testo richiede «carries: {name}» o «recalls: {name}»"
            elif name not in named and name not in instrument.words:
                yield f"«{{{name}}}» nel testo non è una domanda e non è fra le «words»: controlla il nome"
        if _unpaired(wording.text) or _unpaired(wording.hint or ""):
            yield "nel testo c'è una parentesi graffa sola: si scrive «{nome}», con una aperta e una chiusa"


def _unpaired(text: str) -> bool:
    return bool(re.search(r"[{}]", _BRACES.sub("", text)))


def words(instrument: Instrument) -> Found:
    """The values of a word are those of its field; words do not hold other words."""
    for name, word in instrument.words.items():
        for value in word.texts:
            if not is_value(instrument, word.by, value):
                allowed = ", ".join(values_of(instrument, word.by))
                yield ("word", name), f"«{name}»: «{value}» non è un valore di {word.by}: {allowed}"
        if any(re.search(r"[{}]", text) for text in (*word.texts.values(), word.default)):
            yield ("word", name), f"«{name}»: le parole che cambiano non contengono parentesi graffe"


def values_of(instrument: Instrument, field: str) -> tuple[str, ...]:
    """The values that a field of the context can have; none where they are free."""
    if field not in OWN_FIELDS:
        return CONTEXT_VALUES.get(field, ())
    own = {
        "form": instrument.forms,
        "variant": dict.fromkeys(code for form in instrument.forms.values() for code in form.variants),
        "occasion": [code for code, one in instrument.occasions.items() if one.repeats is None],
    }
    return tuple(own[field])


def is_value(instrument: Instrument, field: str, value: str) -> bool:
    """Whether a field of the context can have this value."""
    return value in (values_of(instrument, field) or (value,))


def braces_elsewhere(instrument: Instrument) -> Found:
    """Only texts and hints of items are filled: elsewhere braces would be shown as they are."""
    for subject, name, text in _never_filled(instrument):
        if "{" in text or "}" in text:
            yield (
                subject,
                f"{name}: le parentesi graffe si usano solo in «text» e «hint» delle domande, non in "
                f"«{text}»",
            )


def _never_filled(instrument: Instrument) -> Iterator[tuple[Subject, str, str]]:
    for declared in instrument.formats.values():
        for text in _shown(declared):
            yield ("format", declared.id), f"formato {declared.id}", text
    for section in instrument.sections:
        yield ("section", section.id), section.id, section.title
    for form in instrument.forms.values():
        tried = [question.text for questions in form.practice.values() for question in questions]
        for text in (form.title, *tried, *form.no_value.values()):
            yield ("form", form.code), f"scheda {form.code}", text


def _shown(declared: ResponseFormat) -> list[str]:
    labels = [option.label for option in declared.options]
    return [declared.stem or "", declared.unit or "", *labels, *declared.labels.values()]
