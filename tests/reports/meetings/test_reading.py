"""What is read of a meeting, on both databases."""

from sqlalchemy import Connection, update

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.meetings.reading import read_all, read_one
from surveyapp.storage.focus_tables import FocusParticipant
from tests.factories import create_focus_group
from tests.reports.meetings.invented import CANARIES, QUOTED, create_whole_meeting


def test_what_may_not_be_told_is_not_even_read(connection: Connection, catalogue: Catalogue) -> None:
    read = repr(read_one(connection, catalogue, create_whole_meeting(connection)).meetings)
    assert QUOTED in read
    assert [canary for canary in CANARIES if canary in read] == []


def test_a_consent_that_was_withdrawn_takes_the_words_away(
    connection: Connection, catalogue: Catalogue
) -> None:
    meeting = create_whole_meeting(connection)
    connection.execute(update(FocusParticipant).values(quotable=False))
    assert QUOTED not in repr(read_one(connection, catalogue, meeting))


def test_the_digest_is_of_what_was_read(connection: Connection, catalogue: Catalogue) -> None:
    meeting = create_whole_meeting(connection)
    before = read_one(connection, catalogue, meeting).digest
    assert read_one(connection, catalogue, meeting).digest == before
    connection.execute(update(FocusParticipant).values(quotable=False))
    assert read_one(connection, catalogue, meeting).digest != before


def test_a_role_that_says_who_somebody_is_stays_out(connection: Connection, catalogue: Catalogue) -> None:
    meeting = create_whole_meeting(connection)
    connection.execute(update(FocusParticipant).values(role="la direttrice, Martina"))
    people = read_one(connection, catalogue, meeting).meetings[0].people
    assert {one.role for one in people} == {"ruolo non riportato (sembra contenere un nome)"}


def test_meetings_come_oldest_first(connection: Connection, catalogue: Catalogue) -> None:
    create_focus_group(connection, code="FG9")
    create_whole_meeting(connection)
    assert [one.code for one in read_all(connection, catalogue).meetings] == ["FG2", "FG9"]
