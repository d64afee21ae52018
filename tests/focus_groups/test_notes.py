"""Codes of notes: what a typed criterion means, who sees what, how far two coders agree."""

import pytest

from surveyapp.focus_groups.notes import (
    Coded,
    coded_twice,
    criteria_of,
    drawn,
    may_see,
    meant,
    near,
    next_code,
)
from surveyapp.instruments.catalogue import Catalogue

CRITERIA = {
    "QIL_BEN1": "Andare volentieri",
    "QIL_BEN2": "Soddisfazione",
    "AUT_BEN1": "Soddisfazione per le giornate",
    "N-1": "Il tutor resta",
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("QIL_BEN1", "QIL_BEN1"),
        ("qil_ben1", "QIL_BEN1"),
        ("QIL_BEN1 – Andare volentieri", "QIL_BEN1"),
        ("volent", "QIL_BEN1"),
        ("soddisfazione", "QIL_BEN2"),
        ("il tutor resta", "N-1"),
        ("BEN", None),
        ("pause", None),
        ("", None),
    ],
)
def test_a_criterion_is_found_by_id_by_title_or_by_a_few_letters(typed: str, found: str | None) -> None:
    assert meant(typed, CRITERIA) == found


def test_what_may_have_been_meant_is_told() -> None:
    assert near("sodisfazione", CRITERIA)[0] == "QIL_BEN2 – Soddisfazione"
    assert near("ben1", CRITERIA) == [
        "QIL_BEN1 – Andare volentieri",
        "AUT_BEN1 – Soddisfazione per le giornate",
    ]
    assert near("xyz", CRITERIA) == []


def test_criteria_are_those_of_all_instruments_and_the_new_ones(catalogue: Catalogue) -> None:
    found = criteria_of(catalogue, {"N-1": "Il tutor resta"})
    assert found["QIL_BEN1"] == "Andare volentieri"
    assert {one.partition("_")[0] for one in found} >= {"AUT", "QIL", "OSS", "VIP", "A14", "MCR", "N-1"}


def test_new_criteria_are_counted_on() -> None:
    assert next_code([]) == "N-1"
    assert next_code(["N-1", "N-9", "N-10", "QIL_BEN1"]) == "N-11"


@pytest.mark.parametrize(("notes", "fifth"), [(0, 0), (1, 1), (5, 1), (6, 2), (50, 10)])
def test_a_fifth_rounded_up_is_drawn_and_the_same_one_again(notes: int, fifth: int) -> None:
    keys = {number: f"key {number}" for number in range(notes)}
    assert len(drawn(keys)) == fifth
    assert drawn(keys) == drawn(dict(reversed(keys.items())))


def test_codes_of_others_are_seen_after_the_own_ones() -> None:
    codes = [Coded(1, "a", "X"), Coded(1, "b", "Y"), Coded(2, "a", "X")]
    assert may_see(codes, "b") == codes[:2]
    assert may_see(codes, "c") == []


def test_the_first_and_the_second_coder_are_compared() -> None:
    codes = [
        *(Coded(1, "a", "X"), Coded(1, "b", "X"), Coded(2, "b", "Y"), Coded(2, "a", "Y")),
        *(Coded(3, "a", "X"), Coded(1, "c", "Z")),
    ]
    found = coded_twice(codes, {number: str(number) for number in range(1, 11)})
    assert (found.excerpts, found.drawn, found.twice, found.is_enough) == (10, 2, 2, True)
    assert (found.agreement.n, found.agreement.kappa) == (4, 1.0)


def test_nothing_coded_twice_has_no_kappa() -> None:
    found = coded_twice([Coded(1, "a", "X")], {1: "k"})
    assert (found.twice, found.is_enough, found.agreement.kappa) == (0, False, None)
    assert not coded_twice([], {}).is_enough
