"""Accounts on the command line: made, listed, changed, shut; refusals are one sentence."""

import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from surveyapp.settings import Settings
from surveyapp.storage import staff as stored
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.staff_tables import Account
from surveyapp.study import accounts, demonstration
from surveyapp.study.errors import RefusedError
from surveyapp.study.passwords import hashed, new_password
from tests.factories import NOW, create_person
from tests.staff.people import add_account

ANNA = "anna@study.example"
Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def user(settings: Settings, engine: Engine) -> Command:
    """Run `surveyapp user ...`."""

    def run(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "surveyapp.cli", "user", *arguments],
            env={**os.environ, "SURVEYAPP_DATABASE_URL": settings.database_url},
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def stored_row(engine: Engine, email: str = ANNA) -> dict[str, object]:
    with reading(engine) as connection:
        row = stored.account_with_email(connection, email)
    assert row is not None
    return dict(row._mapping)


def test_an_account_is_made_and_its_password_printed_once(user: Command, engine: Engine) -> None:
    made = user("add", " Anna@Study.example", "--role", "caseworker", "--province", "bg")
    assert made.returncode == 0, made.stderr
    said, password = made.stdout.splitlines()
    assert said == "Aggiunto anna@study.example: Presa in carico · Provincia di Bergamo"
    secret = password.removeprefix("Password (si vede solo adesso): ")
    assert re.fullmatch(r"[a-z2-9]{5}(-[a-z2-9]{5}){3}", secret)
    row = stored_row(engine)
    assert (row["role"], row["province"], row["ambito"], row["active"]) == ("caseworker", "Bergamo", "", True)
    assert secret not in str(row)
    listed = user("list")
    assert listed.stdout == "anna@study.example\tPresa in carico · Provincia di Bergamo\tattivo\n"


def test_a_password_of_ones_own_is_asked_for_and_not_repeated(user: Command) -> None:
    secret = "una frase che ricordo\n"
    made = user("add", ANNA, "--role", "socialis", "--ask", typed=secret * 2)
    assert made.returncode == 0, made.stderr
    assert "ricordo" not in made.stdout + made.stderr


def test_a_weak_password_is_refused_without_being_repeated(user: Command, engine: Engine) -> None:
    made = user("add", ANNA, "--role", "socialis", "--ask", typed="corta-corta\n" * 2)
    assert made.returncode == 1
    assert "almeno 12 caratteri" in made.stderr
    assert "corta-corta" not in made.stdout + made.stderr
    with reading(engine) as connection:
        assert stored.accounts(connection) == []


def test_shutting_out_and_letting_in_again(user: Command, engine: Engine) -> None:
    with writing(engine) as connection:
        add_account(connection, ANNA, "socialis")
    assert "non può più entrare" in user("disable", ANNA).stdout
    assert user("list").stdout.rstrip().endswith("disattivato")
    assert user("enable", ANNA).returncode == 0
    assert stored_row(engine)["active"] is True


def test_role_and_password_can_be_changed(user: Command, engine: Engine) -> None:
    with writing(engine) as connection:
        add_account(connection, ANNA, "socialis")
    before = stored_row(engine)
    changed = user(
        "change", ANNA, "--role", "territory_office", "--province", "Cremona", "--ambito", "cremona"
    )
    assert changed.stdout == "anna@study.example: Ufficio del territorio · Ambito di Cremona\n"
    assert "Password (si vede solo adesso)" in user("password", ANNA).stdout
    after = stored_row(engine)
    assert after["password"] != before["password"]
    assert after["uniquifier"] != before["uniquifier"]


def test_nobody_with_this_address_is_said(user: Command) -> None:
    refused = user("disable", "nobody@study.example")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Errore: nessun account ha l'indirizzo «nobody@study.example»")


