"""The synthesis of a meeting: the same words in every file, nobody who can be told apart, nobody unasked."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.document import Document
from surveyapp.reports.meetings.material import Material, Person
from surveyapp.reports.meetings.page_meeting import attendance_section
from surveyapp.reports.meetings.reading import read_one
from surveyapp.reports.meetings.synthesis import synthesis
from surveyapp.reports.meetings.write import write_meeting
from surveyapp.reports.word import as_word
from surveyapp.storage import schema
from surveyapp.storage.engine import open_engine, writing
from surveyapp.study.errors import RefusedError
from tests.factories import create_focus_group
from tests.reports.meetings.files import (
    bytes_inside,
    cells,
    said,
    sentences,
    shown,
    text_of_pdf,
    text_of_word,
)
from tests.reports.meetings.invented import CANARIES, QUOTED, TODAY, create_whole_meeting
from tests.reports.pages import visit, words

TITLE = "Sintesi del focus group FG2"


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Connection, int]]:
    """A database with the invented meeting, made once: printing takes seconds."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('meetings') / 'meetings.db'}")
    schema.upgrade(engine)
    with writing(engine) as connection:
        yield connection, create_whole_meeting(connection)
    engine.dispose()


@pytest.fixture(scope="module")
def material(there: tuple[Connection, int], catalogue: Catalogue) -> Material:
    return read_one(there[0], catalogue, there[1])


@pytest.fixture(scope="module")
def document(material: Material) -> Document:
    return synthesis(material, TODAY)


