"""Links are secret, counted once, and can be taken back."""

import time
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path as FilePath

import pytest
from sqlalchemy import Connection, Engine, select, update

from surveyapp.instruments.catalogue import Catalogue, CatalogueError
from surveyapp.instruments.path import Questionnaire
from surveyapp.storage.answering import by_token, carried_answers
from surveyapp.storage.engine import writing
from surveyapp.storage.tables import Administration, Link, Path, Person
from surveyapp.study import demonstration, links
from surveyapp.study.errors import RefusedError
from surveyapp.study.people_cells import PersonRow
from surveyapp.study.register import import_people
from tests.study.conftest import NOW

TODAY = NOW.date()
PEOPLE = [
    PersonRow(2, "BG-1", "Bergamo", "", date(2026, 11, 1)),
    PersonRow(3, "CR-1", "Cremona", "Cremona", date(2026, 6, 1), date(2026, 11, 10)),
    PersonRow(4, "CR-2", "Cremona", "Cremona", TODAY + timedelta(1)),
]


@pytest.fixture
def register(connection: Connection, catalogue: Catalogue) -> Connection:
    import_people(connection, catalogue, PEOPLE, NOW)
    return connection


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def due(connection: Connection, catalogue: Catalogue, occasion: str | None = None) -> list[links.DueLink]:
    wanted = links.Wanted(instrument="aut", form="P", occasion=occasion)
    return links.links_due(connection, catalogue, wanted, TODAY, NOW, 120)


def test_a_link_opens_its_administration(register: Connection) -> None:
    token = links.new_link(register, 1, NOW, timedelta(30))
    found = by_token(register, digest(token), NOW + timedelta(29))
    assert found is not None
    assert found.id == 1
    assert by_token(register, digest(token), NOW + timedelta(30)) is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_token_is_long_and_never_stored(engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        import_people(connection, catalogue, PEOPLE, NOW)
        token = links.new_link(connection, 1, NOW, timedelta(30))
    assert len(token) >= 43
    folder = FilePath(str(engine.url.database)).parent
    files = [path.read_bytes() for path in folder.iterdir()]
    assert not any(token.encode() in data for data in files)
    assert any(digest(token).encode() in data for data in files)


def test_a_link_does_not_show_its_token_in_logs() -> None:
    link = links.DueLink("BG-1", "BG-1", "aut", "P", "EXANTE", "Provincia di Bergamo", 1, "secret")
    assert "secret" not in repr(link)


def test_links_are_made_for_what_is_due_today(register: Connection, catalogue: Catalogue) -> None:
    found = [(link.code, link.occasion, link.territory) for link in due(register, catalogue)]
    assert found == [
        ("BG-1", "EXANTE", "Provincia di Bergamo"),
        ("CR-1", "EXANTE", "Ambito di Cremona"),
        ("CR-1", "EXPOST", "Ambito di Cremona"),
    ]


def test_links_of_one_occasion_are_for_it_alone(register: Connection, catalogue: Catalogue) -> None:
    [link] = due(register, catalogue, "EXPOST")
    found = by_token(register, digest(link.token), NOW)
    assert found is not None
    assert found.occasion == "EXPOST"


def test_what_is_closed_gets_no_link(register: Connection, catalogue: Catalogue) -> None:
    closed = {"state": "refused", "closed_at": NOW}
    register.execute(update(Administration), closed)
    assert due(register, catalogue) == []


def test_an_unknown_occasion_is_refused_with_the_known(register: Connection, catalogue: Catalogue) -> None:
    with pytest.raises(RefusedError, match="EXANTE, EXPOST, RETEST, FU6"):
        due(register, catalogue, "INITINERE")


def test_revoking_ends_the_links_of_one_person(register: Connection, catalogue: Catalogue) -> None:
    tokens = {link.code: link.token for link in due(register, catalogue)}
    assert links.revoke(register, "CR-1", NOW) == 2
    assert by_token(register, digest(tokens["CR-1"]), NOW) is None
    assert by_token(register, digest(tokens["BG-1"]), NOW) is not None
    assert links.revoke(register, "CR-1", NOW) == 0


def test_revoking_links_of_nobody_is_refused(register: Connection) -> None:
    with pytest.raises(RefusedError, match="XX-9"):
        links.revoke(register, "XX-9", NOW)


def fresh(connection: Connection, catalogue: Catalogue, occasion: str, count: int) -> list[str]:
    return links.demonstration_links(connection, catalogue, "aut", occasion, count, NOW, 120)


@pytest.mark.parametrize("occasion", ["EXANTE", "EXPOST", "FU6"])
def test_demonstration_links_open_what_is_due_now(
    connection: Connection, catalogue: Catalogue, occasion: str
) -> None:
    tokens = fresh(connection, catalogue, occasion, 4)
    found = [by_token(connection, digest(token), NOW) for token in tokens]
    assert len(set(tokens)) == 4
    assert [(row.occasion, row.state, row.demonstration) for row in found if row] == [
        (occasion, "open", True)
    ] * 4
    starts = select(Administration.due_from).where(Administration.occasion == occasion)
    assert set(connection.execute(starts).scalars()) == {TODAY}


def test_demonstration_people_alternate_between_territories(
    connection: Connection, catalogue: Catalogue
) -> None:
    fresh(connection, catalogue, "EXANTE", 4)
    people = connection.execute(select(Person.code, Person.province).order_by(Person.id)).all()
    assert [person.province for person in people] == ["Bergamo", "Cremona", "Bergamo", "Cremona"]
    assert all(person.code.startswith("DEMO-") for person in people)


def test_demonstration_links_carry_goals_over(connection: Connection, catalogue: Catalogue) -> None:
    fresh(connection, catalogue, "EXPOST", 30)
    goals = ["AUT_OB1", "AUT_OB2", "AUT_OB3"]
    paths = connection.execute(select(Path.id)).scalars().all()
    asked = Questionnaire(catalogue.newest("aut"), "P", "easy", "EXPOST")
    answers = [carried_answers(connection, f"path:{path}", asked) for path in paths]
    carried = [{item: one.text for item, one in found.items() if one.text} for found in answers]
    assert sum(map(bool, carried)) > 20
    assert all(set(found) <= set(goals) and len(set(found.values())) == len(found) for found in carried)


def test_demonstration_links_can_be_asked_again(connection: Connection, catalogue: Catalogue) -> None:
    demonstration.fill(connection, catalogue, NOW)
    assert len({*fresh(connection, catalogue, "EXPOST", 3), *fresh(connection, catalogue, "EXPOST", 3)}) == 6


def test_two_hundred_demonstration_links_take_seconds(connection: Connection, catalogue: Catalogue) -> None:
    begin = time.perf_counter()
    tokens = fresh(connection, catalogue, "EXPOST", 200)
    assert time.perf_counter() - begin < 3
    kept = set(connection.execute(select(Link.token_sha256)).scalars())
    assert kept == {digest(token) for token in tokens}


def test_demonstration_links_refuse_real_people(register: Connection, catalogue: Catalogue) -> None:
    with pytest.raises(RefusedError, match="persone vere"):
        fresh(register, catalogue, "EXANTE", 1)


def test_demonstration_links_refuse_what_does_not_exist(connection: Connection, catalogue: Catalogue) -> None:
    with pytest.raises(RefusedError, match="INITINERE"):
        fresh(connection, catalogue, "INITINERE", 1)
    with pytest.raises(CatalogueError, match="xyz"):
        links.demonstration_links(connection, catalogue, "xyz", "EXANTE", 1, NOW, 1)
