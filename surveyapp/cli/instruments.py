"""The files of the instruments: no database needed."""

from pathlib import Path

import click

from surveyapp.cli.root import Stop, cli
from surveyapp.instruments import catalogue as instrument_catalogue
from surveyapp.instruments.publication_files import INSTRUMENT, version_files
from surveyapp.instruments.publication_record import FOR_EVER, STATUS_WORDS
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
            click.echo(f"{_place(path, problem.file)}:{problem.line}: {problem.message}")
    if found:
        raise Stop(f"problemi trovati: {found}")
    if not files:
        instrument_catalogue.load(folder)
    click.echo("Nessun problema.")


def _place(path: Path, other: str) -> Path:
    """The file that a problem is in: a module's problems name it within the folder of the instruments."""
    return path.parent.parent / other if other else path


@instruments.command("list")
def list_instruments() -> None:
    """Elenca le versioni degli strumenti: id, versione, titolo, impronta, come sta, da quando."""
    folder = read_settings().instruments
    catalogue = instrument_catalogue.load(folder)
    for instrument in catalogue.instruments.values():
        known = catalogue.publication(instrument)
        row = (instrument.id, instrument.version, instrument.title, instrument.digest[:12])
        since = known.published_on.isoformat() if known.published_on else "-"
        click.echo("\t".join((*row, STATUS_WORDS[known.status], since)))
    for file in (file for versions in version_files(folder).values() for file in versions):
        if file.kind == INSTRUMENT and (status := file.status()) not in FOR_EVER:
            click.echo("\t".join((file.id, file.version, "-", "-", STATUS_WORDS[status], "-")))


@instruments.command()
def record() -> None:
    """Registra le impronte delle prime bozze (0.1.0), che possono ancora cambiare; le altre si pubblicano."""
    for name, digest in instrument_catalogue.record(read_settings().instruments).items():
        click.echo(f"{digest[:12]}  {name}")
