"""What becomes of judgements: kept beside the earlier ones, sent once, counted audience by audience."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, select, update

from surveyapp.focus_groups.rated import Rated, of_scale, outcomes
from surveyapp.focus_groups.readers import Read, Tried, by_wording
from surveyapp.focus_groups.rounds import (
    CLARITY,
    LONGEST_COMMENT,
    MOST_QUESTIONS,
    OPEN_FOR,
    RELEVANCE,
    Said,
    Visit,
    Wanted,
    add_questions,
    judge,
    make_links,
    possible,
    renew,
    send,
    visit,
)
from surveyapp.storage import rating_rows
from surveyapp.storage.engine import writing
from surveyapp.storage.focus_tables import Rating, RatingRound
from tests.factories import NOW
from tests.focus_groups.factories import create_clarity, create_relevance, create_round


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as connection:
        yield connection


@pytest.fixture
def round_id(connection: Connection) -> int:
    made = create_round(connection)
    create_relevance(connection, made)
    create_clarity(connection, made)
    return made


@pytest.fixture
def token(connection: Connection, round_id: int) -> str:
    ((_code, token),) = make_links(connection, round_id, 1, "CM", "", NOW)
    return token


def here(connection: Connection, token: str, now: datetime = NOW) -> Visit:
    found = visit(connection, token, now, lock=True)
    assert found is not None
    return found


def test_a_judgement_is_never_overwritten(connection: Connection, token: str) -> None:
    question = here(connection, token).questions[0].id
    for value, comment in ((2, ""), (2, ""), (4, ""), (None, ""), (None, "Non lo conosco")):
        assert judge(connection, here(connection, token), question, value, comment, NOW) is Said.KEPT
    query = select(Rating.revision, Rating.value, Rating.comment).order_by(Rating.revision)
    kept = [tuple(row) for row in connection.execute(query)]
    assert kept == [(1, 2, ""), (2, 4, ""), (3, None, ""), (4, None, "Non lo conosco")]
    last = here(connection, token)
    assert (last.given[question].value, last.left) == (None, [2])


def test_what_is_too_long_sent_or_closed_is_not_kept(connection: Connection, token: str) -> None:
    question = here(connection, token).questions[0].id
    long = "x" * (LONGEST_COMMENT + 1)
    assert judge(connection, here(connection, token), question, 1, long, NOW) is Said.TOO_LONG
    assert send(connection, here(connection, token), NOW) is Said.NOTHING_CHOSEN
    judge(connection, here(connection, token), question, 1, "", NOW)
    assert send(connection, here(connection, token), NOW) is Said.KEPT
    assert send(connection, here(connection, token), NOW) is Said.SENT_BEFORE
    assert judge(connection, here(connection, token), question, 2, "", NOW) is Said.SENT_BEFORE


def test_a_closed_round_takes_nothing(connection: Connection, token: str) -> None:
    connection.execute(update(RatingRound).values(closed_at=NOW))
    question = here(connection, token).questions[0].id
    assert judge(connection, here(connection, token), question, 1, "", NOW) is Said.CLOSED
    assert send(connection, here(connection, token), NOW) is Said.CLOSED


def test_a_link_opens_for_its_while(connection: Connection, token: str) -> None:
    assert visit(connection, token, NOW + OPEN_FOR - timedelta(seconds=1))
    assert visit(connection, token, NOW + OPEN_FOR) is None
    assert visit(connection, "unknown", NOW) is None


def test_another_token_takes_the_place_of_the_first(connection: Connection, token: str) -> None:
    later = datetime(2027, 1, 10, tzinfo=UTC)
    other = renew(connection, here(connection, token).rater.id, later)
    assert visit(connection, token, NOW) is None
    assert here(connection, other, later).rater.code == "E1"


def test_codes_go_on_where_they_stopped(connection: Connection, round_id: int, token: str) -> None:
    made = make_links(connection, round_id, 2, "COOP", "C1", NOW)
    assert [code for code, _token in made] == ["E2", "E3"]
    assert len({token for _code, token in made} | {token}) == 3


def test_a_criterion_is_asked_once_and_each_wording_too(connection: Connection) -> None:
    made = create_round(connection)
    twice = [Wanted(RELEVANCE, "QIL_A1", "x", "qil", version) for version in ("0.1.0", "0.2.0")]
    wordings = [Wanted(CLARITY, "QIL_A1", "x", "qil", "0.1.0", form, "std") for form in ("P", "O", "P")]
    assert add_questions(connection, made, [*twice, *wordings]) == 3
    assert add_questions(connection, made, twice) == 0
    many = [Wanted(RELEVANCE, f"NEW_{number}", "x") for number in range(MOST_QUESTIONS)]
    assert add_questions(connection, made, many) == MOST_QUESTIONS - 3
    asked = rating_rows.questions(connection, made)
    assert [row.position for row in asked] == list(range(1, MOST_QUESTIONS + 1))


@pytest.mark.parametrize(
    ("sent", "value"), [("1", 1), ("4", 4), ("0", None), ("5", None), ("٣", None), ("", None)]
)
def test_only_four_values_are_judgements(sent: str, value: int | None) -> None:
    assert possible(sent) == value


def said(audience: str, values: str, organisation: str = "") -> list[Rated]:
    """One judgement for each sign; ? for who could not say."""
    return [
        Rated(1, f"E{place}", audience, organisation, None if value == "?" else int(value))
        for place, value in enumerate(values)
    ]


def test_audiences_stand_apart_and_their_distance_is_told() -> None:
    (found,) = outcomes([1], said("CM", "4444") + said("COOP", "4442?"), one_vote=False)
    cm, coop = found.heard
    assert (cm.audience, cm.counts, cm.unknown, cm.validity.value) == ("CM", (0, 0, 0, 4), 0, 1.0)
    assert (coop.counts, coop.unknown, coop.validity.value) == ((0, 1, 0, 3), 1, 0.75)
    assert found.divergent
    (close,) = outcomes([1], said("CM", "4444") + said("COOP", "44443"), one_vote=False)
    assert not close.divergent


def test_an_organisation_may_have_one_vote() -> None:
    rated = said("CM", "11", "BG") + said("CM", "44", "CR") + said("CM", "4")
    (people,) = outcomes([1], rated, one_vote=False)
    (bodies,) = outcomes([1], rated, one_vote=True)
    assert (people.heard[0].validity.raters, people.heard[0].validity.value) == (5, 0.6)
    assert (bodies.heard[0].validity.raters, bodies.heard[0].validity.agreeing) == (3, 2)
    assert bodies.heard[0].counts == people.heard[0].counts


def test_the_mean_of_a_scale_leaves_out_what_has_no_index() -> None:
    found = outcomes([1, 2], said("CM", "4441") + said("COOP", "44"), one_vote=False)
    (cm, coop) = of_scale(found)
    assert (cm.audience, cm.items, cm.value) == ("CM", 1, 0.75)
    assert (coop.items, coop.value) == (0, None)
    assert of_scale([]) == []


def test_a_reader_counts_once_for_each_wording() -> None:
    easy = Read("aut", "0.1.0", "AUT_OCC3", "P", "easy")
    tests = [
        Tried(easy, reader, word, "", "") for reader, word in (("L1", "no"), ("L2", "no"), ("L1", "yes"))
    ]
    (found,) = by_wording(tests)
    assert (found.readers, found.counts, found.is_enough) == (2, (1, 0, 1), False)
    (enough,) = by_wording([*tests, Tried(easy, "L3", "partly", "", "")])
    assert (enough.counts, enough.is_enough) == ((1, 1, 1), True)
