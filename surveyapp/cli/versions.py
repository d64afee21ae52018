"""Versions of the instruments: compared, shown, reviewed, published, retired. No database needed."""

from datetime import date
from pathlib import Path

import click

from surveyapp.cli.compared import as_json, in_words
from surveyapp.cli.instruments import instruments
from surveyapp.cli.root import FileThere, Stop, now
from surveyapp.cli.shown import lines_of
from surveyapp.instruments import publication
from surveyapp.instruments.catalogue import instrument_of
from surveyapp.instruments.comparison import compare
from surveyapp.instruments.publication_checks import Declaration, Signature, read_declaration
from surveyapp.instruments.publication_files import find, instrument_named
from surveyapp.instruments.publication_record import APPROVED, IN_REVIEW, RETIRED, STATUS_WORDS
from surveyapp.instruments.source import InvalidFileError
from surveyapp.settings import Settings, read_settings

KINDS = click.option(
    "--kinds",
    type=FileThere(),
    help="Il file che dice di che tipo è ogni testo cambiato.",
)
VERSION = click.argument("name", metavar="ID@VERSIONE")


@instruments.command("compare")
@click.argument("before", metavar="PRIMA")
@click.argument("after", metavar="DOPO")
@KINDS
@click.option("--json", "json_wanted", is_flag=True, help="Per altri programmi.")
def compare_versions(before: str, after: str, kinds: Path | None, json_wanted: bool) -> None:
    """Dice che cosa cambia fra due versioni e che cosa si può ancora confrontare.

    PRIMA e DOPO sono versioni (aut@0.1.0) o file.
    """
    folder = read_settings().instruments
    files = [instrument_named(folder, name) for name in (before, after)]
    older, newer = (instrument_of(file.path) for file in files)
    if older.id != newer.id:
        raise Stop(
            f"«{older.id}» e «{newer.id}» sono due strumenti diversi: si confrontano due versioni di uno"
        )
    known = files[1].known() if files[1].folder == folder else None
    found = compare(older, newer, {**(known.kinds if known else {}), **_declaration(kinds).kinds})
    if json_wanted:
        click.echo(as_json(found))
        return
    for line in in_words(found):
        click.echo(line)


@instruments.command("show")
@VERSION
@click.option("--form", help="Le domande di questa scheda.")
def show(name: str, form: str | None) -> None:
    """Mostra una versione: come sta, schede, rilevazioni, scale; con --form le domande."""
    file = instrument_named(read_settings().instruments, name)
    for line in lines_of(file, instrument_of(file.path), form):
        click.echo(line)


@instruments.command("publish")
@VERSION
@click.option("--author", required=True, help="Chi ha scritto la versione.")
@click.option("--approver", required=True, help="Chi la approva: un'altra persona.")
@click.option("--note", required=True, help="Che cosa cambia e perché, in una frase.")
@KINDS
def publish(name: str, author: str, approver: str, note: str, kinds: Path | None) -> None:
    """Mette in uso una versione approvata, per sempre."""
    settings = read_settings()
    file = find(settings.instruments, name)
    signature = Signature(author, approver, note, _today(settings))
    try:
        publication.publish(file, signature, _declaration(kinds))
    except publication.PublicationRefusedError as refused:
        for problem in refused.problems:
            click.echo(problem, err=True)
        raise Stop(f"{file.title} non è pubblicata: correggi e riprova") from refused
    click.echo(f"{file.title} è in uso da oggi, {signature.on:%d/%m/%Y}. Il sito la usa dal prossimo avvio.")


@instruments.command("status")
@VERSION
@click.argument("status", type=click.Choice([IN_REVIEW, APPROVED, RETIRED]))
def set_status(name: str, status: str) -> None:
    """Porta una versione al passo che segue: in_review, approved; retired se non si deve più usare."""
    settings = read_settings()
    file = find(settings.instruments, name)
    publication.set_status(file, status, _today(settings))
    click.echo(f"{file.title} adesso è {STATUS_WORDS[status]}.")


def _declaration(path: Path | None) -> Declaration:
    if path is None:
        return Declaration()
    try:
        return read_declaration(path.read_bytes())
    except InvalidFileError as error:
        raise Stop("\n".join(f"{path}:{found.line}: {found.message}" for found in error.problems)) from error


def _today(settings: Settings) -> date:
    return now().astimezone(settings.time_zone).date()
