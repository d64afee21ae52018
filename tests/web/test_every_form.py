"""Over HTTP, every different form that anybody can be asked: opened, answered to the end, sent."""

import re
from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine

from surveyapp.collection.response import PARTICIPANT
from surveyapp.instruments.answers import Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.path import Questionnaire
from surveyapp.storage.engine import writing
from surveyapp.storage.pinned import context_text
from surveyapp.study.invented_answers import invent_answers, invent_profile
from surveyapp.web.forms import as_sent
from surveyapp.web.parts import MOST_QUESTIONS
from surveyapp.web.reading import Sent
from tests.factories import NOW, create_administration, create_answer, create_link, create_path
from tests.instruments.test_every_context import INSTRUMENTS, earlier, questionnaires
from tests.web.pages import PAUSE_OFFERED, send, visit

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

SEEDS = 60  # responses that are invented, to find those that meet one question more


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
    """And every question of every form is met at least once, those behind rare answers too."""
    seen: set[tuple[str, ...]] = set()
    met: dict[tuple[str, str], set[str]] = {}
    asked: dict[tuple[str, str], set[str]] = {}
    for number, questionnaire in enumerate(different(catalogue, instrument_id)):
        form = questionnaire.form, questionnaire.variant
        asked.setdefault(form, set()).update(item.id for item in questionnaire.asked if item.record <= 1)
        for before, answers in responses(questionnaire, number, met.setdefault(form, set())):
            link = link_to(engine, catalogue, questionnaire, before)
            complete(app.test_client(), link, questionnaire, answers, seen)
    assert {form: items - met[form] for form, items in asked.items() if items - met[form]} == {}


Answers = dict[str, Answer]


def responses(questionnaire: Questionnaire, number: int, met: set[str]) -> Iterator[tuple[Answers, Answers]]:
    """What was answered before and what is answered now: once, and again while that meets new questions."""
    chances = [Random(seed) for seed in range(number, number + SEEDS)]  # noqa: S311 - invented data
    told = [told_before(questionnaire, once=place > 0) for place in range(SEEDS)]
    for place, (chance, before) in enumerate(zip(chances, told, strict=True)):
        profile = invent_profile(chance, questionnaire.instrument)
        answers = invent_answers(chance, questionnaire, profile, before)
        if place == 0 or answers.keys() - met:
            assert answers, f"{questionnaire.form}, {questionnaire.occasion}: nothing to answer"
            met.update(answers)
            yield before, answers


def told_before(questionnaire: Questionnaire, *, once: bool) -> Answers:
    """Texts that it repeats (goals): where it asks nothing else, and `once` the rest was met."""
    repeats = [item.carries is not None for item in questionnaire.asked]
    return earlier(questionnaire) if all(repeats) or (once and any(repeats)) else {}


def link_to(engine: Engine, catalogue: Catalogue, questionnaire: Questionnaire, before: Answers) -> str:
    with writing(engine) as connection:
        path = create_path(connection)
        if before:
            tell_before(connection, catalogue, questionnaire, before, path)
        administration = create_administration(connection, catalogue, path, **pinned(questionnaire))
        return "/r/" + create_link(connection, administration)


def tell_before(
    connection: Connection, catalogue: Catalogue, questionnaire: Questionnaire, before: Answers, path: int
) -> None:
    """The answers of an earlier occasion, in the form that asks them, sent."""
    first = next(iter(questionnaire.instrument.occasions))
    [form] = {form for name in before for form, _ in questionnaire.instrument.items[name].wordings}
    sent = {"state": "submitted", "closed_at": NOW, "occasion": first, "form": form, "context": "{}"}
    administration = create_administration(connection, catalogue, path, **pinned(questionnaire) | sent)
    for item, answer in before.items():
        create_answer(connection, administration, item, value=answer.value, text=answer.text)


