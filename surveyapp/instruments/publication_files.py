"""Finding a version's file by what people write: `aut@0.2.0`, or `modules/mcr@0.2.0`."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from surveyapp.instruments.catalogue import CatalogueError, publications, sha256_of
from surveyapp.instruments.comparison_model import numbers
from surveyapp.instruments.fields import VERSION
from surveyapp.instruments.file_checks import CONSENTS, MODULES, PLANS, files
from surveyapp.instruments.near import meant
from surveyapp.instruments.publication_record import DRAFT, FOR_EVER, PUBLISHED, RECORD, Publication

INSTRUMENT, MODULE, CONSENT, PLAN = KINDS_OF_FILE = ("instrument", "module", "consent", "plan")
_FOLDERS = {MODULES: MODULE, CONSENTS: CONSENT, PLANS: PLAN}


@dataclass(frozen=True)
class VersionFile:
    """One version of an instrument, module, consent text or study plan, in use or not.

    `name` is the path inside the folder, by which published.json knows it.
    """

    folder: Path
    name: str

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.folder / self.name

    @property
    def kind(self) -> str:
        """One of KINDS_OF_FILE."""
        return next((kind for start, kind in _FOLDERS.items() if self.name.startswith(start)), INSTRUMENT)

    @property
    def id(self) -> str:
        """The id of what it is a version of."""
        return self.path.parent.name

    @property
    def version(self) -> str:
        """Its version."""
        return self.path.stem

    @property
    def title(self) -> str:
        """How sentences name it."""
        return f"{self.id} {self.version}"

    def others(self) -> list["VersionFile"]:
        """The other versions of the same thing, the highest first."""
        return [one for one in reversed(version_files(self.folder)[self.place]) if one != self]

    @property
    def place(self) -> str:
        """The folder that holds all its versions, such as `aut` or `modules/mcr`."""
        return self.name.rpartition("/")[0]

    def known(self) -> Publication | None:
        """What published.json says of the content that it has now; None for a draft.

        A file that was changed after its review or approval is a draft again. Raises CatalogueError.
        """
        if not (self.folder / RECORD).exists():
            return None
        publication = publications(self.folder).get(self.name)
        if publication is None or publication.status in FOR_EVER:
            return publication
        return publication if publication.sha256 == sha256_of(self.path) else None

    def in_force(self, on: date) -> bool:
        """Whether new questionnaires may use it on a day."""
        known = self.known()
        return known is not None and known.in_force(on)

    def status(self) -> str:
        """Its status today."""
        known = self.known()
        return known.status if known else DRAFT


def file_of(folder: Path, kind: str, file_id: str, version: str) -> VersionFile:
    """Where the file of a version is, or was: `kind` is one of KINDS_OF_FILE."""
    start = {MODULE: MODULES, CONSENT: CONSENTS}.get(kind, "")
    return VersionFile(folder, f"{start}{file_id}/{version}.yaml")


def find(folder: Path, reference: str) -> VersionFile:
    """The file of a version written as `id@version` (or `modules/mcr@0.1.0`, where two have the same id).

    Raises CatalogueError with near names for an id or a version that is not there.
    """
    name, _, version = reference.partition("@")
    there = {one.version: one for one in _versions(folder, name)}
    if version in there:
        return there[version]
    known = list(there)
    if not version:
        raise CatalogueError(f"scrivi anche la versione, come {name}@{known[-1]}")
    raise CatalogueError(f"{name} {version} non c'è{meant(version, known)}; versioni: {', '.join(known)}")


def instrument_named(folder: Path, name: str) -> VersionFile:
    """The file of an instrument or module: by its path, by `id@version`, or by `id` alone.

    Without a version it is the newest in use, or the newest draft where none is. Raises CatalogueError.
    """
    path = Path(name).absolute()
    if path.is_file():
        file = _at(folder, path)
    else:
        file = find(folder, name) if "@" in name else max(_versions(folder, name), key=_how_usable)
    if file.kind in (CONSENT, PLAN):
        raise CatalogueError(f"{file.title} non è uno strumento: non ha domande")
    return file


def _at(folder: Path, path: Path) -> VersionFile:
    """The file at a path, which may be in another folder of instruments."""
    above = path.parent.parent
    own = above.parent if f"{above.name}/" in _FOLDERS else above
    name = path.relative_to(own).as_posix()
    return VersionFile(folder if own == folder.absolute() else own, name)


def _how_usable(file: VersionFile) -> tuple[bool, bool, tuple[int, ...]]:
    status = file.status()
    return status == PUBLISHED, status in FOR_EVER, numbers(file.version)


def _versions(folder: Path, name: str) -> list[VersionFile]:
    """The versions of what has a name, or is in a folder. Raises CatalogueError with near names."""
    versions = version_files(folder)
    places = {place.rpartition("/")[2]: place for place in reversed(versions)}
    place = name if name in versions else places.get(name)
    if place is None:
        known = sorted(places)
        raise CatalogueError(f"«{name}» non c'è{meant(name, known)}; ci sono: {', '.join(known)}")
    return versions[place]


def version_files(folder: Path) -> dict[str, list[VersionFile]]:
    """Every version file by the folder that holds it, instruments first, the lowest version first."""
    found: dict[str, list[VersionFile]] = {}
    for path in files(folder):
        if re.fullmatch(VERSION, path.stem):
            one = VersionFile(folder, path.relative_to(folder).as_posix())
            found.setdefault(one.place, []).append(one)
    return {
        place: sorted(found[place], key=lambda one: numbers(one.version))
        for place in sorted(found, key=lambda place: ("/" in place, place))
    }
