"""Several versions of an instrument: how they came to be, and what differs between two of them."""

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.instruments.publication_record import Declared, Publication, read_record, write_record
from surveyapp.settings import Settings
from surveyapp.web.app import create_app
from surveyapp.web.staff.instruments_differences import asked_for, words_apart
from tests.conftest import ROOT
from tests.staff.people import enter, rows
from tests.web.pages import Page, visit
from tests.web.test_valid_html import CHECKER, NOT_AN_ERROR

pytestmark = [pytest.mark.usefixtures("staff"), pytest.mark.parametrize("database", ["sqlite"])]

TODAY = datetime.now(UTC).date()
# What the second version of the self-assessment changes.
CHANGES = (
    ("version: 0.1.0", "version: 0.2.0"),
    ("easy: Ti piacciono le tue giornate?", "easy: Ti piacciono <b>queste</b> giornate?"),
    ("std: Provo ansia o agitazione.", "std: Provo spesso ansia."),
    ("{-1: Di meno, 0: Come prima, 1: Di più}", "{-1: Di meno, 0: Come prima, 1: Molto di più}"),
)
KINDS = {"AUT_BEN1.text.P.easy": "typo", "AUT_BEN3.text.P.std": "same meaning"}
SECOND = Publication(
    sha256="",
    author="Anna Rossi (Socialis)",
    approver="Luca Verdi (Mestieri Lombardia)",
    note="Dopo il secondo focus group",
    published_on=date(2026, 1, 15),
    previous="0.1.0",
    kinds=KINDS,
    comparability={("AUT_AUD", "P", "std"): Declared("not comparable", ("l'ha deciso chi pubblica",))},
)

Visit = Callable[..., Page]


