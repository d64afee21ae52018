"""Open answers: counted in the numbers, whole in the chapter, without a code, quotable or not."""

from sqlalchemy import Connection, insert

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.reading import load
from surveyapp.reports.tables import names_of
from surveyapp.reports.validation.page_texts import text_section
from surveyapp.reports.validation.texts import text_rows
from surveyapp.storage.tables import Consent, ConsentText
from tests.reports.invented import CLOSED, a_path, answered
from tests.reports.validation.seen import numbers_of, sent, value

LONG = "Vado al lavoro da solo con il pullman. " * 40


def consented(connection: Connection, administration_id: int, *decisions: tuple[str, str]) -> None:
    """Decisions about taking part, each with its optional consents."""
    digest = f"{administration_id:064}"
    text = {"digest": digest, "consent": "participant", "version": "0.1.0", "variant": "std", "text": "…"}
    connection.execute(insert(ConsentText), text)
    for decision, optional in decisions:
        row = {"administration_id": administration_id, "text_digest": digest, "decided_at": CLOSED}
        connection.execute(insert(Consent), row | {"decision": decision, "optional": optional})


def wrote(connection: Connection, catalogue: Catalogue, text: str, **values: object) -> int:
    return answered(connection, catalogue, a_path(connection, **values), "EXPOST", {"AUT_TXT1": text})


def shown(connection: Connection, catalogue: Catalogue) -> dict[str, list[tuple[str, str]]]:
    """The texts of the chapter with what stands beside, by territory."""
    study = load(connection, catalogue, "aut", form=None)
    numbers = numbers_of(connection, catalogue, "aut", text_rows)
    section = text_section(numbers, names_of(study), study)
    assert section
    [part] = [part for part in section.parts if part.id.startswith("texts-p-aut-txt1")]
    return {
        block.title: [(line.head, line.cells[0]) for line in block.lines] for block in part.tables[0].blocks
    }


def test_texts_are_whole_by_territory_and_alphabet(connection: Connection, catalogue: Catalogue):
    wrote(connection, catalogue, "Ho imparato a cucinare.")
    wrote(connection, catalogue, LONG, province="Cremona", ambito="Cremona")
    wrote(connection, catalogue, "Adesso ho un amico.")
    found = shown(connection, catalogue)
    assert [text for text, _ in found["Provincia di Bergamo"]] == [
        "Adesso ho un amico.",
        "Ho imparato a cucinare.",
    ]
    assert found["Ambito di Cremona"][0][0] == LONG


def test_only_who_said_yes_may_be_quoted(connection: Connection, catalogue: Catalogue):
    consented(connection, wrote(connection, catalogue, "A"), ("accepted", "quotation"))
    consented(connection, wrote(connection, catalogue, "B"), ("accepted", "contact_after_6_months"))
    consented(connection, wrote(connection, catalogue, "C"), ("accepted", "quotation"), ("accepted", ""))
    consented(connection, wrote(connection, catalogue, "D"), ("accepted", "quotation"), ("talk", ""))
    wrote(connection, catalogue, "E")
    beside = dict(shown(connection, catalogue)["Provincia di Bergamo"])
    assert beside == {
        "A": "citabile",
        "B": "non citabile",
        "C": "non citabile",
        "D": "citabile",
        "E": "non citabile",
    }


def test_numbers_count_texts_and_hold_none(connection: Connection, catalogue: Catalogue):
    wrote(connection, catalogue, "Ho un amico.")
    wrote(connection, catalogue, "skipped")
    wrote(connection, catalogue, "   ")
    numbers = numbers_of(connection, catalogue, "aut", text_rows)
    place = {"item": "AUT_TXT1", "territory": "Tutti i territori"}
    assert [value(numbers, name, **place) for name in ("texts", "quotable", "missing_skipped")] == [1, 0, 1]
    assert "amico" not in str(numbers.rows)


def test_no_code_of_a_person_stands_in_the_chapter(connection: Connection, catalogue: Catalogue):
    wrote(connection, catalogue, "Ho un amico.")
    study = load(connection, catalogue, "aut", form=None)
    section = text_section(numbers_of(connection, catalogue, "aut", text_rows), names_of(study), study)
    assert study.responses[0].administration.person_code not in str(section)


def test_codes_and_roles_on_one_line_are_no_open_answers(connection: Connection, catalogue: Catalogue):
    given = {"QIL_REL4": 0, "QIL_AZ1": "1", "QIL_AZ3": "la tutor", "QIL_TXT1": "Va bene."}
    sent(connection, catalogue, "qil", a_path(connection), "EXPOST", given)
    numbers = numbers_of(connection, catalogue, "qil", text_rows)
    assert {place.item for place in numbers.places("texts")} == {"QIL_TXT1", "QIL_TXT2"}
