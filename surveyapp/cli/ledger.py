"""The ledger of a version: on the terminal, for other programs, or as files."""

from collections.abc import Iterator
from pathlib import Path

import click

from surveyapp.cli.instruments import instruments
from surveyapp.cli.progress import beside, followed
from surveyapp.cli.results import report, say_written
from surveyapp.cli.root import Stop, ready
from surveyapp.focus_groups.version_ledger import (
    VersionLedger,
    Versions,
    for_programs,
    ledger_of,
    versions_of,
)
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.near import meant
from surveyapp.storage.engine import reading


@instruments.command("ledger")
@click.argument("name", metavar="ID[@VERSIONE]")
@click.option("--json", "json_wanted", is_flag=True, help="Per altri programmi, con la storia delle domande.")
def show_ledger(name: str, json_wanted: bool) -> None:
    """Dice che cosa cambia in una versione, per quale decisione e perché; serve il database.

    Senza VERSIONE è la più nuova.
    """
    _, engine, catalogue = ready()
    versions, version = _asked(catalogue, name)
    with reading(engine) as connection:
        if json_wanted:
            click.echo(for_programs(connection, versions, version), nl=False)
            return
        for line in _lines(ledger_of(connection, versions, version)):
            click.echo(line)


@report.command("ledger")
@click.argument("name", metavar="ID[@VERSIONE]")
@click.option(
    "--out", "folder", required=True, type=click.Path(path_type=Path), help="La cartella da scrivere."
)
def ledger_report(name: str, folder: Path) -> None:
    """Scrive il registro di una versione: report.html, report.pdf e registro.json."""
    from surveyapp.reports.ledger import write_ledger

    _, engine, catalogue = ready()
    versions, version = _asked(catalogue, name)
    with reading(engine) as connection, followed(f"Registro di {name}") as tell, beside(folder) as there:
        paths = write_ledger(connection, catalogue, versions.id, version, there, tell=tell)
    say_written([folder / path.relative_to(there) for path in paths])


def _asked(catalogue: Catalogue, name: str) -> tuple[Versions, str]:
    """The versions of an instrument and the one that is meant. Raises Stop."""
    found_id, _, version = name.partition("@")
    versions = versions_of(catalogue, found_id)
    if versions is None:
        known = {known_id for known_id, _ in (*catalogue.instruments, *catalogue.modules)}
        raise Stop(f"lo strumento «{found_id}» non esiste{meant(found_id, sorted(known))}")
    if version and version not in versions.all:
        raise Stop(f"la versione «{version}» non c'è; versioni: {', '.join(versions.all)}")
    return versions, version or versions.newest.version


def _lines(ledger: VersionLedger) -> Iterator[str]:
    name = f"{ledger.instrument.id} {ledger.instrument.version}"
    if not ledger.before:
        yield f"{name} è la prima versione: non ha cambiamenti da spiegare."
    elif not ledger.changes:
        yield f"{name}: dalla {ledger.before} non cambia niente."
    for change in ledger.changes:
        because = change.because
        why = f"{because.code}: {because.reason}" if because else "senza decisione"
        yield f"{change.place}: {change.sentence}"
        yield f"  {why}"
