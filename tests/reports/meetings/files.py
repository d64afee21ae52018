"""Reading the files of a synthesis back, and what its document says."""

import io
import re
import zipfile
import zlib
from pathlib import Path

import docx
import pypdfium2
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from surveyapp.reports.document import Document


def said(document: Document) -> list[str]:
    """Every sentence, title, caption, head, cell and note of a report."""
    found = [document.title, document.subtitle, document.audience, *map(str, document.brief)]
    for section in document.sections:
        found += [section.title, *map(str, section.sentences)]
    for part in document.parts:
        found += [part.title, *map(str, part.sentences)]
    for table in document.tables:
        found += [table.caption, table.note, *table.columns]
        for block in table.blocks:
            found += [block.title, *(text for line in block.lines for text in (line.head, *line.cells))]
    return [text for text in found if text]


def cells(document: Document, table: str) -> list[list[str]]:
    """The lines of a table, without the titles of its blocks."""
    (found,) = [one for one in document.tables if one.id == table]
    return [[line.head, *line.cells] for block in found.blocks for line in block.lines]


def sentences(document: Document, section: str) -> list[str]:
    (found,) = [one for one in document.sections if one.id == section]
    return [str(one) for one in (*found.sentences, *(one for part in found.parts for one in part.sentences))]


def text_of_word(content: bytes) -> str:
    word = docx.Document(io.BytesIO(content))
    texts = [one.text for one in word.paragraphs]
    texts += [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts)


def shown(paragraph: Paragraph) -> str:
    """A paragraph with what its fields show."""
    return "".join(one.text or "" for one in paragraph._p.iter(qn("w:t")))


def text_of_pdf(path: Path) -> str:
    printed = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_bounded() for page in printed)


def bytes_inside(path: Path) -> bytes:
    """A file with everything that is packed in it."""
    content = path.read_bytes()
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            return content + b"\n".join(archive.read(name) for name in archive.namelist())
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    return content + b"\n".join(zlib.decompressobj().decompress(one) for one in streams if one[:1] == b"x")
