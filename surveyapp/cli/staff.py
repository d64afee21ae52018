"""Accounts of the staff: who may sign in."""

import click
from sqlalchemy import Engine

from surveyapp.cli.root import cli, now, ready
from surveyapp.settings import Settings
from surveyapp.storage.engine import reading, writing

NO_ACCOUNTS = "Nessun account: «surveyapp user add» ne fa uno."

_ask = click.option("--ask", is_flag=True, help="Chiede la password; senza, ne fa una nuova e la stampa.")
_province = click.option("--province", help="La provincia (nome o sigla), per i ruoli di un territorio.")
_ambito = click.option("--ambito", help="L'Ambito; in provincia di Bergamo non serve.")
_role = click.option(
    "--role",
    required=True,
    help="administrator, socialis, lead_partner, territory_office o caseworker.",
)


@cli.group()
def user() -> None:
    """Gli account di chi lavora con i questionari."""


@user.command("add")
@click.argument("email")
@_role
@_province
@_ambito
@_ask
def add_user(email: str, role: str, province: str | None, ambito: str | None, ask: bool) -> None:
    """Aggiunge un account; la password nuova si stampa una volta sola."""
    from surveyapp.study import accounts
    from surveyapp.study.passwords import hashed

    _, engine, _ = ready()
    granted = accounts.grant(role, province, ambito)
    password = _password(ask)
    secret = hashed(password, email)  # before the transaction: it takes its time on purpose
    with writing(engine) as connection:
        address = accounts.add(connection, email, granted, secret, now())
    click.echo(f"Aggiunto {address}: {granted.words}")
    _print_password(password, ask)


@user.command("list")
def list_users() -> None:
    """Elenca gli account: indirizzo, ruolo e territorio, se può entrare."""
    from surveyapp.storage import staff
    from surveyapp.study.accounts import Grant

    _, engine, _ = ready()
    with reading(engine) as connection:
        accounts = staff.accounts(connection)
    for account in accounts:
        words = Grant(account.role, account.province, account.ambito).words
        click.echo(f"{account.email}\t{words}\t{'attivo' if account.active else 'disattivato'}")
    if not accounts:
        click.echo(NO_ACCOUNTS, err=True)


@user.command("disable")
@click.argument("email")
def disable_user(email: str) -> None:
    """Chiude subito le sessioni di un account e non lo lascia più entrare."""
    _let_in(email, active=False)
    click.echo(f"{email}: non può più entrare, le sessioni aperte sono chiuse.")


@user.command("enable")
@click.argument("email")
def enable_user(email: str) -> None:
    """Lascia entrare di nuovo un account disattivato."""
    _let_in(email, active=True)
    click.echo(f"{email}: può entrare di nuovo.")


@user.command("change")
@click.argument("email")
@_role
@_province
@_ambito
def change_user(email: str, role: str, province: str | None, ambito: str | None) -> None:
    """Cambia ruolo e territorio di un account; le sessioni aperte si chiudono."""
    from surveyapp.study import accounts

    _, engine, _ = ready()
    granted = accounts.grant(role, province, ambito)
    with writing(engine) as connection:
        accounts.change(connection, email, granted)
    click.echo(f"{email}: {granted.words}")


@user.command("password")
@click.argument("email")
@_ask
def change_password(email: str, ask: bool) -> None:
    """Dà a un account una password nuova; le sessioni aperte si chiudono."""
    from surveyapp.study import accounts
    from surveyapp.study.passwords import hashed

    _, engine, _ = ready()
    password = _password(ask)
    secret = hashed(password, email)
    with writing(engine) as connection:
        accounts.change_password(connection, email, secret)
    click.echo(f"{email}: password cambiata, le sessioni aperte sono chiuse.")
    _print_password(password, ask)


def print_trial_accounts(engine: Engine, settings: Settings) -> None:
    """Make one invented account for each role, with a new password, and print how to sign in."""
    from surveyapp.study import accounts

    made = accounts.invent()
    with writing(engine) as connection:
        accounts.keep_invented(connection, made, now())
    click.echo(f"Pagine del personale (account inventati): {settings.base_url}/gestione/")
    for account in made:
        click.echo(f"  {account.email}  {account.password}  {account.granted.words}")


def _let_in(email: str, *, active: bool) -> None:
    from surveyapp.study import accounts

    _, engine, _ = ready()
    with writing(engine) as connection:
        accounts.let_in(connection, email, active)


def _password(ask: bool) -> str:
    from surveyapp.study.passwords import new_password

    if not ask:
        return new_password()
    asked: str = click.prompt("Password", hide_input=True, confirmation_prompt="Ancora la password")
    return asked


def _print_password(password: str, ask: bool) -> None:
    if not ask:
        click.echo(f"Password (si vede solo adesso): {password}")
