"""A report as a Word file that people edit further: real headings, repeated table heads, captions, Italian.

The same document as the page's (see document.py), written once more: nothing is worded here. Reports that
are written as Word have no drawings.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, time

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length
from docx.table import _Row as Row

from surveyapp.reports.document import SOFTWARE, Document
from surveyapp.reports.tables import Part, Section, Sentence, Table
from surveyapp.reports.word_parts import (
    captioned,
    field,
    head_repeats,
    one_piece,
    set_language,
    set_looks,
    shaded,
    widths,
)

LANGUAGE = "it-IT"
PROJECT = "OpenSource in Rete – Ecosistemi territoriali per l'inclusione"
BRIEF = "In breve"
# The moment of every file inside: the same report gives the same bytes.
NEVER = (1980, 1, 1, 0, 0, 0)


def as_word(document: Document) -> bytes:
    """The report as .docx; the same document gives the same bytes.

    Raises ValueError for letters that no XML holds.
    """
    word = docx.Document()
    set_language(word, LANGUAGE)
    set_looks(word)
    _properties(word, document)
    _beginning(word, document)
    for section in document.sections:
        _section(word, section)
    _around(word, document)
    written = io.BytesIO()
    word.save(written)
    return _without_moments(written.getvalue())


def _properties(word: Word, document: Document) -> None:
    told = word.core_properties
    day = datetime.combine(document.stamp.day, time(12))
    told.title = f"{document.title} – dimostrazione" if document.demonstration else document.title
    told.subject, told.comments, told.language = document.subtitle, str(document.stamp), LANGUAGE
    told.author, told.last_modified_by = SOFTWARE, SOFTWARE
    told.created, told.modified, told.revision = day, day, 1


def _beginning(word: Word, document: Document) -> None:
    word.add_paragraph(PROJECT)
    word.add_paragraph(document.title, style="Title")
    for text in filter(None, (document.subtitle, str(document.stamp), document.audience)):
        word.add_paragraph(text)
    word.add_heading(BRIEF, 1)
    for sentence in document.brief:
        word.add_paragraph(_words(sentence), style="List Bullet")


def _around(word: Word, document: Document) -> None:
    """Every page carries the stamp and its number; one of a demonstration says so."""
    (section,) = word.sections
    if document.demonstration:
        section.header.paragraphs[0].add_run(document.mark).bold = True
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{document.stamp} · ")
    field(foot, "PAGE")
    foot.add_run(" di ")
    field(foot, "NUMPAGES")


def _section(word: Word, section: Section) -> None:
    word.add_heading(section.title, 1)
    for sentence in section.sentences:
        word.add_paragraph(_words(sentence))
    for part in section.parts:
        _part(word, part)


def _part(word: Word, part: Part) -> None:
    if part.title:
        word.add_heading(part.title, 2)
    for sentence in part.sentences:
        word.add_paragraph(_words(sentence))
    for table in part.tables:
        _table(word, table.lean)


def _words(sentence: Sentence) -> str:
    return sentence if isinstance(sentence, str) else sentence.words


def _table(word: Word, table: Table) -> None:
    captioned(word, table.caption)
    lines = [(line.head, *line.cells) for block in table.blocks for line in block.lines]
    wide = widths([table.columns, *lines])
    titles = sum(bool(block.title) for block in table.blocks)
    made = word.add_table(rows=1 + titles + len(lines), cols=len(table.columns), style="Table Grid")
    made.autofit = False
    for column, width in zip(made.columns, wide, strict=True):
        column.width = width
    rows = iter(made.rows)
    _head(next(rows), table, wide)
    for block in table.blocks:
        if block.title:
            _title(next(rows), block.title)
        for line in block.lines:
            _fill(next(rows), (line.head, *line.cells), table, wide, strong=line.strong)
    if table.note:
        word.add_paragraph(table.note, style="Note")


def _head(row: Row, table: Table, wide: Sequence[Length]) -> None:
    _fill(row, table.columns, table, wide, strong=True)
    head_repeats(row)
    for cell in row.cells:
        shaded(cell)


def _title(row: Row, title: str) -> None:
    """The title of a block over the whole width; it stays with the row after it."""
    cell = row.cells[0].merge(row.cells[-1])
    paragraph = cell.paragraphs[0]
    paragraph.style = "Cell"
    paragraph.add_run(title).bold = True
    paragraph.paragraph_format.keep_with_next = True
    shaded(cell)
    one_piece(row)


def _fill(row: Row, texts: Sequence[str], table: Table, wide: Sequence[Length], *, strong: bool) -> None:
    one_piece(row)
    for place, (cell, text, width) in enumerate(zip(row.cells, texts, wide, strict=True)):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.style = "Cell"
        paragraph.add_run(text).bold = strong or None
        if place and place not in table.words:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _without_moments(content: bytes) -> bytes:
    """The same archive, its files without the moment at which they were written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as written, zipfile.ZipFile(out, "w") as made:
        for name in written.namelist():
            entry = zipfile.ZipInfo(name, NEVER)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, written.read(name))
    return out.getvalue()
