"""Invented answers follow the questionnaire, whatever it asks."""

from dataclasses import replace
from random import Random

import pytest

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.path import Questionnaire, first_unanswered, path
from surveyapp.study.invented_answers import invent_answers, invent_profile

CARRIED = {"AUT_OB1": Answer(text="Lavorare in un vivaio")}


@pytest.mark.parametrize("variant", ["easy", "std"])
@pytest.mark.parametrize("occasion", ["EXANTE", "EXPOST", "FU6"])
def test_everything_asked_is_answered_in_order(catalogue: Catalogue, variant: str, occasion: str) -> None:
    instrument = catalogue.newest("aut")
    questionnaire = Questionnaire(instrument, "P", variant, occasion)
    for seed in range(20):
        chance = Random(seed)  # noqa: S311 - invented data
        answers = invent_answers(chance, questionnaire, invent_profile(chance, instrument), CARRIED)
        assert list(answers) == [item.id for item in path(questionnaire, answers, CARRIED)]


def test_an_item_of_no_scale_is_answered_too(catalogue: Catalogue) -> None:
    full = catalogue.newest("aut")
    instrument = replace(full, scales=full.scales[1:])
    questionnaire = Questionnaire(instrument, "P", "std", "EXANTE")
    chance = Random(1)  # noqa: S311 - invented data
    answers = invent_answers(chance, questionnaire, invent_profile(chance, instrument), {})
    assert first_unanswered(path(questionnaire, answers), answers) is None
