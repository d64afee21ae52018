"""Texts that changed between two versions. No program can tell whether a text still means the same: people
declare it, by the place of the text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from surveyapp.instruments.answers import ResponseFormat
from surveyapp.instruments.comparison_model import (
    EQUAL,
    MAJOR,
    MINOR,
    NEW_MEANING,
    NOT_COMPARABLE,
    NOTHING,
    PATCH,
    PROPOSED,
    SAME_MEANING,
    TO_JUSTIFY,
    TYPO,
    Asked,
    Change,
    Effect,
)
from surveyapp.instruments.model import Form, Instrument, Item, Word

# What a text is: titles and help stand apart from the question, nobody has to declare what they mean.
QUESTION, OPTION, CRITERION, HELP = "question", "option", "criterion", "help"

# What a changed text means for the version, by what it is and by its declared kind.
EFFECTS: Mapping[tuple[str, str], Effect] = {
    (QUESTION, TYPO): (PATCH, EQUAL),
    (QUESTION, SAME_MEANING): (MINOR, TO_JUSTIFY),
    (QUESTION, NEW_MEANING): (MAJOR, NOT_COMPARABLE),
    (OPTION, TYPO): (PATCH, EQUAL),
    (OPTION, SAME_MEANING): (MAJOR, NOT_COMPARABLE),
    (OPTION, NEW_MEANING): (MAJOR, NOT_COMPARABLE),
    (CRITERION, TYPO): (PATCH, EQUAL),
    (CRITERION, SAME_MEANING): (MINOR, EQUAL),
    (CRITERION, NEW_MEANING): (MAJOR, NOT_COMPARABLE),
    (HELP, ""): (PATCH, EQUAL),
}


@dataclass(frozen=True)
class Text:
    """A text of an instrument: its name in Italian, its words ("" where there are none), what it is, and the
    questions that show it.

    `alone` texts come and go by themselves; the others only with what they belong to.
    """

    name: str
    words: str
    of: str = HELP
    touches: frozenset[Asked] = NOTHING
    alone: bool = False


def texts(before: Instrument, after: Instrument, kinds: Mapping[str, str]) -> Iterator[Change]:
    """The texts that changed, with their kind: as declared by place, else as proposed."""
    old, new = texts_of(before), texts_of(after)
    for place in dict.fromkeys([*old, *new]):
        known = old.get(place) or new[place]
        if known.alone or (place in old and place in new):
            nowhere = replace(known, words="", touches=NOTHING)
            was, now = old.get(place, nowhere), new.get(place, nowhere)
            if was.words != now.words:
                yield text_change(place, was, now, kinds)


def text_change(place: str, was: Text, now: Text, kinds: Mapping[str, str]) -> Change:
    """The change of one text, whose kind stands in `kinds` or is proposed."""
    declared = kinds.get(place, "")
    kind = "" if was.of == HELP else declared or PROPOSED
    step, level = EFFECTS[was.of, kind]
    return Change(
        place=place,
        sentence=f"{was.name} {_what_happened(was.words, now.words)}",
        step=step,
        level=level,
        touches=was.touches | now.touches,
        kind=kind,
        declared=was.of == HELP or bool(declared),
    )


def _what_happened(old: str, new: str) -> str:
    if not old:
        return f"non c'era: «{new}»"
    return f"cambia da «{old}» a «{new}»" if new else f"non c'è più (era «{old}»)"


def asked_items(instrument: Instrument) -> dict[str, Item]:
    """The items as the file has them, by id: those of a repeating section once."""
    return {item.id: item for section in instrument.sections for item in section.items}


def questions(instrument: Instrument) -> Iterator[Asked]:
    """Every question that the instrument asks."""
    for item in asked_items(instrument).values():
        yield from ((item.id, form, variant) for form, variant in item.wordings)


def texts_of(instrument: Instrument) -> dict[str, Text]:
    """Every text of an instrument by its place, such as `AUT_BEN1.text.P.std` or `formats.R3.options.2`."""
    sources = (_items, _formats, _forms, _words_of_context, _titles, _help)
    return {place: text for texts_in in sources for place, text in texts_in(instrument)}


def _items(instrument: Instrument) -> Iterator[tuple[str, Text]]:
    for item in asked_items(instrument).values():
        everywhere = frozenset((item.id, *seen_as) for seen_as in item.wordings)
        yield f"{item.id}.criterion", Text(f"{item.id}: il criterio", item.criterion, CRITERION, everywhere)
        for (form, variant), wording in item.wordings.items():
            here, who = frozenset([(item.id, form, variant)]), f"{item.id}, scheda {form}, versione {variant}"
            yield f"{item.id}.text.{form}.{variant}", Text(f"{who}: il testo", wording.text, QUESTION, here)
            hint = Text(f"{who}: la riga sotto la domanda", wording.hint or "", QUESTION, here)
            yield f"{item.id}.hint.{form}.{variant}", hint


def answered_with(instrument: Instrument, format_id: str) -> frozenset[Asked]:
    """The questions that are answered with a format."""
    items = asked_items(instrument)
    return frozenset(
        (item, form, variant)
        for item, form, variant in questions(instrument)
        if items[item].wordings[form, variant].format.id == format_id
    )


def _formats(instrument: Instrument) -> Iterator[tuple[str, Text]]:
    for declared in instrument.formats.values():
        touches = answered_with(instrument, declared.id)
        for name, text in format_texts(declared).items():
            yield f"formats.{declared.id}.{name}", replace(text, touches=touches)


def format_texts(declared: ResponseFormat) -> dict[str, Text]:
    """The texts of a response format by name; the words of its options are its anchors."""
    who = f"formato {declared.id}"
    labels = declared.labels
    return {
        "stem": Text(f"{who}: la riga sopra le opzioni", declared.stem or "", QUESTION),
        "unit": Text(f"{who}: l'unità", declared.unit or "", QUESTION),
        **{
            f"labels.{reason}": Text(f"{who}: la risposta {reason}", labels.get(reason, ""), QUESTION)
            for reason in declared.no_value
        },
        **{
            f"options.{option.code}": Text(f"{who}: l'opzione {option.code}", option.label, OPTION)
            for option in declared.options
        },
    }


def _forms(instrument: Instrument) -> Iterator[tuple[str, Text]]:
    for form in instrument.forms.values():
        place, who = f"forms.{form.code}", f"scheda {form.code}"
        yield f"{place}.title", Text(f"{who}: il titolo", form.title)
        for code, variant in form.variants.items():
            yield (
                f"{place}.variants.{code}.title",
                Text(f"{who}: il nome della versione {code}", variant.title),
            )
        for code, tried in form.practice.items():
            words = " / ".join(f"{question.text} ({question.format.id})" for question in tried)
            name = f"{who}, versione {code}: la prova delle risposte"
            yield f"{place}.practice.{code}", Text(name, words, alone=True)
        for (reason, code), words in form.no_value.items():
            touches = _offered(instrument, form, code, reason)
            name = f"{who}, versione {code}: la risposta {reason}"
            yield f"{place}.no_value.{reason}.{code}", Text(name, words, QUESTION, touches)


def _offered(instrument: Instrument, form: Form, variant: str, reason: str) -> frozenset[Asked]:
    """The questions that show the form's words for a reason."""
    return frozenset(
        (item.id, form.code, variant)
        for item in asked_items(instrument).values()
        if (wording := item.wordings.get((form.code, variant)))
        and reason in wording.format.no_value
        and reason not in wording.format.labels
    )


