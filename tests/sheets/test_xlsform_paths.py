"""A form filled in ODK asks what our own path asks: every rule of every instrument, on invented answers."""

from collections.abc import Mapping
from random import Random

import pytest

from surveyapp.instruments.answers import SKIPPED, Answer, ResponseFormat
from surveyapp.instruments.model import Instrument, Item
from surveyapp.instruments.path import Questionnaire, known, path
from surveyapp.instruments.rule import CONTEXT_VALUES, Context
from surveyapp.sheets.occasions import known_before, occasions_of
from surveyapp.sheets.xlsform import xlsform
from surveyapp.sheets.xlsform_view import used_lengths
from surveyapp.sheets.xpath import token
from tests.sheets.instruments import ALL, consents
from tests.sheets.xforms import Filled, Sheet

DRAWS = 60
PLACES = ("Cremona", "Crema e dintorni", "Bergamo")


@pytest.mark.parametrize("name", ALL)
def test_the_form_asks_what_the_path_asks(name: str) -> None:
    instrument = ALL[name]
    sheet = Sheet(xlsform(instrument, consents(instrument), {})["survey"])
    draw = Random(name)  # noqa: S311 - invented answers
    for number in range(DRAWS):
        asked = _questionnaire(instrument, draw)
        answers = {item.id: _answer(asked.wording(item).format, draw) for item in asked.asked}
        carried = _carried(asked, draw)
        heard = _without_the_known(asked, answers, carried)
        expected = {item.declared for item in path(asked, heard, carried) if item.record <= 1}
        filled = Filled(sheet, {**_place(asked), **_answers(asked, answers), **_before(asked, carried)})
        assert _shown(filled, asked) == expected, (number, asked.form, asked.variant, asked.occasion)


def _questionnaire(instrument: Instrument, draw: Random) -> Questionnaire:
    form = draw.choice(list(instrument.forms.values()))
    values = {name: draw.choice(["", *(closed or PLACES)]) for name, closed in CONTEXT_VALUES.items()}
    return Questionnaire(
        instrument,
        form.code,
        draw.choice(list(form.variants)),
        draw.choice(occasions_of(instrument, form)),
        Context(**values).only(instrument.context_fields),
        draw.choice(["full", *used_lengths(instrument)]),
    )


def _answer(declared: ResponseFormat, draw: Random) -> Answer:
    if draw.random() < 0.2:
        return Answer(reason=draw.choice([SKIPPED, *declared.no_value]))
    if declared.kind == "multi":
        codes = [str(option.code) for option in declared.options]
        return Answer(text=",".join(sorted(draw.sample(codes, draw.randint(1, 3)), key=int)))
    if declared.kind == "number":
        return Answer(value=draw.randint(declared.least, declared.most))
    if declared.options:
        return Answer(value=draw.choice(declared.options).code)
    return Answer(text="2026-11-24")


def _carried(asked: Questionnaire, draw: Random) -> dict[str, Answer]:
    """Answers of earlier occasions, of the first record only, with a value or not there at all."""
    found = {}
    for item in asked.instrument.items.values():
        if item.record <= 1 and known_before(asked.instrument, item, asked.occasion):
            answer = _answer(_format(item, asked), draw)
            if answer.reason is None and draw.random() < 0.6:
                found[item.id] = answer
    return found


def _without_the_known(
    asked: Questionnaire, answers: dict[str, Answer], carried: dict[str, Answer]
) -> dict[str, Answer]:
    """A form in ODK has no place to say again what is known already."""
    while again := [item.id for item in known(asked, answers, carried) if item.id in answers]:
        answers = {name: answer for name, answer in answers.items() if name != again[0]}
    return answers


def _format(item: Item, asked: Questionnaire) -> ResponseFormat:
    return (item.wordings.get((asked.form, asked.variant)) or next(iter(item.wordings.values()))).format


def _place(asked: Questionnaire) -> dict[str, str]:
    form, variant = asked.form, asked.variant
    filled = {name: token(value) for name, value in vars(asked.context).items()}
    filled |= {"form": form, f"variant.{form}": variant, f"occasion.{form}": asked.occasion}
    return filled | {"length": asked.length, f"consent.{form}.{variant}": "accept"}


def _answers(asked: Questionnaire, answers: Mapping[str, Answer]) -> dict[str, str]:
    return {
        f"{item.declared}.{asked.form}.{asked.variant}": _written(
            answers[item.id], asked.wording(item).format
        )
        for item in asked.asked
        if item.record <= 1
    }


def _before(asked: Questionnaire, carried: Mapping[str, Answer]) -> dict[str, str]:
    items = asked.instrument.items
    return {
        f"{items[name].declared}.before.{asked.form}.{asked.variant}": _written(
            answer, _format(items[name], asked)
        )
        for name, answer in carried.items()
    }


def _written(answer: Answer, declared: ResponseFormat) -> str:
    """An answer as ODK keeps it: reasons among options, several codes with blanks between."""
    if answer.reason:
        return answer.reason if declared.options and answer.reason != SKIPPED else ""
    return str(answer.value) if answer.value is not None else (answer.text or "").replace(",", " ")


def _shown(filled: Filled, asked: Questionnaire) -> set[str]:
    end = f".{asked.form}.{asked.variant}"
    names = {name.removesuffix(end) for name in filled.asked() if name.endswith(end)}
    return names & set(asked.instrument.declared)