def pinned(questionnaire: Questionnaire) -> dict[str, Any]:
    instrument = questionnaire.instrument
    return {
        "instrument": instrument.id,
        "version": instrument.version,
        "digest": instrument.digest,
        "form": questionnaire.form,
        "variant": questionnaire.variant,
        "occasion": questionnaire.occasion,
        "length": questionnaire.length,
        "context": context_text(questionnaire.context, instrument.context_fields),
    }


def complete(
    client: FlaskClient,
    link: str,
    questionnaire: Questionnaire,
    answers: dict[str, Answer],
    seen: set[tuple[str, ...]],
) -> None:
    """Answer as the pure core says, to the end; each page that is new is looked at whole."""
    place = urlsplit(send(client, visit(client, link)).path).path
    is_participants = questionnaire.instrument.forms[questionnaire.form].respondent == PARTICIPANT
    answer_all = by_questions if is_participants else by_sections
    place = answer_all(client, place, questionnaire, answers, seen)
    assert place.endswith("/riepilogo")
    thanks = send(client, visit(client, place))
    assert 'id="grazie"' in thanks.text


def by_questions(
    client: FlaskClient,
    place: str,
    questionnaire: Questionnaire,
    answers: dict[str, Answer],
    seen: set[tuple[str, ...]],
) -> str:
    """Item after item, as a participant; where the last one leads."""
    asked = []
    while "/domanda/" in place:
        item_id = place.rsplit("/", 1)[1]
        asked.append(item_id)
        look_once(client, place, seen, questionnaire, item_id)
        sent = sent_of(questionnaire, item_id, answers)
        data = {"answer": list(sent.values), "reason": list(sent.reasons), "key": f"k-{item_id}", "seen": ""}
        data |= {} if sent.values or sent.reasons else {"salta": "1"}
        place = urlsplit(posted(client, place, data)).path
        if place.endswith(PAUSE_OFFERED):
            place = urlsplit(send(client, visit(client, place)).path).path
    assert asked == list(answers)
    return place


def by_sections(
    client: FlaskClient,
    place: str,
    questionnaire: Questionnaire,
    answers: dict[str, Answer],
    seen: set[tuple[str, ...]],
) -> str:
    """Page after page, as offices and companies; what is skipped is sent empty until it is taken."""
    asked: dict[str, int] = {}
    while "/parte/" in place:
        text = client.get(place).text
        items = re.findall(r'name="seen\.([^"]+)"', text)
        assert 1 <= len(items) <= MOST_QUESTIONS, (place, items)
        look_once(client, place, seen, questionnaire, *items, "Errore: " if "Errore: " in text else "")
        data: dict[str, list[str]] = {"key": [f"k{len(asked)}"]}
        for item_id in items:
            asked[item_id] = asked.get(item_id, 0) + 1
            sent = sent_of(questionnaire, item_id, answers)
            data |= {f"answer.{item_id}": list(sent.values), f"reason.{item_id}": list(sent.reasons)}
        data |= {name: ["1"] for name in re.findall(r'name="((?:again|seen)\.[^"]+)"', text)}
        place = posted(client, place.partition("?")[0], data).partition("#")[0]
    assert asked.keys() == answers.keys()
    # Twice for what is left empty, once more for each question of the page that came up meanwhile.
    assert max(asked.values()) <= MOST_QUESTIONS
    return place


def sent_of(questionnaire: Questionnaire, item_id: str, answers: dict[str, Answer]) -> Sent:
    return as_sent(questionnaire.wording(questionnaire.asked_by_id[item_id]).format, answers[item_id])


def look_once(
    client: FlaskClient, place: str, seen: set[tuple[str, ...]], questionnaire: Questionnaire, *what: str
) -> None:
    if (questionnaire.form, questionnaire.variant, *what) not in seen:
        seen.add((questionnaire.form, questionnaire.variant, *what))
        visit(client, place)


def posted(client: FlaskClient, place: str, data: dict[str, Any]) -> str:
    reply = client.post(place, data=data)
    assert reply.status_code == 303, (place, data, reply.get_data(as_text=True)[:500])
    return reply.headers["Location"]