def add_version(folder: Path, known: Publication, *changes: tuple[str, str]) -> None:
    """Write a version beside the first, in the record as it is `known`."""
    text = (folder / "aut" / "0.1.0.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    name = f"aut/{changes[0][1].removeprefix('version: ')}.yaml"
    (folder / name).write_text(text, encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    write_record(folder, read_record(folder) | {name: replace(known, sha256=digest)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The bundled instruments and a second version of the self-assessment."""
    folder = tmp_path / "instruments"
    shutil.copytree(ROOT / "instruments", folder)
    add_version(folder, SECOND, *CHANGES)
    return folder


@pytest.fixture
def open_page(settings: Settings, engine: Engine, folder: Path) -> Visit:
    """Opens a page of the instruments as one of the staff, with the folder as it is by then."""

    def open_it(address: str, **options: Any) -> Page:
        app: Flask = create_app(replace(settings, instruments=folder), engine)
        client: FlaskClient = app.test_client()
        enter(client, "caseworker")
        return visit(client, f"/gestione/strumenti{address}", **options)

    return open_it


def test_the_list_shows_the_version_in_use(open_page: Visit) -> None:
    found = {row[0]: row[1] for row in rows(open_page(""))}
    assert found["Autovalutazione aut"] == "0.2.0 In uso"


def test_the_history_tells_who_wrote_and_approved_each_version(open_page: Visit) -> None:
    second, first = rows(open_page("/aut"))
    assert second == [
        "0.2.0",
        "In uso",
        "15 gen 2026",
        "Anna Rossi (Socialis)",
        "Luca Verdi (Mestieri Lombardia)",
        "Dopo il secondo focus group",
    ]
    assert first[:3] == ["0.1.0", "In uso per chi ha già cominciato", ""]


@pytest.mark.parametrize(
    ("known", "status", "in_use"),
    [
        ({"published_on": TODAY + timedelta(400)}, "In uso dal", "0.2.0"),
        ({"status": "retired", "retired_on": TODAY}, "Ritirata", "0.2.0"),
        ({"status": "retired", "retired_on": TODAY + timedelta(9)}, "In uso", "0.3.0"),
        ({"status": "in_review"}, "In revisione", "0.2.0"),
        ({"status": "approved"}, "Approvata", "0.2.0"),
        ({"status": "draft"}, "Bozza", "0.2.0"),
    ],
)
def test_each_status_is_said_in_words(
    open_page: Visit, folder: Path, known: dict[str, Any], status: str, in_use: str
) -> None:
    third = replace(SECOND, **({"published_on": date(2026, 2, 1)} | known))
    add_version(folder, third, ("version: 0.1.0", "version: 0.3.0"))
    page = open_page("/aut")
    assert status.lower() in rows(page)[0][1].lower()
    assert ("0.3.0" in page.links) == (known.get("status") in (None, "retired"))
    assert {row[0]: row[1] for row in rows(open_page(""))}["Autovalutazione aut"].startswith(in_use)


def test_a_version_in_review_cannot_be_read_here(open_page: Visit, folder: Path) -> None:
    add_version(folder, replace(SECOND, status="in_review"), ("version: 0.1.0", "version: 0.3.0"))
    open_page("/aut/0.3.0", status=404)
    assert open_page("/aut/differenze?a=0.3.0").h1 == "Autovalutazione: dalla 0.1.0 alla 0.2.0"
    in_list = {row[0]: row[1] for row in rows(open_page(""))}
    assert in_list["Autovalutazione aut"] == "0.2.0 In uso0.3.0 In revisione"


def test_the_two_newest_versions_are_compared(open_page: Visit) -> None:
    page = open_page("/aut/differenze")
    assert page.h1 == "Autovalutazione: dalla 0.1.0 alla 0.2.0"
    assert page.h1 == open_page("/aut/differenze?da=0.2.0&a=0.1.0").h1


def test_each_text_stands_before_and_after_with_words_for_both(open_page: Visit) -> None:
    page = open_page("/aut/differenze")
    texts = {row[0]: row[1:] for row in rows(page)}
    before, after = next(pair for name, pair in texts.items() if name.startswith("AUT_BEN3"))
    assert before == "Provo ansia[tolto: o agitazione]."
    assert after == "Provo [aggiunto: spesso ]ansia."
    assert "<del>" in page.text
    assert "<ins>" in page.text


def test_markup_in_a_text_is_shown_as_written(open_page: Visit) -> None:
    page = open_page("/aut/differenze")
    assert "&lt;b&gt;queste&lt;/b&gt;" in page.text
    assert not next(iter(page.main.iter("td"))).findall(".//b")


def test_changes_are_whole_sentences_with_what_was_declared(open_page: Visit) -> None:
    words = open_page("/aut/differenze").words
    assert "Le differenze sono grandi" in words
    assert "AUT_BEN1, scheda P, versione semplice: il testo cambia" in words
    assert "Corregge un errore di scrittura." in words
    assert "Il significato è lo stesso." in words
    assert "Nessuno ha ancora scritto se il significato è lo stesso." in words  # of the option


def test_comparability_is_said_scale_by_scale(open_page: Visit) -> None:
    found = {(row[0].split()[-1], row[2]): row[3:] for row in rows(open_page("/aut/differenze"), 1)}
    assert found["AUT_BEN", "versione standard"][0] == "Si confronta, da motivare"
    assert found["AUT_BEN", "versione semplice"] == ["Si confronta", ""]
    assert found["AUT_AUD", "versione standard"] == ["Non si confronta", "L'ha deciso chi pubblica."]


def test_what_was_declared_on_the_way_counts_between_the_first_and_the_last(
    open_page: Visit, folder: Path
) -> None:
    third = replace(SECOND, published_on=date(2026, 2, 1), previous="0.2.0", comparability={}, kinds={})
    add_version(folder, third, ("version: 0.1.0", "version: 0.3.0"), *CHANGES[1:])
    page = open_page("/aut/differenze?da=0.1.0&a=0.3.0")
    found = {(row[0].split()[-1], row[2]): row[3] for row in rows(page, 1)}
    assert found["AUT_AUD", "versione standard"] == "Non si confronta"
    assert "Corregge un errore di scrittura." in page.words
    assert "Fra queste due versioni non cambia niente." in open_page("/aut/differenze").words


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("?da=7.0.0&a=0.2.0", "L'indirizzo chiede una versione che non c'è"),
        ("?a=%00", "L'indirizzo chiede una versione che non c'è"),
        ("?da=0.2.0&a=0.2.0", "Hai scelto due volte la stessa versione"),
    ],
)
def test_versions_that_cannot_be_compared_give_the_nearest(
    open_page: Visit, asked: str, sentence: str
) -> None:
    page = open_page(f"/aut/differenze{asked}")
    assert sentence in page.words
    assert page.h1 == "Autovalutazione: dalla 0.1.0 alla 0.2.0"


@pytest.mark.parametrize(
    ("asked", "compared"),
    [
        ({}, ("0.2.0", "0.3.0")),
        ({"a": "0.1.0"}, ("0.1.0", "0.2.0")),
        ({"a": "0.2.0"}, ("0.1.0", "0.2.0")),
        ({"da": "0.1.0", "a": "0.3.0"}, ("0.1.0", "0.3.0")),
        ({"da": "0.3.0", "a": "0.1.0"}, ("0.1.0", "0.3.0")),
    ],
)
def test_the_older_version_always_comes_first(asked: dict[str, str], compared: tuple[str, str]) -> None:
    assert asked_for(["0.3.0", "0.2.0", "0.1.0"], asked) == (*compared, [])


def test_no_word_is_lost_between_two_texts() -> None:
    was, now = "Ti piace  il lavoro?", "Ti piace molto\nil tuo lavoro?"
    pieces = list(words_apart(was, now))
    assert "".join(piece.words for piece in pieces if piece.kind != "ins") == was
    assert "".join(piece.words for piece in pieces if piece.kind != "del") == now


def test_the_checker_of_the_w3c_finds_no_error(open_page: Visit, tmp_path: Path) -> None:
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not installed: apt-get install default-jre-headless")
    for name in ("aut", "aut/differenze"):
        page = open_page(f"/{name}")
        (tmp_path / f"{name.replace('/', '_')}.html").write_text(page.text, encoding="utf-8")
    files = sorted(tmp_path.glob("*.html"))
    command = [java, "-jar", CHECKER, "--no-langdetect", "--filterpattern", NOT_AN_ERROR, *files]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.stderr.splitlines() == []
