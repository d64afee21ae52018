"""Accounts of the staff: who may sign in, with which role, for which territory."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from surveyapp.storage import staff as stored
from surveyapp.storage.register import holds_demonstration
from surveyapp.storage.staff_tables import TERRITORY_ROLES
from surveyapp.study.errors import RefusedError
from surveyapp.study.passwords import hashed, new_password
from surveyapp.study.territory import AMBITI, PROVINCES, ambito_named, needs_ambito, province_named, territory

# The roles, as they are called on screen.
ROLES: Mapping[str, str] = {
    "administrator": "Amministrazione del sito",
    "socialis": "Socialis",
    "lead_partner": "Mestieri Lombardia, capofila",
    "territory_office": "Ufficio del territorio",
    "caseworker": "Presa in carico",
}
INVENTED_DOMAIN = "@esempio.invalid"
# Role, province and ambito of the account of the demonstration that has this address.
INVENTED = {
    "amministrazione": ("administrator", None, None),
    "socialis": ("socialis", None, None),
    "mestieri": ("lead_partner", None, None),
    "ufficio.cremona": ("territory_office", "CR", "Cremona"),
    "presaincarico.bergamo": ("caseworker", "BG", None),
}
_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")


@dataclass(frozen=True)
class Grant:
    """What an account may: a role, and the territory where the role has one (else empty)."""

    role: str
    province: str
    ambito: str

    @property
    def words(self) -> str:
        """Role and territory, as they are called on screen."""
        place = f" · {territory(self.province, self.ambito)}" if self.province else ""
        return f"{ROLES[self.role]}{place}"


@dataclass(frozen=True)
class InventedAccount:
    """An account of the demonstration, with the password it has from now on."""

    email: str
    granted: Grant
    password: str = field(repr=False)  # kept out of logs
    password_hash: str = field(repr=False)


def grant(role: str, province: str | None, ambito: str | None) -> Grant:
    """The role with the territory that the words mean; raises RefusedError where they do not agree."""
    if role not in ROLES:
        raise RefusedError(f"il ruolo «{role}» non c'è; ruoli: {', '.join(ROLES)}")
    if role not in TERRITORY_ROLES:
        if province or ambito:
            raise RefusedError(f"il ruolo {role} non ha territorio: togli --province e --ambito")
        return Grant(role, "", "")
    return Grant(role, *_place(role, province, ambito))


def add(connection: Connection, email: str, granted: Grant, password_hash: str, now: datetime) -> str:
    """Add an account; its e-mail as it is kept.

    Raises RefusedError for a bad or known address and for one of the demonstration.
    """
    address = _address(email)
    if address.endswith(INVENTED_DOMAIN):
        raise RefusedError(f"gli indirizzi {INVENTED_DOMAIN} sono della dimostrazione: usane uno vero")
    if stored.account_with_email(connection, address) is not None:
        raise RefusedError(f"{address} c'è già: «surveyapp user change» ne cambia il ruolo")
    _store(connection, address, granted, password_hash, now)
    return address


def change(connection: Connection, email: str, granted: Grant) -> None:
    """Give an account another role or territory; its open sessions end. Raises RefusedError."""
    _change(connection, known(connection, email), **vars(granted))


def change_password(connection: Connection, email: str, password_hash: str) -> None:
    """Give an account another password; its open sessions end. Raises RefusedError."""
    _change(connection, known(connection, email), password=password_hash)


def let_in(connection: Connection, email: str, active: bool) -> None:
    """Let somebody sign in again, or no longer: their open sessions end. Raises RefusedError."""
    _change(connection, known(connection, email), active=active)


def known(connection: Connection, email: str) -> Row[Any]:
    """The account of an e-mail; raises RefusedError when there is none."""
    account = stored.account_with_email(connection, _address(email))
    if account is None:
        raise RefusedError(
            f"nessun account ha l'indirizzo «{email.strip()}»: «surveyapp user list» li elenca"
        )
    return account


def invent() -> list[InventedAccount]:
    """One account for each role, with a new password: for a demonstration."""
    accounts = []
    for name, granted in INVENTED.items():
        email, password = name + INVENTED_DOMAIN, new_password()
        accounts.append(InventedAccount(email, grant(*granted), password, hashed(password, email)))
    return accounts


def keep_invented(connection: Connection, accounts: Sequence[InventedAccount], now: datetime) -> None:
    """Put these accounts in the place of those invented before, whose sessions end.

    Raises RefusedError where nobody is invented: such accounts have no place beside real people.
    """
    if not holds_demonstration(connection):
        raise RefusedError("gli account di prova si fanno solo in una dimostrazione: «surveyapp demo»")
    stored.delete_demonstration(connection)
    for account in accounts:
        granted, secret = account.granted, account.password_hash
        _store(connection, account.email, granted, secret, now, demonstration=True)


def _place(role: str, province: str | None, ambito: str | None) -> tuple[str, str]:
    found = province_named(province or "")
    if found is None:
        said = f"«{province}» non è fra le province" if province else f"il ruolo {role} vuole --province"
        raise RefusedError(f"{said}; province: {', '.join(PROVINCES.values())}")
    if not needs_ambito(found):
        if ambito:
            raise RefusedError(f"in provincia di {found} il territorio è la provincia intera: togli --ambito")
        return found, ""
    area = ambito_named(found, ambito or "")
    if area is None:
        raise RefusedError(f"«{ambito}» non è fra gli Ambiti: {', '.join(AMBITI[found])}")
    if not area:
        raise RefusedError(f"in provincia di {found} serve anche --ambito")
    return found, area


def _address(email: str) -> str:
    address = email.strip().lower()
    if len(address) > 254 or not _EMAIL.fullmatch(address):
        raise RefusedError(f"«{email.strip()}» non è un indirizzo e-mail")
    return address


def _store(
    connection: Connection, email: str, granted: Grant, password_hash: str, now: datetime, **values: Any
) -> None:
    row = {"email": email, "password": password_hash, "uniquifier": _new_uniquifier(), "created_at": now}
    stored.add_account(connection, **row, **vars(granted), **values)


def _change(connection: Connection, account: Row[Any], **values: Any) -> None:
    stored.change_account(connection, account.id, _new_uniquifier(), **values)


def _new_uniquifier() -> str:
    return secrets.token_hex(32)
