"""The ledger of one version: what changed from the version before, which decision is behind it, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from surveyapp.focus_groups.evidence import chains_of, decided
from surveyapp.focus_groups.ledger import Changed, as_json
from surveyapp.instruments.catalogue import MODULES, Catalogue
from surveyapp.instruments.comparison import compare
from surveyapp.instruments.comparison_model import numbers
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.publication_record import Publication
from surveyapp.storage import evidence as stored

UNKNOWN = Publication("")


@dataclass(frozen=True)
class Versions:
    """The versions of an instrument or module that are, or were, in use, the oldest first."""

    id: str
    is_module: bool
    all: Mapping[str, Instrument]
    publications: Mapping[str, Publication]

    @property
    def newest(self) -> Instrument:
        """The one with the highest number."""
        return self.all[next(reversed(list(self.all)))]

    def before(self, version: str) -> str:
        """What a version is compared with: as its publication says, else the one below; "" for the first."""
        told = self.publications[version].previous
        below = [one for one in self.all if numbers(one) < numbers(version)]
        return told if told in self.all else (below or [""])[-1]


@dataclass(frozen=True)
class VersionLedger:
    """A version with its changes; `before` is "" for the first one, which has none."""

    instrument: Instrument
    before: str
    publication: Publication
    changes: tuple[Changed, ...]

    @property
    def unexplained(self) -> int:
        """How many changes no decision explains."""
        return sum(one.because is None for one in self.changes)


def versions_of(catalogue: Catalogue, instrument_id: str) -> Versions | None:
    """The instrument, else the module, with this id; None where there is none."""
    for folder, known in (("", catalogue.instruments), (MODULES, catalogue.modules)):
        mine = {version: found for (one, version), found in known.items() if one == instrument_id}
        if mine:
            order = sorted(mine, key=numbers)
            files = {version: f"{folder}{instrument_id}/{version}.yaml" for version in order}
            told = {version: catalogue.publications.get(file, UNKNOWN) for version, file in files.items()}
            return Versions(instrument_id, folder == MODULES, {one: mine[one] for one in order}, told)
    return None


def ledger_of(connection: Connection, versions: Versions, version: str) -> VersionLedger:
    """The changes of a version with the decisions behind them. Raises KeyError for an unknown version."""
    after, before = versions.all[version], versions.before(version)
    told = versions.publications[version]
    changes = _changes(connection, versions.all[before], after, told.kinds) if before else ()
    return VersionLedger(after, before, told, changes)


def for_programs(connection: Connection, versions: Versions, version: str) -> str:
    """The ledger of a version as JSON, with the chain of each of its items. Raises as `ledger_of`."""
    ledger = ledger_of(connection, versions, version)
    criteria = {item.id: item.criterion for item in ledger.instrument.declared.values()}
    chains = chains_of(connection, versions.id, [*versions.all.values()], criteria)
    published = {one: [told.note] if told.note else [] for one, told in versions.publications.items()}
    return as_json(chains, published, ledger.changes)


def _changes(
    connection: Connection, before: Instrument, after: Instrument, kinds: Mapping[str, str]
) -> tuple[Changed, ...]:
    """What its own draft says of each place, and the drafts of the modules that it includes."""
    drafts = {(after.id, after.version), *((one.module, one.version) for one in after.includes)}
    reasons = {
        row.place: row for row in stored.carried_out(connection) if (row.instrument, row.version) in drafts
    }
    known = {place: row.kind for place, row in reasons.items() if row.kind} | dict(kinds)
    rows = stored.decisions(connection, (), {row.decision_id for row in reasons.values()})
    told = decided(connection, rows)
    return tuple(
        Changed(
            version=after.version,
            before=before.version,
            place=change.place,
            sentence=change.sentence,
            kind=change.kind if change.declared else "",
            because=told[reasons[change.place].decision_id] if change.place in reasons else None,
        )
        for change in compare(before, after, known).changes
    )
