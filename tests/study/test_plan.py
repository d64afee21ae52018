"""The plan carried out on a real database: what is due is made once, and follows the register."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, update

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import register, register_rows
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.register_rows import AdministrationRow
from surveyapp.storage.tables import Path
from surveyapp.study.plan import PlanSummary, carry_out
from surveyapp.study.subjects import PATH_ENDS, path_end_rule, subjects
from tests.factories import create_path, create_person

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
START, END = date(2026, 6, 15), date(2026, 11, 10)

Add = Callable[..., int]


@pytest.fixture
def add(engine: Engine) -> Add:
    """Adds a row to the register."""

    def add(table: str, **values: Any) -> int:
        with writing(engine) as connection:
            return register.add_to_register(connection, table, [_DEFAULTS[table] | values])[0]

    return add


_PLACE = {"province": "Cremona", "ambito": "Cremona", "demonstration": False}
_DEFAULTS: dict[str, dict[str, Any]] = {
    "organisation": {**_PLACE, "size_class": None, "sector": None, "created_at": NOW, "kind": "company"},
    "agreement": {**_PLACE, "signed_on": START, "expires_on": END, "ended_on": None},
    "placement": {
        "started_on": START + timedelta(10),
        "ended_on": END,
        "end_reason": None,
        "minutes_a_week": 1200,
        "paid": True,
        "duld": None,
        "duld_outcome": None,
        "agreement_id": None,
        "type": "TIS",
    },
    "accompaniment": {"demonstration": False, "started_on": START, "ended_on": END},
}


@pytest.fixture
def cremona(engine: Engine) -> int:
    """A path in the Ambito of Cremona."""
    with writing(engine) as connection:
        person = create_person(connection, code="CR-001", province="Cremona", ambito="Cremona")
        return create_path(connection, person, started_on=START, ended_on=END)


def carried_out(engine: Engine, catalogue: Catalogue, now: datetime = NOW) -> PlanSummary:
    with writing(engine) as connection:
        return carry_out(connection, catalogue, now.date())


def administrations(engine: Engine) -> list[AdministrationRow]:
    with engine.connect() as connection:
        return register_rows.administrations(connection)


def test_a_placement_under_article_14_is_asked_of_everybody(
    engine: Engine, catalogue: Catalogue, cremona: int, add: Add
) -> None:
    firm, cooperative = add("organisation", code="F-1"), add("organisation", code="E-1", kind="cooperative_b")
    agreement = add("agreement", code="C-1", executing_body_id=cooperative, client_firm_id=firm)
    add("placement", code="I-1", path_id=cremona, host_id=cooperative, type="A14", agreement_id=agreement)
    carried_out(engine, catalogue)
    found = {
        (made.form, made.occasion): made
        for made in administrations(engine)
        if made.instrument == "qil" and made.rater == 1
    }
    assert {form for form, _ in found} == {"P", "O", "C", "ECIL", "E", "CM", "M"}
    during = found["P", "INITINERE"]
    assert (during.subject.partition(":")[0], during.path_id, during.length) == ("placement", cremona, "full")
    assert json.loads(during.context) == {"ambito": "Cremona", "paid": "yes", "placement_type": "A14"}
    assert during.modules == "mcr@0.1.0,a14@0.1.0"
    assert found["E", "INITINERE"].respondent == "E-1"
    firm_asked = found["M", "INITINERE"]
    assert (firm_asked.respondent, firm_asked.path_id) == ("F-1", None)
    assert json.loads(firm_asked.context)["placement_type"] == "A14"


def test_social_life_before_the_work_is_about_the_path(
    engine: Engine, catalogue: Catalogue, cremona: int
) -> None:
    carried_out(engine, catalogue)
    asked = [made for made in administrations(engine) if made.instrument == "qil"]
    assert [(made.form, made.occasion, made.subject) for made in asked] == [
        ("P", "EXANTE", f"path:{cremona}")
    ]


def test_carrying_out_twice_changes_nothing(
    engine: Engine, catalogue: Catalogue, cremona: int, add: Add
) -> None:
    host = add("organisation", code="F-1")
    add("placement", code="I-1", path_id=cremona, host_id=host)
    add("accompaniment", code="A-1", organisation_id=host)
    first = carried_out(engine, catalogue)
    assert first.made == len(administrations(engine)) > 10
    assert carried_out(engine, catalogue) == PlanSummary(made=0, moved=0)


def test_a_new_end_moves_what_nobody_has_answered(engine: Engine, catalogue: Catalogue, cremona: int) -> None:
    carried_out(engine, catalogue)
    later = END + timedelta(20)
    with writing(engine) as connection:
        connection.execute(update(Path).where(Path.id == cremona).values(ended_on=later))
    done = carried_out(engine, catalogue)
    assert (done.made, done.moved > 0) == (0, True)
    ends = {
        made.due_from
        for made in administrations(engine)
        if made.occasion == "EXPOST" and made.instrument == "aut"
    }
    assert ends == {later}


def test_an_open_series_keeps_its_version(engine: Engine, catalogue: Catalogue, cremona: int) -> None:
    carried_out(engine, catalogue)
    pinned = {(made.version, made.digest) for made in administrations(engine) if made.instrument == "aut"}
    aut = catalogue.newest("aut")
    assert pinned == {(aut.version, aut.digest)}


def test_what_is_due_in_time_comes_with_time(
    engine: Engine, catalogue: Catalogue, cremona: int, add: Add
) -> None:
    add("placement", code="I-1", path_id=cremona, host_id=add("organisation", code="F-1"), ended_on=None)
    early = datetime(2026, 6, 20, 9, 0, tzinfo=UTC)
    before = carried_out(engine, catalogue, early).made
    after = carried_out(engine, catalogue, NOW).made
    assert before
    assert after


def test_a_firm_is_asked_from_when_somebody_works_for_it(
    engine: Engine, catalogue: Catalogue, cremona: int, add: Add
) -> None:
    """Not from the day on which the agreement was signed: nobody may be there for months."""
    cooperative = add("organisation", code="COOP", kind="cooperative_b")
    firm = add("organisation", code="FIRM", kind="company")
    agreement = add("agreement", code="C-1", executing_body_id=cooperative, client_firm_id=firm)
    carried_out(engine, catalogue)
    assert [row for row in administrations(engine) if row.form == "M"] == []
    begins = START + timedelta(60)
    add(
        "placement",
        code="I-1",
        path_id=cremona,
        host_id=cooperative,
        type="A14",
        agreement_id=agreement,
        started_on=begins,
    )
    carried_out(engine, catalogue)
    first = min(row.due_from for row in administrations(engine) if row.form == "M" and row.due_from)
    assert first >= begins + timedelta(30)


def test_when_a_path_ends_is_a_choice_of_the_plan(
    catalogue: Catalogue, engine: Engine, cremona: int, add: Add
) -> None:
    """D0: with its accompaniment, or with its last placement."""
    host = add("organisation", code="AZ")
    add("placement", code="I-1", path_id=cremona, host_id=host, ended_on=date(2026, 9, 1))
    with reading(engine) as connection:
        register = register_rows.load(connection)
    ends = {
        rule: next(one.anchors["path_end"] for one in subjects(register, rule) if one.kind == "path")
        for rule in catalogue.plan().parameters["D0"].options
    }
    assert ends == {"end_of_accompaniment": register.paths[0].ended_on, "end_of_placement": date(2026, 9, 1)}
    assert ends["end_of_accompaniment"] != ends["end_of_placement"]


def test_a_path_with_a_placement_that_lasts_has_not_ended(engine: Engine, cremona: int, add: Add) -> None:
    host = add("organisation", code="AZ")
    add("placement", code="I-1", path_id=cremona, host_id=host, ended_on=date(2026, 9, 1))
    add("placement", code="I-2", path_id=cremona, host_id=host, ended_on=None)
    with reading(engine) as connection:
        [path] = [
            one for one in subjects(register_rows.load(connection), "end_of_placement") if one.kind == "path"
        ]
    assert path.anchors["path_end"] is None


def test_every_choice_of_the_end_of_a_path_is_known(catalogue: Catalogue) -> None:
    assert PATH_ENDS.keys() == catalogue.plan().parameters["D0"].options.keys()
    assert path_end_rule(catalogue) == "end_of_accompaniment"
