"""Who was due, who answered, who was lost."""

from datetime import UTC, date, datetime

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.coverage import coverage_rows
from surveyapp.reports.numbers import EVERYWHERE, Numbers, Place
from surveyapp.reports.reading import load
from tests.reports.invented import CLOSED, TODAY, a_path, an_administration, answered


def covered(connection: Connection, catalogue: Catalogue, today: date = TODAY) -> Numbers:
    return Numbers(tuple(coverage_rows(load(connection, catalogue, "aut"), today)))


def counts(numbers: Numbers, occasion: str, *names: str, territory: str = EVERYWHERE) -> list[int]:
    place = Place(version="0.1.0", territory=territory, occasion=occasion)
    return [numbers.count(place, name) for name in names]


def test_what_lies_in_the_future_is_not_due_yet(connection: Connection, catalogue: Catalogue):
    path_id = a_path(connection)
    an_administration(connection, catalogue, path_id, "EXPOST")
    an_administration(connection, catalogue, path_id, "FU6")
    numbers = covered(connection, catalogue)
    assert counts(numbers, "EXPOST", "due", "open") == [1, 1]
    assert counts(numbers, "FU6", "due", "open") == [0, 0]


def test_an_occasion_without_a_window_is_not_due(connection: Connection, catalogue: Catalogue):
    an_administration(
        connection, catalogue, a_path(connection), "EXPOST", due_from=None, due_to=None, late_to=None
    )
    assert counts(covered(connection, catalogue), "EXPOST", "due", "open") == [0, 0]


def test_every_way_of_not_answering_is_counted(connection: Connection, catalogue: Catalogue):
    for state in ("refused", "withdrawn", "impossible"):
        an_administration(connection, catalogue, a_path(connection), "EXANTE", state=state, closed_at=CLOSED)
    answered(connection, catalogue, a_path(connection))
    numbers = covered(connection, catalogue)
    names = ("due", "submitted", "refused", "withdrawn", "impossible", "open")
    assert counts(numbers, "EXANTE", *names) == [4, 1, 1, 1, 1, 0]


def test_who_began_and_can_no_longer_answer_is_lost(connection: Connection, catalogue: Catalogue):
    for values in ({"state": "refused", "closed_at": CLOSED}, {}):
        path_id = a_path(connection)
        answered(connection, catalogue, path_id)
        an_administration(connection, catalogue, path_id, "EXPOST", **values)
    assert counts(covered(connection, catalogue), "EXPOST", "dropouts") == [1]
    assert counts(covered(connection, catalogue, date(2026, 12, 1)), "EXPOST", "dropouts") == [2]


def test_late_answers_are_counted_by_territory(connection: Connection, catalogue: Catalogue):
    late = datetime(2026, 8, 1, 9, 0, tzinfo=UTC)
    answered(connection, catalogue, a_path(connection), closed_at=late)
    answered(connection, catalogue, a_path(connection, province="Cremona", ambito="Cremona"))
    numbers = covered(connection, catalogue)
    assert counts(numbers, "EXANTE", "late", "submitted") == [1, 2]
    assert counts(numbers, "EXANTE", "late", "submitted", territory="Ambito di Cremona") == [0, 1]
