"""What of the database becomes a response of the report."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, update

from surveyapp.instruments.catalogue import Catalogue, CatalogueError
from surveyapp.reports.reading import load
from surveyapp.storage.tables import Administration
from tests.reports.invented import a_path, an_administration, answer, answered, scale_items


def test_only_submitted_administrations_become_responses(connection: Connection, catalogue: Catalogue):
    path_id = a_path(connection)
    answered(connection, catalogue, path_id)
    open_one = an_administration(connection, catalogue, path_id, "EXPOST", variant="std")
    answer(connection, open_one, "AUT_BEN1", 5)
    study = load(connection, catalogue, "aut")
    assert [response.questionnaire.occasion for response in study.responses] == ["EXANTE"]
    assert len(study.administrations) == 2


def test_the_newest_revision_of_an_answer_counts(connection: Connection, catalogue: Catalogue):
    first = answered(connection, catalogue, a_path(connection), answers={"AUT_BEN1": 1})
    answer(connection, first, "AUT_BEN1", 5, revision=2)
    (response,) = load(connection, catalogue, "aut").responses
    assert response.raw("AUT_BEN1") == 5
    assert response.given["AUT_BEN1"].revision == 2


def test_reversed_items_are_turned_round_but_raw_codes_stay(connection: Connection, catalogue: Catalogue):
    answered(connection, catalogue, a_path(connection), answers=scale_items("AUT_BEN", [4, 3, 2, 5, 4]))
    (response,) = load(connection, catalogue, "aut").responses
    assert (response.values["AUT_BEN3"], response.raw("AUT_BEN3")) == (4, 2)
    assert response.scores["AUT_BEN"].value == 75


def test_an_answer_on_an_abandoned_branch_does_not_count(connection: Connection, catalogue: Catalogue):
    answered(
        connection,
        catalogue,
        a_path(connection),
        answers={"AUT_OB1": "skipped", "AUT_OB2": "imparare a cucinare"},
    )
    (response,) = load(connection, catalogue, "aut").responses
    assert "AUT_OB2" not in response.given
    assert response.missing["AUT_OB1"] == "skipped"


def test_a_goal_is_rated_only_where_it_was_written(connection: Connection, catalogue: Catalogue):
    path_id = a_path(connection)
    answered(connection, catalogue, path_id, answers={"AUT_OB1": "prendere il treno", "AUT_OB2": "skipped"})
    answered(connection, catalogue, path_id, "EXPOST", answers={"AUT_OBR1": 2, "AUT_OBR2": 1})
    after = load(connection, catalogue, "aut").responses[1]
    assert after.raw("AUT_OBR1") == 2
    assert after.raw("AUT_OBR2") is None


def test_each_missing_answer_keeps_its_reason(connection: Connection, catalogue: Catalogue):
    answers = {"AUT_BEN1": "NS", "AUT_BEN2": "NA", "AUT_BEN3": "skipped", "AUT_BEN4": None}
    answered(connection, catalogue, a_path(connection), answers=answers, source="legacy")
    (response,) = load(connection, catalogue, "aut").responses
    reasons = {item: reason for item, reason in response.missing.items() if item.startswith("AUT_BEN")}
    expected = {"AUT_BEN1": "NS", "AUT_BEN2": "NA", "AUT_BEN3": "skipped", "AUT_BEN4": "blank"}
    assert reasons == expected
    assert response.scores["AUT_BEN"].value is None


def test_the_operators_form_stays_out_unless_asked_for(connection: Connection, catalogue: Catalogue):
    path_id = a_path(connection)
    answered(connection, catalogue, path_id, answers={"AUT_OB1": "leggere"})
    answered(connection, catalogue, path_id, "EXPOST", {"AUT_OBR1": 3}, form="O")
    assert len(load(connection, catalogue, "aut").responses) == 1
    everything = load(connection, catalogue, "aut", form=None).responses
    assert [response.raw("AUT_OBR1") for response in everything] == [None, 3]


def test_a_person_counts_once_an_occasion(connection: Connection, catalogue: Catalogue):
    path_id = a_path(connection)
    answered(connection, catalogue, path_id, number=2, default=5)
    answered(connection, catalogue, path_id, default=1)
    study = load(connection, catalogue, "aut")
    assert [response.administration.number for response in study.firsts] == [1]


def test_modes_are_told_apart_by_class(connection: Connection, catalogue: Catalogue):
    for mode in ("self", "read_aloud", "assisted", "interview", "paper"):
        answered(connection, catalogue, a_path(connection), mode=mode)
    mixed = answered(connection, catalogue, a_path(connection))
    answer(connection, mixed, "AUT_BEN1", 4, revision=2, mode="assisted")
    answered(connection, catalogue, a_path(connection), default=None)
    modes = [response.mode for response in load(connection, catalogue, "aut").responses]
    assert modes == ["self", "self", "helped", "helped", "paper", "mixed", "blank"]


def test_an_answer_after_the_window_is_late_in_italian_time(connection: Connection, catalogue: Catalogue):
    last_evening = datetime(2026, 7, 15, 21, 59, tzinfo=UTC)
    after_midnight = datetime(2026, 7, 15, 22, 1, tzinfo=UTC)
    for closed in (last_evening, after_midnight):
        answered(connection, catalogue, a_path(connection), closed_at=closed)
    assert [found.late for found in load(connection, catalogue, "aut").administrations] == [False, True]


def test_a_version_that_changed_after_use_is_refused(connection: Connection, catalogue: Catalogue):
    answered(connection, catalogue, a_path(connection), instrument_file=_other(catalogue))
    with pytest.raises(CatalogueError, match="è cambiato dopo l'uso"):
        load(connection, catalogue, "aut")


def _other(catalogue: Catalogue):
    return replace(catalogue.newest("aut"), digest="0" * 64)


def test_what_was_said_at_the_end_wins_over_each_answer(connection: Connection, catalogue: Catalogue):
    for said in ("self", "read_aloud", "assisted", "interview", "paper"):
        answered(connection, catalogue, a_path(connection), mode="assisted", declared=said)
    answered(connection, catalogue, a_path(connection), default=None, declared="self")
    modes = [response.mode for response in load(connection, catalogue, "aut").responses]
    assert modes == ["self", "self", "helped", "helped", "paper", "blank"]


@pytest.mark.parametrize(
    ("declared", "expected"),
    [("self", "self"), ("read_aloud", "self"), ("assisted", "helped"), ("paper", "paper"), (None, "paper")],
)
def test_answers_on_paper_count_as_the_sheet_declares(
    connection: Connection, catalogue: Catalogue, declared: str | None, expected: str
):
    first = answered(connection, catalogue, a_path(connection), mode="paper")
    connection.execute(update(Administration).where(Administration.id == first), {"mode": declared})
    (response,) = load(connection, catalogue, "aut").responses
    assert response.mode == expected
