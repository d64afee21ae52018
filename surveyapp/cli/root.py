"""What the commands share: refusals as sentences, and what each command needs first."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, OperationalError

from surveyapp.instruments import catalogue as instrument_catalogue
from surveyapp.instruments.catalogue import Catalogue, CatalogueError
from surveyapp.instruments.near import meant
from surveyapp.settings import Settings, SettingsError, read_settings
from surveyapp.storage import durability
from surveyapp.storage.durability import WeakDurabilityError
from surveyapp.storage.engine import open_engine
from surveyapp.study.errors import ImportRefusedError, RefusedError


class Stop(click.ClickException):
    """A refusal that a person can act on: shown in Italian, exit code 1."""

    def show(self, file: Any = None) -> None:
        """Print the sentence on standard error."""
        click.echo(f"Errore: {self.message}", err=True)


class FileThere(click.Path):
    """The path of a file that is there; of one that is not, an Italian sentence with near names."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path. Raises Stop."""
        path = Path(value)
        if path.is_dir():
            raise Stop(f"«{value}» è una cartella, e qui serve un file")
        if not path.exists():
            beside = [one.name for one in path.parent.iterdir()] if path.parent.is_dir() else []
            raise Stop(f"il file «{value}» non c'è{meant(path.name, beside)}")
        return path


class Commands(click.Group):
    """Commands whose known refusals end as one sentence, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (SettingsError, CatalogueError, RefusedError, WeakDurabilityError) as error:
            raise Stop(str(error)) from error
        except ArgumentError as error:
            raise Stop("SURVEYAPP_DATABASE_URL non è un indirizzo di database") from error
        except OperationalError as error:
            raise Stop(f"il database non risponde ({error.orig})") from error
        except OSError as error:
            raise Stop(f"non posso leggere o scrivere {error.filename}: {error.strerror}") from error


@click.group(cls=Commands)
def cli() -> None:
    """surveyapp: questionari sulla qualità degli inserimenti lavorativi."""


def main() -> None:
    """Entry point of the `surveyapp` command."""
    cli(prog_name="surveyapp")


def open_database(settings: Settings) -> Engine:
    """The database, closed when the command ends; raises WeakDurabilityError for a weak one."""
    engine = open_engine(settings.database_url)
    click.get_current_context().call_on_close(engine.dispose)
    durability.check(engine)
    return engine


def ready() -> tuple[Settings, Engine, Catalogue]:
    """Settings, database (prepared when it is new) and instruments, or a sentence that says what to do."""
    from surveyapp.storage import schema
    from surveyapp.study.library import read_library

    settings = read_settings()
    engine = open_database(settings)
    instrument_catalogue.load(settings.instruments)  # before a new database: what is wrong there comes first
    if schema.is_empty(engine):
        schema.upgrade(engine)
    if not schema.is_current(engine):
        raise Stop("il database è di un'altra versione: esegui «surveyapp init»")
    return settings, engine, read_library(engine, settings.instruments).catalogue


def address(settings: Settings, token: str) -> str:
    """The personal link of a token."""
    return f"{settings.base_url}/r/{token}"


def refused_lines(error: ImportRefusedError, file: str = "") -> Stop:
    """Print each line that is wrong with its file, and give back the refusal to be raised."""
    for problem in error.problems:
        click.echo(f"{problem.file or file}:{problem.line}: {problem.message}", err=True)
    return Stop("non ho importato niente. Correggi le righe qui sopra e riprova.")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)
