"""Which questions are open, and how many must have written before a territory is said."""

from surveyapp.focus_groups.open_answers import SMALLEST_CELL, large_cells, questions, source_of
from surveyapp.instruments.catalogue import Catalogue


def test_open_questions_are_those_answered_on_more_than_one_line(catalogue: Catalogue) -> None:
    assert {"AUT_TXT1", "AUT_TXT2"} <= questions(catalogue, "aut").keys()
    assert "A14_D01" not in questions(catalogue, "qil")  # the code of an agreement
    assert questions(catalogue, "nothing") == {}


def test_a_question_of_a_section_that_repeats_is_one(catalogue: Catalogue) -> None:
    found = questions(catalogue, "vip")["VIP_OST8"]
    assert found.items == ("VIP_OST8.1", "VIP_OST8.2", "VIP_OST8.3")
    assert found.criterion == "Azione"


def test_a_cell_is_large_from_five_different_people_on() -> None:
    people = [(f"path:{number}", ("Bergamo",)) for number in range(SMALLEST_CELL)]
    assert large_cells(people) == {("Bergamo",)}
    assert large_cells(people[1:] + people[1:]) == set()


def test_what_companies_tell_is_an_interview() -> None:
    assert [source_of(one) for one in ("acc", "aut")] == ["interview", "answer"]
