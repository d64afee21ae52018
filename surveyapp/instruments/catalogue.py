"""The instruments of a folder, each version guarded by its recorded sha256."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from surveyapp.instruments.consents import Consent, read_consent
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.reader import read_instrument
from surveyapp.instruments.source import InvalidFileError, Problem

T = TypeVar("T")

RECORD = "published.json"
CONSENTS = "consents/"


class CatalogueError(Exception):
    """The folder of instruments cannot be trusted; the message says which file and what to do."""


@dataclass(frozen=True)
class Catalogue:
    """Every instrument and consent text, by id and version."""

    instruments: Mapping[tuple[str, str], Instrument]
    consents: Mapping[tuple[str, str], Consent]

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
        versions = [found for (found_id, _), found in self.instruments.items() if found_id == instrument_id]
        if not versions:
            known = ", ".join(sorted({found_id for found_id, _ in self.instruments}))
            raise CatalogueError(f"lo strumento «{instrument_id}» non esiste; strumenti: {known}")
        return max(versions, key=lambda found: _numbers(found.version))

    def consent(self, reference: str) -> Consent:
        """The consent text named `id@version`; raises CatalogueError when it is not here."""
        consent_id, _, version = reference.partition("@")
        try:
            return self.consents[consent_id, version]
        except KeyError:
            raise CatalogueError(f"il testo di consenso «{reference}» non esiste") from None


def load(folder: Path) -> Catalogue:
    """Read every recorded file of the folder; a file that is not recorded is a draft and stays out.

    Raises CatalogueError for a file that is missing, invalid, or changed after it was recorded: a published
    version is for ever.
    """
    instruments: dict[tuple[str, str], Instrument] = {}
    consents: dict[tuple[str, str], Consent] = {}
    for name, expected in recorded(folder).items():
        data = _guarded(folder / name, name, expected)
        if name.startswith(CONSENTS):
            consent = _read(read_consent, data, name)
            consents[consent.id, consent.version] = consent
        else:
            instrument = _read(read_instrument, data, name)
            instruments[instrument.id, instrument.version] = instrument
    return Catalogue(MappingProxyType(instruments), MappingProxyType(consents))


def recorded(folder: Path) -> dict[str, str]:
    """Sha256 of each file in use, by its path inside the folder. Raises CatalogueError."""
    try:
        written: dict[str, str] = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CatalogueError(
            f"in {folder} manca {RECORD}: la cartella degli strumenti non è completa"
        ) from None
    except ValueError:
        raise CatalogueError(f"{RECORD} non si legge: rimettilo com'era, non si scrive a mano") from None
    return written


def record(folder: Path) -> dict[str, str]:
    """Write down the sha256 of every file, after all of them have been found valid.

    Raises CatalogueError naming the first file that is invalid, or that is recorded and was changed or taken
    away: only the first drafts, the versions 0.1.0, may still change.
    """
    digests = {path.relative_to(folder).as_posix(): _digest_of_valid(path, folder) for path in files(folder)}
    before = recorded(folder) if (folder / RECORD).exists() else {}
    for name, digest in before.items():
        if Path(name).stem != "0.1.0" and digests.get(name) != digest:
            raise CatalogueError(
                f"{name} è pubblicato e non si può cambiare: rimettilo e fai una versione nuova"
            )
    text = json.dumps(digests, indent=2, sort_keys=True) + "\n"
    (folder / RECORD).write_text(text, encoding="utf-8")
    return digests


def files(folder: Path) -> list[Path]:
    """Every instrument and consent file of the folder."""
    return sorted([*folder.glob("*/*.yaml"), *folder.glob(f"{CONSENTS}*/*.yaml")])


def problems_of(path: Path) -> list[Problem]:
    """Everything wrong in one file, its place included: <id>/<version>.yaml. Raises OSError."""
    read: Callable[[bytes], Instrument | Consent] = (
        read_consent if path.parent.parent.name == CONSENTS.rstrip("/") else read_instrument
    )
    try:
        found = read(path.read_bytes())
    except InvalidFileError as error:
        return error.problems
    expected = f"{found.id}/{found.version}.yaml"
    actual = f"{path.parent.name}/{path.name}"
    return [] if actual == expected else [Problem(1, f"il file si chiama {actual}, ma dentro è {expected}")]


def _digest_of_valid(path: Path, folder: Path) -> str:
    if problems := problems_of(path):
        name = path.relative_to(folder).as_posix()
        raise CatalogueError(f"{name}:{problems[0].line}: {problems[0].message}")
    return hashlib.sha256(path.read_bytes()).hexdigest()


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
        raise CatalogueError(f"{name}:{first.line}: {first.message}") from None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
