"""Indicator I15, with the worked examples of the blueprint (T5-T7)."""

import pytest
from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.frames import Response
from surveyapp.reports.improvement import improvement, improvement_rows
from surveyapp.reports.numbers import TOO_FEW, Numbers, Place
from surveyapp.reports.reading import load
from tests.reports.invented import a_path, answered, end

T6 = ((9, 8, 8, 10), (7, 8, 7, 8), (9, 9, 9, 9), (8, 8, 8, 9), (1, 1, 1, 1))
WHOLE = Place(version="0.1.0", scale="MIG_IND", occasion="EXPOST")


def an_end(connection: Connection, catalogue: Catalogue, ratings, gates=(1, 0), **values) -> None:
    answers = {f"AUT_MIG{number}": rating for number, rating in enumerate(ratings, start=1)}
    answers |= {"AUT_MIG5": 5, "AUT_MIG0A": gates[0], "AUT_MIG0B": gates[1]}
    path_id = a_path(connection, ended_on=None)
    end(connection, path_id)
    answered(connection, catalogue, path_id, "EXPOST", answers, **values)


def responses(connection: Connection, catalogue: Catalogue) -> list[Response]:
    return list(load(connection, catalogue, "aut").responses)


def rows(connection: Connection, catalogue: Catalogue) -> Numbers:
    return Numbers(tuple(improvement_rows(load(connection, catalogue, "aut"))))


def test_both_means_stand_side_by_side_with_opposite_outcomes(connection: Connection, catalogue: Catalogue):
    for number, ratings in enumerate(T6):
        an_end(connection, catalogue, ratings, gates=(0, 0) if number == 4 else (1, 0))
    found = improvement(responses(connection, catalogue), concluded=5)
    assert (found.declared, found.concluded, found.unknown) == (4, 5, 0)
    assert found.everybody.observed.value == pytest.approx(6.90)
    assert found.everybody.observed.reached is False
    assert found.declaring.observed.value == pytest.approx(8.375)
    assert found.declaring.observed.reached is True
    assert found.declaring.observed.verdict == "non dimostrato"


def test_exactly_eight_does_not_reach_above_eight(connection: Connection, catalogue: Catalogue):
    for ratings in ((8, 8, 8, 8), (7, 7, 7, 7), (9, 9, 9, 9)):
        an_end(connection, catalogue, ratings)
    found = improvement(responses(connection, catalogue), concluded=3)
    assert found.everybody.observed.value == 8.0
    assert found.everybody.observed.reached is False


def test_bounds_say_how_far_the_missing_could_move_the_mean(connection: Connection, catalogue: Catalogue):
    an_end(connection, catalogue, (9, 9, 9, 9))
    an_end(connection, catalogue, ("NS", "NS", 7, 7))
    found = improvement(responses(connection, catalogue), concluded=4)
    assert found.everybody.missing == 3
    assert (found.everybody.worst, found.everybody.best) == (3.0, 9.75)
    assert (found.declaring.missing, found.unknown) == (3, 2)


def test_nobody_at_all_has_no_mean_and_no_bounds():
    found = improvement([], concluded=0)
    assert found.everybody.observed.value is None
    assert (found.everybody.worst, found.everybody.best) == (None, None)


def test_more_answers_than_people_are_refused(connection: Connection, catalogue: Catalogue):
    an_end(connection, catalogue, (9, 9, 9, 9))
    with pytest.raises(ValueError, match="at least the people who answered"):
        improvement(responses(connection, catalogue), concluded=0)


def test_a_worsening_at_either_gate_is_counted_once(connection: Connection, catalogue: Catalogue):
    for gates in ((-1, 1), (-1, -1), (0, -1), (0, 0), ("NS", "NS")):
        an_end(connection, catalogue, (5, 5, 5, 5), gates=gates)
    found = improvement(responses(connection, catalogue), concluded=5)
    assert (found.worsened, found.declared, found.unknown) == (3, 1, 1)


def test_people_who_ended_without_answering_are_in_the_denominator(
    connection: Connection, catalogue: Catalogue
):
    for _ in range(12):
        an_end(connection, catalogue, (9, 8, 9, 9))
    lost = a_path(connection)
    answered(connection, catalogue, lost, "EXANTE")
    end(connection, lost)
    still = a_path(connection)
    answered(connection, catalogue, still, "EXANTE")
    numbers = rows(connection, catalogue)
    assert numbers.count(WHOLE, "concluded") == 13
    assert numbers.count(WHOLE, "answered") == 12
    assert numbers.value(WHOLE, "share_declared") == pytest.approx(12 / 13)


def test_the_indicator_joins_variants_and_shows_them_apart(connection: Connection, catalogue: Catalogue):
    for number in range(20):
        an_end(connection, catalogue, (8, 8, 9, 7 + number % 3), variant="easy" if number < 8 else "std")
    numbers = rows(connection, catalogue)
    everybody = Place(version="0.1.0", scale="MIG_IND", occasion="EXPOST", subset="everybody")
    assert numbers.figures(everybody)["mean"].n == 20
    easy = Place(version="0.1.0", scale="MIG_IND", occasion="EXPOST", variant="easy", subset="everybody")
    assert (numbers.figures(easy)["mean"].n, numbers.figures(easy)["mean"].reason) == (8, TOO_FEW)
    assert numbers.value(easy, "mean_if_missing_1") is None


def test_modes_are_shown_apart_only_when_there_are_two(connection: Connection, catalogue: Catalogue):
    an_end(connection, catalogue, (8, 8, 9, 7))
    assert not any(
        place.subset.startswith("mode") for place in rows(connection, catalogue).places("concluded")
    )
    an_end(connection, catalogue, (8, 8, 9, 7), mode="interview")
    subsets = {place.subset for place in rows(connection, catalogue).places("concluded")}
    assert {"mode:self", "mode:helped"} < subsets


def test_exactly_eight_is_counted_left_of_the_target(connection: Connection, catalogue: Catalogue):
    an_end(connection, catalogue, (8, 8, 8, 8))
    an_end(connection, catalogue, (8, 8, 8, 9), gates=(0, 0))
    an_end(connection, catalogue, (1, 1, 1, 1))
    numbers = rows(connection, catalogue)
    assert numbers.count(WHOLE, "declaring_to_8") == 1
    assert numbers.count(WHOLE, "others_to_9") == 1
    assert numbers.count(WHOLE, "declaring_to_2") == 1


def test_verdict_and_reached_are_rows_of_their_own(connection: Connection, catalogue: Catalogue):
    for number in range(30):
        an_end(connection, catalogue, (9, 9, 9, 8 + number % 3))
    numbers = rows(connection, catalogue)
    about = Place(version="0.1.0", scale="MIG_IND", occasion="EXPOST", subset="declaring")
    assert numbers.value(about, "reached") == 1
    assert numbers.figures(about)["verdict"].label == "dimostrato"
    assert numbers.figures(about)["verdict"].value == 1
