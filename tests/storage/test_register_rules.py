"""The rules of the register live in the database: places of work, and what an administration is about."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.exc import IntegrityError

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import register as stored
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.register_tables import Agreement, Organisation, Placement
from surveyapp.storage.tables import Administration, Person
from tests.factories import (
    NOW,
    create_accompaniment,
    create_administration,
    create_agreement,
    create_answer,
    create_link,
    create_organisation,
    create_path,
    create_person,
    create_placement,
)

Create = Callable[..., int]


@pytest.mark.parametrize(
    ("create", "values", "rule"),
    [
        (create_organisation, {"kind": "shop"}, "known_kind"),
        (create_organisation, {"size_class": "42"}, "known_size_class"),
        (create_agreement, {"expires_on": date(2026, 2, 28)}, "expires_after_signing"),
        (create_agreement, {"ended_on": date(2026, 2, 28)}, "ends_after_signing"),
        (create_placement, {"type": "XYZ"}, "known_type"),
        (create_placement, {"host_id": None}, "has_host"),
        (create_placement, {"type": "A14"}, "agreement_where_it_applies"),
        (create_placement, {"ended_on": date(2026, 6, 30)}, "ends_after_start"),
        (create_placement, {"minutes_a_week": 3601}, "possible_hours"),
        (create_placement, {"minutes_a_week": 0}, "possible_hours"),
        (create_accompaniment, {"ended_on": date(2026, 6, 30)}, "ends_after_start"),
        (create_path, {"activity_started_on": date(2026, 6, 14)}, "activity_after_start"),
    ],
)
def test_a_row_that_cannot_be_is_refused(
    engine: Engine, create: Create, values: dict[str, Any], rule: str
) -> None:
    with pytest.raises(IntegrityError, match=rule), writing(engine) as connection:
        create(connection, **values)


def test_an_agreement_has_two_parties(engine: Engine) -> None:
    with writing(engine) as connection:
        body = create_organisation(connection)
    with pytest.raises(IntegrityError, match="two_parties"), writing(engine) as connection:
        create_agreement(connection, executing_body_id=body, client_firm_id=body)


@pytest.mark.parametrize(
    "create", [create_organisation, create_agreement, create_placement, create_accompaniment]
)
def test_a_code_is_used_once(engine: Engine, create: Create) -> None:
    with writing(engine) as connection:
        create(connection, code="X-1")
    with pytest.raises(IntegrityError), writing(engine) as connection:
        create(connection, code="X-1")


def test_an_autonomy_course_may_have_no_host(engine: Engine) -> None:
    with writing(engine) as connection:
        assert create_placement(connection, type="SFA", host_id=None, paid=None, minutes_a_week=None)


@pytest.fixture
def rows(engine: Engine, catalogue: Catalogue) -> dict[str, int]:
    """One administration about each kind of subject, by kind."""
    with writing(engine) as connection:
        path = create_path(connection)
        placement = create_placement(connection, path)
        create_administration(connection, catalogue, path)
        create_administration(connection, catalogue, path, placement_id=placement)
        create_administration(connection, catalogue, agreement_id=create_agreement(connection))
        create_administration(connection, catalogue, accompaniment_id=create_accompaniment(connection))
        found = connection.execute(select(Administration.subject, Administration.id)).all()
    return {subject.partition(":")[0]: number for subject, number in found}


def test_the_subject_follows_from_what_the_row_refers_to(rows: dict[str, int]) -> None:
    assert set(rows) == {"path", "placement", "agreement", "accompaniment"}


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"subject": "path:999"}, "subject_is_named"),
        ({"path_id": None}, "one_subject"),
        ({"length": "long"}, "known_length"),
        ({"retest_of": 999}, "(?i)foreign key"),
    ],
)
def test_an_administration_is_about_one_thing(
    engine: Engine, catalogue: Catalogue, values: dict[str, Any], rule: str
) -> None:
    with writing(engine) as connection:
        row = {"path_id": create_path(connection), **_needed(catalogue)} | values
    with pytest.raises(IntegrityError, match=rule), writing(engine) as connection:
        connection.execute(insert(Administration), row)


def test_two_subjects_at_once_are_refused(engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        about = {"path_id": create_path(connection), "agreement_id": create_agreement(connection)}
        row = {**about, **_needed(catalogue)}
    with pytest.raises(IntegrityError, match="one_subject"), writing(engine) as connection:
        connection.execute(insert(Administration), row)


def test_a_placement_is_of_the_path_that_the_row_names(engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        placement, another = create_placement(connection), create_path(connection)
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), writing(engine) as connection:
        create_administration(connection, catalogue, another, placement_id=placement)


def _needed(catalogue: Catalogue) -> dict[str, Any]:
    instrument = catalogue.newest("aut")
    return {
        "key": "KEY2222222",
        "respondent": "BG-1",
        "instrument": instrument.id,
        "version": instrument.version,
        "digest": instrument.digest,
        "form": "P",
        "occasion": "EXANTE",
    }


def test_each_subject_has_its_own_occasion(
    engine: Engine, catalogue: Catalogue, rows: dict[str, int]
) -> None:
    with reading(engine) as connection:
        query = select(Administration.path_id, Administration.placement_id).where(
            Administration.id == rows["placement"]
        )
        path, placement = connection.execute(query).one()
    with pytest.raises(IntegrityError), writing(engine) as connection:
        create_administration(connection, catalogue, path, placement_id=placement)


def test_open_administrations_of_every_subject_are_found(engine: Engine, rows: dict[str, int]) -> None:
    with reading(engine) as connection:
        found = stored.open_administrations(
            connection, NOW.date(), instrument="aut", form=None, occasion="EXANTE"
        )
    assert {row.id for row in found} == set(rows.values())
    assert {row.code[:2] for row in found} == {"BG", "CV", "AZ"}
    assert {row.province for row in found} == {"Bergamo"}


def test_links_of_an_agreement_are_revoked_by_its_code(engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        agreement = create_agreement(connection, code="CV-99")
        create_link(connection, create_administration(connection, catalogue, agreement_id=agreement))
        create_link(connection, create_administration(connection, catalogue))
        assert stored.is_known(connection, "CV-99")
        assert stored.revoke_links(connection, "CV-99", NOW) == 1


def test_a_real_organisation_alone_is_real_data(engine: Engine) -> None:
    with writing(engine) as connection:
        assert not stored.holds_real_people(connection)
        create_organisation(connection)
        assert stored.holds_real_people(connection)
        assert not stored.holds_demonstration(connection)


def test_an_invented_organisation_alone_is_demonstration(engine: Engine) -> None:
    with writing(engine) as connection:
        create_organisation(connection, demonstration=True)
        assert stored.holds_demonstration(connection)
        assert not stored.holds_real_people(connection)


def fill(connection: Connection, catalogue: Catalogue, *, demonstration: bool) -> None:
    invented = {"demonstration": demonstration}
    path = create_path(connection, create_person(connection, **invented))
    host, body = create_organisation(connection, **invented), create_organisation(connection, **invented)
    agreement = create_agreement(connection, executing_body_id=body, client_firm_id=host, **invented)
    placement = create_placement(connection, path, type="A14", host_id=host, agreement_id=agreement)
    accompaniment = create_accompaniment(connection, organisation_id=host, **invented)
    subjects = ({"placement_id": placement}, {"agreement_id": agreement}, {"accompaniment_id": accompaniment})
    for subject in subjects:
        about = path if "placement_id" in subject else None
        administration = create_administration(connection, catalogue, about, **subject)
        create_answer(connection, administration, "AUT_BEN1", value=1)
        create_link(connection, administration)
        create_administration(connection, catalogue, about, **subject, number=2, retest_of=administration)


def test_clearing_takes_every_invented_row_and_no_other(engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        fill(connection, catalogue, demonstration=True)
        fill(connection, catalogue, demonstration=False)
        assert stored.delete_demonstration(connection) == 1
        assert not stored.holds_demonstration(connection)
        tables = (Person, Organisation, Agreement, Placement, Administration)
        left = [connection.scalar(select(func.count()).select_from(table)) for table in tables]
    assert left == [1, 2, 1, 1, 6]
