"""From an approved draft to a version in use: checked as a file is, kept in the database, given to new ones.

The draft becomes a file beside the others for a moment, so that what publishes files publishes it too; what
is then known of it goes to the database, in one transaction with the questionnaires that take the version.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row

from surveyapp.instruments import publication
from surveyapp.instruments.catalogue import load, publications, sha256_of
from surveyapp.instruments.comparison_model import Measure
from surveyapp.instruments.publication import PublicationRefusedError
from surveyapp.instruments.publication_checks import Declaration, Signature
from surveyapp.instruments.publication_files import VersionFile, file_of
from surveyapp.instruments.publication_record import APPROVED, RETIRED, Publication, write_record
from surveyapp.storage import drafts as stored
from surveyapp.storage import versions
from surveyapp.study.library import assemble
from surveyapp.study.plan import PlanSummary, carry_out
from surveyapp.study.versions import published_row

TOO_EARLY = "il giorno da cui la versione è in uso non può essere prima di oggi"
NOT_APPROVED = "la bozza non è approvata: prima serve il sì di un'altra persona"
THERE = "{name} c'è già fra i file degli strumenti: togli quel file, o dai alla bozza un altro numero"


@dataclass(frozen=True)
class Wanted:
    """How a draft is to be published: from which day, what changes in a sentence, and what people say of the
    comparability of each scale: a lower level, and why."""

    on: date
    note: str
    levels: Mapping[Measure, str] = field(default_factory=lambda: MappingProxyType({}))
    reasons: Mapping[Measure, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Moment:
    """When something is done, and what day that is where the study is."""

    at: datetime
    today: date


def publish(
    connection: Connection, home: Path, draft: Row[Any], wanted: Wanted, moment: Moment
) -> tuple[Publication, PlanSummary]:
    """Put an approved draft in use, for ever; what is known of it, and what the plan made of that.

    `home` is the folder that came with the application. Nothing is changed where it raises
    PublicationRefusedError with every reason; CatalogueError, OSError.
    """
    versions.lock(connection)
    draft = stored.found(connection, draft.id, to_change=True) or draft
    with TemporaryDirectory(prefix="surveyapp-instruments-") as place:
        folder = assemble(home, versions.changed_here(connection), Path(place))
        file = file_of(folder, draft.kind, draft.instrument, draft.version)
        if refused := [*_refused(draft, file, wanted, moment)]:
            raise PublicationRefusedError(refused)
        _lay_down(file, draft)
        known = publication.publish(file, _signature(draft, wanted), _declaration(connection, draft, wanted))
        versions.put_here(connection, published_row(file, known, draft.document), moment.at)
        stored.publish(connection, draft.id, known.note, moment.at)
        return known, carry_out(connection, load(folder), moment.today)


def _refused(draft: Row[Any], file: VersionFile, wanted: Wanted, moment: Moment) -> list[str]:
    found = []
    if draft.status != APPROVED:
        found.append(NOT_APPROVED)
    if wanted.on < moment.today:
        found.append(TOO_EARLY)
    if file.path.exists():
        found.append(THERE.format(name=file.name))
    return found


def _lay_down(file: VersionFile, draft: Row[Any]) -> None:
    """The draft as an approved file beside the others."""
    file.path.parent.mkdir(parents=True, exist_ok=True)
    file.path.write_bytes(draft.document.encode())
    approved = Publication(sha256_of(file.path), status=APPROVED)
    write_record(file.folder, publications(file.folder) | {file.name: approved})


def _signature(draft: Row[Any], wanted: Wanted) -> Signature:
    return Signature(draft.author, draft.approver, wanted.note, wanted.on)


def _declaration(connection: Connection, draft: Row[Any], wanted: Wanted) -> Declaration:
    reasons = stored.reasons(connection, draft.id)
    kinds = {place: row.kind for place, row in reasons.items() if row.kind}
    return Declaration(kinds, wanted.levels, wanted.reasons)


def retire(connection: Connection, home: Path, name: tuple[str, str, str], moment: Moment) -> Publication:
    """Take a version (kind, id, version) out of use from today on; who began with it goes on.

    Raises PublicationRefusedError for the only version in use and one that is not; CatalogueError, OSError.
    """
    versions.lock(connection)
    with TemporaryDirectory(prefix="surveyapp-instruments-") as place:
        folder = assemble(home, versions.changed_here(connection), Path(place))
        file = file_of(folder, *name)
        known = publication.set_status(file, RETIRED, moment.today)
        versions.put_here(connection, published_row(file, known, ""), moment.at)
        carry_out(connection, load(folder), moment.today)
    return known
