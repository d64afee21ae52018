"""Numbers of the validation report: what they rest on, and when they are not there."""

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Connection

from analysis.reliability import alpha_if_dropped, cronbach_alpha
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.change import change_rows
from surveyapp.reports.levels import level_rows
from surveyapp.reports.numbers import Numbers, Place
from surveyapp.reports.reading import load
from surveyapp.reports.validation.lost import lost_rows
from surveyapp.reports.validation.readiness import readiness_rows
from surveyapp.reports.validation.reliability import reliability_rows
from surveyapp.reports.validation.reliable import reliable_rows
from surveyapp.reports.validation.sample import sample_rows
from tests.reports.invented import CLOSED, a_path, an_administration, answered, scale_items
from tests.reports.validation.people import TODAY, answers_of, at, people_with_pairs

ITEMS = [f"AUT_BEN{number}" for number in range(1, 6)]


def study_of(connection: Connection, catalogue: Catalogue, instrument: str = "aut"):
    return load(connection, catalogue, instrument, form=None)


def reliability(connection: Connection, catalogue: Catalogue) -> Numbers:
    study = study_of(connection, catalogue)
    return Numbers((*level_rows(study), *reliability_rows(study)))


def keyed(people: int) -> pd.DataFrame:
    """The answers of the first scale, the third question turned round."""
    rows = [[answers_of(number)[item] for item in ITEMS] for number in range(people)]
    frame = pd.DataFrame(rows, columns=ITEMS, dtype=float)
    return frame.assign(AUT_BEN3=6 - frame["AUT_BEN3"])


def test_alpha_is_that_of_the_answers_turned_round(connection: Connection, catalogue: Catalogue):
    people_with_pairs(connection, catalogue, 12)
    numbers = reliability(connection, catalogue)
    expected = cronbach_alpha(keyed(12))
    found = at("alpha", numbers)
    assert (found.value, found.low, found.n) == (
        pytest.approx(expected.value),
        pytest.approx(expected.low),
        12,
    )
    dropped = alpha_if_dropped(keyed(12))
    for item in ITEMS:
        assert at("alpha_if_dropped", numbers, item=item).value == pytest.approx(dropped[item])


def test_skewness_of_a_question_is_that_of_its_codes(connection: Connection, catalogue: Catalogue):
    people_with_pairs(connection, catalogue, 12)
    codes = np.array([answers_of(number)["AUT_BEN3"] for number in range(12)], dtype=float)
    centred = codes - codes.mean()
    expected = (centred**3).mean() / codes.std(ddof=1) ** 3
    assert at("skew", reliability(connection, catalogue), item="AUT_BEN3").value == pytest.approx(expected)


def test_nine_complete_people_have_no_coefficient(connection: Connection, catalogue: Catalogue):
    people_with_pairs(connection, catalogue, 9)
    numbers = reliability(connection, catalogue)
    assert at("alpha", numbers).value is None
    assert at("complete", numbers).value == 9
    assert not [place for place in numbers.places("omega") if place.occasion == "EXANTE"]


def test_omega_waits_for_fifty_people(connection: Connection, catalogue: Catalogue):
    people_with_pairs(connection, catalogue, 12)
    found = at("omega", reliability(connection, catalogue))
    assert (found.value, found.n) == (None, 12)
    assert "50 persone" in found.reason


def test_a_constant_question_is_told_and_alpha_given_without_it(connection: Connection, catalogue: Catalogue):
    for number in range(12):
        answers = answers_of(number) | {"AUT_BEN1": 4}
        answered(connection, catalogue, a_path(connection), "EXANTE", answers)
    numbers = reliability(connection, catalogue)
    assert at("constant", numbers, item="AUT_BEN1").value == 1
    assert at("constant", numbers, item="AUT_BEN2").value == 0
    without = cronbach_alpha(keyed(12).drop(columns="AUT_BEN1"))
    assert at("alpha_without_constant", numbers).value == pytest.approx(without.value)


def test_a_person_counts_once_for_reliability(connection: Connection, catalogue: Catalogue):
    people_with_pairs(connection, catalogue, 11)
    path_id = a_path(connection)
    answered(connection, catalogue, path_id, "EXANTE", answers_of(11))
    answered(connection, catalogue, path_id, "EXANTE", answers_of(3), number=2)
    assert at("alpha", reliability(connection, catalogue)).n == 12


def test_parts_of_the_answers_have_an_alpha_of_their_own(connection: Connection, catalogue: Catalogue):
    for number in range(24):
        mode = "assisted" if number < 10 else "self"
        answered(connection, catalogue, a_path(connection), "EXANTE", answers_of(number), mode=mode)
    numbers = reliability(connection, catalogue)
    assert at("alpha", numbers, subset="mode_helped").n == 10
    assert at("alpha", numbers, subset="mode_self").n == 14
    assert numbers.figure(Place("0.1.0", "AUT_BEN", subset="mode_paper"), "alpha") is None


def test_the_operators_question_on_ill_treatment_is_in_no_scale(catalogue: Catalogue):
    instrument = catalogue.newest("qil")
    assert "QIL_REL4" not in instrument.scale("QIL_REL").scored("O")
    assert "QIL_REL4" in instrument.scale("QIL_REL").scored("P")


