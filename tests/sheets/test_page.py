"""The pages: strict HTML that asks nothing of anybody, and their PDF."""

import re
import shutil
import socket
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from surveyapp.instruments.model import Instrument
from surveyapp.sheets.codebook import codebook
from surveyapp.sheets.manual import manual
from surveyapp.sheets.page import codebook_html, manual_html, paper_html
from surveyapp.sheets.pdf import PdfMissingError, pdf
from tests.sheets.instruments import ALL, EVERY
from tests.sheets.test_paper import printed
from tests.web.test_valid_html import CHECKER

STREAM = re.compile(rb"/FlateDecode[^>]*>>\nstream\n(.*?)\nendstream", re.DOTALL)
HTML = "{http://www.w3.org/1999/xhtml}"


def pages(instrument: Instrument) -> Iterator[tuple[str, str]]:
    for form in instrument.forms.values():
        for variant in form.variants:
            where = {"ambito": "Cremona", "placement_type": "A14"}
            yield (
                f"{form.code}-{variant}",
                paper_html(printed(instrument, form=form.code, variant=variant, **where)),
            )
    yield "manual", manual_html(manual(instrument))
    yield "codebook", codebook_html(instrument.title, "piede", codebook(instrument))


def read(text: str) -> Element:
    return html5lib.HTMLParser(strict=True).parse(text)


def test_pages_are_strict_html_with_one_title_and_landmarks(instrument: Instrument) -> None:
    for name, text in pages(instrument):
        tree = read(text)
        assert tree.get("lang") == "it", name
        assert len(list(tree.iter(f"{HTML}h1"))) == len(list(tree.iter(f"{HTML}main"))) == 1, name
        levels = [int(tag[-1]) for found in tree.iter() if (tag := str(found.tag)) in HEADINGS]
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


HEADINGS = tuple(f"{HTML}h{level}" for level in range(1, 7))


def test_pages_hold_everything_themselves(instrument: Instrument) -> None:
    for name, text in pages(instrument):
        assert "<script" not in text, name
        assert not re.search(r"(?:src|href)=\"(?!#)", text), name
        assert all(
            found.startswith("data:font/woff2") for found in re.findall(r"url\(\"([^\"]*)\"\)", text)
        ), name


def test_every_question_has_its_number_code_and_boxes() -> None:
    sheet = printed(form="C", occasion="T0")
    tree = read(paper_html(sheet))
    asked = [found for found in tree.iter(f"{HTML}div") if found.get("class") == "question"]
    assert len(asked) == sheet.count
    codes = ["".join(found.itertext()) for found in tree.iter(f"{HTML}p") if found.get("class") == "code"]
    printed_questions = [one for block in sheet.blocks for one in block.questions]
    assert codes == [one.code for one in printed_questions]
    for one, element in zip(printed_questions, asked, strict=True):
        boxes = [found for found in element.iter(f"{HTML}span") if found.get("class") == "box"]
        assert len(boxes) == len(one.options) + len(one.reasons)


def keys(text: str) -> list[str]:
    return [found.text or "" for found in read(text).iter(f"{HTML}span") if found.get("class") == "key"]


def test_codes_are_printed_before_the_words_of_an_answer_but_not_in_the_easy_form() -> None:
    std = printed(variant="std")
    asked = [one for block in std.blocks for one in block.questions]
    offered = [choice.key for one in asked for choice in one.options + one.reasons if choice.key]
    assert keys(paper_html(std)) == offered
    assert '<span class="key">4</span>Molto' in paper_html(std)
    easy = paper_html(printed(variant="easy"))
    assert keys(easy) == []
    together = easy.replace("\N{NO-BREAK SPACE}", " ")
    assert "<p>Domanda 3: Casa = 1, Lavoro = 2, Scuola = 3, Altro = 4, Nessuno = 5.</p>" in together
    assert "Per chi riporta le risposte nel programma" in easy


def test_one_minute_is_said_as_one() -> None:
    sheet = replace(printed(variant="easy"), minutes=1)
    assert "Serve circa 1 minuto." in paper_html(sheet)
    assert "servono circa 5 minuti." in paper_html(printed(form="C", occasion="T1"))


def test_words_of_an_instrument_are_never_markup() -> None:
    text = paper_html(printed(form="C", occasion="T0"))
    assert "=1+1" in text
    assert "<h1>La scheda di chi ospita</h1>" in text


def test_no_page_has_an_html_error(tmp_path: Path) -> None:
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not installed: apt-get install default-jre-headless")
    for key, instrument in ALL.items():
        for name, text in pages(instrument):
            (tmp_path / f"{key}-{name}.html").write_text(text, encoding="utf-8")
    files = sorted(tmp_path.glob("*.html"))
    command = [java, "-jar", CHECKER, "--no-langdetect", *files]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.stderr.replace(f"file:{tmp_path}/", "").splitlines() == []


def test_a_pdf_is_tagged_in_italian_and_has_our_letters() -> None:
    made = pdf(paper_html(printed(variant="easy")))
    assert made.startswith(b"%PDF-1.7")
    assert len(made) < 400_000
    inside = made + b"".join(zlib.decompress(found) for found in STREAM.findall(made))
    for written in (b"Atkinson-Hyperlegible", b"/Lang (it)", b"/Marked true", b"pdfuaid"):
        assert written in inside


def test_a_pdf_fetches_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        pdf(f'<!doctype html><html lang="it"><title>x</title><img alt="" src="{address}">')
        with pytest.raises(BlockingIOError):
            server.accept()


def test_without_its_libraries_a_pdf_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(PdfMissingError, match="apt-get install libpango"):
        pdf("<p>")


WITHOUT_PANGO = """
import cffi
def missing(*_):
    raise OSError("no such library")
cffi.FFI.dlopen = missing
from surveyapp.sheets.pdf import PdfMissingError, pdf
try:
    pdf("<p>")
except PdfMissingError as error:
    print(error)
"""


def test_missing_system_libraries_are_told_in_one_sentence() -> None:
    said = subprocess.run([sys.executable, "-c", WITHOUT_PANGO], capture_output=True, text=True, check=True)
    assert said.stdout.startswith("per i PDF mancano le librerie Pango")
    assert said.stdout.count("\n") == 1


def test_the_manual_says_so_where_its_texts_are_missing() -> None:
    assert "Questo testo non è ancora stato scritto." in manual_html(manual(replace(EVERY, manual={})))
    assert "Questo testo non è ancora stato scritto." not in manual_html(manual(EVERY))


def test_the_first_page_asks_how_a_person_was_helped_and_nobody_else() -> None:
    asked = "Chi ha letto o aiutato"
    assert asked in paper_html(printed(EVERY, form="P", variant="easy"))
    assert asked not in paper_html(printed(EVERY, form="C"))
