"""Prepare the database and serve."""

import os
import sys

import click
from sqlalchemy import Engine

from surveyapp.cli.root import address, cli, now, open_database, ready
from surveyapp.cli.staff import print_trial_accounts
from surveyapp.instruments import catalogue as instrument_catalogue
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.settings import Settings, read_settings
from surveyapp.storage.engine import writing

GUNICORN = [
    *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
    *("--graceful-timeout", "30", "--no-control-socket"),
]


@cli.command()
def init() -> None:
    """Prepara il database (o lo aggiorna) e controlla gli strumenti."""
    settings = read_settings()
    instrument_catalogue.load(settings.instruments)
    from surveyapp.storage import schema

    engine = open_database(settings)
    schema.upgrade(engine)
    _agree(settings, engine)
    click.echo("Database pronto.")


@cli.command()
@click.option("--no-worker", is_flag=True, help="Solo il sito: «surveyapp worker» gira a parte.")
def run(no_worker: bool) -> None:
    """Avvia il sito su questo computer (PORT cambia la porta) e chi prepara i rapporti."""
    settings, engine, catalogue = ready()
    _agree(settings, engine)
    _print_trial_links(settings, engine, catalogue)
    port = os.environ.get("PORT", "8000")
    web = [sys.executable, "-m", "gunicorn", *GUNICORN, "--bind", f"127.0.0.1:{port}"]
    web.append("surveyapp.web.app:create_app()")
    together = [] if no_worker else [sys.executable, "-m", "surveyapp.worker.together"]
    sys.stdout.flush()
    os.execv(sys.executable, [*together, *web])  # noqa: S606 - no shell, fixed words


def _agree(settings: Settings, engine: Engine) -> None:
    """Files and database hold the same versions, or nothing starts."""
    from surveyapp.study import versions
    from surveyapp.study.library import library

    with writing(engine) as connection:
        found = library(connection, settings.instruments)
        versions.agree(connection, found.folder, found.catalogue)


def _print_trial_links(settings: Settings, engine: Engine, catalogue: Catalogue) -> None:
    """Two links to try, where the people are invented: the start of a path and its end."""
    from surveyapp.storage.register import holds_demonstration
    from surveyapp.study.links import demonstration_links

    with writing(engine) as connection:
        if not holds_demonstration(connection):
            return
        click.echo("Link di prova (persone inventate):")
        for occasion, words in (("EXANTE", "inizio del percorso"), ("EXPOST", "fine del percorso")):
            for token in demonstration_links(
                connection, catalogue, "aut", occasion, 1, now(), settings.link_days
            ):
                click.echo(f"  {words}: {address(settings, token)}")
    print_trial_accounts(engine, settings)
