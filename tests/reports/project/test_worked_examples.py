"""The worked examples of the content blueprint about targets: T8, T10-T13, T16, T17 (T6, T7: improvement)."""

from datetime import date
from itertools import combinations

import pytest
from sqlalchemy import Connection

from analysis.network import Network
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.numbers import Place
from surveyapp.reports.project.maintained import Adapted, adapted, maintained_rows
from surveyapp.reports.project.network import COMMON, FULL, network_rows
from surveyapp.reports.project.observed import TOTAL, Observed, observed_rows, reliable
from surveyapp.reports.project.placed_after import Ended, follow_up_rows
from tests.reports.project.invented_project import (
    TODAY,
    an_accompaniment,
    an_interview,
    figure,
    material,
    values,
)

T8 = ((40, 55), (50, 50), (60, 70), (30, 45), (70, 65), (55, 58), (45, 60), (35, 50), (62, 63), (48, 66))
CONDITIONS = (*[1] * 7, 3, 5, 5, 9, *[10] * 5)
I12 = Place("0.1.0", "I12", occasion="EXANTE-EXPOST", form="O")
I13 = Place("0.1.0", "I13", occasion="FU6", form="O")
I14 = Place("0.1.0", "I14", occasion="T2", form="C")


def at(place: Place, subset: str) -> Place:
    return Place(place.version, place.scale, occasion=place.occasion, form=place.form, subset=subset)


def test_t8_eight_of_ten_improve_and_the_target_is_reached() -> None:
    pairs = [Observed("BG", (1, 1), {TOTAL: (float(before), float(after))}) for before, after in T8]
    rows = observed_rows(pairs, 12, "0.1.0", None)
    found = values(rows, at(I12, "any_increase"))
    assert (found["successes"], found["n"], found["share"]) == (8, 10, pytest.approx(0.8))
    assert (found["unchanged"], found["worsened"]) == (1, 1)
    assert (found["reached"], found["unknown"], found["asked"]) == (1, 2, 12)
    assert figure(rows, at(I12, "any_increase"), "verdict").label == "esplorativo; non dimostrato"
    assert (found["worst"], found["best"]) == (pytest.approx(8 / 12), pytest.approx(10 / 12))
    assert found["share_by_chance"] == pytest.approx(0.45)


def test_t10_none_of_the_same_ten_improves_beyond_the_error_of_measurement() -> None:
    found = reliable([(float(before), float(after)) for before, after in T8], 0.80, sd=15)
    assert found.sdc == pytest.approx(18.59, abs=0.005)
    assert (found.improved, found.n) == (0, 10)


def a_person(number: int, condition: int | None, matured: bool = True) -> Ended:
    facts = {"placed": condition in range(1, 9), "employed": condition in (1, 2, 3)}
    return Ended(
        f"P-{number:02}",
        "BG",
        date(2026, 3, 1) if matured else date(2026, 10, 1),
        contact=1 if condition else 3,
        facts=facts if condition else {"placed": None, "employed": None},
    )


def test_t11_half_of_those_who_ended_is_not_more_than_half() -> None:
    people = [a_person(number, condition) for number, condition in enumerate((*CONDITIONS, *[None] * 4))]
    people += [a_person(20 + number, None, matured=False) for number in range(10)]
    rows = follow_up_rows(people, TODAY, "0.1.0")
    placed, employed = (values(rows, at(I13, f"{state}:ended_paths")) for state in ("placed", "employed"))
    assert (placed["successes"], placed["n"], placed["share"], placed["reached"]) == (10, 20, 0.5, 0)
    assert (employed["successes"], employed["share"]) == (8, 0.4)
    assert (placed["unknown"], placed["worst"], placed["best"]) == (4, 0.5, 0.7)
    reached = [values(rows, at(I13, f"{state}:reached")) for state in ("placed", "employed")]
    assert [(one["n"], one["share"]) for one in reached] == [(16, 0.625), (16, 0.5)]
    flow = values(rows, I13)
    assert (flow["ended"], flow["matured"], flow["not_matured"], flow["deaths"]) == (30, 20, 10, 0)


