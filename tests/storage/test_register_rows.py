"""The whole register comes as frozen rows, one query each kind."""

from datetime import date

from sqlalchemy import Engine, event

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.rule import Context
from surveyapp.storage import register_rows
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.pinned import context_of, context_text
from tests.factories import (
    create_accompaniment,
    create_administration,
    create_agreement,
    create_organisation,
    create_path,
    create_person,
    create_placement,
)


def test_an_empty_register_has_no_rows(engine: Engine) -> None:
    with reading(engine) as connection:
        assert register_rows.load(connection) == register_rows.Register((), (), (), (), (), ())


def test_every_kind_comes_with_what_it_refers_to(engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        person = create_person(connection, code="CR-1", province="Cremona", ambito="Crema")
        path = create_path(connection, person, activity_started_on=date(2026, 7, 1), variant="easy")
        body = create_organisation(connection, code="COOP-1", kind="cooperative_b")
        firm = create_organisation(connection, code="AZ-1", sector="meccanica")
        agreement = create_agreement(connection, code="CV-1", executing_body_id=body, client_firm_id=firm)
        placement = create_placement(
            connection, path, code="IN-1", type="A14", host_id=body, agreement_id=agreement
        )
        create_accompaniment(connection, code="AC-1", organisation_id=firm)
        create_administration(connection, catalogue, path, placement_id=placement, key="KEY2222222")
        found = register_rows.load(connection)
    assert (found.paths[0].person_code, found.paths[0].ambito, found.paths[0].variant) == (
        "CR-1",
        "Crema",
        "easy",
    )
    assert found.paths[0].activity_started_on == date(2026, 7, 1)
    assert [row.sector for row in found.organisations] == [None, "meccanica"]
    assert (found.agreements[0].executing_body, found.agreements[0].client_firm) == ("COOP-1", "AZ-1")
    assert found.agreements[0].executing_body_kind == "cooperative_b"
    placed = found.placements[0]
    assert (placed.person_code, placed.province, placed.host, placed.host_kind) == (
        "CR-1",
        "Cremona",
        "COOP-1",
        "cooperative_b",
    )
    assert (placed.agreement, placed.executing_body_id, placed.client_firm) == ("CV-1", body, "AZ-1")
    assert (found.accompaniments[0].organisation, found.accompaniments[0].province) == ("AZ-1", "Bergamo")
    assert (found.administrations[0].key, found.administrations[0].subject) == (
        "KEY2222222",
        f"placement:{placement}",
    )


def test_a_placement_may_have_neither_host_nor_agreement(engine: Engine) -> None:
    with writing(engine) as connection:
        create_placement(connection, type="SFA", host_id=None)
        [found] = register_rows.placements(connection)
    assert (found.host, found.agreement, found.executing_body) == (None, None, None)


def test_paths_of_one_person_come_one_after_the_other(engine: Engine) -> None:
    with writing(engine) as connection:
        first, second = create_person(connection), create_person(connection)
        for person, number in ((first, 1), (second, 1), (first, 2)):
            create_path(connection, person, number=number)
        found = register_rows.paths(connection)
    assert [path.number for path in found] == [1, 2, 1]
    assert found[0].person_code == found[1].person_code


def test_each_kind_is_one_query(engine: Engine) -> None:
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *arguments: seen.append(arguments[2]))
    with reading(engine) as connection:
        register_rows.load(connection)
        whole = len([statement for statement in seen if statement.startswith("SELECT")])
        register_rows.load(connection, with_administrations=False)
    assert whole == 6
    assert len([statement for statement in seen if statement.startswith("SELECT")]) == 11


def test_a_context_is_kept_as_far_as_it_is_looked_at() -> None:
    context = Context(province="Cremona", ambito="Cremona", placement_type="TIS")
    text = context_text(context, {"ambito", "paid"})
    assert text == '{"ambito": "Cremona"}'
    assert context_of(text) == Context(ambito="Cremona")
    assert context_of(context_text(context, set())) == Context()
