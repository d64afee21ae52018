"""Numbers about levels and reliability: what is pooled, hidden and labelled."""

import pytest
from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.levels import level_rows
from surveyapp.reports.numbers import EVERYWHERE, EXPLORATORY, TOO_FEW, Figure, Numbers, Place
from surveyapp.reports.reading import load
from tests.reports.invented import a_path, answered, scale_items


def levels(connection: Connection, catalogue: Catalogue) -> Numbers:
    return Numbers(tuple(level_rows(load(connection, catalogue, "aut"))))


def at(statistic: str, numbers: Numbers, **values: str) -> Figure:
    place = {
        "version": "0.1.0",
        "form": "P",
        "scale": "AUT_BEN",
        "occasion": "EXANTE",
        "variant": "std",
    } | values
    found = numbers.figure(Place(**place), statistic)
    assert found is not None
    return found


def some(connection: Connection, catalogue: Catalogue, people: int, **values) -> None:
    """People whose answers to the first scale differ."""
    for number in range(people):
        answers = scale_items("AUT_BEN", [1 + (number + turn) % 5 for turn in (0, 0, 2, 1, 0)])
        path_id = a_path(connection, **{key: values[key] for key in ("province", "ambito") if key in values})
        rest = {key: value for key, value in values.items() if key not in ("province", "ambito")}
        answered(connection, catalogue, path_id, answers=answers, **rest)


@pytest.mark.parametrize(("people", "label"), [(10, EXPLORATORY), (29, EXPLORATORY), (30, "")])
def test_numbers_from_ten_people_are_shown_and_labelled_up_to_thirty(
    connection: Connection, catalogue: Catalogue, people: int, label: str
):
    some(connection, catalogue, people)
    numbers = levels(connection, catalogue)
    for statistic in ("mean", "sd", "alpha", "share_floor"):
        figure = at(statistic, numbers)
        assert figure.value is not None
        assert figure.label == label


def test_nine_people_give_counts_only(connection: Connection, catalogue: Catalogue):
    some(connection, catalogue, 9)
    numbers = levels(connection, catalogue)
    for statistic in ("mean", "sd", "alpha", "share_floor", "share_ceiling"):
        figure = at(statistic, numbers)
        assert (figure.value, figure.low, figure.n, figure.reason) == (None, None, 9, TOO_FEW)
    assert at("item_rest", numbers, item="AUT_BEN1").value is None
    assert at("mean", numbers, item="AUT_BEN1").value is None
    assert at("count_1", numbers, item="AUT_BEN1").value == 2


def test_variants_are_never_pooled(connection: Connection, catalogue: Catalogue):
    some(connection, catalogue, 4)
    for _ in range(3):
        answered(connection, catalogue, a_path(connection), variant="easy", default=2)
    numbers = levels(connection, catalogue)
    assert [at("n", numbers, variant=variant).value for variant in ("std", "easy")] == [4, 3]
    assert {place.variant for place in numbers.places("mean")} == {"std", "easy"}


def test_territories_stand_beside_their_total(connection: Connection, catalogue: Catalogue):
    some(connection, catalogue, 2)
    some(connection, catalogue, 3, province="Cremona", ambito="Crema")
    numbers = levels(connection, catalogue)
    counts = [
        at("n", numbers, territory=name).value
        for name in (EVERYWHERE, "Provincia di Bergamo", "Ambito di Crema")
    ]
    assert counts == [5, 2, 3]


def test_missing_answers_are_counted_by_reason(connection: Connection, catalogue: Catalogue):
    answers = {"AUT_BEN1": "NS", "AUT_BEN2": "NA", "AUT_BEN4": "skipped"}
    answered(connection, catalogue, a_path(connection), answers=answers)
    answered(connection, catalogue, a_path(connection), answers={"AUT_BEN1": "NS"})
    numbers = levels(connection, catalogue)
    reasons = {name: at(f"missing_{name}", numbers).value for name in ("NS", "NA", "NO", "skipped", "blank")}
    assert reasons == {"NS": 2, "NA": 1, "NO": 0, "skipped": 1, "blank": 0}
    assert at("missing_NS", numbers).n == 10
    assert at("missing_NS", numbers, item="AUT_BEN1").n == 2
    assert at("without_score", numbers).value == 1


def test_a_declared_fact_has_a_share_and_no_alpha(connection: Connection, catalogue: Catalogue):
    for number in range(12):
        answers = {"AUT_MIG0A": int(number < 9), "AUT_MIG0B": 0}
        answered(connection, catalogue, a_path(connection), "EXPOST", answers)
    numbers = levels(connection, catalogue)
    about = {"scale": "MIG_DICHIARA", "occasion": "EXPOST"}
    assert at("positive", numbers, **about).value == 9
    assert at("share_positive", numbers, **about).value == 0.75
    place = Place(version="0.1.0", scale="MIG_DICHIARA", occasion="EXPOST", variant="std")
    assert not {"alpha", "mean"} & set(numbers.figures(place))


def test_equal_answers_have_a_mean_without_interval_and_no_alpha(
    connection: Connection, catalogue: Catalogue
):
    for _ in range(12):
        answered(connection, catalogue, a_path(connection), default=5)
    numbers = levels(connection, catalogue)
    mean, alpha = at("mean", numbers, scale="AUT_OCC"), at("alpha", numbers, scale="AUT_OCC")
    assert (mean.value, mean.low) == (100, None)
    assert "intervallo non calcolabile" in mean.reason
    assert (alpha.value, alpha.reason) == (None, "tutti i valori sono uguali")
    assert at("share_ceiling", numbers, scale="AUT_OCC").value == 1


def test_alpha_is_hidden_when_few_answered_everything(connection: Connection, catalogue: Catalogue):
    some(connection, catalogue, 9)
    for _ in range(6):
        answered(connection, catalogue, a_path(connection), answers={"AUT_BEN1": "NS"})
    numbers = levels(connection, catalogue)
    assert at("mean", numbers).value is not None
    assert (at("alpha", numbers).value, at("alpha", numbers).n) == (None, 9)


def test_items_outside_the_scales_are_counted_too(connection: Connection, catalogue: Catalogue):
    path_id = a_path(connection)
    answered(connection, catalogue, path_id, answers={"AUT_OB1": "viaggiare"})
    answered(connection, catalogue, path_id, "EXPOST", {"AUT_OBR1": 3})
    numbers = levels(connection, catalogue)
    about = {"scale": "", "item": "AUT_OBR1", "occasion": "EXPOST"}
    assert [at(f"count_{code}", numbers, **about).value for code in range(4)] == [0, 0, 0, 1]
    assert not any(place.item == "AUT_OBR2" for place in numbers.places("n"))
