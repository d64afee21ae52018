"""The files of the instruments: no database needed."""

from collections.abc import Mapping
from pathlib import Path

import click

from surveyapp.cli.root import FileThere, Stop, cli
from surveyapp.instruments import catalogue as instrument_catalogue
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.consents import Consent
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.publication_files import (
    CONSENT,
    INSTRUMENT,
    MODULE,
    PLAN,
    VersionFile,
    version_files,
)
from surveyapp.instruments.publication_record import STATUS_WORDS
from surveyapp.instruments.source import digest, parse
from surveyapp.settings import read_settings

KIND_WORDS = {
    INSTRUMENT: "strumento",
    MODULE: "modulo",
    CONSENT: "testo di consenso",
    PLAN: "piano di rilevazione",
}
SHOWN = 12  # so many signs of a digest tell two contents apart


@cli.group()
def instruments() -> None:
    """I file degli strumenti; il database serve solo al registro (ledger)."""


@instruments.command()
@click.argument("files", nargs=-1, type=FileThere())
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
    """Elenca strumenti, moduli, testi di consenso e piano.

    Le colonne: id, versione, titolo, impronta, come sta, da quando, che cos'è.
    """
    folder = read_settings().instruments
    catalogue = instrument_catalogue.load(folder)
    for file in (file for versions in version_files(folder).values() for file in versions):
        known = file.known()
        since = known.published_on.isoformat() if known and known.published_on else "-"
        status, kind = STATUS_WORDS[file.status()], KIND_WORDS[file.kind]
        title, content = _title_and_digest(file, catalogue)
        click.echo("\t".join((file.id, file.version, title, content, status, since, kind)))


def _title_and_digest(file: VersionFile, catalogue: Catalogue) -> tuple[str, str]:
    """Of a file in use; a draft may not be readable yet."""
    if file.kind == PLAN and file.version in catalogue.plans:
        content, _ = parse(file.path.read_bytes())
        return catalogue.plans[file.version].title, digest(content)[:SHOWN]
    of_kind: Mapping[str, Mapping[tuple[str, str], Instrument | Consent]] = {
        INSTRUMENT: catalogue.instruments,
        MODULE: catalogue.modules,
        CONSENT: catalogue.consents,
    }
    found = of_kind.get(file.kind, {}).get((file.id, file.version))
    return (found.title, found.digest[:SHOWN]) if found else ("-", "-")


@instruments.command()
def record() -> None:
    """Registra le impronte delle prime bozze (0.1.0), che possono ancora cambiare; le altre si pubblicano."""
    for name, sha256 in instrument_catalogue.record(read_settings().instruments).items():
        click.echo(f"{sha256[:SHOWN]}  {name}")
