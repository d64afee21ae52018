"""Use of the assessment of potential: counts of factors, obstacles, suggestions and services."""

import re

import pytest
from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.validation.formative import alpha_refused_sentence
from surveyapp.reports.validation.potential import (
    AREAS,
    OBSTACLE,
    PROJECT,
    SERVICES,
    SUGGESTED,
    factor_of,
    potential_rows,
)
from tests.reports.invented import Given, a_path
from tests.reports.validation.seen import numbers_of, sent, value

# Language hinders, and is the first obstacle: strong, changeable, urgent; training was suggested and chosen.
OBSTACLES: dict[str, Given] = {
    "VIP_SOG1": -1,
    "VIP_OST1.1": 1,
    "VIP_OST2.1": 101,
    "VIP_OST3.1": 3,
    "VIP_OST4.1": 1,
    "VIP_OST5.1": 1,
    "VIP_OST7.1": "7,15",
    "VIP_OST1.2": 2,
    "VIP_OPP5": "1,2",
}


def assessed(
    connection: Connection, catalogue: Catalogue, operator: dict[str, Given], person: int | None
) -> None:
    path_id = a_path(connection)
    given = everything(catalogue, {"VIP_OST1.1": 2} | operator)
    sent(connection, catalogue, "vip", path_id, "EXANTE", given, default=0)
    if person is not None:
        about = {"form": "P", "variant": "easy", "default": 0}
        sent(connection, catalogue, "vip", path_id, "EXANTE", {"VIP_SOG1": person}, **about)


def everything(catalogue: Catalogue, given: dict[str, Given]) -> dict[str, Given]:
    """The given answers, and none to what is not a factor."""
    items = catalogue.newest("vip").items
    others = {item: None for item in items if not item.startswith(tuple(AREAS.values()))}
    return others | given


def test_factors_of_both_stand_side_by_side(connection: Connection, catalogue: Catalogue):
    for own, person in ((-1, -1), (-1, 1), (0, -1), (1, None)):
        assessed(connection, catalogue, {"VIP_SOG1": own}, person)
    numbers = numbers_of(connection, catalogue, "vip", potential_rows)
    operator = {"item": "VIP_SOG1", "subset": "factors", "form": "O"}
    assert [value(numbers, f"count_{code}", **operator) for code in (-1, 0, 1)] == [2, 1, 1]
    both = {"item": "VIP_SOG1", "subset": "both"}
    assert [value(numbers, name, **both) for name in ("seen_by_both", "different", "opposite")] == [3, 2, 1]


def test_obstacles_have_strength_and_what_can_be_changed(connection: Connection, catalogue: Catalogue):
    assessed(connection, catalogue, OBSTACLES, None)
    assessed(connection, catalogue, {"VIP_SOG1": 1}, None)
    numbers = numbers_of(connection, catalogue, "vip", potential_rows)
    all_of_them = {"subset": "obstacles", "item": ""}
    assert [value(numbers, name, **all_of_them) for name in ("assessed", "with_obstacle", "chosen")] == [
        2,
        1,
        1,
    ]
    one = {"subset": "obstacles", "item": "VIP_SOG1"}
    assert [value(numbers, name, **one) for name in ("strength_3", "changeable_1", "priority_1")] == [1, 1, 1]


def test_suggestions_are_followed_or_not(connection: Connection, catalogue: Catalogue):
    assessed(connection, catalogue, OBSTACLES, None)
    assessed(connection, catalogue, OBSTACLES | {"VIP_OST7.1": "8", "VIP_OPP5": "6"}, None)
    numbers = numbers_of(connection, catalogue, "vip", potential_rows)
    counts = ("with_suggestion", "followed", "chose_others")
    assert [value(numbers, name, subset="services") for name in counts] == [2, 1, 1]
    training = {"item": f"{SERVICES}:15"}
    assert [value(numbers, name, **training) for name in ("suggested", "picked", "picked_as_suggested")] == [
        2,
        1,
        1,
    ]
    club = {"item": "VIP_OPP5:1"}
    names = ("people_suggested", "people_picked", "people_activated", "activated_as_picked")
    assert [value(numbers, name, **club) for name in names] == [0, 1, 1, 1]


def test_every_factor_and_service_is_one_of_the_instrument(catalogue: Catalogue):
    declared = catalogue.newest("vip").declared
    options = {
        item: declared[item].wordings["O", "std"].format.codes for item in (OBSTACLE, SERVICES, "VIP_OPP5")
    }
    assert SUGGESTED.keys() == options[OBSTACLE]
    assert all(factor_of(code) in declared for code in SUGGESTED)
    assert {code for codes in SUGGESTED.values() for code in codes} <= options[SERVICES]
    assert PROJECT.keys() == options["VIP_OPP5"] - {6}  # 6 is none, for now


def test_suggestions_are_those_of_the_hints(catalogue: Catalogue):
    """As many as the hint of each factor names, and with a word in common."""
    declared = catalogue.newest("vip").declared
    labels = {option.code: option.label for option in declared[SERVICES].wordings["O", "std"].format.options}
    for code, services in SUGGESTED.items():
        hint = declared[factor_of(code)].wordings["O", "std"].hint or ""
        named = hint.partition("si può pensare a: ")[2].rstrip(".").split("; ") if "si può" in hint else []
        said = {word for name in named for word in words(name)}
        assert all(said & words(labels[service]) for service in services), (code, hint)
        assert len(services) in (len(named), len(named) - 1), (code, hint)  # two names may be one service


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-zàèéìòù4]+", text.lower()) if len(word) > 2}


@pytest.mark.parametrize(
    ("instrument", "said"),
    [
        ("vip", "«Valutazione integrata del potenziale» è un elenco formativo"),
        ("fu6", "«Follow-up occupazionale a 6 mesi» è un elenco formativo"),
        ("acc", "Per l'inventario degli adattamenti l'alfa"),
        ("qil", "Per i dati della convenzione (modulo art. 14) l'alfa"),
        ("aut", ""),
        ("oss", ""),
    ],
)
def test_alpha_is_refused_in_words_for_lists(catalogue: Catalogue, instrument: str, said: str):
    found = alpha_refused_sentence(catalogue.newest(instrument))
    assert found.startswith(said)
    assert bool(found) == bool(said)
