"""The command line: each command calls one use case and says in Italian what it did."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import ArgumentError, OperationalError

from surveyapp.instruments import catalogue as instrument_catalogue
from surveyapp.instruments.catalogue import Catalogue, CatalogueError
from surveyapp.settings import Settings, SettingsError, read_settings
from surveyapp.storage.engine import open_engine, reading, writing
from surveyapp.study.errors import ImportRefusedError, RefusedError

GUNICORN = [
    *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
    *("--graceful-timeout", "30", "--no-control-socket"),
]


class Stop(click.ClickException):
    """A refusal that a person can act on: shown in Italian, exit code 1."""

    def show(self, file: Any = None) -> None:
        """Print the sentence on standard error."""
        click.echo(f"Errore: {self.message}", err=True)


class Commands(click.Group):
    """Commands whose known refusals end as one sentence, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (SettingsError, CatalogueError, RefusedError) as error:
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


@cli.command()
def init() -> None:
    """Prepara il database (o lo aggiorna) e controlla gli strumenti."""
    settings = read_settings()
    instrument_catalogue.load(settings.instruments)
    from surveyapp.storage import schema

    schema.upgrade(open_engine(settings.database_url))
    click.echo("Database pronto.")


@cli.command()
@click.option("--clear", is_flag=True, help="Toglie i dati di dimostrazione.")
@click.option("--if-empty", is_flag=True, help="Non fa niente se il database contiene già persone.")
def demo(clear: bool, if_empty: bool) -> None:
    """Riempie un database vuoto con 120 persone e risposte inventate."""
    from surveyapp.study import demonstration

    _, engine, catalogue = _ready()
    with writing(engine) as connection:
        if clear:
            click.echo(f"Tolte {demonstration.clear(connection)} persone inventate.")
        elif not (if_empty and _has_people(connection)):
            made = demonstration.fill(connection, catalogue, _now())
            click.echo(
                f"Dimostrazione: {made.people} persone inventate, {made.submitted} questionari compilati,"
                f" {made.answers} risposte."
            )


@cli.group()
def study() -> None:
    """Il registro delle persone e dei percorsi."""


@study.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_people(file: Path) -> None:
    """Legge persone e percorsi da un file CSV; se una riga è sbagliata non cambia niente."""
    from surveyapp.study import people_csv, register

    settings, engine, catalogue = _ready()
    if settings.missing_gaps:
        raise Stop(
            "prima di registrare persone vere scrivi chi tratta i dati e chi risponde alle domande."
            f" Mancano le impostazioni: {', '.join(settings.missing_gaps)}"
        )
    try:
        rows = people_csv.read_people(file.read_bytes())
        with writing(engine) as connection:
            done = register.import_people(connection, catalogue, rows, _now())
    except ImportRefusedError as error:
        for problem in error.problems:
            click.echo(f"{file}:{problem.line}: {problem.message}", err=True)
        raise Stop("non ho importato niente. Correggi le righe qui sopra e riprova.") from error
    click.echo(
        f"Persone nuove: {done.added}. Percorsi conclusi: {done.ended}. Già presenti: {done.unchanged}."
        f" Questionari da proporre: {done.administrations}."
    )


@cli.command()
@click.option("--instrument", "instrument_id", default="aut", show_default=True, help="Lo strumento.")
@click.option("--occasion", help="La rilevazione: EXANTE, EXPOST, FU6. Senza, tutte (con --count, EXANTE).")
@click.option("--count", type=click.IntRange(1, 10_000), help="Crea persone di prova: un link per riga.")
def links(instrument_id: str, occasion: str | None, count: int | None) -> None:
    """Stampa i link personali da consegnare: codice, rilevazione, territorio, link."""
    from surveyapp.study import links as personal_links

    settings, engine, catalogue = _ready()
    instrument = catalogue.newest(instrument_id)
    now = _now()
    with writing(engine) as connection:
        if count:
            for token in personal_links.demonstration_links(
                connection, catalogue, instrument.id, occasion or "EXANTE", count, now, settings.link_days
            ):
                click.echo(_address(settings, token))
            return
        due = personal_links.links_due(connection, instrument, occasion, now.date(), now, settings.link_days)
    for link in due:
        click.echo(f"{link.person_code}\t{link.occasion}\t{link.territory}\t{_address(settings, link.token)}")
    if not due:
        click.echo("Nessun questionario da consegnare.", err=True)


@cli.command()
@click.option("--instrument", "instrument_id", default="aut", show_default=True, help="Lo strumento.")
@click.option(
    "--out", "folder", required=True, type=click.Path(path_type=Path), help="La cartella da scrivere."
)
def report(instrument_id: str, folder: Path) -> None:
    """Scrive il rapporto sul cambiamento osservato: report.html e results.csv."""
    from surveyapp.reports.change_report import write_report

    _, engine, catalogue = _ready()
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

    _, engine, catalogue = _ready()
    with reading(engine) as connection:
        _say_written(write_csv(connection, catalogue, instrument_id, folder))


@cli.command()
def run() -> None:
    """Avvia il sito su questo computer (PORT cambia la porta)."""
    settings, engine, catalogue = _ready()
    _print_trial_links(settings, engine, catalogue)
    port = os.environ.get("PORT", "8000")
    command = [sys.executable, "-m", "gunicorn", *GUNICORN, "--bind", f"127.0.0.1:{port}"]
    sys.stdout.flush()
    os.execv(sys.executable, [*command, "surveyapp.web.app:create_app()"])  # noqa: S606 - no shell, fixed words


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


def _ready() -> tuple[Settings, Engine, Catalogue]:
    """Settings, database (prepared when it is new) and instruments, or a sentence that says what to do."""
    from surveyapp.storage import schema

    settings = read_settings()
    engine = open_engine(settings.database_url)
    catalogue = instrument_catalogue.load(settings.instruments)
    if schema.is_empty(engine):
        schema.upgrade(engine)
    if not schema.is_current(engine):
        raise Stop("il database è di un'altra versione: esegui «surveyapp init»")
    return settings, engine, catalogue


def _has_people(connection: Connection) -> bool:
    from surveyapp.storage.register import holds_demonstration, holds_real_people

    return holds_demonstration(connection) or holds_real_people(connection)


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
                connection, catalogue, "aut", occasion, 1, _now(), settings.link_days
            ):
                click.echo(f"  {words}: {_address(settings, token)}")


def _address(settings: Settings, token: str) -> str:
    return f"{settings.base_url}/r/{token}"


def _say_written(paths: list[Path]) -> None:
    for path in paths:
        click.echo(f"Scritto {path}")


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