def _words_of_context(instrument: Instrument) -> Iterator[tuple[str, Text]]:
    for name, word in instrument.words.items():
        text = Text(f"parole «{name}»:", _shown(word), QUESTION, _saying(instrument, f"{{{name}}}"))
        yield f"words.{name}", text


def _shown(word: Word) -> str:
    values = "; ".join(f"{value}: {words}" for value, words in word.texts.items())
    return f"secondo {word.by}: {values}; altrimenti: {word.default}"


def _saying(instrument: Instrument, braces: str) -> frozenset[Asked]:
    """The questions in whose words a text variable stands."""
    return frozenset(
        (item.id, form, variant)
        for item in asked_items(instrument).values()
        for (form, variant), wording in item.wordings.items()
        if braces in wording.text or braces in (wording.hint or "")
    )


def _titles(instrument: Instrument) -> Iterator[tuple[str, Text]]:
    yield "title", Text("il titolo dello strumento", instrument.title)
    titled: tuple[tuple[str, str, list[tuple[str, str]]], ...] = (
        ("occasions", "rilevazione", [(each.code, each.title) for each in instrument.occasions.values()]),
        ("sections", "sezione", [(each.id, each.title) for each in instrument.sections]),
        ("scales", "scala", [(each.id, each.title) for each in instrument.scales]),
        ("indices", "indice", [(each.id, each.title) for each in instrument.indices]),
        ("gaps", "differenza fra punti di vista", [(each.id, each.title) for each in instrument.gaps]),
        ("derived", "dato calcolato", [(each.id, each.title) for each in instrument.derived]),
        ("alerts", "segnalazione", [(each.id, each.title) for each in instrument.alerts]),
    )
    for key, kind, found in titled:
        yield from (
            (f"{key}.{name}.title", Text(f"{kind} {name}: il titolo", words)) for name, words in found
        )


def _help(instrument: Instrument) -> Iterator[tuple[str, Text]]:
    for term, words in instrument.glossary.items():
        yield f"glossary.{term}", Text(f"glossario, «{term}»: la spiegazione", words, alone=True)
    for name, words in instrument.manual.items():
        yield f"manual.{name}", Text(f"manuale, «{name}»: il testo", words, alone=True)
    for scale in instrument.scales:
        yield f"scales.{scale.id}.construct", Text(f"scala {scale.id}: il costrutto", scale.construct)
