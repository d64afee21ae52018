"""What one database takes and the other refuses is a bad address or a bad form, never a failure of ours."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import answering
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.tables import Administration, Answer
from tests.factories import create_administration, create_link

FORM = "application/x-www-form-urlencoded"
POISONS = ["%00", "a%00b", "%FF", "%ED%A0%80", "%F0%9F%98%80" * 20, "x" * 300, "x" * 70_000, "%E2%80%A8", "'"]


@pytest.fixture
def address(client: FlaskClient, engine: Engine, catalogue: Catalogue) -> str:
    """The address of a questionnaire that was begun."""
    with writing(engine) as connection:
        token = create_link(connection, create_administration(connection, catalogue))
    address = client.get(f"/r/{token}").headers["Location"].partition("?")[0]
    client.post(f"{address}inizio")
    return address


def answers(engine: Engine) -> list[tuple[int | None, str]]:
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(select(Answer.value, Answer.key))]


@pytest.mark.parametrize("poison", POISONS)
def test_no_key_of_a_page_loses_the_answer(
    client: FlaskClient, engine: Engine, address: str, poison: str
) -> None:
    body = f"key={poison}&seen=&answer=2"
    assert client.post(f"{address}domanda/AUT_BEN1", data=body, content_type=FORM).status_code == 303
    [(value, key)] = answers(engine)
    assert value == 2
    assert 1 <= len(key) <= 40


@pytest.mark.parametrize("field", ["seen", "again", "salta", "da", "x"])
def test_no_other_field_is_a_failure(client: FlaskClient, engine: Engine, address: str, field: str) -> None:
    for number, poison in enumerate(POISONS):
        body = f"key={number}&answer=2&{field}={poison}"
        assert client.post(f"{address}domanda/AUT_BEN1", data=body, content_type=FORM).status_code == 303
    assert len(answers(engine)) == 1


def test_no_number_of_a_row_is_too_long(client: FlaskClient, engine: Engine, address: str) -> None:
    for seen in ("9" * 18, "9" * 19, "9" * 5000, "-1", "٣"):
        data = {"key": "k", "seen": seen, "answer": "2"}
        assert client.post(f"{address}domanda/AUT_BEN1", data=data).status_code == 303
    assert len(answers(engine)) == 1


@pytest.mark.parametrize("place", ["/r/{}", "/q/{}/", "/q/{}/inizio", "{address}domanda/{}", "/{}"])
def test_no_address_is_a_failure(client: FlaskClient, address: str, place: str) -> None:
    for poison in POISONS:
        path = place.replace("{address}", address).replace("{}", poison)
        assert client.get(path).status_code == 404
        assert client.post(path, data={"key": "k", "answer": "2"}).status_code in (404, 405)


@pytest.mark.parametrize("poison", POISONS)
def test_no_choice_before_the_questions_is_a_failure(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, poison: str
) -> None:
    with writing(engine) as connection:
        token = create_link(connection, create_administration(connection, catalogue))
    address = client.get(f"/r/{token}").headers["Location"].partition("?")[0]
    for page, field in (("versione", "variant"), ("inizio", "optional"), ("no", "x"), ("parlarne", "x")):
        reply = client.post(f"{address}{page}", data=f"{field}={poison}", content_type=FORM)
        assert reply.status_code == 303


@given(
    st.text(max_size=80),
    st.text(max_size=80),
    st.sampled_from(["AUT_BEN1", "AUT_ASP1"]),
    st.text(max_size=60),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_is_a_failure(
    client: FlaskClient, address: str, key: str, seen: str, item: str, given_text: str
) -> None:
    reply = client.post(f"{address}domanda/{item}", data={"key": key, "seen": seen, "answer": given_text})
    assert reply.status_code in (303, 409, 422)


def test_every_text_comes_back_as_it_was_sent(client: FlaskClient, engine: Engine, address: str) -> None:
    sent = "perché «così» — ’ 😀 \u2028 e\u0301 \U0010ffff \x01 \\N \\. %00 {x} ' \" ; -- fine"
    client.post(f"{address}domanda/AUT_ASP1", data={"key": "k", "seen": "", "answer": sent})
    with reading(engine) as connection:
        assert connection.execute(select(Answer.text)).scalar_one() == sent


QUERIES: list[tuple[str, Callable[[], object]]] = [
    ("postgresql", lambda: select(Administration.id).where(Administration.key == "a\0b")),
    ("postgresql", lambda: select(Administration.id).where(Administration.id == 2**40)),
    ("postgresql", lambda: select(Administration.id).where(Administration.id == 2**70)),
    ("sqlite", lambda: select(Administration.id).where(Administration.id == 2**70)),
]


@pytest.mark.parametrize(("database", "query"), QUERIES, indirect=["database"])
def test_a_value_no_column_can_hold_is_no_page(
    app: Flask, engine: Engine, query: Callable[[], object]
) -> None:
    @app.route("/poison", methods=["GET", "POST"])
    def poison() -> str:
        with reading(engine) as connection:
            return str(connection.execute(query()).all())

    assert app.test_client().get("/poison").status_code == 404
    assert app.test_client().post("/poison").status_code == 422


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_text_longer_than_its_column_is_refused(app: Flask, engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        administration = create_administration(connection, catalogue)

    @app.post("/poison")
    def poison() -> str:
        with writing(engine) as connection:
            answering.change_administration(connection, administration, state_reason="x" * 201)
        return ""

    assert app.test_client().post("/poison").status_code == 422
