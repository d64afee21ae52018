"""What of the study an account may see is decided in one place, and cannot be left out."""

import inspect
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, Engine

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import jobs, open_answers, scope, staff_alerts
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.scope import Scope
from surveyapp.storage.staff_tables import CENTRAL_ROLES, TERRITORY_ROLES
from surveyapp.study import accounts
from surveyapp.web.staff import roles
from tests.conftest import ROOT
from tests.factories import (
    NOW,
    create_accompaniment,
    create_administration,
    create_agreement,
    create_link,
    create_organisation,
    create_path,
    create_person,
    create_placement,
)

TODAY = date(2026, 7, 1)
NOT_ABOUT_PEOPLE = {"standing"}
BERGAMO = Scope("caseworker", "Bergamo", "")


def public_functions() -> list[object]:
    return [
        function
        for module in (open_answers, scope, staff_alerts)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and name not in NOT_ABOUT_PEOPLE
    ]


def test_every_statement_takes_the_scope_first() -> None:
    functions = public_functions()
    assert len(functions) >= 15
    for function in functions:
        first = next(iter(inspect.signature(function).parameters.values()))  # type: ignore[arg-type]  # a function
        assert first.annotation is Scope, function
        assert first.default is inspect.Parameter.empty, function


def test_staff_views_read_people_through_the_scope_alone() -> None:
    """No other module with statements about people is imported by the staff pages."""
    allowed = {"code_letters", "engine", "jobs", "pinned", "scope", "staff", "staff_alerts", "staff_tables"}
    allowed |= {"alert_tables", "call_tables", "calls", "paper", "problem_reports", "problem_tables"}
    # Sounds of an instrument: nothing of people.
    allowed |= {"recording_tables", "recordings"}
    # The revision ledger: meetings, judgements, decisions and drafts hold nothing of the study's people.
    allowed |= {"decisions", "drafts", "excerpts", "focus_groups", "focus_tables", "rating_rows"}
    allowed |= {"evidence", "grounds", "revision_tables"}
    # Numbers on questions, about nobody.
    allowed |= {"item_statistics", "statistic_tables"}
    # Open answers without a word on who wrote them; each statement takes the scope.
    allowed |= {"open_answers"}
    # Case sheets ask the scope of who reads them, each time.
    allowed |= {"case_jobs"}
    for path in (ROOT / "surveyapp/web/staff").glob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("from surveyapp.storage"):
                named = line.removeprefix("from surveyapp.storage").partition(" import ")
                modules = (
                    {named[0].strip(".")} if named[0] else {one.split()[0] for one in named[2].split(", ")}
                )
                assert modules <= allowed, f"{path.name}: {line}"


@pytest.mark.parametrize("role", CENTRAL_ROLES)
def test_central_roles_see_everything(role: str) -> None:
    assert Scope(role, "", "").everything


@pytest.mark.parametrize("role", TERRITORY_ROLES)
def test_a_territory_role_without_territory_has_no_scope(role: str) -> None:
    assert not Scope(role, "Bergamo", "").everything
    with pytest.raises(ValueError, match="do not agree"):
        Scope(role, "", "")


@pytest.mark.parametrize("role", ["", "operator", "ADMINISTRATOR"])
def test_an_unknown_role_has_no_scope(role: str) -> None:
    with pytest.raises(ValueError, match="no scope for the role"):
        Scope(role, "", "")


def test_every_role_has_words_and_pages() -> None:
    known = set(CENTRAL_ROLES + TERRITORY_ROLES)
    assert set(accounts.ROLES) == known
    assert all(allowed <= known for allowed in roles.PAGES.values())
    assert not roles.may("administrator", "staff.made_up")


def about_agreement(connection: Connection, place: dict[str, str]) -> dict[str, int]:
    return {"agreement_id": create_agreement(connection, **place)}


def about_accompaniment(connection: Connection, place: dict[str, str]) -> dict[str, int]:
    organisation = create_organisation(connection, **place)
    return {"accompaniment_id": create_accompaniment(connection, organisation_id=organisation)}


def about_placement(connection: Connection, place: dict[str, str]) -> dict[str, int]:
    path = create_path(connection, create_person(connection, **place))
    # The host is elsewhere: the territory is the person's.
    return {"path_id": path, "placement_id": create_placement(connection, path)}


@pytest.mark.parametrize("about", [about_agreement, about_accompaniment, about_placement])
def test_each_subject_is_of_its_own_territory(
    engine: Engine, catalogue: Catalogue, about: Callable[[Connection, dict[str, str]], dict[str, int]]
) -> None:
    cremona = Scope("caseworker", "Cremona", "cremona")
    crema = Scope("caseworker", "Cremona", "Crema")
    with writing(engine) as connection:
        subject = about(connection, {"province": "Cremona", "ambito": "Cremona"})
        create_administration(connection, catalogue, key="THERE22222", **subject)
        for scope_of, expected in ((cremona, 1), (crema, 0), (BERGAMO, 0), (Scope("socialis", "", ""), 1)):
            assert scope.how_many(scope_of, connection, TODAY, (), None) == expected
            assert len(scope.administrations(scope_of, connection, TODAY, (), None, 100, 0)) == expected
            assert sum(row.number for row in scope.counts(scope_of, connection, TODAY)) == expected
            found = scope.administration(scope_of, connection, "THERE22222", TODAY)
            assert (found is not None) == bool(expected)
        found = scope.administration(cremona, connection, "THERE22222", TODAY)
        assert found is not None
        assert (found.province, found.ambito) == ("Cremona", "Cremona")


def test_nothing_of_another_territory_is_found(engine: Engine, catalogue: Catalogue) -> None:
    moment = datetime.now(UTC)
    with writing(engine) as connection:
        person = create_person(connection, code="CR-1", province="Cremona", ambito="Cremona")
        there = create_administration(
            connection, catalogue, create_path(connection, person), key="THERE22222"
        )
        create_link(connection, there)
        jobs.request(connection, scope.REPORT, {}, "x", NOW)
        assert scope.administration(BERGAMO, connection, "THERE22222", TODAY) is None
        assert scope.administrations(BERGAMO, connection, TODAY, (), None, 100, 0) == []
        assert scope.how_many(BERGAMO, connection, TODAY, (), None) == 0
        assert scope.counts(BERGAMO, connection, TODAY) == []
        assert scope.live_links(BERGAMO, connection, "THERE22222", moment) == (0, 0)
        assert scope.revoke_links(BERGAMO, connection, "THERE22222", moment) == (0, 0)
        assert scope.reports(BERGAMO, connection) == []
        assert scope.report_file(BERGAMO, connection, 1, "report.html") is None
        assert scope.cancel_report(BERGAMO, connection, 1, moment) is None
    everything = Scope("socialis", "", "")
    with reading(engine) as connection:
        assert scope.live_links(everything, connection, "THERE22222", moment) == (1, 0)
        assert scope.how_many(everything, connection, TODAY, (), None) == 1
