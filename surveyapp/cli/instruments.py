"""The files of the instruments: no database needed."""

from pathlib import Path

import click

from surveyapp.cli.root import Stop, cli
from surveyapp.instruments import catalogue as instrument_catalogue
from surveyapp.settings import read_settings


@cli.group()
def instruments() -> None:
    """I file degli strumenti; non serve il database."""


@instruments.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Controlla i file (tutti, se non ne indichi): ogni problema con file e riga."""
    folder = read_settings().instruments
    found = 0
    for path in files or instrument_catalogue.files(folder):
        for problem in instrument_catalogue.problems_of(path):
            found += 1
            click.echo(f"{path}:{problem.line}: {problem.message}")
    if found:
        raise Stop(f"problemi trovati: {found}")
    if not files:
        instrument_catalogue.load(folder)
    click.echo("Nessun problema.")


@instruments.command("list")
def list_instruments() -> None:
    """Elenca gli strumenti in uso."""
    for instrument in instrument_catalogue.load(read_settings().instruments).instruments.values():
        click.echo(f"{instrument.id}\t{instrument.version}\t{instrument.title}\t{instrument.digest[:12]}")


@instruments.command()
def record() -> None:
    """Registra le impronte dei file; solo le versioni 0.1.0 possono ancora cambiare."""
    for name, digest in instrument_catalogue.record(read_settings().instruments).items():
        click.echo(f"{digest[:12]}  {name}")