def test_lists_of_facts_have_no_reliability(connection: Connection, catalogue: Catalogue):
    vip = catalogue.newest("vip")
    for _ in range(12):
        answered(
            connection,
            catalogue,
            a_path(connection),
            "EXANTE",
            instrument_file=vip,
            instrument="vip",
            variant="easy",
            default=1,
        )
    study = study_of(connection, catalogue, "vip")
    assert len(study.responses) == 12
    assert reliability_rows(study) == []
    assert not Numbers(tuple(level_rows(study))).places("alpha")


def test_everybody_in_the_sample_is_counted_by_how_they_answered(
    connection: Connection, catalogue: Catalogue
):
    people_with_pairs(connection, catalogue, 3, lost=1)
    late = CLOSED.replace(month=8, day=10)
    answered(connection, catalogue, a_path(connection), "EXANTE", closed_at=late, mode="assisted")
    answered(connection, catalogue, a_path(connection), "EXANTE", source="legacy", mode="paper")
    an_administration(connection, catalogue, a_path(connection), "EXANTE", state="refused", closed_at=CLOSED)
    numbers = Numbers(tuple(sample_rows(study_of(connection, catalogue), TODAY)))
    names = ("people", "mode:self", "mode:helped", "mode:paper", "answered_late", "answered_legacy")
    assert [at(name, numbers, scale="", variant="all").value for name in names] == [6, 4, 1, 1, 1, 1]
    assert at("refused", numbers, scale="", variant="all").value == 1


def test_the_flow_says_who_is_still_there(connection: Connection, catalogue: Catalogue):
    people_with_pairs(connection, catalogue, 3, lost=2)
    answered(connection, catalogue, a_path(connection), "EXPOST")
    numbers = Numbers(tuple(sample_rows(study_of(connection, catalogue), TODAY)))
    about = {"scale": "", "variant": "all", "subset": "flow", "occasion": "EXPOST"}
    names = ("present", "lost", "returned", "always")
    assert [at(name, numbers, **about).value for name in names] == [4, 2, 1, 3]


def test_reliable_change_uses_the_alpha_of_the_first_answers(connection: Connection, catalogue: Catalogue):
    people_with_pairs(connection, catalogue, 12, lost=3)
    study = study_of(connection, catalogue)
    numbers = Numbers(tuple(reliable_rows(study, {})))
    about = {"occasion": "EXANTE-EXPOST", "subset": "alpha"}
    used = at("reliability", numbers, **about)
    assert used.value == pytest.approx(cronbach_alpha(keyed(15)).value)
    spread = pd.Series([row.mean() for _, row in keyed(12).iterrows()]).sub(1).mul(25).std()
    sem = spread * (1 - used.value) ** 0.5
    assert at("sem", numbers, **about).value == pytest.approx(sem)
    assert at("sdc", numbers, **about).value == pytest.approx(1.96 * 2**0.5 * sem)
    names = ("reliably_improved", "reliably_unchanged", "reliably_worsened")
    assert sum(at(name, numbers, **about).value for name in names) == 12


def test_without_a_retest_there_is_no_count_and_a_reason(connection: Connection, catalogue: Catalogue):
    people_with_pairs(connection, catalogue, 12)
    numbers = Numbers(tuple(reliable_rows(study_of(connection, catalogue), {})))
    about = {"occasion": "EXANTE-EXPOST", "subset": "retest"}
    assert at("reliability", numbers, **about).value is None
    assert (
        numbers.figure(
            Place("0.1.0", "AUT_BEN", occasion="EXANTE-EXPOST", variant="std", subset="retest", form="P"),
            "sem",
        )
        is None
    )


def test_those_who_were_lost_stand_beside_those_who_stayed(connection: Connection, catalogue: Catalogue):
    people_with_pairs(connection, catalogue, 10, lost=5)
    numbers = Numbers(tuple(lost_rows(study_of(connection, catalogue))))
    about = {"occasion": "EXANTE-EXPOST", "subset": "lost"}
    assert [at(name, numbers, **about).value for name in ("stayed", "lost")] == [10, 5]
    assert at("hedges_g", numbers, **about).value is not None
    none, everybody = (at(f"share_improved_if_{who}", numbers, **about).value for who in ("none", "all"))
    assert everybody - none == pytest.approx(5 / 15)


def test_readiness_counts_the_pairs_that_are_missing(connection: Connection, catalogue: Catalogue):
    people_with_pairs(connection, catalogue, 12)
    study = study_of(connection, catalogue)
    found = Numbers((*level_rows(study), *reliability_rows(study), *change_rows(study)))
    numbers = Numbers(tuple(readiness_rows(found)))
    general = Place(version="", subset="readiness")
    assert numbers.value(general, "pairs_for_dz_0.5") == 34
    about = {"occasion": "EXANTE-EXPOST", "subset": "readiness"}
    needed, more = (at(name, numbers, **about).value for name in ("pairs_for_change", "pairs_still_needed"))
    assert more == max(0, needed - 12)


def test_equal_answers_make_reasons_and_not_errors(connection: Connection, catalogue: Catalogue):
    for _ in range(12):
        path_id = a_path(connection)
        for occasion in ("EXANTE", "EXPOST"):
            answered(connection, catalogue, path_id, occasion, scale_items("AUT_BEN", [3] * 5))
    study = study_of(connection, catalogue)
    rows = [*level_rows(study), *reliability_rows(study), *change_rows(study), *reliable_rows(study, {})]
    rows += lost_rows(study)
    rows += readiness_rows(Numbers(tuple(rows)))
    assert all(row.figure.value is None or np.isfinite(row.figure.value) for row in rows)
    assert at("alpha", Numbers(tuple(rows))).reason
