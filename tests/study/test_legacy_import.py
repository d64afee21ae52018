"""Responses gathered before the platform come in with their real dates, all together or not at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, select, update

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.path import Questionnaire
from surveyapp.storage import register_rows, responses
from surveyapp.storage.register_rows import AdministrationRow
from surveyapp.storage.tables import Administration, Answer, Consent, Path
from surveyapp.study.errors import ImportRefusedError, RefusedError
from surveyapp.study.legacy_import import LegacySummary, import_responses, read_file
from surveyapp.study.people_cells import PersonRow
from surveyapp.study.plan import carry_out
from surveyapp.study.register import import_people
from tests.factories import (
    create_accompaniment,
    create_administration,
    create_agreement,
    create_organisation,
    create_path,
    create_person,
    create_placement,
)
from tests.study.conftest import NOW

ROME = ZoneInfo("Europe/Rome")
HEADER = "persona;scheda;variante;rilevazione;data;AUT_BEN1;AUT_BEN2;AUT_OB1;AUT_OB2;AUT_OBR1;AUT_MIG1"
EXANTE = "BG-1;P;semplice;EXANTE;20/06/2026;3;NA;prendere il treno;;;"
EXPOST = "BG-1;P;semplice;EXPOST;12/11/2026;2;;;;1;7"
PERSON = PersonRow(2, "BG-1", "Bergamo", "", date(2026, 6, 15), date(2026, 11, 10))

Given = Callable[..., LegacySummary]


@pytest.fixture
def given(connection: Connection, catalogue: Catalogue) -> Given:
    """Imports the lines of a file."""

    def given(*lines: str, instrument: str = "aut", catalogue: Catalogue = catalogue) -> LegacySummary:
        data = "\n".join([*lines, ""]).encode()
        rows = read_file(data, catalogue, instrument)
        return import_responses(connection, catalogue, instrument, rows, NOW, ROME)

    return given


@pytest.fixture
def person(connection: Connection) -> int:
    """A path that has ended, of which nothing is planned yet."""
    create_person_row = create_person(connection, code="BG-1")
    return create_path(connection, create_person_row)


def made(connection: Connection, instrument: str = "aut") -> list[AdministrationRow]:
    return [row for row in register_rows.administrations(connection) if row.instrument == instrument]


def answers(connection: Connection, administration: int = 1) -> dict[str, Any]:
    query = select(Answer).where(Answer.administration_id == administration)
    return {row.item: row.value or row.text or row.reason for row in connection.execute(query)}


def refused(given: Given, *lines: str, **options: Any) -> list[tuple[int, str]]:
    with pytest.raises(ImportRefusedError) as error:
        given(*lines, **options)
    return [(problem.line, problem.message) for problem in error.value.problems]


def test_a_response_makes_its_administration(given: Given, connection: Connection, person: int) -> None:
    assert given(HEADER, EXANTE) == LegacySummary(added=1, filled=0, unchanged=0, answers=3, off_path=0)
    [row] = made(connection)
    noon = datetime(2026, 6, 20, 10, tzinfo=UTC)
    assert (row.subject, row.respondent, row.source, row.state) == (
        f"path:{person}",
        "BG-1",
        "legacy",
        "submitted",
    )
    assert (row.variant, row.opened_at, row.closed_at) == ("easy", noon, noon)
    assert (row.due_from, row.due_to, row.late_to) == (
        date(2026, 6, 15),
        date(2026, 7, 15),
        date(2026, 8, 14),
    )
    assert answers(connection) == {"AUT_BEN1": 3, "AUT_BEN2": "NA", "AUT_OB1": "prendere il treno"}
    assert set(connection.execute(select(Answer.mode)).scalars()) == {"paper"}


def test_no_consent_of_ours_is_recorded(given: Given, connection: Connection, person: int) -> None:
    given(HEADER, EXANTE)
    assert connection.execute(select(Consent)).all() == []


def test_a_planned_administration_is_filled(
    given: Given, connection: Connection, catalogue: Catalogue
) -> None:
    import_people(connection, catalogue, [PERSON], NOW)
    before = made(connection)
    summary = given(HEADER, EXANTE, EXPOST)
    assert (summary.added, summary.filled) == (0, 2)
    after = made(connection)
    assert [row.key for row in after] == [row.key for row in before]
    assert [row.due_to for row in after] == [row.due_to for row in before]
    assert [(row.occasion, row.state) for row in after] == [
        ("EXANTE", "submitted"),
        ("EXPOST", "submitted"),
    ]


def test_the_same_file_again_changes_nothing(given: Given, connection: Connection, person: int) -> None:
    given(HEADER, EXANTE, EXPOST)
    before = made(connection)
    assert given(HEADER, EXPOST, EXANTE) == LegacySummary(0, 0, 2, 0, 0)
    assert made(connection) == before


def test_the_variant_first_used_is_kept_for_the_path(
    given: Given, connection: Connection, person: int
) -> None:
    later = EXPOST.replace("semplice", "std")
    given(HEADER, later, EXANTE)
    assert connection.scalar(select(Path.variant)) == "easy"
    assert {row.variant for row in made(connection)} == {"easy", "std"}


def test_a_late_response_is_kept_and_is_late(given: Given, connection: Connection, person: int) -> None:
    given(HEADER, EXANTE.replace("20/06", "20/10"))
    [row] = made(connection)
    assert row.closed_at is not None
    assert row.due_to is not None
    assert row.closed_at.date() > row.due_to


def test_goals_are_rated_where_there_were_some(given: Given, person: int) -> None:
    assert given(HEADER, EXPOST).off_path == 1
    assert given(HEADER, EXANTE).off_path == 0


def test_goals_of_the_same_file_count(given: Given, person: int) -> None:
    assert given(HEADER, EXPOST, EXANTE).off_path == 0


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("BG-01;P;easy;EXANTE;20/06/2026;3;;;;;", "persona: «BG-01» non c'è nel registro: forse è BG-1"),
        ("BG-1;X;easy;EXANTE;20/06/2026;3;;;;;", "scheda: «X» non c'è; ci sono P, O"),
        ("BG-1;P;;EXANTE;20/06/2026;3;;;;;", "variante: manca; ci sono easy, std"),
        ("BG-1;P;facile;EXANTE;20/06/2026;3;;;;;", "variante: «facile» non c'è; ci sono easy, std"),
        ("BG-1;P;easy;PRIMA;20/06/2026;3;;;;;", "rilevazione: «PRIMA» non c'è; ci sono EXANTE"),
        ("BG-1;O;;EXANTE;20/06/2026;;;;;2;", "rilevazione: «EXANTE» non c'è"),
        ("BG-1;P;easy;EXANTE;23/11/2026;3;;;;;", "data: è nel futuro"),
        (
            "BG-1;P;easy;EXANTE;20/06/2026;5;;;;;",
            "AUT_BEN1: «5» non è fra le risposte possibili (1, 2, 3, NA, NS)",
        ),
        (
            "BG-1;P;easy;EXANTE;20/06/2026;3;;;;;7",
            "AUT_MIG1: non si chiede nella scheda P alla rilevazione EXANTE",
        ),
        (
            "BG-1;O;;EXPOST;12/11/2026;3;;;;;",
            "AUT_BEN1: non si chiede nella scheda O alla rilevazione EXPOST",
        ),
        ("BG-1;P;easy;EXANTE;20/06/2026;;;;;;", "non c'è nessuna risposta: togli la riga"),
    ],
)
def test_a_bad_row_is_refused_in_words(
    given: Given, connection: Connection, person: int, row: str, words: str
) -> None:
    [(line, message)] = refused(
        given, HEADER, EXANTE.replace("EXANTE", "FU6").replace("3;NA;prendere il treno", "3;;"), row
    )
    assert line == 3
    assert message.startswith(words)
    assert made(connection) == []


def test_every_problem_of_every_row_is_told(given: Given, person: int) -> None:
    bad = "BG-1;P;easy;EXANTE;23/11/2027;9;8;;;;7"
    found = refused(given, HEADER, bad, "BG-2;P;easy;EXANTE;20/06/2026;3;;;;;")
    assert [line for line, _ in found] == [2, 2, 2, 2, 3]


def test_a_questionnaire_comes_once_in_a_file(given: Given, person: int) -> None:
    assert refused(given, HEADER, EXANTE, EXANTE) == [(3, "lo stesso questionario è già alla riga 2")]


def test_what_was_sent_otherwise_is_not_overwritten(
    given: Given, connection: Connection, person: int
) -> None:
    given(HEADER, EXANTE)
    changed = EXANTE.replace("20/06", "21/06").replace(";3;", ";2;")
    assert refused(given, HEADER, changed) == [(2, "è già stato inviato, e dice altro in: data, AUT_BEN1")]
    assert answers(connection)["AUT_BEN1"] == 3


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"state": "refused", "closed_at": NOW}, "risulta un rifiuto"),
        ({"state": "withdrawn", "closed_at": NOW}, "si è ritirata"),
        ({"state": "impossible", "closed_at": NOW}, "non compilabile"),
        ({"opened_at": NOW}, "qualcuno ha già cominciato a rispondere sul sito"),
    ],
)
def test_what_is_closed_or_begun_is_left_alone(
    given: Given,
    connection: Connection,
    catalogue: Catalogue,
    person: int,
    values: dict[str, Any],
    words: str,
) -> None:
    create_administration(connection, catalogue, person, **values)
    [(line, message)] = refused(given, HEADER, EXANTE)
    assert line == 2
    assert words in message


def newer(catalogue: Catalogue) -> Catalogue:
    version = replace(catalogue.newest("aut"), version="0.2.0", digest="b" * 64)
    published = catalogue.publications | {"aut/0.2.0.yaml": catalogue.publications["aut/0.1.0.yaml"]}
    instruments = {**catalogue.instruments, ("aut", "0.2.0"): version}
    return replace(catalogue, instruments=instruments, publications=published)


def test_a_path_keeps_the_version_that_it_has(
    given: Given, connection: Connection, catalogue: Catalogue, person: int
) -> None:
    given(HEADER, EXANTE)
    given(HEADER, EXPOST, catalogue=newer(catalogue))
    assert {row.version for row in made(connection)} == {"0.1.0"}


def published(catalogue: Catalogue, **days: date) -> Catalogue:
    """Versions 0.1.0 and 0.2.0 of the Autovalutazione, in use from these days."""
    both, records = newer(catalogue), dict(newer(catalogue).publications)
    for version, day in days.items():
        name = f"aut/{version.replace('v', '').replace('_', '.')}.yaml"
        records[name] = replace(records[name], published_on=day)
    return replace(both, publications=records)


def test_a_sheet_has_the_version_in_force_on_its_day(
    given: Given, connection: Connection, catalogue: Catalogue, person: int
) -> None:
    """Not the newest one, which came after the sheet was filled in."""
    given(HEADER, EXANTE, catalogue=published(catalogue, v0_2_0=date(2026, 11, 20)))
    assert [row.version for row in made(connection)] == ["0.1.0"]


def test_a_sheet_of_today_has_the_version_of_today(
    given: Given, connection: Connection, catalogue: Catalogue, person: int
) -> None:
    given(HEADER, EXPOST, catalogue=published(catalogue, v0_2_0=date(2026, 11, 1)))
    assert [(row.version, row.digest) for row in made(connection)] == [("0.2.0", "b" * 64)]


def test_what_is_planned_says_nothing_about_an_older_sheet(
    given: Given, connection: Connection, catalogue: Catalogue
) -> None:
    """And what nobody has begun follows it: one path, one version (rulings R7)."""
    both = published(catalogue, v0_2_0=date(2026, 11, 20))
    import_people(connection, both, [PERSON], NOW)
    assert {row.version for row in made(connection)} == {"0.2.0"}
    given(HEADER, EXANTE, catalogue=both)
    carry_out(connection, both, NOW.date())
    assert {row.occasion: row.version for row in made(connection)} == {"EXANTE": "0.1.0", "EXPOST": "0.1.0"}


def test_a_sheet_from_before_every_version_must_say_its_own(
    given: Given, connection: Connection, catalogue: Catalogue, person: int
) -> None:
    late = published(catalogue, v0_1_0=date(2026, 7, 1), v0_2_0=date(2026, 11, 20))
    [(line, message)] = refused(given, HEADER, EXANTE, catalogue=late)
    assert line == 2
    assert message == (
        "versione: manca, e il 20/06/2026 nessuna versione era in uso: scrivi quella del foglio"
    )


def test_the_sheet_says_which_version_it_was(
    given: Given, connection: Connection, catalogue: Catalogue, person: int
) -> None:
    given(f"{HEADER};versione", f"{EXANTE};0.2.0", catalogue=newer(catalogue))
    assert [row.version for row in made(connection)] == ["0.2.0"]


def test_an_unknown_version_is_refused_with_the_known(given: Given, person: int) -> None:
    [(_, message)] = refused(given, f"{HEADER};versione", f"{EXANTE};9.9.9")
    assert message == "versione: «9.9.9» non c'è; ci sono 0.1.0"


def test_observers_and_repeats_are_told_apart(given: Given, connection: Connection, person: int) -> None:
    header = f"{HEADER};numero;osservatore;chi_risponde"
    first, second = f"{EXPOST.replace(';P;semplice', ';O;').replace(';2;;;;1;7', ';;;;;2;')}", "OP-2"
    given(header, f"{first};1;1;OP-1", f"{first};1;2;{second}", f"{first};2;1;")
    assert [(row.number, row.rater, row.respondent) for row in made(connection)] == [
        (1, 1, "OP-1"),
        (1, 2, "OP-2"),
        (2, 1, "operatore"),
    ]


def test_a_database_of_the_demonstration_takes_no_responses(given: Given, connection: Connection) -> None:
    create_organisation(connection, demonstration=True)
    with pytest.raises(RefusedError, match="surveyapp demo --clear"):
        given(HEADER, EXANTE)


def test_a_person_of_two_paths_is_found_by_the_day(given: Given, connection: Connection, person: int) -> None:
    owner = connection.scalar(select(Path.person_id))
    second = create_path(connection, owner, number=2, started_on=date(2026, 11, 11), ended_on=None)
    given(
        HEADER,
        EXANTE,
        EXANTE.replace("20/06", "20/11"),
        EXANTE.replace("20/06", "10/06").replace("EXANTE", "EXPOST").replace("prendere il treno", ""),
    )
    assert [(row.subject, row.occasion) for row in made(connection)] == [
        (f"path:{person}", "EXPOST"),
        (f"path:{person}", "EXANTE"),
        (f"path:{second}", "EXANTE"),
    ]


QIL = "inserimento;scheda;rilevazione;data;QIL_BEN1;QIL_BEN2;QIL_AZ1"


def test_a_placement_has_its_context(given: Given, connection: Connection, person: int) -> None:
    placement = create_placement(connection, person, code="IN-1", started_on=date(2026, 8, 1))
    given(QIL, "IN-1;O;Durante l'inserimento;15/10/2026;4;NS;1+3", instrument="qil")
    [row] = made(connection, "qil")
    assert (row.subject, row.path_id, row.placement_id) == (f"placement:{placement}", person, placement)
    assert '"placement_type": "TIS"' in row.context
    assert row.due_from == date(2026, 8, 31)
    assert answers(connection) == {"QIL_BEN1": 4, "QIL_BEN2": "NS", "QIL_AZ1": "1,3"}


def test_a_placement_of_a14_has_the_module(given: Given, connection: Connection, person: int) -> None:
    agreement = create_agreement(connection)
    create_placement(connection, person, code="IN-1", type="A14", agreement_id=agreement)
    header = "inserimento;scheda;rilevazione;data;A14_ECO1"
    given(header, "IN-1;E;INITINERE;15/10/2026;4", instrument="qil")
    assert made(connection, "qil")[0].modules == "a14@0.1.0"
    create_placement(connection, person, code="IN-2")
    [(_, message)] = refused(given, header, "IN-2;E;INITINERE;15/10/2026;4", instrument="qil")
    assert message == "A14_ECO1: non si chiede nella scheda E alla rilevazione INITINERE"


def test_a_form_is_about_what_the_plan_says(given: Given, connection: Connection, person: int) -> None:
    header = QIL.replace("inserimento", "persona")
    [(_, message)] = refused(given, header, "BG-1;O;EXPOST;15/10/2026;4;;", instrument="qil")
    assert message == "persona: la scheda O, EXPOST, riguarda l'inserimento (colonna inserimento)"


def test_an_agreement_is_found_by_its_code(given: Given, connection: Connection) -> None:
    agreement = create_agreement(connection, code="CV-1")
    given("convenzione;scheda;rilevazione;data;A14_ECO1", "CV-1;M;EXPOST;15/10/2026;4", instrument="qil")
    [row] = made(connection, "qil")
    assert (row.subject, row.respondent[:2]) == (f"agreement:{agreement}", "AZ")


def test_an_accompaniment_is_found_by_its_code(
    given: Given, connection: Connection, catalogue: Catalogue
) -> None:
    accompaniment = create_accompaniment(connection, code="AC-1")
    asked = Questionnaire(catalogue.newest("acc"), "C", "std", "T0")
    item = next(item for item in asked.asked if asked.wording(item).format.kind == "choice")
    header = f"accompagnamento;scheda;rilevazione;data;{item.id}"
    answer = asked.wording(item).format.minimum
    [(_, message)] = refused(given, header, f"AC-2;C;T0;15/10/2026;{answer}", instrument="acc")
    assert message == "accompagnamento: «AC-2» non c'è nel registro: forse è AC-1"
    given(header, f"AC-1;C;T0;15/10/2026;{answer}", instrument="acc")
    assert made(connection, "acc")[0].subject == f"accompaniment:{accompaniment}"


def test_reports_read_legacy_responses(given: Given, connection: Connection, person: int) -> None:
    given(HEADER, EXANTE)
    [found] = responses.administrations(connection, "aut")
    assert (found.source, found.person_code) == ("legacy", "BG-1")
    assert len(responses.submitted_answers(connection, "aut")) == 3


def test_an_open_administration_of_another_number_stays(
    given: Given, connection: Connection, catalogue: Catalogue, person: int
) -> None:
    create_administration(connection, catalogue, person, number=2)
    given(HEADER, EXANTE)
    states = connection.execute(select(Administration.number, Administration.state)).all()
    assert set(map(tuple, states)) == {(1, "submitted"), (2, "open")}


def test_a_short_sheet_is_kept_as_short(given: Given, connection: Connection, person: int) -> None:
    create_placement(connection, person, code="IN-1")
    header = f"{QIL};lunghezza"
    row = "IN-1;O;INITINERE;15/10/2026;4;NS;;breve"
    given(header, row, instrument="qil")
    assert made(connection, "qil")[0].length == "short"
    connection.execute(update(Administration).values(length="full"))
    [(_, message)] = refused(given, header, row, instrument="qil")
    assert message == "è già stato inviato, e dice altro in: lunghezza"
