"""An instrument in every form it can leave the house in: what each name of a format makes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Instrument
from surveyapp.sheets import source
from surveyapp.sheets.asked import Wish, questionnaire
from surveyapp.sheets.codebook import as_csv, codebook
from surveyapp.sheets.errors import SheetError, known
from surveyapp.sheets.manual import manual
from surveyapp.sheets.page import codebook_html, manual_html, paper_html
from surveyapp.sheets.paper import paper
from surveyapp.sheets.pdf import pdf
from surveyapp.sheets.workbook import xlsx
from surveyapp.sheets.xlsform import xlsform

# With a byte order mark Excel opens accents right; pandas and R drop it. As the exported answers.
CSV_ENCODING = "utf-8-sig"

Files = dict[Path, bytes]


@dataclass(frozen=True)
class Order:
    """What is to be written where. `gaps` fill the information for respondents."""

    folder: Path
    catalogue: Catalogue
    instrument: Instrument
    wish: Wish
    gaps: Mapping[str, str]
    out: Path


def export(kind: str, order: Order) -> Files:
    """The files to write, each with its content.

    Raises SheetError for an unknown format, an ending of the file that does not fit, or a form that does not
    exist; PdfMissingError where no PDF can be made; CatalogueError and OSError from the folder.
    """
    make, endings = FORMATS[known(kind, FORMATS, "il formato")]
    if order.out.suffix not in endings:
        raise SheetError(
            f"con il formato {kind} il file finisce in {' o '.join(endings)}, non «{order.out.name}»"
        )
    return make(order)


def _paper_html(order: Order) -> str:
    asked = questionnaire(order.instrument, order.wish)
    form = order.instrument.forms[asked.form]
    text = source.consent(order.catalogue, form, asked.variant)
    codes = source.codes(order.catalogue, order.instrument, asked.form)
    return paper_html(paper(asked, text, order.gaps, codes))


def _html(order: Order) -> Files:
    return {order.out: _paper_html(order).encode()}


def _pdf(order: Order) -> Files:
    return {order.out: pdf(_paper_html(order))}


def _xlsform(order: Order) -> Files:
    consents = source.consents(order.catalogue, order.instrument)
    return {order.out: xlsx(xlsform(order.instrument, consents, order.gaps))}


def _manual(order: Order) -> Files:
    page = manual_html(manual(order.instrument, source.modules(order.folder, order.instrument)))
    return {order.out: pdf(page) if order.out.suffix == ".pdf" else page.encode()}


def _codebook(order: Order) -> Files:
    tables = codebook(order.instrument)
    if order.out.suffix == ".xlsx":
        return {order.out: xlsx({one.title: [one.titles, *one.rows] for one in tables})}
    if order.out.suffix == ".html":
        footer = f"{order.instrument.id} {order.instrument.version} · {order.instrument.digest[:12]}"
        return {order.out: codebook_html(order.instrument.title, footer, tables).encode()}
    # CSV has no sheets: the questions have the name that was asked for, the other tables theirs after it.
    first, *others = tables
    paths = {order.out: first} | {order.out.with_stem(f"{order.out.stem}-{one.name}"): one for one in others}
    return {path: as_csv(one).encode(CSV_ENCODING) for path, one in paths.items()}


def _yaml(order: Order) -> Files:
    return {order.out: source.document(order.folder, order.instrument)}


def _json(order: Order) -> Files:
    return {order.out: source.canonical(source.document(order.folder, order.instrument)).encode()}


FORMATS: Mapping[str, tuple[Callable[[Order], Files], tuple[str, ...]]] = {
    "pdf": (_pdf, (".pdf",)),
    "html": (_html, (".html",)),
    "xlsform": (_xlsform, (".xlsx",)),
    "codebook": (_codebook, (".csv", ".html", ".xlsx")),
    "manual": (_manual, (".html", ".pdf")),
    "yaml": (_yaml, (".yaml",)),
    "json": (_json, (".json",)),
}
