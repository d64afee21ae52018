"""An instrument out of the house: printable forms, codebook, manual, XLSForm, the file itself."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from surveyapp.cli.instruments import instruments
from surveyapp.cli.root import Stop
from surveyapp.instruments import catalogue as instrument_catalogue
from surveyapp.instruments.catalogue import instrument_of
from surveyapp.instruments.publication_files import instrument_named
from surveyapp.settings import read_settings
from surveyapp.sheets.asked import Wish
from surveyapp.sheets.cells import replace_file
from surveyapp.sheets.errors import SheetError, known
from surveyapp.sheets.export import FORMATS, Files, Order, export
from surveyapp.sheets.pdf import PdfMissingError
from surveyapp.study import territory

CONTEXT = {
    "province": "La provincia: nome o sigla.",
    "ambito": "L'Ambito, per esempio Cremona.",
    "placement_type": "SFA LAB TIS TIR ISO ACA A14 ASS.",
    "paid": "L'inserimento è pagato: yes o no.",
    "host_type": "Chi ospita: company o cooperative.",
    "executing_host": "Chi ospita è anche l'ente esecutore: yes o no.",
}


def _context_options(command: Callable[..., None]) -> Callable[..., None]:
    for name, told in reversed(CONTEXT.items()):
        command = click.option(f"--{name.replace('_', '-')}", name, default="", help=told)(command)
    return command


@instruments.command("export")
@click.argument("name", metavar="ID@VERSIONE")
@click.option("--format", "kind", required=True, help=f"{', '.join(FORMATS)}.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Il file da scrivere.")
@click.option("--force", is_flag=True, help="Scrive sopra un file che c'è già.")
@click.option("--form", default="", help="Per pdf e html: la scheda (P, O, C ...); se manca, la prima.")
@click.option(
    "--variant", default="", help="Per pdf e html: easy o std; se manca, quella proposta per prima."
)
@click.option(
    "--occasion", default="", help="Per pdf e html: la rilevazione; se manca, la prima che ha domande."
)
@click.option("--length", default="full", show_default=True, help="Per pdf e html: full, short o mini.")
@_context_options
def export_instrument(name: str, kind: str, out: Path, force: bool, **wished: str) -> None:
    """Scrive uno strumento in un file: scheda da stampare, libro dei codici, manuale, XLSForm.

    ID@VERSIONE è per esempio aut@0.1.0; solo ID vuol dire la versione in uso più nuova. Una versione che non
    è ancora in uso esce con la scritta «bozza». Di un modulo (mcr, a14) escono libro dei codici, manuale e
    file. Il libro dei codici si scrive in .csv, .xlsx o .html, il manuale in .html o .pdf.
    """
    try:
        _write(_made(kind, _order(name, out, wished)), force=force)
    except SheetError as error:
        raise Stop(str(error)) from error


def _order(name: str, out: Path, wished: dict[str, str]) -> Order:
    settings = read_settings()
    catalogue = instrument_catalogue.load(settings.instruments)
    own: dict[str, Any] = {key: wished[key] for key in ("form", "variant", "occasion", "length")}
    wish = Wish(**own, context={key: wished[key] for key in CONTEXT} | _territory(wished))
    file = instrument_named(settings.instruments, name)
    return Order(file, catalogue, instrument_of(file.path), wish, settings.consent_gaps, out)


def _territory(wished: dict[str, str]) -> dict[str, str]:
    """Province and Ambito by the names that rules know them by. Raises SheetError with near names."""
    province, ambito = wished["province"], wished["ambito"]
    if province:
        provinces = territory.PROVINCES.values()
        province = territory.province_named(province) or known(province, provinces, "la provincia")
    if ambito:
        names = territory.AMBITI.get(province, ())
        what = f"in provincia di {province} l'Ambito"
        ambito = territory.ambito_named(province, ambito) or known(ambito, names, what)
    return {"province": province, "ambito": ambito}


def _made(kind: str, order: Order) -> Files:
    """The files; where no PDF can be made, the same page as HTML, and a sentence that says so."""
    try:
        return export(kind, order)
    except PdfMissingError as error:
        click.echo(f"Scrivo una pagina HTML da stampare con il browser: {error}.", err=True)
        other = "html" if kind == "pdf" else kind
        return export(other, replace(order, out=order.out.with_suffix(".html")))


def _write(files: Files, *, force: bool) -> None:
    there = [str(path) for path in files if path.exists()]
    if there and not force:
        raise SheetError(
            f"c'è già {', '.join(there)}: scegli un altro nome, o aggiungi --force per scriverci sopra"
        )
    for path, content in files.items():
        click.echo(f"Scritto {replace_file(path, content)}")