@pytest.fixture(scope="module")
def folder(
    there: tuple[Connection, int], catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("synthesis")
    write_meeting(there[0], catalogue, there[1], folder, today=TODAY)
    return folder


def test_it_is_there_as_page_pdf_and_word(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {"report.html", "report.pdf", "report.docx"}
    visit(folder / "report.html", TITLE)


def test_page_and_word_say_the_same(document: Document, folder: Path) -> None:
    page = words(visit(folder / "report.html", TITLE))
    word = text_of_word((folder / "report.docx").read_bytes())
    for text in said(document):
        assert " ".join(text.split()) in page
        assert text in word


def test_the_printed_pages_say_it_too(folder: Path) -> None:
    printed = " ".join(text_of_pdf(folder / "report.pdf").split())
    for text in (TITLE, QUOTED, "Troppo difficile.", "Autonomia sul lavoro"):
        assert text in printed


def test_what_may_not_be_told_is_in_no_byte_of_any_file(folder: Path) -> None:
    printed = text_of_pdf(folder / "report.pdf")
    for canary in CANARIES:
        assert canary not in printed
        for path in folder.iterdir():
            assert canary.encode() not in bytes_inside(path), (path.name, canary)


def test_what_is_left_out_is_counted_with_its_reason(document: Document) -> None:
    assert QUOTED in str(cells(document, "tabella-citazioni"))
    assert sentences(document, "citazioni")[1:] == [
        "Note codificate non riportate: 3 (1 perché chi parla non ha accettato la citazione; 1 perché non è "
        "scritto chi parla; 1 perché il testo sembra contenere un nome o un recapito).",
        "Da correggere in «Note e codici», se c'è davvero un nome: 4.",
    ]


def test_quotations_stand_by_criterion_without_who_speaks(document: Document) -> None:
    (table,) = [one for one in document.tables if one.id == "tabella-citazioni"]
    assert [block.title for block in table.blocks] == [
        "Andare volentieri (QIL_BEN1)",
        "Tempo per spiegare (N-1), nuovo",
        "Regole (AUT_OCC3)",
    ]
    assert cells(document, "tabella-citazioni")[0] == ["Nota 1", "conferma", "1", f"«{QUOTED}»"]


def test_the_meeting_is_told_with_its_versions(document: Document) -> None:
    facts = dict(cells(document, "tabella-incontro"))
    assert facts["Giorno"] == "20 novembre 2026"
    assert facts["Versioni discusse"] == "Autovalutazione 0.1.0"
    assert (facts["Durata"], facts["Registrazione"], facts["Note"]) == ("115 minuti", "sì", "chiuse")


def test_small_roles_and_what_would_give_them_away_are_hidden(document: Document) -> None:
    assert cells(document, "tabella-presenze") == [
        ["consorzio", "n.m."],
        ["coop di tipo B", "6"],
        ["persona", "n.m."],
        ["Tutti", "11"],
    ]


@pytest.mark.parametrize(
    ("yes", "no", "told"),
    [(6, 0, "tutti"), (6, 5, "6 su 11"), (6, 1, "n.m."), (0, 6, "n.m."), (3, 0, "tutti")],
)
def test_consents_are_counted_where_nobody_can_be_told_apart(
    material: Material, yes: int, no: int, told: str
) -> None:
    people = tuple(Person("coop di tipo B", quotable, quotable) for quotable in [True] * yes + [False] * no)
    first, second = attendance_section(replace(material.meetings[0], people=people)).sentences
    assert str(first).startswith(f"Hanno accettato la citazione senza nome: {told}")
    assert str(second).startswith(f"Hanno accettato la registrazione audio: {told}")


def test_few_people_are_not_counted(material: Material) -> None:
    few = replace(material.meetings[0], people=(Person("consorzio", quotable=True, recordable=True),) * 3)
    (part,) = attendance_section(few).parts
    lines = [(line.head, *line.cells) for line in part.tables[0].blocks[0].lines]
    assert lines == [("consorzio", "n.m."), ("Tutti", "<5")]


def test_votes_are_ranked_and_codes_counted_once_for_two_coders(document: Document) -> None:
    assert cells(document, "tabella-voti") == [
        ["Andare volentieri (QIL_BEN1)", "1", "18", "6"],
        ["Tempo per spiegare (N-1), nuovo", "2", "17", "7"],
    ]
    assert cells(document, "tabella-codici")[1] == [
        "Tempo per spiegare (N-1), nuovo", "2", "1", "0", "0", "1", "0", "0",
    ]  # fmt: skip


def test_audiences_are_judged_apart_by_the_number_of_their_raters(document: Document) -> None:
    (cm, coop) = cells(document, "tabella-relevance-1")
    assert cm[1:] == [
        "Collocamenti Mirati", "8", "0,875", "0,83", "0,87 (ottima)", "accettato; i gruppi divergono",
    ]  # fmt: skip
    assert coop[1:5] == ["Cooperative sociali e altri enti", "4", "0,50", "1,00"]
    assert ["Tutto l'elenco", "Collocamenti Mirati", "1", "0,875", "sotto"] in cells(
        document, "tabella-medie-relevance-1"
    )


def test_what_was_not_sent_and_comments_are_counted_and_no_more(document: Document) -> None:
    told = " ".join(sentences(document, "giudizi"))
    assert "12 persone hanno inviato i giudizi" in told
    assert "1 persona ha iniziato senza inviare" in told
    assert "12 commenti: non riportati" in told
    assert "Alcuni enti hanno più di una persona" in told


def test_coding_twice_has_its_share_and_its_kappa(document: Document) -> None:
    share, kappa = sentences(document, "codifica")
    assert share.startswith("2 note sono state codificate due volte, su 6 (33\u00a0%). È almeno quanto serve")
    assert kappa.startswith("Kappa di Cohen: 0,33, su 6 giudizi")


def test_decisions_are_those_that_rest_on_the_meeting(document: Document) -> None:
    assert cells(document, "tabella-decisioni") == [
        [
            "DEC-001", "aut AUT_OCC3", "Altre parole.", "nota 5; lo dicono anche i lettori", "Accolta",
            "Troppo difficile.", "21 novembre 2026",
        ]
    ]  # fmt: skip
    assert [line[0:1] + line[4:] for line in cells(document, "tabella-questioni")] == [
        ["DEC-002", "Rinviata", "Si aspetta il prossimo incontro."],
        ["DEC-003", "Da decidere", "–"],
    ]


def test_readers_are_counted_and_quoted_where_they_accepted(document: Document) -> None:
    (line,) = cells(document, "tabella-lettori")
    assert line[1:] == ["3", "1", "1", "1"]
    assert cells(document, "tabella-parole-lettori") == [["1", "«Che so che cosa fare.»", "–"]]
    assert sentences(document, "lettori")[0].startswith("Prove di cui non si riportano le parole: 1 ")


def test_the_same_data_give_the_same_bytes(document: Document) -> None:
    assert as_word(document) == as_word(document)


def test_the_word_file_has_headings_captions_and_heads_that_repeat(document: Document, folder: Path) -> None:
    word = docx.Document(str(folder / "report.docx"))
    headings = [one.text for one in word.paragraphs if one.style.name == "Heading 1"]
    assert headings == ["In breve", *(section.title for section in document.sections)]
    captions = [shown(one) for one in word.paragraphs if one.style.name == "Caption"]
    assert captions == [f"Tabella {n}. {one.caption}" for n, one in enumerate(document.tables, 1)]
    heads = [table.rows[0]._tr.trPr.findall(qn("w:tblHeader")) for table in word.tables]
    assert [len(one) for one in heads] == [1] * len(document.tables)


def test_the_word_file_is_italian_and_says_what_it_is(document: Document, folder: Path) -> None:
    word = docx.Document(str(folder / "report.docx"))
    told = word.core_properties
    assert (told.title, told.language, told.created.date()) == (TITLE, "it-IT", TODAY)
    languages = {one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"it-IT"}
    assert str(document.stamp) in word.sections[0].footer.paragraphs[0].text


def test_the_pdf_is_tagged_and_italian(folder: Path) -> None:
    content = bytes_inside(folder / "report.pdf")
    assert b"/Marked true" in content
    assert re.search(rb"/Lang \(it\)", content)


def test_a_meeting_with_nothing_in_it_says_so_everywhere(
    there: tuple[Connection, int], catalogue: Catalogue, tmp_path: Path
) -> None:
    meeting = create_focus_group(there[0], code="FG9", demonstration=True)
    write_meeting(there[0], catalogue, meeting, tmp_path, today=TODAY)
    page = words(visit(tmp_path / "report.html", "Sintesi del focus group FG9"))
    word = text_of_word((tmp_path / "report.docx").read_bytes())
    for text in (
        "L'incontro non si è ancora tenuto",
        "Non è scritto chi ha partecipato.",
        "Nessuno ha votato.",
        "Non ci sono note.",
        "non è stata preparata nessuna raccolta",
        "Non ci sono note da codificare.",
        "Nessuna nota codificata si può citare.",
        "non è ancora nata nessuna decisione",
        "Non ci sono questioni aperte.",
        "nessun lettore ha provato",
    ):
        assert text in page
        assert text in word
    head = docx.Document(str(tmp_path / "report.docx")).sections[0].header.paragraphs[0].text
    assert head == "Dimostrazione: persone e risposte inventate"


def test_a_meeting_that_is_not_there_is_refused(there: tuple[Connection, int], catalogue: Catalogue) -> None:
    with pytest.raises(RefusedError, match="non c'è più"):
        read_one(there[0], catalogue, 999999)


def test_letters_that_no_file_holds_are_left_out(
    there: tuple[Connection, int], catalogue: Catalogue, tmp_path: Path
) -> None:
    meeting = create_focus_group(there[0], code="FG8", title="Uno\x0bdue\x01 tre\uffff")
    write_meeting(there[0], catalogue, meeting, tmp_path, today=TODAY)
    assert "Unodue tre. " in text_of_word((tmp_path / "report.docx").read_bytes())
