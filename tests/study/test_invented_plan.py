"""The demonstration shows everything that the plan can ask: places, placements, roles, occasions, repeats."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.path import Questionnaire, path
from surveyapp.instruments.rule import PLACEMENT_TYPES
from surveyapp.storage import register_rows
from surveyapp.storage.engine import open_engine, reading, writing
from surveyapp.storage.pinned import context_of
from surveyapp.storage.register_rows import Register
from surveyapp.storage.responses import submitted_answers
from surveyapp.storage.tables import Administration, Answer
from surveyapp.study import demonstration
from tests.conftest import Databases

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PROVINCES = {
    "Bergamo",
    "Brescia",
    "Como",
    "Cremona",
    "Lodi",
    "Mantova",
    "Milano",
    "Monza e della Brianza",
    "Sondrio",
    "Varese",
}


@pytest.fixture(scope="module")
def answered(databases: Databases, catalogue: Catalogue) -> tuple[Register, dict[int, Counter[str]]]:
    """The register of the demonstration, and how often each item of an administration was answered."""
    found: dict[int, Counter[str]] = {}
    with databases["sqlite"].migrated() as url:
        engine = open_engine(url)
        with writing(engine) as connection:
            demonstration.fill(connection, catalogue, NOW)
        with reading(engine) as connection:
            register = register_rows.load(connection)
            for instrument in ("aut", "qil", "acc", "oss", "fu6", "vip"):
                for row in submitted_answers(connection, instrument):
                    found.setdefault(row.administration_id, Counter())[row.item] += 1
        engine.dispose()
    return register, found


def test_every_province_and_kind_of_placement_is_there(answered: tuple[Register, object]) -> None:
    register, _ = answered
    assert {person.province for person in register.paths} == PROVINCES
    assert {(path.province, path.ambito) for path in register.paths} >= {("Cremona", "Crema")}
    assert {placement.type for placement in register.placements} == set(PLACEMENT_TYPES)


def test_every_form_was_sent_at_every_occasion_of_the_plan(
    answered: tuple[Register, object], catalogue: Catalogue
) -> None:
    sent = {
        (made.instrument, made.form, made.occasion)
        for made in answered[0].administrations
        if made.state == "submitted"
    }
    asked = {
        (entry.instrument, entry.form, occasion)
        for entry in catalogue.plan().entries
        for occasion in entry.occasions
    }
    assert asked - sent == set()


def test_placements_that_last_are_asked_about_again(answered: tuple[Register, object]) -> None:
    register, _ = answered
    assert any(placement.ended_on is None for placement in register.placements)
    again = {made.form for made in register.administrations if made.instrument == "qil" and made.number > 1}
    assert {"P", "O", "C"} <= again


def test_some_people_were_helped(databases: Databases, catalogue: Catalogue) -> None:
    """In about one path in five, and at each occasion in the same way."""
    with databases["sqlite"].migrated() as url:
        engine = open_engine(url)
        with writing(engine) as connection:
            demonstration.fill(connection, catalogue, NOW)
            query = (
                select(Administration.path_id, Answer.mode)
                .join(Answer, Answer.administration_id == Administration.id)
                .where(Administration.form == "P")
                .distinct()
            )
            modes = Counter(row.mode for row in connection.execute(query))
        engine.dispose()
    assert modes.keys() == {"self", "read_aloud", "assisted"}
    assert modes["self"] > modes["assisted"] + modes["read_aloud"] > 10


def test_lengths_second_raters_and_retests_are_there(answered: tuple[Register, object]) -> None:
    made = answered[0].administrations
    assert {one.length for one in made} == {"full", "short", "mini"}
    assert {one.instrument for one in made if one.rater == 2} == {"oss"}
    retests = [one for one in made if one.occasion == "RETEST"]
    assert {one.instrument for one in retests} == {"aut", "qil"}
    assert all(one.retest_of for one in retests)


def test_exactly_what_is_on_the_path_was_answered(
    answered: tuple[Register, dict[int, Counter[str]]], catalogue: Catalogue
) -> None:
    register, given = answered
    sent = [made for made in register.administrations if made.state == "submitted"]
    assert {made.id for made in sent} == given.keys()
    for made in sent[:400]:
        instrument = catalogue.pinned(made.instrument, made.version, made.digest)
        questionnaire = Questionnaire(
            instrument, made.form, made.variant or "", made.occasion, context_of(made.context), made.length
        )
        assert set(given[made.id].values()) == {1}
        assert given[made.id].keys() <= questionnaire.asked_by_id.keys()
        assert path(questionnaire, {}) or questionnaire.carried_items
