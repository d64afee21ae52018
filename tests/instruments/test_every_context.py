"""Every form that anybody can meet, anywhere: it can be completed, and it gives its scores."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from surveyapp.instruments.answers import FULL, LENGTHS, Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.path import Questionnaire, first_unanswered, path, possible
from surveyapp.instruments.rule import PLACEMENT_TYPES, YES_NO, Context
from surveyapp.scoring.facts import alerts, facts
from surveyapp.scoring.scores import score
from surveyapp.study.invented_answers import invent_answers, invent_profile

TERRITORIES = (("Bergamo", ""), ("Cremona", "Cremona"), ("Cremona", "Crema"), ("Brescia", "Valle Trompia"))
CONTEXTS = [
    Context(province, ambito, placement, paid, host, executing)
    for (province, ambito), placement, paid, host, executing in product(
        TERRITORIES, ("", *PLACEMENT_TYPES), YES_NO, ("", "company", "cooperative"), YES_NO
    )
]
INSTRUMENTS = ("aut", "qil", "acc", "oss", "fu6", "vip")
LONGEST = 400


def questionnaires(catalogue: Catalogue, instrument_id: str) -> Iterator[Questionnaire]:
    """Each different questionnaire once: contexts that a rule does not tell apart are the same."""
    instrument = catalogue.newest(instrument_id)
    contexts = sorted({context.only(instrument.context_fields) for context in CONTEXTS}, key=repr)
    for form in instrument.forms.values():
        for variant, occasion in product(form.variants, instrument.occasions):
            for context, length in product(contexts, (FULL, *LENGTHS)):
                found = Questionnaire(instrument, form.code, variant, occasion, context, length)
                if found.asked:
                    yield found


@pytest.mark.parametrize("instrument_id", INSTRUMENTS)
def test_every_questionnaire_can_be_completed_and_scored(catalogue: Catalogue, instrument_id: str) -> None:
    instrument = catalogue.newest(instrument_id)
    profile = invent_profile(Random(1), instrument)  # noqa: S311 - invented data
    counted = 0
    for number, questionnaire in enumerate(questionnaires(catalogue, instrument_id)):
        chance = Random(number)  # noqa: S311 - invented data
        told = replace(profile, variant=questionnaire.variant)
        answers = invent_answers(chance, questionnaire, told, earlier(questionnaire))
        items = path(questionnaire, answers, earlier(questionnaire))
        assert first_unanswered(items, answers) is None
        ids = [item.id for item in items]
        still_possible = [item.id for item in possible(questionnaire, answers, earlier(questionnaire))]
        assert len(set(ids)) == len(ids) <= LONGEST
        assert set(ids) <= set(still_possible)
        for found in score(questionnaire, answers, earlier(questionnaire)):
            assert found.value is None or 0 <= found.value <= 100
        facts(questionnaire, answers, earlier(questionnaire))
        alerts(questionnaire, answers, earlier(questionnaire))
        counted += 1
    assert counted


def earlier(questionnaire: Questionnaire) -> dict[str, Answer]:
    """Answers of an earlier occasion, for whatever this one looks back at."""
    items = questionnaire.instrument.items
    return {
        name: given
        for name in questionnaire.carried_items
        if name in items and (given := _earlier(questionnaire, name))
    }


def _earlier(questionnaire: Questionnaire, name: str) -> Answer | None:
    item = questionnaire.instrument.items[name]
    before = list(questionnaire.instrument.occasions)
    if not set(before[: before.index(questionnaire.occasion)]) & set(item.occasions) or item.record > 2:
        return None
    formats = [wording.format for wording in item.wordings.values()]
    if formats[0].options:
        return Answer(value=formats[0].options[0].code)
    return Answer(text="Un testo di prima") if formats[0].kind == "text" else None


@pytest.mark.parametrize("instrument_id", INSTRUMENTS)
def test_every_form_is_asked_somewhere(catalogue: Catalogue, instrument_id: str) -> None:
    instrument = catalogue.newest(instrument_id)
    found = {
        (asked.form, asked.variant, asked.asked_as) for asked in questionnaires(catalogue, instrument_id)
    }
    for form in instrument.forms.values():
        for variant, occasion in product(form.variants, form.occasions):
            assert (form.code, variant, occasion) in found
