"""An instrument in every form it can leave the house in: what each name of a format makes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.publication_files import MODULE, VersionFile
from surveyapp.instruments.publication_record import FOR_EVER
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
    """What is to be written where: the instrument or module of a file, in use or not.

    `gaps` fill the information for respondents.
    """

    file: VersionFile
    catalogue: Catalogue
    instrument: Instrument
    wish: Wish
    gaps: Mapping[str, str]
    out: Path

    @property
    def draft(self) -> bool:
        """Whether it is not in use yet: what people read is marked as a draft."""
        return self.file.status() not in FOR_EVER


def export(kind: str, order: Order) -> Files:
    """The files to write, each with its content.

    Raises SheetError for an unknown format, an ending of the file that does not fit, a form that does not
    exist, or a module where only a whole instrument makes sense; PdfMissingError where no PDF can be made;
    CatalogueError and OSError from the folder.
    """
    make, endings = FORMATS[known(kind, FORMATS, "il formato")]
    if order.file.kind == MODULE and kind in WHOLE:
        raise SheetError(_of_an_instrument(order, kind))
    if order.out.suffix not in endings:
        raise SheetError(
            f"con il formato {kind} il file finisce in {' o '.join(endings)}, non «{order.out.name}»"
        )
    return make(order)


def _of_an_instrument(order: Order, kind: str) -> str:
    """Why a module alone is not exported so, and what to export instead."""
    module, users = order.instrument.id, source.users(order.catalogue, order.instrument.id)
    if not users:
        return f"«{module}» è un modulo: con il formato {kind} si esporta uno strumento che lo include"
    return (
        f"«{module}» è un modulo di {users[0].id}: con il formato {kind} si esporta"
        f" {users[0].id}@{users[0].version}"
    )


def _paper_html(order: Order) -> str:
    asked = questionnaire(order.instrument, order.wish)
    form = order.instrument.forms[asked.form]
    text = source.consent(order.file.folder, order.catalogue, form, asked.variant)
    codes = source.codes(order.catalogue, order.instrument, asked.form)
    return paper_html(paper(asked, text, order.gaps, codes), draft=order.draft)


def _html(order: Order) -> Files:
    return {order.out: _paper_html(order).encode()}


def _pdf(order: Order) -> Files:
    return {order.out: pdf(_paper_html(order))}


def _xlsform(order: Order) -> Files:
    consents = source.consents(order.file.folder, order.catalogue, order.instrument)
    title = order.instrument.title + (" (bozza)" if order.draft else "")
    return {order.out: xlsx(xlsform(replace(order.instrument, title=title), consents, order.gaps))}


def _manual(order: Order) -> Files:
    included = source.modules(order.file.folder, order.instrument)
    page = manual_html(manual(_whole(order), included), draft=order.draft)
    return {order.out: pdf(page) if order.out.suffix == ".pdf" else page.encode()}


def _codebook(order: Order) -> Files:
    tables = codebook(_whole(order))
    if order.out.suffix == ".xlsx":
        return {order.out: xlsx({one.title: [one.titles, *one.rows] for one in tables})}
    if order.out.suffix == ".html":
        footer = f"{order.instrument.id} {order.instrument.version} · {order.instrument.digest[:12]}"
        page = codebook_html(order.instrument.title, footer, tables, draft=order.draft)
        return {order.out: page.encode()}
    # CSV has no sheets: the questions have the name that was asked for, the other tables theirs after it.
    first, *others = tables
    paths = {order.out: first} | {order.out.with_stem(f"{order.out.stem}-{one.name}"): one for one in others}
    return {path: as_csv(one).encode(CSV_ENCODING) for path, one in paths.items()}


def _whole(order: Order) -> Instrument:
    """The instrument; a module with what it has from the instrument that includes it."""
    is_module = order.file.kind == MODULE
    return source.completed(order.instrument, order.catalogue) if is_module else order.instrument


def _yaml(order: Order) -> Files:
    return {order.out: order.file.path.read_bytes()}


def _json(order: Order) -> Files:
    return {order.out: source.canonical(order.file.path.read_bytes()).encode()}


# What only a whole instrument can be: a module has questions, but no questionnaire.
WHOLE = ("pdf", "html", "xlsform")
FORMATS: Mapping[str, tuple[Callable[[Order], Files], tuple[str, ...]]] = {
    "pdf": (_pdf, (".pdf",)),
    "html": (_html, (".html",)),
    "xlsform": (_xlsform, (".xlsx",)),
    "codebook": (_codebook, (".csv", ".html", ".xlsx")),
    "manual": (_manual, (".html", ".pdf")),
    "yaml": (_yaml, (".yaml",)),
    "json": (_json, (".json",)),
}
