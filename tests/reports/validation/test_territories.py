"""Territories side by side: means where enough people answered, profiles with their measurement error."""

import pandas as pd
import pytest
from sqlalchemy import Connection

from analysis.reliability import cronbach_alpha
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.rule import Context
from surveyapp.reports.numbers import TOO_FEW
from surveyapp.reports.validation.territories import NO_ERROR, territory_rows
from surveyapp.storage.pinned import context_text
from tests.reports.invented import a_path, answered, scale_items
from tests.reports.validation.people import answers_of
from tests.reports.validation.seen import at, nothing, numbers_of, sent, value

CREMONA = {"province": "Cremona", "ambito": "Cremona"}
START = {"scale": "AUT_BEN", "occasion": "EXANTE", "subset": "side_by_side"}
EVERYWHERE = "Tutti i territori"


def test_a_territory_has_a_mean_from_ten_people_on(connection: Connection, catalogue: Catalogue):
    for number in range(12):
        answered(connection, catalogue, a_path(connection), "EXANTE", answers_of(number))
    for number in range(9):
        answered(connection, catalogue, a_path(connection, **CREMONA), "EXANTE", answers_of(number))
    numbers = numbers_of(connection, catalogue, "aut", territory_rows)
    assert at(numbers, "mean", territory=EVERYWHERE, **START).n == 21
    assert at(numbers, "mean", territory="Provincia di Bergamo", **START).label == "esplorativo"
    assert "Ambito di Cremona" not in {place.territory for place in numbers.places("mean")}


def test_the_error_of_measurement_is_of_all_territories(connection: Connection, catalogue: Catalogue):
    rows = [answers_of(number) for number in range(30)]
    for answers in rows:
        answered(connection, catalogue, a_path(connection), "EXANTE", answers)
    numbers = numbers_of(connection, catalogue, "aut", territory_rows)
    items = pd.DataFrame(rows, dtype=float)[[f"AUT_BEN{number}" for number in range(1, 6)]]
    items["AUT_BEN3"] = 6 - items["AUT_BEN3"]
    scores = 25 * (items.mean(axis=1) - 1)
    alpha = cronbach_alpha(items).value
    assert alpha
    assert 0 < alpha < 1
    assert value(numbers, "sem", **START) == pytest.approx(scores.std() * (1 - alpha) ** 0.5)


def test_a_negative_alpha_gives_no_error(connection: Connection, catalogue: Catalogue):
    for number in range(10):
        values = [1, 5, 3, 3, 3] if number % 2 else [5, 1, 3, 3, 3]
        answered(connection, catalogue, a_path(connection), "EXANTE", scale_items("AUT_BEN", values))
    found = at(numbers_of(connection, catalogue, "aut", territory_rows), "sem", **START)
    assert (found.value, found.reason) == (None, NO_ERROR)


def at_cremona(connection: Connection, catalogue: Catalogue, level: int) -> None:
    instrument = catalogue.newest("qil")
    context = Context(province="Cremona", ambito="Cremona", placement_type="TIS", paid="yes")
    pinned = context_text(context, instrument.context_fields)
    path_id = a_path(connection, **CREMONA)
    sent(connection, catalogue, "qil", path_id, "EXPOST", form="P", default=level, context=pinned)


def test_the_profile_of_cremona_has_its_three_scales(connection: Connection, catalogue: Catalogue):
    for number in range(12):
        at_cremona(connection, catalogue, 1 + number % 5)
    numbers = numbers_of(connection, catalogue, "qil", territory_rows)
    place = {"occasion": "EXPOST", "territory": "Ambito di Cremona"}
    assert at(numbers, "mean", scale="MCR_LAV", **place).n == 12
    lav = value(numbers, "mean", scale="MCR_LAV", **place)
    parts = [value(numbers, "mean", scale=f"QIL_{scale}", **place) for scale in ("LAV", "ORG", "SOS")]
    assert lav == pytest.approx(sum(part or 0 for part in parts) / 3)


def test_a_profile_is_there_however_few_answered(connection: Connection, catalogue: Catalogue):
    at_cremona(connection, catalogue, 3)
    numbers = numbers_of(connection, catalogue, "qil", territory_rows)
    place = {"occasion": "EXPOST", "territory": "Ambito di Cremona"}
    found = at(numbers, "mean", scale="MCR_LAV", **place)
    assert (found.value, found.n, found.reason) == (None, 1, TOO_FEW)
    assert {one.scale for one in numbers.places("mean") if one.territory != EVERYWHERE} <= {
        "MCR_LAV",
        "MCR_SOC",
        "MCR_RLZ",
    }


def test_a_retest_is_no_occasion_of_its_own(connection: Connection, catalogue: Catalogue):
    first = answered(connection, catalogue, a_path(connection), "EXPOST")
    answered(connection, catalogue, a_path(connection), "RETEST", retest_of=first)
    numbers = numbers_of(connection, catalogue, "aut", territory_rows)
    assert {place.occasion for place in numbers.places("mean")} == {"EXPOST"}


def test_no_balance_of_a_profile_is_computed(connection: Connection, catalogue: Catalogue):
    at_cremona(connection, catalogue, 3)
    assert nothing(numbers_of(connection, catalogue, "qil", territory_rows), "balance")
