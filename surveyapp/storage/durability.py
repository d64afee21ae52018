"""Whether the database keeps what it acknowledged even when the power goes: looked at at the start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import OperationalError

from surveyapp.storage.engine import reading


@dataclass(frozen=True)
class Needed:
    """The values of a setting that are strong enough, and what to do about another one."""

    values: frozenset[str]
    remedy: str


SQLITE = {
    "journal_mode": Needed(
        frozenset({"wal"}),
        "il file del database deve stare su un disco di questo computer (non in memoria e non su una cartella"
        " di rete): cambia SURVEYAPP_DATABASE_URL",
    ),
    "synchronous": Needed(frozenset({"2", "3"}), "serve synchronous = FULL"),
}
_RELOAD = "scrivi «{name} = on» in postgresql.conf, poi esegui «SELECT pg_reload_conf()»"
POSTGRESQL = {
    "fsync": Needed(frozenset({"on"}), _RELOAD),
    "full_page_writes": Needed(frozenset({"on"}), _RELOAD),
    "synchronous_commit": Needed(
        frozenset({"on", "local", "remote_write", "remote_apply"}),
        "togli il valore scritto in postgresql.conf, o dato al database («ALTER DATABASE nome RESET {name}»)"
        " o all'utente («ALTER ROLE nome RESET {name}»)",
    ),
    # Not about power, but about losing answers all the same: other encodings refuse some letters.
    "server_encoding": Needed(
        frozenset({"UTF8"}),
        "crea un database nuovo con «CREATE DATABASE nome ENCODING 'UTF8' TEMPLATE template0»",
    ),
}


class WeakDurabilityError(Exception):
    """The database could lose what it acknowledged; the message names each setting and what to write."""


def check(engine: Engine) -> None:
    """Look at the settings really in force on a connection.

    Raises WeakDurabilityError for a setting that could lose an acknowledged answer, OperationalError when the
    database does not answer.
    """
    with reading(engine) as connection:
        _refuse_weak(connection)


def check_at_start(engine: Engine) -> None:
    """As `check`; a database that does not answer yet is checked at its first connection instead.

    A server whose processes start again while the database is down can so go on telling people to wait; and
    as long as a setting is weak (then an OperationalError).
    """
    try:
        check(engine)
    except OperationalError:
        _check_when_connected(engine)


def _check_when_connected(engine: Engine) -> None:
    found_strong = False

    def check_once(connection: Connection) -> None:
        nonlocal found_strong
        if found_strong:
            return
        try:
            _refuse_weak(connection)
        except WeakDurabilityError as weak:
            connection.close()
            raise OperationalError(None, None, weak) from weak
        connection.rollback()
        found_strong = True

    event.listen(engine, "engine_connect", check_once)


def _refuse_weak(connection: Connection) -> None:
    needed, read = _DATABASES[connection.dialect.name]
    found = read(connection)
    weak = [
        f"{name} = {found[name]}: {setting.remedy.format(name=name)}"
        for name, setting in needed.items()
        if found[name] not in setting.values
    ]
    if weak:
        raise WeakDurabilityError(
            "il database potrebbe perdere risposte già salvate se manca la corrente. " + "; ".join(weak)
        )


def _read_sqlite(connection: Connection) -> Mapping[str, str]:
    return {name: str(connection.exec_driver_sql(f"PRAGMA {name}").scalar()).lower() for name in SQLITE}


def _read_postgresql(connection: Connection) -> Mapping[str, str]:
    return {
        name: str(connection.execute(text("SELECT current_setting(:name)"), {"name": name}).scalar())
        for name in POSTGRESQL
    }


_Reader = Callable[[Connection], Mapping[str, str]]
_DATABASES: dict[str, tuple[Mapping[str, Needed], _Reader]] = {
    "sqlite": (SQLITE, _read_sqlite),
    "postgresql": (POSTGRESQL, _read_postgresql),
}
