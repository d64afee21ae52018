"""Versions in use: the database agrees with the files, and each path keeps the version that it began with."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import FIRST_DRAFT, Catalogue
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.publication_files import CONSENT, INSTRUMENT, MODULE, VersionFile, file_of
from surveyapp.instruments.publication_record import FOR_EVER, RECORD, Publication, entry_text
from surveyapp.instruments.source import canonical, digest, parse, plain
from surveyapp.storage import versions as stored
from surveyapp.study.errors import RefusedError
from surveyapp.study.planning import Made, Subject, VersionFor

Values = dict[str, Any]


class Given(Protocol):
    """An administration that is there already: planning.Made is one."""

    @property
    def begun(self) -> bool:
        """Whether somebody has opened it."""

    @property
    def state(self) -> str:
        """It is "open" until it is sent, closed or withdrawn."""

    @property
    def id(self) -> int:
        """They were made in the order of their ids."""

    @property
    def instrument(self) -> str:
        """The id of its instrument."""

    @property
    def subject(self) -> str:
        """What it is about, such as "placement:7"."""

    @property
    def series(self) -> str:
        """The path that its subject belongs to, such as "path:12"; else the subject itself."""


G = TypeVar("G", bound=Given)
Firsts = Mapping[tuple[str, str], G]

# Who shares a version with a new administration, by rule: all of its series, all about its subject, nobody.
SHARED: Mapping[str, Callable[[str, str], str]] = {
    "path": lambda _subject, series: series,
    "series": lambda subject, _series: subject,
    "accompaniment": lambda subject, _series: subject,
    "in_force": lambda _subject, _series: "",
}


def first_given(given: Iterable[G]) -> Firsts[G]:
    """The first administration of each instrument, by what it is about and by the series of that.

    Those that nobody has begun bind nobody: they take the version that is in force when somebody does.
    """
    first: dict[tuple[str, str], G] = {}
    begun = [one for one in given if one.begun or one.state != "open"]
    for one in sorted(begun, key=lambda one: one.id):
        first.setdefault((one.instrument, one.subject), one)
        first.setdefault((one.instrument, one.series), one)
    return first


def version_for(rule: str, instrument_id: str, subject: str, series: str, firsts: Firsts[G]) -> G | None:
    """The administration whose version a new one takes; None: the version in force on the day it is made.

    `path`: the first one on the same path, to its end. `series`: the first one about the same placement.
    `accompaniment`: the first one (T0) about the same accompaniment of a company. `in_force`: none, ever.
    Pure; `firsts` comes from `first_given`. Raises KeyError for another rule.
    """
    return firsts.get((instrument_id, SHARED[rule](subject, series)))


ByRule = Callable[[str, str, Subject], Instrument]


def by_rule(catalogue: Catalogue, there: Iterable[Made], on: date) -> ByRule:
    """Which version a rule gives to a subject on a day, by rule, instrument id and subject.

    What is given raises CatalogueError where a pinned version is not here unchanged, or none is in force.
    """
    firsts = first_given(there)

    def chosen(rule: str, instrument_id: str, subject: Subject) -> Instrument:
        first = version_for(rule, instrument_id, subject.key, subject.series, firsts)
        if first is None:
            return catalogue.in_force(instrument_id, on)
        return catalogue.pinned(first.instrument, first.version, first.digest)

    return chosen


def by_plan(catalogue: Catalogue, there: Iterable[Made], on: date) -> VersionFor:
    """Which version an entry of the study plan gives to a subject on a day; see `by_rule`."""
    chosen = by_rule(catalogue, there, on)
    return lambda entry, subject: chosen(entry.version, entry.instrument, subject)


@dataclass(frozen=True)
class InUse:
    """A file in use with what is known of it; `document` is its canonical JSON."""

    file: VersionFile
    publication: Publication
    document: str
    digest: str

    @property
    def key(self) -> stored.Key:
        """Kind, id and version."""
        return self.file.kind, self.file.id, self.file.version

    @property
    def row(self) -> Values:
        """The columns that keep it."""
        return {
            **dict(zip(("kind", "id", "version"), self.key, strict=True)),
            "digest": self.digest,
            "document": self.document,
            "status": self.publication.status,
            "author": self.publication.author,
            "approver": self.publication.approver,
            "published_on": self.publication.published_on,
            "note": self.publication.note,
        }


def published_row(file: VersionFile, publication: Publication, text: str) -> Values:
    """What the database keeps of a version that the site published, with its text, or retired, without."""
    return _read(file, publication).row | {"file": text, "record": entry_text(publication)}


def in_use(folder: Path, catalogue: Catalogue) -> list[InUse]:
    """Every file in use of a folder whose catalogue has been loaded (so that all of them are sound)."""
    return [
        _read(VersionFile(folder, name), publication)
        for name, publication in catalogue.publications.items()
        if publication.status in FOR_EVER
    ]


def _read(file: VersionFile, publication: Publication) -> InUse:
    root, _ = parse(file.path.read_bytes())
    return InUse(file, publication, canonical(plain(root)), digest(root))


def agree(connection: Connection, folder: Path, catalogue: Catalogue) -> int:
    """Keep in the database every version in use that it does not know; how many were new.

    Files and database hold the same: raises RefusedError, naming the file, where a version that is known has
    another content or is no longer among the files in use. The first drafts (0.1.0) may change as long as
    nobody was given them.
    """
    stored.lock(connection)
    files, known = in_use(folder, catalogue), stored.kept(connection)
    changed = [one for one in files if one.key in known and known[one.key]["digest"] != one.digest]
    gone = [key for key in known if key not in {one.key for one in files}]
    if refused := [*_gone(folder, gone), *_for_ever(changed), *_given(connection, catalogue, files, changed)]:
        raise RefusedError(refused[0])
    new = [one.row for one in files if one.key not in known]
    stored.add(connection, new)
    stored.change(
        connection, [one.row for one in files if one.key in known and _differs(one, known[one.key])]
    )
    return len(new)


def _differs(one: InUse, known: stored.Values) -> bool:
    return any(one.row[name] != value for name, value in known.items())


def _gone(folder: Path, keys: Iterable[stored.Key]) -> Iterator[str]:
    for key in sorted(keys):
        file = file_of(folder, *key)
        yield (
            f"{file.name} non è più fra i file in uso, ma questo database conosce {file.title}: rimetti il"
            f" file com'era, con la sua riga in {RECORD}"
        )


def _for_ever(changed: Sequence[InUse]) -> Iterator[str]:
    for one in changed:
        if one.file.version != FIRST_DRAFT:
            yield (
                f"{one.file.name} non è quello che questo database conosce come {one.file.title}: rimetti il"
                " file com'era e fai una versione nuova"
            )


def _given(
    connection: Connection, catalogue: Catalogue, files: Sequence[InUse], changed: Sequence[InUse]
) -> Iterator[str]:
    """First drafts that changed after questionnaires or consents were given with what they said before."""
    for instrument_id, version, pinned in sorted(stored.pins(connection)):
        instrument = catalogue.instruments.get((instrument_id, version))
        if instrument and instrument.digest != pinned:
            yield _used(_culprit(instrument, files, changed))
    shown = stored.shown_consents(connection)
    for one in changed:
        if one.file.kind == CONSENT and (one.file.id, one.file.version) in shown:
            yield _used(one.file.name)


def _culprit(instrument: Instrument, files: Sequence[InUse], changed: Sequence[InUse]) -> str:
    """The file that makes an instrument another one: a module of it that changed, else its own."""
    own = (INSTRUMENT, instrument.id, instrument.version)
    included = {(MODULE, include.module, include.version) for include in instrument.includes}
    modules = [one.file.name for one in changed if one.key in included]
    if modules and own not in {one.key for one in changed}:
        return modules[0]
    return next(one.file.name for one in files if one.key == own)


def _used(name: str) -> str:
    return (
        f"{name} è cambiato, ma nel database c'è chi ha già ricevuto quello di prima: rimetti il file"
        " com'era; se le persone sono inventate, «surveyapp demo --clear»"
    )
