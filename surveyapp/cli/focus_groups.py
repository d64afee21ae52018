"""What comes into the focus groups from spreadsheets: notes typed there, criteria of other projects."""

from pathlib import Path

import click

from surveyapp.cli.root import FileThere, Stop, cli, now, ready, refused_lines
from surveyapp.storage.engine import writing
from surveyapp.study.errors import ImportRefusedError

FILE = FileThere()


@cli.group("focus-group")
def focus_group() -> None:
    """Note e criteri dei focus group, da fogli di calcolo."""


@focus_group.command("import-notes")
@click.argument("code", metavar="CODICE")
@click.argument("file", type=FILE)
@click.option("--by", "email", required=True, help="L'account di chi ha preso e codificato le note.")
def import_notes(code: str, file: Path, email: str) -> None:
    """Aggiunge a un focus group le note di un file CSV: testo, ruolo, minuto, criteri, tipo.

    CODICE è il codice del focus group, per esempio FG1. Se una riga è sbagliata non cambia niente. Un file
    letto di nuovo non cambia niente.
    """
    from surveyapp.focus_groups import imports
    from surveyapp.storage.staff import account_with_email

    _, engine, catalogue = ready()
    try:
        with writing(engine) as connection:
            account = account_with_email(connection, email)
            if account is None:
                raise Stop(f"non c'è nessun account «{email}»: «surveyapp user list» li elenca")
            data = file.read_bytes()
            done = imports.import_notes(connection, catalogue, code, data, account.email, now())
    except ImportRefusedError as error:
        raise refused_lines(error, str(file)) from error
    click.echo(
        f"Note nuove: {done.added}. Già presenti: {done.unchanged}. Codici: {done.codes}."
        f" Criteri nuovi: {done.criteria}."
    )
    for line in done.named:
        click.echo(f"{file}:{line}: forse c'è un nome: controlla la nota e correggila sul sito", err=True)


@focus_group.command("import-criteria")
@click.argument("file", type=FILE)
def import_criteria(file: Path) -> None:
    """Aggiunge i criteri di un file CSV: codice, titolo, dove.

    «dove» è il codice di un focus group, oppure dice da dove viene il criterio. Se una riga è sbagliata non
    cambia niente. Un file letto di nuovo non cambia niente.
    """
    from surveyapp.focus_groups import imports

    _, engine, catalogue = ready()
    try:
        with writing(engine) as connection:
            done = imports.import_criteria(connection, catalogue, file.read_bytes(), now())
    except ImportRefusedError as error:
        raise refused_lines(error, str(file)) from error
    click.echo(f"Criteri nuovi: {done.added}. Già presenti: {done.unchanged}.")
