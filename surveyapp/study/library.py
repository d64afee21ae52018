"""The instruments in use: those of the folder, and what was published or retired on the site since.

What the site publishes stays in its database: the folder may be read-only, and many servers agree on it. Read
together they are a folder again, so that whatever reads files reads these too.
"""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from weakref import finalize

from sqlalchemy import Connection, Engine, Row

from surveyapp.instruments.catalogue import Catalogue, CatalogueError, load, publications
from surveyapp.instruments.publication_files import VersionFile, file_of
from surveyapp.instruments.publication_record import Publication, read_entry, write_record
from surveyapp.storage import versions as stored
from surveyapp.storage.engine import reading


@dataclass(frozen=True)
class Library:
    """The instruments as they are until the next publication on the site.

    `home` is the folder that came with the application; `folder` holds all files, as long as this is there.
    `changed` is when the site published or retired last.
    """

    catalogue: Catalogue
    home: Path
    folder: Path
    changed: datetime | None = None
    kept: "_Kept | None" = None


class _Kept:
    """A folder that goes with its last reader."""

    def __init__(self) -> None:
        self.path = Path(mkdtemp(prefix="surveyapp-instruments-"))
        finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def read_library(engine: Engine, folder: Path) -> Library:
    """Read the folder and what the site published since. Raises CatalogueError, OSError."""
    with reading(engine) as connection:
        return library(connection, folder)


def library(connection: Connection, folder: Path) -> Library:
    """The same, as a transaction sees it."""
    changed = stored.last_change(connection)
    if changed is None:
        return Library(load(folder), folder, folder)
    kept = _Kept()
    together = assemble(folder, stored.changed_here(connection), kept.path)
    return Library(load(together), folder, together, changed, kept)


def assemble(folder: Path, here: Iterable[Row[Any]], into: Path) -> Path:
    """Copy the folder, with what the site published and retired, to an empty place; give that back.

    Raises CatalogueError where a file of the folder has the name of one that the site published, and another
    content.
    """
    shutil.copytree(folder, into, dirs_exist_ok=True)
    write_down(into, here)
    return into


def write_down(folder: Path, here: Iterable[Row[Any]]) -> list[str]:
    """Add to a folder what the site published and retired; the names of these files.

    Raises CatalogueError as `assemble` does, before anything is recorded; OSError.
    """
    found = {
        file.name: _put(file, row.file, read_entry(row.record))
        for row in here
        for file in [file_of(folder, row.kind, row.id, row.version)]
    }
    write_record(folder, publications(folder) | found)
    return list(found)


def _put(file: VersionFile, text: str, publication: Publication) -> Publication:
    """Write the text of a version where the folder does not have it; what is known of it."""
    if text and not file.path.exists():
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.path.write_bytes(text.encode())
    elif text and file.path.read_bytes() != text.encode():
        raise CatalogueError(
            f"{file.name} ha un contenuto diverso da {file.title}, pubblicata dal sito: togli il file dalla"
            " cartella, o riscrivilo con «surveyapp instruments collect»"
        )
    return publication