@pytest.mark.parametrize(
    ("role", "province", "ambito", "sentence"),
    [
        ("boss", None, None, "il ruolo «boss» non c'è"),
        ("caseworker", None, None, "vuole --province"),
        ("territory_office", "Roma", None, "«Roma» non è fra le province"),
        ("caseworker", "CR", None, "serve anche --ambito"),
        ("caseworker", "CR", "Milano", "«Milano» non è fra gli Ambiti"),
        ("caseworker", "BG", "Treviglio", "è la provincia intera"),
        ("socialis", "BG", None, "non ha territorio"),
        ("administrator", None, "Cremona", "non ha territorio"),
    ],
)
def test_role_and_territory_must_agree(
    role: str, province: str | None, ambito: str | None, sentence: str
) -> None:
    with pytest.raises(RefusedError, match=re.escape(sentence)):
        accounts.grant(role, province, ambito)


@pytest.mark.parametrize(
    "values", [{"province": ""}, {"role": "boss"}, {"role": "socialis"}, {"email": "Anna@x.it"}]
)
def test_the_database_refuses_what_cannot_be(engine: Engine, values: dict[str, str]) -> None:
    row = {"email": ANNA, "password": "x", "role": "caseworker", "province": "Bergamo", "uniquifier": "u"}
    with pytest.raises(IntegrityError), writing(engine) as connection:
        stored.add_account(connection, **{**row, **values}, created_at=NOW)


@pytest.mark.parametrize(
    "email", ["", "anna", "anna@", "@x.it", "a b@x.it", "anna@x", "anna@x.it\n@y", "è@x.it"]
)
def test_what_is_no_address_is_refused(engine: Engine, email: str) -> None:
    with writing(engine) as connection, pytest.raises(RefusedError, match="non è un indirizzo e-mail"):
        add_account(connection, email, "socialis")


def test_one_address_has_one_account(engine: Engine) -> None:
    with writing(engine) as connection:
        add_account(connection, ANNA, "socialis")
        with pytest.raises(RefusedError, match="c'è già"):
            add_account(connection, "ANNA@study.example", "administrator")


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "undici-lett",
        "aaaaaaaaaaaaaaaa",
        "abababababababab",
        "Anna-Anna-Anna-1",
        "x" * 201,
        "12121212121212",
    ],
)
def test_weak_passwords_are_refused(weak: str) -> None:
    with pytest.raises(RefusedError, match="la password"):
        hashed(weak, ANNA)


def test_new_passwords_are_strong_and_different() -> None:
    made = {new_password() for _ in range(100)}
    assert len(made) == 100
    assert all(hashed(password, ANNA).startswith("$argon2id$") for password in list(made)[:2])


def test_a_demonstration_has_an_account_for_each_role(engine: Engine) -> None:
    with writing(engine) as connection:
        create_person(connection, demonstration=True)
        accounts.keep_invented(connection, accounts.invent(), NOW)
        first = {row.email: row.password for row in stored.accounts(connection)}
        accounts.keep_invented(connection, accounts.invent(), NOW)
        again = stored.accounts(connection)
    assert {row.role for row in again} == set(accounts.ROLES)
    assert all(row.email.endswith("@esempio.invalid") and row.demonstration for row in again)
    assert all(first[row.email] != row.password for row in again)


def test_invented_accounts_go_with_the_demonstration(engine: Engine) -> None:
    with writing(engine) as connection:
        create_person(connection, demonstration=True)
        accounts.keep_invented(connection, accounts.invent(), NOW)
        add_account(connection, ANNA, "socialis")
        demonstration.clear(connection)
        assert list(connection.execute(select(Account.email)).scalars()) == [ANNA]


def test_invented_accounts_never_stand_beside_real_people(engine: Engine) -> None:
    with writing(engine) as connection:
        create_person(connection)
        with pytest.raises(RefusedError, match="solo in una dimostrazione"):
            accounts.keep_invented(connection, accounts.invent(), NOW)
        with pytest.raises(RefusedError, match="sono della dimostrazione"):
            add_account(connection, "socialis@esempio.invalid", "socialis")


@pytest.mark.parametrize("email", ["a@study.example", "de@study.example", "@study.example"])
def test_a_short_address_refuses_no_password(email: str) -> None:
    """Nearly every password has one of these letters in it."""
    assert hashed("adesso-limone-fragola", email)


def test_a_password_with_the_name_of_the_address_is_refused() -> None:
    with pytest.raises(RefusedError, match="nome dell'indirizzo"):
        hashed("Anna-limone-fragola", "anna@study.example")
