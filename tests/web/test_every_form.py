"""Over HTTP, every different form that anybody can be asked: opened, answered to the end, sent."""

from collections.abc import Iterator
from random import Random
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.path import Questionnaire
from surveyapp.storage.engine import writing
from surveyapp.storage.pinned import context_text
from surveyapp.study.invented_answers import invent_answers, invent_profile
from surveyapp.web.forms import as_sent
from tests.factories import create_administration, create_link
from tests.instruments.test_every_context import INSTRUMENTS, questionnaires
from tests.web.pages import PAUSE_OFFERED, send, visit

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def different(catalogue: Catalogue, instrument_id: str) -> Iterator[Questionnaire]:
    """One questionnaire for each list of items that a form asks."""
    seen = set()
    for found in questionnaires(catalogue, instrument_id):
        asked = (found.form, found.variant, found.asked_as, tuple(item.id for item in found.asked))
        if asked not in seen:
            seen.add(asked)
            yield found


@pytest.mark.parametrize("instrument_id", INSTRUMENTS)
def test_every_different_form_is_answered_and_sent(
    app: Flask, engine: Engine, catalogue: Catalogue, instrument_id: str
) -> None:
    seen: set[tuple[str, str, str]] = set()
    for number, questionnaire in enumerate(different(catalogue, instrument_id)):
        chance = Random(number)  # noqa: S311 - invented data
        profile = invent_profile(chance, questionnaire.instrument)
        answers = invent_answers(chance, questionnaire, profile, {})
        if answers:
            complete(
                app.test_client(), link_to(engine, catalogue, questionnaire), questionnaire, answers, seen
            )


def link_to(engine: Engine, catalogue: Catalogue, questionnaire: Questionnaire) -> str:
    instrument = questionnaire.instrument
    with writing(engine) as connection:
        administration = create_administration(
            connection,
            catalogue,
            instrument=instrument.id,
            version=instrument.version,
            digest=instrument.digest,
            form=questionnaire.form,
            variant=questionnaire.variant,
            occasion=questionnaire.occasion,
            length=questionnaire.length,
            context=context_text(questionnaire.context, instrument.context_fields),
        )
        return "/r/" + create_link(connection, administration)


def complete(
    client: FlaskClient,
    link: str,
    questionnaire: Questionnaire,
    answers: dict[str, Answer],
    seen: set[tuple[str, str, str]],
) -> None:
    """Answer as the pure core says, item after item; each page that is new is looked at whole."""
    page = send(client, visit(client, link))
    place, asked = urlsplit(page.path).path, []
    while "/domanda/" in place:
        item_id = place.rsplit("/", 1)[1]
        asked.append(item_id)
        if (questionnaire.form, questionnaire.variant, item_id) not in seen:
            seen.add((questionnaire.form, questionnaire.variant, item_id))
            visit(client, place)
        item = questionnaire.asked_by_id[item_id]
        sent = as_sent(questionnaire.wording(item).format, answers[item_id])
        data = {"answer": list(sent.values), "reason": list(sent.reasons), "key": f"k-{item_id}", "seen": ""}
        data |= {} if sent.values or sent.reasons else {"salta": "1"}
        reply = client.post(place, data=data)
        assert reply.status_code == 303, (item_id, answers[item_id], reply.get_data(as_text=True)[:500])
        place = urlsplit(reply.headers["Location"]).path
        if place.endswith(PAUSE_OFFERED):
            place = urlsplit(send(client, visit(client, place)).path).path
    assert asked == list(answers)
    assert place.endswith("/riepilogo")
    thanks = send(client, visit(client, place))
    assert 'id="grazie"' in thanks.text
