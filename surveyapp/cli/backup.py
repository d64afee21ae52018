"""Backups and putting them back."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from surveyapp.cli.root import FileThere, Stop, cli, now, open_database
from surveyapp.settings import read_settings
from surveyapp.storage.copy_errors import BackupError
from surveyapp.storage.engine import open_engine

GO_ON = "La copia è di una versione precedente: ora esegui «surveyapp init»."


@cli.command()
@click.argument("destination", metavar="DEST", type=click.Path(path_type=Path))
def backup(destination: Path) -> None:
    """Copia il database nel file DEST (o nella cartella DEST) mentre il sito lavora, e controlla la copia."""
    from surveyapp.storage import backup as backups

    # Not `open_database`: what keeps answers badly is to be copied all the sooner.
    engine = open_engine(read_settings().database_url)
    click.get_current_context().call_on_close(engine.dispose)
    path = destination / backups.file_name(engine, now()) if destination.is_dir() else destination
    try:
        manifest = backups.back_up(engine, path, now())
    except BackupError as error:
        raise Stop(str(error)) from error
    click.echo(f"Copia scritta in {path} (foglio di controllo: {backups.manifest_path(path)}).")
    click.echo(f"Riletta e controllata: {_contents(manifest.rows)}.")


@cli.command()
@click.argument("source", type=FileThere())
def restore(source: Path) -> None:
    """Rimette la copia SOURCE nel database, che deve essere vuoto, e controlla che ci sia tutto."""
    from surveyapp.storage import backup as backups
    from surveyapp.storage import schema

    engine = open_database(read_settings())
    try:
        manifest = backups.restore(engine, source)
    except BackupError as error:
        raise Stop(str(error)) from error
    moment = datetime.fromisoformat(manifest.moment)
    click.echo(
        f"Rimessa la copia del {moment:%d/%m/%Y} alle {moment:%H:%M} UTC"
        f" (applicazione {manifest.application}, schema {manifest.schema})."
    )
    click.echo(f"Controllata: {_contents(manifest.rows)}.")
    if not schema.is_current(engine):
        click.echo(GO_ON)


def _contents(rows: Mapping[str, int]) -> str:
    return f"{len(rows)} tabelle, {sum(rows.values())} righe"
