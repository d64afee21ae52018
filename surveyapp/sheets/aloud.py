"""What is read aloud of a question: its words and its choices as they stand on the page, never an answer.

In this order: the question; what stands under it to help answering; each choice, a number of the staircase
before its words, the reasons for no value last. Not read: the section, the place ("Domanda 3 di 10"), words
of the glossary, pictures, errors, units, and whatever the person has chosen or written.
"""

import hashlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from surveyapp.instruments.answers import Option, ResponseFormat, Wording
from surveyapp.instruments.model import Form, Instrument, Item
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.rule import Context

READ_TO = "participant"
# What question pages say to participants on how an answer is written (web.question_page, web.voice).
SEVERAL = "Puoi scegliere più risposte."
AS_A_DATE = "Ad esempio: 31/12/2026."
WITH_A_COMMA = "Si può usare la virgola."

_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Spoken:
    """What is read aloud of an item, piece by piece, with a pause after each."""

    item: str
    pieces: tuple[str, ...]

    @property
    def text(self) -> str:
        """The pieces as lines."""
        return "\n".join(self.pieces)

    @property
    def repeats(self) -> bool:
        """Whether the person's own words stand in it: then it is never recorded nor sent anywhere."""
        return "{" in self.text

    @cached_property
    def sha256(self) -> str:
        """What ties a recording to these words."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def spoken(questionnaire: Questionnaire, item: Item) -> Spoken:
    """What is read aloud of an item that a questionnaire asks, with the words of its context.

    Braces stay where the person's own words will stand.
    """
    wording = questionnaire.wording(item)
    declared = wording.format
    pieces = (
        questionnaire.words(wording.text),
        _guide(questionnaire, wording),
        *(_choice(declared, option) for option in declared.options),
        *(questionnaire.no_value_label(item, reason) for reason in declared.no_value),
    )
    return Spoken(item.declared, tuple(filter(None, pieces)))


def forms_read(instrument: Instrument) -> list[Form]:
    """The forms with questions that are read aloud: those of the participants."""
    return [form for form in instrument.forms.values() if form.respondent == READ_TO]


def texts(instrument: Instrument, form: str, variant: str) -> list[Spoken]:
    """Everything that may be read aloud of a form and variant, each text once, in the order of the questions.

    A question whose words change with the context has one text for each way in which it can be read.
    """
    asked = [item for item in instrument.declared.values() if (form, variant) in item.wordings]
    found = (
        spoken(questionnaire, item)
        for item in asked
        for questionnaire in _wherever(instrument, form, variant, item)
    )
    return list(dict.fromkeys(found))


def _wherever(instrument: Instrument, form: str, variant: str, item: Item) -> Iterator[Questionnaire]:
    """The form in every context that changes the words of the item."""
    wording = item.wordings[form, variant]
    named = _BRACES.findall(f"{wording.text} {wording.hint or ''}")
    words = [instrument.words[name] for name in dict.fromkeys(named) if name in instrument.words]
    values: dict[str, list[str]] = {}
    for word in words:
        if word.by not in ("form", "variant"):
            values.setdefault(word.by, [""]).extend(word.texts)  # "" is what is not known: the default
    for chosen in itertools.product(*values.values()):
        facts = dict(zip(values, chosen, strict=True))
        occasion = facts.pop("occasion", "") or item.occasions[0]
        yield Questionnaire(instrument, form, variant, occasion, Context(**facts))


def _guide(questionnaire: Questionnaire, wording: Wording) -> str:
    hint = wording.hint and questionnaire.words(wording.hint)
    return " ".join(filter(None, (wording.format.stem, hint, _note(wording))))


def _note(wording: Wording) -> str:
    declared = wording.format
    if declared.kind == "multi" and not wording.hint:
        return SEVERAL
    return AS_A_DATE if declared.kind == "date" else WITH_A_COMMA if declared.decimals else ""


def _choice(declared: ResponseFormat, option: Option) -> str:
    if declared.kind != "steps":
        return option.label
    number = str(option.code)
    return number if option.label == number else f"{number}, {option.label}"
