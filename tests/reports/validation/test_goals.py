"""The person's own goals: how many, how they went for person and operator; never their words."""

import pytest
from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.validation.goals import goal_rows
from tests.reports.invented import Given, a_path, answered
from tests.reports.validation.seen import at, nothing, numbers_of, sent, value

ENDED = {"occasion": "EXPOST"}


def goals(*texts: str) -> dict[str, Given]:
    return {f"AUT_OB{number}": text for number, text in enumerate(texts, 1)}


def rated(*codes: Given) -> dict[str, Given]:
    return {f"AUT_OBR{number}": code for number, code in enumerate(codes, 1)}


def a_person(
    connection: Connection, catalogue: Catalogue, person: list[Given], operator: list[Given], **values: object
) -> None:
    path_id = a_path(connection)
    texts = ("prendere il treno da solo", "avere un amico")[: len(person)]
    answered(connection, catalogue, path_id, "EXANTE", goals(*texts), **values)
    answered(connection, catalogue, path_id, "EXPOST", rated(*person), **values)
    sent(connection, catalogue, "aut", path_id, "EXPOST", rated(*operator))


def test_goals_are_counted_by_person(connection: Connection, catalogue: Catalogue):
    for texts in ((), ("uno",), ("uno", "due"), ("uno", "due", "tre")):
        answered(connection, catalogue, a_path(connection), "EXANTE", goals(*texts))
    numbers = numbers_of(connection, catalogue, "aut", goal_rows)
    place = {"subset": "written", "territory": "Tutti i territori"}
    assert [value(numbers, f"wrote_{number}", **place) for number in range(4)] == [1, 1, 1, 1]


def test_ratings_stand_side_by_side(connection: Connection, catalogue: Catalogue):
    a_person(connection, catalogue, [2, 1], [1, "NS"])
    a_person(connection, catalogue, [0], [0])
    numbers = numbers_of(connection, catalogue, "aut", goal_rows)
    person, operator = ({"form": form, "subset": "rated"} for form in ("P", "O"))
    assert [value(numbers, f"count_{code}", **person) for code in range(4)] == [1, 1, 1, 0]
    counts = ("goals", "count_0", "count_1", "missing_NS")
    assert [value(numbers, name, **operator) for name in counts] == [3, 1, 1, 1]
    assert value(numbers, "operator_1", subset="by_both:2", **ENDED) == 1
    assert value(numbers, "operator_0", subset="by_both:0", **ENDED) == 1
    assert [value(numbers, name, subset="by_both") for name in ("people", "goals")] == [2, 2]


def test_kappa_counts_one_goal_a_person(connection: Connection, catalogue: Catalogue):
    for number in range(10):
        a_person(connection, catalogue, [number % 3, 0], [number % 3, 2])
    found = at(numbers_of(connection, catalogue, "aut", goal_rows), "kappa", subset="by_both")
    assert (found.value, found.n) == (pytest.approx(1.0), 10)


def test_the_easy_version_has_other_answers_and_no_kappa(connection: Connection, catalogue: Catalogue):
    a_person(connection, catalogue, [2], [3], variant="easy", default=2)
    numbers = numbers_of(connection, catalogue, "aut", goal_rows)
    assert value(numbers, "operator_3", subset="by_both:2", variant="easy") == 1
    assert nothing(numbers, "kappa")


def test_no_words_of_a_goal_are_in_the_numbers(connection: Connection, catalogue: Catalogue):
    a_person(connection, catalogue, [2], [2])
    assert "treno" not in str(numbers_of(connection, catalogue, "aut", goal_rows).rows)
