"""Bring what the site published back among the files of the instruments."""

import click

from surveyapp.cli.instruments import instruments
from surveyapp.cli.root import ready
from surveyapp.storage import versions
from surveyapp.storage.engine import reading


@instruments.command("collect")
def collect() -> None:
    """Scrive nella cartella degli strumenti ciò che il sito ha pubblicato o ritirato; serve il database."""
    from surveyapp.study.library import write_down

    settings, engine, _ = ready()
    with reading(engine) as connection:
        rows = versions.changed_here(connection)
    for name in write_down(settings.instruments, rows):
        click.echo(name)
    if not rows:
        click.echo("Il sito non ha pubblicato niente.")
