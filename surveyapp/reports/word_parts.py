"""What python-docx has no words for: language, looks, fields, widths, rows that repeat or stay whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import _Cell as Cell
from docx.table import _Row as Row
from docx.text.paragraph import Paragraph

FONT = "Arial"
TEXT, PANEL = "17324D", "F3F7FB"
WIDTH, HEIGHT, MARGIN = Mm(297), Mm(210), Mm(18)
# The styles in use: points, whether bold, points before and after. The last two are our own.
STYLES: Mapping[str, tuple[int, bool, int, int]] = {
    "Normal": (11, False, 0, 5),
    "Title": (22, True, 0, 6),
    "Heading 1": (16, True, 16, 4),
    "Heading 2": (13, True, 12, 4),
    "Caption": (10, True, 8, 3),
    "List Bullet": (11, False, 0, 3),
    "Header": (9, False, 0, 0),
    "Footer": (9, False, 0, 0),
    "Cell": (9, False, 1, 1),
    "Note": (9, False, 2, 8),
}
THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
# How many letters wide a column is, at least and at most.
NARROWEST, WIDEST = 10, 46
LETTER = Mm(2.2)
NOTHING_MORE: Mapping[str, str] = {}


def set_language(document: Document, code: str) -> None:
    """Every word is of this language: spelling and screen readers go by it."""
    for root in (document.styles.element, document.settings.element):
        for found in root.iter(qn("w:lang"), qn("w:themeFontLang")):
            found.set(qn("w:val"), code)


def set_looks(document: Document) -> None:
    """A4 on its side like the page, one font, dark blue on white."""
    (section,) = document.sections
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = WIDTH, HEIGHT
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    for name, (size, bold, before, after) in STYLES.items():
        style = _style(document, name)
        _dress(style, size, bold=bold)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    _style(document, "Caption").paragraph_format.keep_with_next = True


def _style(document: Document, name: str) -> Any:
    if name not in document.styles:
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = document.styles["Normal"]
    return document.styles[name]


def _dress(style: Any, size: int, *, bold: bool) -> None:
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(TEXT)
    for theme in THEMES:  # a font of the theme would win
        style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)


def captioned(document: Document, words: str) -> None:
    """A caption that Word numbers, and that stays with its table."""
    caption = document.add_paragraph("Tabella ", style="Caption")
    field(caption, "SEQ Tabella \\* ARABIC", str(len(document.tables) + 1))
    caption.add_run(f". {words}")


def field(paragraph: Paragraph, instruction: str, shown: str = "1") -> None:
    """Something that Word works out, such as the number of the page; `shown` stands there until it does."""
    simple = _made("w:fldSimple", {"w:instr": instruction})
    paragraph._p.append(simple)
    simple.append(paragraph.add_run(shown)._r)


def head_repeats(row: Row) -> None:
    """The row is the head of the table: it stands on every page, and screen readers read it as one."""
    row._tr.get_or_add_trPr().append(_made("w:tblHeader"))


def one_piece(row: Row) -> None:
    """The row is not cut where the page ends."""
    row._tr.get_or_add_trPr().append(_made("w:cantSplit"))


def shaded(cell: Cell) -> None:
    """The cell on a light ground."""
    told = {"w:val": "clear", "w:color": "auto", "w:fill": PANEL}
    cell._tc.get_or_add_tcPr().append(_made("w:shd", told))


def widths(rows: Sequence[Sequence[str]]) -> list[Emu]:
    """How wide each column is: as its longest text asks for, within limits; never wider than the page."""
    asked = [min(WIDEST, max(NARROWEST, *map(len, column))) for column in zip(*rows, strict=True)]
    room = min(WIDTH - 2 * MARGIN, LETTER * sum(asked))
    return [Emu(round(room * letters / sum(asked))) for letters in asked]


def _made(tag: str, told: Mapping[str, str] = NOTHING_MORE) -> Any:
    return OxmlElement(tag, {qn(name): value for name, value in told.items()})
