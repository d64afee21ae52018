"""Every setting of the application, read once from the environment (SURVEYAPP_*) and checked."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

T = TypeVar("T")

LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Gaps of the consent texts that are settings of their own: SURVEYAPP_TITOLARE and so on.
CONSENT_GAPS = ("titolare", "contatto", "data", "figura", "chi", "nome", "vede")
DEMONSTRATION_GAPS = {
    "titolare": "[titolare del trattamento]",
    "contatto": "[telefono o e-mail]",
    "data": "[data]",
    "figura": "[figura di riferimento]",
    "chi": "[chi legge le risposte]",
    "nome": "[persona di riferimento]",
    "vede": "[vede / non vede]",
}
# Staff sessions end after this long without a page, and in any case after a working day.
STAFF_IDLE = timedelta(minutes=15)
STAFF_ABSOLUTE = timedelta(hours=10)
# On a tablet that several people use a questionnaire stays open for a working day, and asks for its code
# again after ten minutes without a page.
TABLET_LIFE = timedelta(hours=12)
TABLET_IDLE = timedelta(minutes=10)
SECRET_KEY_LENGTH = 32
# Only for this computer: everybody can read it here.
DEVELOPMENT_KEY = "insecure-development-key-everybody-can-read-it"


# An address of a person or an office: something, one @, a name with a dot or of this computer.
_EMAIL = re.compile(r"[^\s@,<>\"]+@[^\s@,<>\"]+")
SMTP_PORTS = {"smtp": 25, "smtps": 465}


class SettingsError(Exception):
    """Settings are missing or unsafe; the message has one sentence a line: which one and what to write."""


class _SettingError(ValueError):
    """One setting is wrong; the message is the sentence."""


@dataclass(frozen=True)
class Mail:
    """Where e-mails are handed over, and who they come from. `secure` is TLS from the first byte (smtps)."""

    host: str
    port: int
    secure: bool
    user: str = field(repr=False)
    password: str = field(repr=False)
    sender: str


@dataclass(frozen=True)
class Settings:
    """Where things are, who may come in and what the pages say about who runs them."""

    database_url: str = field(repr=False)  # it may hold a password
    base_url: str
    secret_key: str = field(repr=False)
    time_zone: ZoneInfo
    instruments: Path
    link_days: int
    proxies: int
    consent_gaps: Mapping[str, str]
    mail: Mail | None = None
    safeguarding: tuple[str, ...] = ()
    safeguarding_days: int = 2

    @property
    def secure(self) -> bool:
        """Whether pages are served over https (cookies are then Secure and `__Host-`)."""
        return self.base_url.startswith("https://")

    @property
    def missing_gaps(self) -> list[str]:
        """Names of the settings that the consent texts still need before real people are asked."""
        return [f"SURVEYAPP_{gap.upper()}" for gap in CONSENT_GAPS if not self.consent_gaps.get(gap)]


class _Reading:
    """Reads settings one by one and keeps every problem, so that all are told at once."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.problems: list[str] = []
        self._environment = environment

    def read(self, name: str, default: str, parse: Callable[[str, str], T], wrong: T) -> T:
        """The meaning of a setting; `wrong` where it has none, and the problem is kept."""
        try:
            return parse(name, self._environment.get(name, default))
        except _SettingError as error:
            self.problems.append(str(error))
            return wrong

    def expect(self, holds: bool, problem: str) -> None:
        """Keep a problem of settings that do not fit together; nothing where one is wrong already."""
        if not holds and not self.problems:
            self.problems.append(problem)


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment.

    Raises SettingsError with every problem: a base URL that would carry answers over plain http between
    machines, an https site without a secret key of its own, values of the wrong kind.
    """
    found = _Reading(environment)
    port = found.read("PORT", "8000", _port, 8000)
    local = f"http://127.0.0.1:{port}"
    base_url = found.read("SURVEYAPP_BASE_URL", local, _base_url, "")
    # An address that is wrong asks for no key: that problem is told once the address is right.
    key_parse = _own_key if base_url.startswith("https://") else _any_key
    settings = Settings(
        database_url=environment.get("SURVEYAPP_DATABASE_URL", "sqlite:///var/surveyapp.db"),
        base_url=base_url,
        secret_key=found.read("SURVEYAPP_SECRET_KEY", "", key_parse, ""),
        time_zone=found.read("SURVEYAPP_TIME_ZONE", "Europe/Rome", _time_zone, ZoneInfo("UTC")),
        instruments=Path(environment.get("SURVEYAPP_INSTRUMENTS", _bundled_instruments())),
        link_days=found.read("SURVEYAPP_LINK_DAYS", "120", _whole, 0),
        proxies=found.read("SURVEYAPP_PROXIES", "0", _number, 0),
        consent_gaps={gap: environment.get(f"SURVEYAPP_{gap.upper()}", "").strip() for gap in CONSENT_GAPS},
        mail=_mail(found),
        safeguarding=found.read("SURVEYAPP_SAFEGUARDING", "", _addresses, ()),
        safeguarding_days=found.read("SURVEYAPP_SAFEGUARDING_DAYS", "2", _whole, 2),
    )
    found.expect(
        bool(settings.mail) or not settings.safeguarding,
        "SURVEYAPP_SAFEGUARDING ha degli indirizzi, ma manca SURVEYAPP_SMTP_URL: le e-mail non partirebbero",
    )
    if found.problems:
        raise SettingsError("\n".join(found.problems))
    return settings


def _mail(found: _Reading) -> Mail | None:
    """Both settings of e-mail, or neither."""
    server = found.read("SURVEYAPP_SMTP_URL", "", _smtp, None)
    nobody: tuple[str, ...] = ()
    sender = found.read("SURVEYAPP_MAIL_FROM", "", _addresses, nobody)
    found.expect(
        server is None or len(sender) == 1, "con SURVEYAPP_SMTP_URL serve un indirizzo in SURVEYAPP_MAIL_FROM"
    )
    return replace(server, sender=sender[0]) if server and sender else None


def _smtp(name: str, written: str) -> Mail | None:
    if not written:
        return None
    try:
        parts = urlsplit(written)
        port = parts.port or SMTP_PORTS[parts.scheme]
    except (ValueError, KeyError):
        parts, port = urlsplit(""), 0
    if not parts.hostname:  # the address itself is not repeated: it may hold a password
        raise _SettingError(
            f"{name} non si legge: va scritto smtp://server:porta o smtps://utente:password@server"
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Mail(parts.hostname, port, parts.scheme == "smtps", user, password, "")


def _addresses(name: str, written: str) -> tuple[str, ...]:
    found = tuple(filter(None, (address.strip() for address in written.split(","))))
    wrong = [address for address in found if not _EMAIL.fullmatch(address) or not address.isascii()]
    if wrong:
        raise _SettingError(f"{name} ha «{wrong[0]}»: non è un indirizzo e-mail")
    return found


def _base_url(name: str, written: str) -> str:
    try:
        parts = urlsplit(written)
        secure, host = parts.scheme == "https", parts.hostname
    except ValueError:
        raise _SettingError(f"{name} è «{written}»: non è un indirizzo") from None
    if not host or not (secure or (parts.scheme == "http" and host in LOOPBACK)):
        raise _SettingError(f"{name} è «{written}»: fuori da questo computer serve un indirizzo https://")
    return written.rstrip("/")


def _own_key(name: str, written: str) -> str:
    if not written:
        raise _SettingError(
            f"manca {name}: con un indirizzo https:// serve una chiave segreta di almeno {SECRET_KEY_LENGTH}"
            ' caratteri; per farne una: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    if written == DEVELOPMENT_KEY:
        raise _SettingError(f"{name} è la chiave di prova, che tutti possono leggere: fanne una tua")
    return _any_key(name, written)


def _any_key(name: str, written: str) -> str:
    if 0 < len(written) < SECRET_KEY_LENGTH:  # the key itself is never repeated in a message
        raise _SettingError(f"{name} è troppo corta: servono almeno {SECRET_KEY_LENGTH} caratteri")
    return written or DEVELOPMENT_KEY


def _time_zone(name: str, written: str) -> ZoneInfo:
    try:
        return ZoneInfo(written)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # names that are folders, or lead out of them
        raise _SettingError(f"{name} è «{written}»: non è un fuso orario; in Italia è Europe/Rome") from None


def _port(name: str, written: str) -> int:
    port = _whole(name, written)
    if port > 65535:
        raise _SettingError(f"{name} è «{written}»: le porte arrivano a 65535")
    return port


def _whole(name: str, written: str) -> int:
    if not written.isascii() or not written.isdecimal() or int(written) < 1:
        raise _SettingError(f"{name} è «{written}»: serve un numero intero maggiore di zero")
    return int(written)


def _number(name: str, written: str) -> int:
    return 0 if written == "0" else _whole(name, written)


def _bundled_instruments() -> str:
    return str(Path(__file__).parent.parent / "instruments")