def test_who_died_is_in_no_share() -> None:
    people = [a_person(number, 1) for number in range(10)]
    people.append(Ended("P-99", "BG", date(2026, 3, 1), contact=5))
    rows = follow_up_rows(people, TODAY, "0.1.0")
    assert values(rows, at(I13, "placed:ended_paths"))["n"] == 10
    assert values(rows, I13)["deaths"] == 1


# ACC_I03, I06, I09, I10, I11 of each of five accommodations.
T12 = ((2, 1, 1, 1, 1), (2, 1, 1, 1, 1), (2, 1, 3, 1, "NS"), (2, 1, 5, None, None), (1, 1, 7, None, None))


def test_t12_half_of_the_assessable_accommodations_is_enough(
    connection: Connection, catalogue: Catalogue
) -> None:
    company = an_accompaniment(connection)
    first = {"ACC_I01.1": 1} | {
        f"ACC_{item}.{number}": given
        for number, record in enumerate(T12, 1)
        for item, given in (
            ("I01", 1),
            ("I04", f"Adattamento {number}"),
            ("I03", record[0]),
            ("I06", record[1]),
        )
    }
    an_interview(connection, catalogue, company, "T1", first)
    later = {
        f"ACC_{item}.{number}": given
        for number, record in enumerate(T12, 1)
        for item, given in zip(("I09", "I10", "I11"), record[2:], strict=True)
    }
    an_interview(connection, catalogue, company, "T2", later)
    read = material(connection, catalogue)
    facts = next(one for one in read.studies["acc"].responses if one.questionnaire.occasion == "T2").facts
    assert sum(facts["ACC_VALUTABILE"].values()) == 4
    assert sum(facts["ACC_STABILE"].values()) == 2
    (one,) = adapted(read.register, read.studies["acc"], TODAY, "after_accompaniment")
    assert one.keeps is True


def test_t13_the_base_decides_by_how_much_the_target_is_passed() -> None:
    keeps = [*[True] * 8, *[False] * 4, None]
    found = [
        Adapted(f"A{number}", "company" if number % 2 else "cooperative", "BG", True, True, kept)
        for number, kept in enumerate(keeps)
    ]
    rows = maintained_rows(found, "0.1.0")
    interviewed, accompanied = (values(rows, at(I14, base)) for base in ("interviewed", "accompanied"))
    assert (interviewed["successes"], interviewed["n"], interviewed["reached"]) == (8, 12, 1)
    assert interviewed["share"] == pytest.approx(0.667, abs=0.0005)
    assert accompanied["share"] == pytest.approx(0.615, abs=0.0005)
    kinds = [values(rows, at(I14, f"interviewed:{kind}"))["n"] for kind in ("company", "cooperative")]
    assert kinds == [6, 6]


def network(nodes: int, ties: int) -> Network:
    return Network(list(range(nodes)), list(combinations(range(nodes), 2))[:ties])


def test_t16_a_third_more_ties_among_the_same_nodes_reaches_the_target() -> None:
    rows = network_rows(network(20, 57), network(20, 76))
    for subset in (FULL, COMMON):
        found = values(rows, Place("", "I16", subset=subset))
        assert (found["density_before"], found["density_after"]) == (pytest.approx(0.3), pytest.approx(0.4))
        assert (found["growth"], found["reached"]) == (pytest.approx(1 / 3), 1)


def test_t17_new_nodes_lower_the_density_though_ties_grow() -> None:
    rows = network_rows(network(20, 57), network(26, 100))
    full = values(rows, Place("", "I16", subset=FULL))
    assert full["growth"] == pytest.approx(0.026, abs=0.0005)
    assert (full["ties_before"], full["ties_after"], full["reached"]) == (57, 100, 0)
    assert values(rows, Place("", "I16", subset=COMMON))["nodes_after"] == 20


def test_without_a_tie_at_the_start_there_is_no_growth_and_a_reason() -> None:
    growth = figure(network_rows(network(3, 0), network(3, 2)), Place("", "I16", subset=FULL), "growth")
    assert (growth.value, growth.reason) == (None, "all'inizio non c'era nessun legame")
