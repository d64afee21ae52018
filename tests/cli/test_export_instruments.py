"""`surveyapp instruments export`: every format to a file, and refusals as sentences."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from surveyapp.cli import cli
from tests.sheets.test_source import folder

__all__ = ["folder"]


@pytest.fixture
def export(folder: Path, tmp_path: Path) -> "Export":
    return Export(folder, tmp_path)


class Export:
    """The command, on a folder of instruments of these tests."""

    def __init__(self, folder: Path, out: Path) -> None:
        self.folder, self.out = folder, out

    def __call__(self, name: str, kind: str, file: str, *more: str) -> Result:
        arguments = ["instruments", "export", name, "--format", kind, "--out", str(self.out / file), *more]
        environment = {"SURVEYAPP_INSTRUMENTS": str(self.folder), "SURVEYAPP_CHI": "Anna e Bruno"}
        done = CliRunner().invoke(cli, arguments, env=environment)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    def text(self, file: str) -> str:
        return (self.out / file).read_text(encoding="utf-8-sig")


WRITTEN = [
    ("pdf", "scheda.pdf", b"%PDF-"),
    ("html", "scheda.html", b"<!doctype html>"),
    ("xlsform", "scheda.xlsx", b"PK"),
    ("codebook", "codici.csv", "\ufeffitem,criterion".encode()),
    ("codebook", "codici.html", b"<!doctype html>"),
    ("codebook", "codici.xlsx", b"PK"),
    ("manual", "manuale.html", b"<!doctype html>"),
    ("manual", "manuale.pdf", b"%PDF-"),
    ("yaml", "file.yaml", b"# An instrument with every construct"),
    ("json", "file.json", b'{"id":"tutto"'),
]


@pytest.mark.parametrize(("kind", "file", "start"), WRITTEN)
def test_each_format_is_written(export: Export, kind: str, file: str, start: bytes) -> None:
    done = export("tutto@0.1.0", kind, file)
    assert done.exit_code == 0, done.stderr
    assert f"Scritto {export.out / file}" in done.stdout
    assert (export.out / file).read_bytes().lstrip().startswith(start)


def test_a_codebook_in_csv_has_a_file_for_each_table(export: Export) -> None:
    assert export("tutto", "codebook", "codici.csv").stdout.count("Scritto ") == 7
    assert export.text("codici-scale.csv").startswith("scale,title,construct")


def test_the_form_that_was_asked_for_is_printed(export: Export) -> None:
    export(
        "tutto",
        "html",
        "a.html",
        "--form",
        "P",
        "--variant",
        "std",
        "--occasion",
        "T1",
        "--ambito",
        "Cremona",
    )
    page = export.text("a.html")
    assert "Fine, versione standard" in page
    assert "Vado volentieri, a Cremona." in page
    export("tutto", "html", "b.html", "--length", "mini")
    assert "scheda mini" in export.text("b.html")
    assert "Anna e Bruno" in export.text("b.html")


def test_the_document_is_the_one_that_is_pinned(export: Export) -> None:
    export("tutto", "yaml", "a.yaml")
    export("tutto", "json", "a.json")
    assert export.text("a.yaml") == (export.folder / "tutto" / "0.1.0.yaml").read_text(encoding="utf-8")
    assert json.loads(export.text("a.json"))["version"] == "0.1.0"


def test_a_file_that_is_there_is_kept_unless_forced(export: Export) -> None:
    (export.out / "codici-scale.csv").write_text("mio", encoding="utf-8")
    refused = export("tutto", "codebook", "codici.csv")
    assert refused.exit_code == 1
    assert re.search(r"Errore: c'è già .*codici-scale\.csv: .*--force", refused.stderr)
    assert export.text("codici-scale.csv") == "mio"
    assert not (export.out / "codici.csv").exists()
    assert export("tutto", "codebook", "codici.csv", "--force").exit_code == 0
    assert export.text("codici-scale.csv") != "mio"


REFUSED = [
    (("tuto", "pdf", "a.pdf"), "«tuto» non c'è (volevi dire «tutto»"),
    (("tutto@0.1.1", "pdf", "a.pdf"), "tutto 0.1.1 non c'è (volevi dire «0.1.0»?)"),
    (("operator@0.1.0", "pdf", "a.pdf"), "operator 0.1.0 non è uno strumento: non ha domande"),
    (
        ("extra", "pdf", "a.pdf"),
        "«extra» è un modulo di tutto: con il formato pdf si esporta tutto@0.1.0\n",
    ),
    (("extra@0.1.0", "xlsform", "a.xlsx"), "con il formato xlsform si esporta tutto@0.1.0\n"),
    (
        ("tutto", "pdf", "a.pdf", "--province", "Bergam"),
        "la provincia «Bergam» non c'è (volevi dire «Bergamo»?)",
    ),
    (
        ("tutto", "pdf", "a.pdf", "--province", "cr", "--ambito", "Cremna"),
        "in provincia di Cremona l'Ambito «Cremna» non c'è (volevi dire «Cremona» o «Crema»?)",
    ),
    (("tutto", "pfd", "a.pdf"), "il formato «pfd» non c'è (volevi dire «pdf»?)"),
    (("tutto", "pdf", "a.doc"), "con il formato pdf il file finisce in .pdf, non «a.doc»"),
    (("tutto", "pdf", "a.pdf", "--form", "X"), "la scheda «X» non c'è; ci sono: P, C"),
    (("tutto", "pdf", "a.pdf", "--paid", "si"), "per «L'inserimento è pagato?» il valore «si» non c'è"),
]


@pytest.mark.parametrize(("arguments", "sentence"), REFUSED)
def test_what_does_not_exist_is_refused_in_words(
    export: Export, arguments: tuple[str, ...], sentence: str
) -> None:
    refused = export(*arguments)
    assert refused.exit_code == 1
    assert sentence in refused.stderr
    assert list(export.out.iterdir()) == []


def test_a_territory_is_known_by_its_abbreviation_and_in_small_letters(export: Export) -> None:
    export("tutto", "html", "a.html", "--variant", "std", "--province", "cr", "--ambito", "cremona")
    assert "Vado volentieri, a Cremona." in export.text("a.html")


MODULE_FILES = [
    ("codebook", "codici.csv", "EXTRA_2"),
    ("manual", "manuale.html", "Modulo in più – manuale"),
    ("yaml", "file.yaml", "id: extra"),
    ("json", "file.json", '{"id":"extra"'),
]


@pytest.mark.parametrize(("kind", "file", "words"), MODULE_FILES)
def test_a_module_is_exported_for_itself(export: Export, kind: str, file: str, words: str) -> None:
    done = export("extra@0.1.0", kind, file)
    assert done.exit_code == 0, done.stderr
    assert words in export.text(file)


@pytest.fixture
def with_drafts(folder: Path, tmp_path: Path) -> "Export":
    """The command on a folder of its own, with drafts: an instrument, its information, and a module."""
    made = Path(shutil.copytree(folder, tmp_path / "drafts"))
    for name, edits in DRAFTS.items():
        path = made / name
        text = (made / path.parent.relative_to(made) / "0.1.0.yaml").read_text(encoding="utf-8")
        for old, new in [("version: 0.1.0", "version: 0.2.0"), *edits]:
            assert old in text, old
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "out").mkdir()
    return Export(made, tmp_path / "out")


DRAFTS = {
    "tutto/0.2.0.yaml": [("participant@0.1.0", "participant@0.2.0"), ("La tua scheda", "La scheda nuova")],
    "consents/participant/0.2.0.yaml": [("Sì, voglio rispondere", "Sì, comincio")],
    "modules/extra/0.2.0.yaml": [],
}


def test_a_draft_is_printed_and_says_that_it_is_one(with_drafts: Export) -> None:
    assert with_drafts("tutto@0.2.0", "html", "a.html").exit_code == 0
    page = with_drafts.text("a.html")
    assert "La scheda nuova" in page
    assert "Sì, comincio" in page
    assert page.count("BOZZA, non ancora in uso") == 2  # on the first page, and at the head of each
    with_drafts("tutto", "html", "b.html")
    assert "BOZZA" not in with_drafts.text("b.html")


@pytest.mark.parametrize(
    ("name", "kind", "file"),
    [
        ("tutto@0.2.0", "manual", "manuale.html"),
        ("tutto@0.2.0", "codebook", "codici.html"),
        ("extra@0.2.0", "manual", "modulo.html"),
    ],
)
def test_whatever_people_read_of_a_draft_is_marked(
    with_drafts: Export, name: str, kind: str, file: str
) -> None:
    assert with_drafts(name, kind, file).exit_code == 0
    assert "BOZZA, non ancora in uso" in with_drafts.text(file)


def test_a_draft_for_collecting_elsewhere_is_marked_in_its_title(with_drafts: Export) -> None:
    for name, marked in (("tutto@0.2.0", True), ("tutto@0.1.0", False)):
        with_drafts(name, "xlsform", "a.xlsx", "--force")
        settings = load_workbook(with_drafts.out / "a.xlsx")["settings"]
        assert any("(bozza)" in str(cell.value) for row in settings for cell in row) == marked


def test_a_module_that_nothing_includes_is_told(with_drafts: Export) -> None:
    path = with_drafts.folder / "modules/altro/0.1.0.yaml"
    path.parent.mkdir()
    text = (with_drafts.folder / "modules/extra/0.1.0.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("id: extra", "id: altro").replace("EXTRA_", "ALTRO_"), encoding="utf-8")
    refused = with_drafts("altro", "pdf", "a.pdf").stderr
    assert "«altro» è un modulo: con il formato pdf si esporta uno strumento che lo include" in refused
    refused = with_drafts("altro", "codebook", "a.csv").stderr
    assert "«altro» è un modulo, e nessuno strumento in uso lo include" in refused


def test_a_draft_with_a_fault_is_told_by_line(with_drafts: Export) -> None:
    path = with_drafts.folder / "tutto/0.2.0.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("method: pomp_mean", "method: boh", 1))
    refused = with_drafts("tutto@0.2.0", "pdf", "a.pdf")
    assert refused.exit_code == 1
    assert re.search(r"tutto/0\.2\.0\.yaml:\d+: «method» può essere solo", refused.stderr)


def test_a_folder_that_cannot_be_written_is_told(export: Export) -> None:
    (export.out / "file").write_text("", encoding="utf-8")
    refused = export("tutto", "json", "file/a.json")
    assert refused.exit_code == 1
    assert "non posso leggere o scrivere" in refused.stderr


def test_without_the_libraries_of_pdf_there_is_html(export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    for kind, file in (("pdf", "scheda"), ("manual", "manuale")):
        done = export("tutto", kind, f"{file}.pdf")
        assert done.exit_code == 0
        assert "mancano le librerie Pango" in done.stderr
        assert export.text(f"{file}.html").startswith("<!doctype html>")
