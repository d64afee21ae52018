"""People come in all together or not at all, each with what is due from them."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection, func, select, update

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Instrument
from surveyapp.storage import register as stored
from surveyapp.storage.tables import Administration, Path, Person
from surveyapp.study import demonstration
from surveyapp.study.errors import ImportRefusedError, RefusedError
from surveyapp.study.keys import ALPHABET, new_key
from surveyapp.study.people_cells import PersonRow
from surveyapp.study.register import ImportSummary, import_people
from tests.study.conftest import NOW

OPEN = PersonRow(2, "BG-1", "Bergamo", "", date(2026, 6, 15))
ENDED = PersonRow(3, "CR-1", "Cremona", "Crema", date(2026, 6, 15), date(2026, 10, 1), "Assunzione")


def import_these(connection: Connection, catalogue: Catalogue, *rows: PersonRow) -> ImportSummary:
    return import_people(connection, catalogue, rows, NOW)


def occasions(connection: Connection, code: str) -> list[str]:
    query = (
        select(Administration.occasion)
        .where(Administration.respondent == code, Administration.instrument == "aut")
        .order_by(Administration.id)
    )
    return list(connection.execute(query).scalars())


def count(connection: Connection, table: type[Person] | type[Path] | type[Administration]) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def newer(catalogue: Catalogue) -> tuple[Catalogue, Instrument]:
    """The catalogue with one version more."""
    version = replace(catalogue.newest("aut"), version="0.2.0", digest="b" * 64)
    published = catalogue.publications | {"aut/0.2.0.yaml": catalogue.publications["aut/0.1.0.yaml"]}
    instruments = {**catalogue.instruments, ("aut", "0.2.0"): version}
    return replace(catalogue, instruments=instruments, publications=published), version


def test_people_get_what_is_due(connection: Connection, catalogue: Catalogue) -> None:
    summary = import_these(connection, catalogue, OPEN, ENDED)
    assert (summary.added, summary.ended, summary.unchanged) == (2, 0, 0)
    assert summary.administrations == count(connection, Administration)
    assert occasions(connection, "BG-1") == ["EXANTE"]
    assert occasions(connection, "CR-1") == ["EXANTE", "EXPOST"]


def test_an_administration_pins_version_and_window(connection: Connection, catalogue: Catalogue) -> None:
    import_these(connection, catalogue, OPEN)
    made = connection.execute(select(Administration).where(Administration.instrument == "aut")).one()
    instrument = catalogue.newest("aut")
    assert (made.version, made.digest, made.state) == (instrument.version, instrument.digest, "open")
    assert (made.due_from, made.due_to, made.late_to) == (
        date(2026, 6, 15),
        date(2026, 7, 15),
        date(2026, 8, 14),
    )


def test_a_person_imported_is_not_of_the_demonstration(connection: Connection, catalogue: Catalogue) -> None:
    import_these(connection, catalogue, OPEN)
    assert stored.holds_real_people(connection)
    assert not stored.holds_demonstration(connection)


def test_the_same_rows_again_change_nothing(connection: Connection, catalogue: Catalogue) -> None:
    import_these(connection, catalogue, OPEN, ENDED)
    summary = import_these(connection, catalogue, OPEN, ENDED)
    assert summary == ImportSummary(added=0, ended=0, unchanged=2, administrations=0)


def test_the_end_of_a_path_brings_what_follows(connection: Connection, catalogue: Catalogue) -> None:
    import_these(connection, catalogue, OPEN)
    summary = import_these(connection, catalogue, replace(OPEN, path_end=date(2026, 9, 1)))
    assert (summary.added, summary.ended, summary.unchanged) == (0, 1, 0)
    assert occasions(connection, "BG-1") == ["EXANTE", "EXPOST"]
    assert connection.execute(select(Path.ended_on)).scalar_one() == date(2026, 9, 1)


def test_a_reason_may_come_after_the_end(connection: Connection, catalogue: Catalogue) -> None:
    import_these(connection, catalogue, replace(ENDED, end_reason=""))
    summary = import_these(connection, catalogue, ENDED)
    assert (summary.ended, summary.administrations) == (1, 0)
    assert connection.execute(select(Path.end_reason)).scalar_one() == "Assunzione"


def test_the_sex_may_be_told_later_and_is_not_taken_away(
    connection: Connection, catalogue: Catalogue
) -> None:
    import_these(connection, catalogue, ENDED)
    told = replace(ENDED, sex="X")
    assert import_these(connection, catalogue, told).ended == 1
    assert [import_these(connection, catalogue, row).unchanged for row in (told, ENDED)] == [1, 1]
    assert connection.execute(select(Person.sex)).scalar_one() == "X"
    with pytest.raises(ImportRefusedError) as refused:
        import_these(connection, catalogue, replace(ENDED, sex="M"))
    [problem] = refused.value.problems
    assert problem.message == "sesso: nel registro c'è «altro», nel file «M»: correggi il file"


def test_an_open_path_keeps_its_version(connection: Connection, catalogue: Catalogue) -> None:
    import_these(connection, catalogue, OPEN)
    connection.execute(update(Administration).values(opened_at=NOW))
    with_newer, _ = newer(catalogue)
    ended = replace(OPEN, path_end=date(2026, 9, 1))
    import_these(connection, with_newer, ended, ENDED)
    asked = select(Administration.respondent, Administration.version).distinct()
    found = connection.execute(asked.where(Administration.instrument == "aut")).all()
    assert {tuple(row) for row in found} == {("BG-1", "0.1.0"), ("CR-1", "0.2.0")}


def test_a_path_that_nobody_has_begun_takes_the_newer_version(
    connection: Connection, catalogue: Catalogue
) -> None:
    import_these(connection, catalogue, OPEN)
    with_newer, _ = newer(catalogue)
    import_these(connection, with_newer, ENDED)
    asked = select(Administration.respondent, Administration.version).distinct()
    found = connection.execute(asked.where(Administration.instrument == "aut")).all()
    assert {tuple(row) for row in found} == {("BG-1", "0.2.0"), ("CR-1", "0.2.0")}


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"code": "cr-1"}, "codice"),
        ({"province": "Lecco"}, "provincia"),
        ({"ambito": "Cremona"}, "ambito"),
        ({"path_start": date(2026, 6, 16)}, "inizio_percorso"),
        ({"path_end": date(2026, 10, 2)}, "fine_percorso"),
        ({"path_end": None, "end_reason": "Assunzione"}, "fine_percorso"),
        ({"end_reason": "Altro"}, "motivo_fine"),
    ],
)
def test_a_row_that_contradicts_the_register_is_refused(
    connection: Connection, catalogue: Catalogue, changed: dict[str, object], column: str
) -> None:
    import_these(connection, catalogue, ENDED)
    with pytest.raises(ImportRefusedError) as refused:
        import_these(connection, catalogue, OPEN, replace(ENDED, line=7, **changed))  # type: ignore[arg-type]  # any column
    [problem] = refused.value.problems
    assert problem.line == 7
    assert problem.message.startswith(column)


def test_columns_that_a_file_does_not_have_say_nothing(connection: Connection, catalogue: Catalogue) -> None:
    import_these(connection, catalogue, ENDED)
    short = replace(ENDED, path_end=None, end_reason="", told=frozenset(("code", "province", "path_start")))
    assert import_these(connection, catalogue, short).unchanged == 1


def test_one_bad_row_leaves_everything_as_it_was(connection: Connection, catalogue: Catalogue) -> None:
    import_these(connection, catalogue, ENDED, OPEN)
    before = count(connection, Administration)
    with pytest.raises(ImportRefusedError):
        import_these(
            connection,
            catalogue,
            replace(OPEN, path_end=date(2026, 9, 1)),
            replace(OPEN, code="BG-2"),
            replace(ENDED, province="Lecco"),
        )
    assert (count(connection, Person), count(connection, Administration)) == (2, before)
    assert occasions(connection, "BG-1") == ["EXANTE"]


def test_a_database_of_the_demonstration_takes_nobody(connection: Connection, catalogue: Catalogue) -> None:
    demonstration.fill(connection, catalogue, NOW)
    with pytest.raises(RefusedError, match="surveyapp demo --clear"):
        import_these(connection, catalogue, OPEN)


def test_many_people_come_in_with_their_own_administrations(
    connection: Connection, catalogue: Catalogue
) -> None:
    rows = [replace(ENDED, line=number, code=f"P-{number}") for number in range(2, 2002)]
    assert import_these(connection, catalogue, *rows).administrations > 10_000
    respondents = (
        select(Person.code, Administration.respondent)
        .select_from(Administration)
        .where(Administration.form == "P")
    )
    joined = respondents.join(Path, Path.id == Administration.path_id).join(
        Person, Person.id == Path.person_id
    )
    assert all(code == respondent for code, respondent in connection.execute(joined))


def test_keys_have_ten_signs_that_do_not_look_alike() -> None:
    keys = {new_key() for _ in range(1000)}
    assert len(keys) == 1000
    assert len(ALPHABET) == len(set(ALPHABET)) == 30
    assert {len(key) for key in keys} == {10}
    assert set("".join(keys)) <= set(ALPHABET) - set("01ILOS")
