"""Reports and exports."""

from pathlib import Path

import click

from surveyapp.cli.root import cli, ready
from surveyapp.storage.engine import reading


@cli.command()
@click.option("--instrument", "instrument_id", default="aut", show_default=True, help="Lo strumento.")
@click.option(
    "--out", "folder", required=True, type=click.Path(path_type=Path), help="La cartella da scrivere."
)
def report(instrument_id: str, folder: Path) -> None:
    """Scrive il rapporto sul cambiamento osservato: report.html e results.csv."""
    from surveyapp.reports.change_report import write_report

    _, engine, catalogue = ready()
    with reading(engine) as connection:
        _say_written(write_report(connection, catalogue, instrument_id, folder))


@cli.command()
@click.option("--instrument", "instrument_id", default="aut", show_default=True, help="Lo strumento.")
@click.option("--format", "kind", type=click.Choice(["csv"]), default="csv", show_default=True)
@click.option(
    "--out", "folder", required=True, type=click.Path(path_type=Path), help="La cartella da scrivere."
)
def export(instrument_id: str, kind: str, folder: Path) -> None:
    """Esporta le risposte inviate: una riga per risposta e una riga per somministrazione."""
    from surveyapp.reports.export import write_csv

    _, engine, catalogue = ready()
    with reading(engine) as connection:
        _say_written(write_csv(connection, catalogue, instrument_id, folder))


def _say_written(paths: list[Path]) -> None:
    for path in paths:
        click.echo(f"Scritto {path}")
