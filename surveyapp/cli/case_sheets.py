"""Sheets to sit around a table with: of one person, and of the network of one territory."""

from pathlib import Path

import click

from surveyapp.cli.root import cli, ready
from surveyapp.storage.engine import reading

_FOLDER = click.option(
    "--out", "folder", required=True, type=click.Path(path_type=Path), help="La cartella da scrivere."
)


@cli.command("case-sheet")
@click.argument("code")
@click.option(
    "--with-host",
    is_flag=True,
    help="Per un tavolo a cui siede chi ospita: senza le risposte della persona e senza segnalazioni.",
)
@_FOLDER
def case_sheet(code: str, with_host: bool, folder: Path) -> None:
    """Scrive la scheda del percorso di una persona: case.html e case.pdf.

    Le risposte della persona ci sono solo se SURVEYAPP_VEDE è «vede», come le è stato detto.
    """
    from surveyapp.reports.cases.hidden import Promise
    from surveyapp.reports.cases.sheet import write_case

    settings, engine, catalogue = ready()
    promise = Promise(settings.consent_gaps.get("vede", ""), with_host)
    with reading(engine) as connection:
        # Who holds the server is not among those who read alerts.
        written = write_case(connection, catalogue, code, folder, promise, may_know_of_alerts=False)
    _say_written(written)


@cli.command("network-table")
@click.option("--territory", required=True, help='Il territorio, per esempio "Provincia di Bergamo".')
@click.option("--half", required=True, help="Il semestre: 2026-2 va da luglio a dicembre 2026.")
@_FOLDER
def network_table(territory: str, half: str, folder: Path) -> None:
    """Scrive la scheda semestrale di un Tavolo di rete: report.html, report.pdf e i conteggi."""
    from surveyapp.reports.cases.network_page import write_network_table

    _, engine, catalogue = ready()
    with reading(engine) as connection:
        _say_written(write_network_table(connection, catalogue, territory, half, folder))


def _say_written(paths: list[Path]) -> None:
    for path in paths:
        click.echo(f"Scritto {path}")
