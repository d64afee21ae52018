"""Alerts: raised with the very answer that raises them, once, kept whatever comes after."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.exc import IntegrityError

from surveyapp.collection import safeguarding
from surveyapp.collection.response import Current, Response, load
from surveyapp.collection.saving import Given, Saved, save
from surveyapp.collection.submitting import submit
from surveyapp.instruments.answers import Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.measures import Alert as DeclaredAlert
from surveyapp.instruments.rule import Rule
from surveyapp.storage import answering
from surveyapp.storage.alert_tables import Alert
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.job_tables import Job
from tests.factories import (
    NOW,
    create_administration,
    create_answer,
    create_link,
    create_path,
    create_placement,
)

QUESTION = "QIL_REL4"
ALERT = "QIL_MALTRATTAMENTO"


def begin(engine: Engine, catalogue: Catalogue, form: str = "P", variant: str = "std", **more: Any) -> str:
    """A questionnaire about a placement, whose respondent takes part; its token."""
    about = {"instrument": "qil", "form": form, "variant": variant, "occasion": "INITINERE", **more}
    with writing(engine) as connection:
        path = create_path(connection)
        placement = create_placement(connection, path)
        administration = create_administration(connection, catalogue, path, placement_id=placement, **about)
        answering.keep_consent_text(
            connection, digest="d", consent="participant", version="0.1.0", variant="easy", text="t"
        )
        answering.add_consent(
            connection, administration_id=administration, text_digest="d", decision="accepted", decided_at=NOW
        )
        return create_link(connection, administration)


def give(engine: Engine, catalogue: Catalogue, token: str, item: str, answer: Answer) -> Saved:
    """Save an answer as a page does that has seen the one before."""
    with writing(engine) as connection:
        response = opened(connection, catalogue, token)
        before = response.current.get(item)
        given = Given(item, answer, key=f"{item}{answer}"[:40], seen=before.id if before else None)
        return save(connection, response, given, NOW)


def opened(connection: Any, catalogue: Catalogue, token: str) -> Response:
    response = load(connection, catalogue, token, datetime.now(UTC), lock=True)
    assert response
    return response


def alerts(engine: Engine) -> list[tuple[Any, ...]]:
    columns = (Alert.code, Alert.item, Alert.revision, Alert.raised_by, Alert.read_at, Alert.outcome)
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(Alert.id))]


def notices(engine: Engine) -> list[tuple[Any, ...]]:
    with reading(engine) as connection:
        return [
            tuple(row)
            for row in connection.execute(select(Job.kind, Job.arguments, Job.message, Job.requested_by))
        ]


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


RAISES = [
    *(("P", "std", value, value >= 3) for value in (1, 2, 3, 4, 5)),
    *(("P", "easy", value, value >= 2) for value in (1, 2, 3)),
    *((form, "std", value, value == 1) for form in ("O", "C") for value in (0, 1)),
]


@pytest.mark.parametrize(("form", "variant", "value", "raised"), RAISES)
def test_each_point_of_view_raises_the_alert_as_its_file_says(
    engine: Engine, catalogue: Catalogue, form: str, variant: str, value: int, raised: bool
) -> None:
    token = begin(engine, catalogue, form, variant)
    assert give(engine, catalogue, token, QUESTION, Answer(value)) is Saved.ADDED
    assert alerts(engine) == ([(ALERT, QUESTION, 1, "", None, None)] if raised else [])


@pytest.mark.parametrize("reason", ["NS", "skipped"])
def test_no_answer_raises_nothing(engine: Engine, catalogue: Catalogue, reason: str) -> None:
    token = begin(engine, catalogue)
    give(engine, catalogue, token, QUESTION, Answer(reason=reason))
    assert alerts(engine) == []


def test_who_must_know_is_told_without_any_content(engine: Engine, catalogue: Catalogue) -> None:
    token = begin(engine, catalogue)
    give(engine, catalogue, token, QUESTION, Answer(5))
    assert notices(engine) == [("notice", '{"alert": "1"}', "", "")]


def test_an_alert_stays_when_the_answer_is_changed(engine: Engine, catalogue: Catalogue) -> None:
    token = begin(engine, catalogue)
    for value in (4, 1, 5):
        give(engine, catalogue, token, QUESTION, Answer(value))
    assert alerts(engine) == [(ALERT, QUESTION, 1, "", None, None)]
    assert len(notices(engine)) == 1


def test_an_answer_changed_to_the_worse_raises_it(engine: Engine, catalogue: Catalogue) -> None:
    token = begin(engine, catalogue)
    for value in (1, 4):
        give(engine, catalogue, token, QUESTION, Answer(value))
    assert alerts(engine) == [(ALERT, QUESTION, 2, "", None, None)]


def test_a_page_sent_twice_raises_it_once(engine: Engine, catalogue: Catalogue) -> None:
    token = begin(engine, catalogue)
    assert give(engine, catalogue, token, QUESTION, Answer(5)) is Saved.ADDED
    assert give(engine, catalogue, token, QUESTION, Answer(5)) is Saved.KNOWN
    assert len(alerts(engine)) == 1


def test_every_other_answer_costs_what_it_did(engine: Engine, catalogue: Catalogue) -> None:
    token = begin(engine, catalogue)
    with writing(engine) as connection:
        response = opened(connection, catalogue, token)
        with statements(engine) as seen:
            save(connection, response, Given("QIL_REL1", Answer(5), "k", None), NOW)
    assert [statement.split()[0] for statement in seen] == ["INSERT"]
    assert alerts(engine) == []


def test_an_alert_goes_with_its_answer_when_the_save_fails(engine: Engine, catalogue: Catalogue) -> None:
    token = begin(engine, catalogue)
    with pytest.raises(IntegrityError), writing(engine) as connection:  # noqa: PT012 - one transaction that fails at its end
        response = opened(connection, catalogue, token)
        save(connection, response, Given(QUESTION, Answer(5), "k", None), NOW)
        create_answer(connection, response.administration_id, QUESTION, value=1)  # its revision is taken
    assert (alerts(engine), notices(engine)) == ([], [])


def test_sending_raises_what_no_single_answer_raised(engine: Engine, catalogue: Catalogue) -> None:
    token = begin(engine, catalogue)
    with writing(engine) as connection:
        response = opened(connection, catalogue, token)
        for item in response.questionnaire.asked:
            value = {"value": 5} if item.id == QUESTION else {"reason": "skipped"}
            create_answer(connection, response.administration_id, item.id, variant="std", **value)
        assert submit(connection, opened(connection, catalogue, token), NOW)
    assert alerts(engine) == [(ALERT, QUESTION, 1, "", None, None)]


def test_sending_raises_nothing_twice(engine: Engine, catalogue: Catalogue) -> None:
    token = begin(engine, catalogue)
    give(engine, catalogue, token, QUESTION, Answer(5))
    with writing(engine) as connection:
        response = opened(connection, catalogue, token)
        for item in response.questionnaire.asked:
            if item.id != QUESTION:
                create_answer(connection, response.administration_id, item.id, reason="skipped")
        assert submit(connection, opened(connection, catalogue, token), NOW)
    assert len(alerts(engine)) == 1


def test_an_answer_that_says_nothing_does_not_raise_what_another_raised(
    engine: Engine, catalogue: Catalogue
) -> None:
    """A rule on two questions: the alert is about the one that was answered so."""
    token = begin(engine, catalogue)
    with writing(engine) as connection:
        response = watching_two(opened(connection, catalogue, token))
        for item, value in ((QUESTION, 5), ("QIL_REL1", 5), ("QIL_REL1", 1)):
            current = response.current.get(item)
            revision = current.revision + 1 if current else 1
            number = create_answer(
                connection, response.administration_id, item, value=value, revision=revision
            )
            safeguarding.after_saving(connection, response, item, Answer(value), revision, NOW)
            response = replace(
                response, current={**response.current, item: _current(number, revision, value)}
            )
    assert [(item, revision) for _, item, revision, *_ in alerts(engine)] == [(QUESTION, 1)]


def watching_two(response: Response) -> Response:
    rule = Rule("any", parts=(_at_least(QUESTION, 4), Rule("is", item="QIL_REL1", codes=(2,))))
    instrument = replace(
        response.questionnaire.instrument,
        alerts=(DeclaredAlert("TWO", "alert", "Due", rule),),
        digest="two",
    )
    return replace(response, questionnaire=replace(response.questionnaire, instrument=instrument))


def _at_least(item: str, number: int) -> Rule:
    return Rule("at_least", item=item, number=number)


def _current(number: int, revision: int, value: int) -> Current:
    return Current(number, revision, "k", Answer(value))


def test_a_flag_is_a_note_and_no_alert(engine: Engine, catalogue: Catalogue) -> None:
    assert safeguarding.watched(catalogue.newest("oss")) == frozenset()
    assert safeguarding.watched(catalogue.newest("qil")) == {QUESTION}
