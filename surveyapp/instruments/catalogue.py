"""The instruments of a folder, each version guarded by its recorded sha256."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from surveyapp.instruments.comparison_model import numbers
from surveyapp.instruments.consents import Consent, read_consent
from surveyapp.instruments.file_checks import CONSENTS, PLANS, by_version, modules_in
from surveyapp.instruments.file_checks import MODULES as MODULES
from surveyapp.instruments.file_checks import files as files
from surveyapp.instruments.file_checks import problems_of as problems_of
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.near import meant
from surveyapp.instruments.plan import Plan, read_plan
from surveyapp.instruments.publication_record import (
    FOR_EVER,
    RECORD,
    Publication,
    read_record,
    write_record,
)
from surveyapp.instruments.reader import read_instrument, read_part
from surveyapp.instruments.source import InvalidFileError

T = TypeVar("T")

FIRST_DRAFT = "0.1.0"  # the version that may be recorded again, until the release 0.1.0


class CatalogueError(Exception):
    """The folder of instruments cannot be trusted; the message says which file and what to do."""


@dataclass(frozen=True)
class Catalogue:
    """Every instrument, consent text and study plan, by id and version.

    `modules` are as their files have them; inside `instruments` they are assembled already. `publications`
    say what is known of each file, by its path.
    """

    instruments: Mapping[tuple[str, str], Instrument]
    consents: Mapping[tuple[str, str], Consent]
    plans: Mapping[str, Plan] = field(default_factory=lambda: MappingProxyType({}))
    modules: Mapping[tuple[str, str], Instrument] = field(default_factory=lambda: MappingProxyType({}))
    publications: Mapping[str, Publication] = field(default_factory=lambda: MappingProxyType({}))

    def pinned(self, instrument_id: str, version: str, digest: str) -> Instrument:
        """The version that an administration pins.

        Raises CatalogueError when it is not here or its content is another one.
        """
        instrument = self.instruments.get((instrument_id, version))
        if instrument is None:
            raise CatalogueError(f"lo strumento {instrument_id} {version} non è fra i file degli strumenti")
        if instrument.digest != digest:
            raise CatalogueError(f"lo strumento {instrument_id} {version} è cambiato dopo l'uso")
        return instrument

    def newest(self, instrument_id: str) -> Instrument:
        """The highest version of an instrument; raises CatalogueError when there is none."""
        return max(self._versions(instrument_id), key=lambda found: numbers(found.version))

    def in_force(self, instrument_id: str, on: date) -> Instrument:
        """The version that new questionnaires use on a day: published last on or before it, and not retired.

        Raises CatalogueError for an unknown instrument and where no version is in use on that day.
        """
        known = [(self.publication(found), found) for found in self._versions(instrument_id)]
        usable = [(one.since, numbers(found.version), found) for one, found in known if one.in_force(on)]
        if not usable:
            raise CatalogueError(
                f"nessuna versione dello strumento {instrument_id} è in uso il {on:%d/%m/%Y}"
            )
        return max(usable, key=itemgetter(0, 1))[2]

    def publication(self, instrument: Instrument) -> Publication:
        """What is known of the file of an instrument."""
        return self.publications[f"{instrument.id}/{instrument.version}.yaml"]

    def _versions(self, instrument_id: str) -> list[Instrument]:
        versions = [found for (found_id, _), found in self.instruments.items() if found_id == instrument_id]
        if not versions:
            known = sorted({found_id for found_id, _ in self.instruments})
            near = meant(instrument_id, known)
            raise CatalogueError(
                f"lo strumento «{instrument_id}» non esiste{near}; strumenti: {', '.join(known)}"
            )
        return versions

    def plan(self) -> Plan:
        """The newest study plan; raises CatalogueError when there is none."""
        if not self.plans:
            raise CatalogueError("fra i file degli strumenti manca il piano di rilevazione (plan/)")
        return self.plans[max(self.plans, key=numbers)]

    def consent(self, reference: str) -> Consent:
        """The consent text named `id@version`; raises CatalogueError when it is not here."""
        consent_id, _, version = reference.partition("@")
        try:
            return self.consents[consent_id, version]
        except KeyError:
            near = meant(reference, [f"{known}@{version}" for known, version in self.consents])
            raise CatalogueError(f"il testo di consenso «{reference}» non esiste{near}") from None


def load(folder: Path) -> Catalogue:
    """Read every recorded file of the folder; a file that is not recorded is a draft and stays out.

    Raises CatalogueError for a file that is missing, invalid, or changed after it was recorded: a published
    version is for ever.
    """
    guarded = {name: _guarded(folder / name, name, digest) for name, digest in recorded(folder).items()}
    modules = by_version(
        _read(partial(read_part, file=name, module=True), data, name)
        for name, data in guarded.items()
        if name.startswith(MODULES)
    )
    consents = {
        (consent.id, consent.version): consent
        for name, data in guarded.items()
        if name.startswith(CONSENTS)
        for consent in [_read(read_consent, data, name)]
    }
    instruments = {
        (instrument.id, instrument.version): instrument
        for name, data in guarded.items()
        if not name.startswith((CONSENTS, MODULES, PLANS))
        for instrument in [_read(partial(read_instrument, modules=modules), data, name)]
    }
    plans = {
        plan.version: plan
        for name, data in guarded.items()
        if name.startswith(PLANS)
        for plan in [_read(read_plan, data, name)]
    }
    return Catalogue(
        MappingProxyType(instruments),
        MappingProxyType(consents),
        MappingProxyType(plans),
        MappingProxyType({key: part.instrument for key, part in modules.items()}),
        MappingProxyType(publications(folder)),
    )


def publications(folder: Path) -> dict[str, Publication]:
    """What is known of each file, drafts in review included, by its path inside the folder.

    Raises CatalogueError.
    """
    try:
        return read_record(folder)
    except FileNotFoundError:
        raise CatalogueError(
            f"in {folder} manca {RECORD}: la cartella degli strumenti non è completa"
        ) from None
    except ValueError:
        raise CatalogueError(f"{RECORD} non si legge: rimettilo com'era, non si scrive a mano") from None


def recorded(folder: Path) -> dict[str, str]:
    """Sha256 of each file in use, by its path inside the folder. Raises CatalogueError."""
    return {name: known.sha256 for name, known in publications(folder).items() if known.status in FOR_EVER}


def record(folder: Path) -> dict[str, str]:
    """Write down the sha256 of the first drafts, the versions 0.1.0, after every file was found valid.

    What is recorded now is given back. Later versions are published (see publication.py). Raises
    CatalogueError naming the first file that is invalid, or that is in use and was changed or taken away.
    """
    digests = {path.relative_to(folder).as_posix(): _digest_of_valid(path, folder) for path in files(folder)}
    before = publications(folder) if (folder / RECORD).exists() else {}
    for name, known in before.items():
        if not _is_first_draft(name) and known.status in FOR_EVER and digests.get(name) != known.sha256:
            raise CatalogueError(
                f"{name} è pubblicato e non si può cambiare: rimettilo e fai una versione nuova"
            )
    kept = {name: known for name, known in before.items() if not _is_first_draft(name)}
    drafts = {name: digest for name, digest in digests.items() if _is_first_draft(name)}
    write_record(folder, kept | {name: _again(before.get(name), digest) for name, digest in drafts.items()})
    return recorded(folder)


def _again(known: Publication | None, digest: str) -> Publication:
    """What is known of a first draft, for the content that it has now."""
    return replace(known, sha256=digest) if known and known.status in FOR_EVER else Publication(digest)


def _is_first_draft(name: str) -> bool:
    return Path(name).stem == FIRST_DRAFT


def sha256_of(path: Path) -> str:
    """The sha256 that guards a file. Raises OSError."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def instrument_of(path: Path) -> Instrument:
    """The instrument (with the modules beside it) or the module of a file, whether or not it is in use.

    Raises CatalogueError with the first problem of a file that is invalid, OSError.
    """
    if path.parent.parent.name == MODULES.rstrip("/"):
        return _read(partial(read_part, module=True), path.read_bytes(), str(path)).instrument
    modules = modules_in(path.parent.parent)
    return _read(partial(read_instrument, modules=modules), path.read_bytes(), str(path))


def consent_of(path: Path) -> Consent:
    """The consent text of a file, whether or not it is in use.

    Raises CatalogueError with the first problem of a file that is invalid, OSError.
    """
    return _read(read_consent, path.read_bytes(), str(path))


def _digest_of_valid(path: Path, folder: Path) -> str:
    if problems := problems_of(path):
        name = problems[0].file or path.relative_to(folder).as_posix()
        raise CatalogueError(f"{name}:{problems[0].line}: {problems[0].message}")
    return sha256_of(path)


def _guarded(path: Path, name: str, expected: str) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise CatalogueError(f"{name} è in uso ma il file manca: rimettilo dov'era") from None
    if hashlib.sha256(data).hexdigest() != expected:
        raise CatalogueError(
            f"{name} è in uso e non si può cambiare: rimetti il file com'era e fai una versione nuova"
        )
    return data


def _read(read: Callable[[bytes], T], data: bytes, name: str) -> T:
    try:
        return read(data)
    except InvalidFileError as error:
        first = error.problems[0]
        raise CatalogueError(f"{first.file or name}:{first.line}: {first.message}") from None
