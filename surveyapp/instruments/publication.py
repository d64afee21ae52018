"""From a draft to a version in use: reviewed, approved, published by two people, one day retired.

Nothing published is ever deleted. What can be compared between any two versions is told by `comparability`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from surveyapp.instruments import publication_checks as checks
from surveyapp.instruments.catalogue import Catalogue, CatalogueError, problems_of, publications, sha256_of
from surveyapp.instruments.comparison import compare
from surveyapp.instruments.comparison_model import (
    KINDS,
    LEVELS,
    Comparability,
    Comparison,
    Measure,
    greatest,
    numbers,
)
from surveyapp.instruments.publication_checks import Declaration, Signature
from surveyapp.instruments.publication_files import INSTRUMENT, VersionFile
from surveyapp.instruments.publication_record import (
    PUBLISHED,
    RETIRED,
    STATUS_WORDS,
    STATUSES,
    Declared,
    Publication,
    write_record,
)

NEXT = dict(pairwise(STATUSES))
LOWERED = "livello abbassato da chi pubblica"


class PublicationRefusedError(CatalogueError):
    """Nothing was changed; `problems` hold every reason, one Italian sentence each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


def publish(version: VersionFile, signature: Signature, declaration: Declaration) -> Publication:
    """Put an approved version in use, for ever. What is now known of it is given back.

    Raises PublicationRefusedError with every reason at once (see publication_checks); CatalogueError and
    OSError.
    """
    if problems := checks.all_of(version, signature, declaration):
        raise PublicationRefusedError(problems)
    compared = checks.comparison(version, declaration)
    publication = Publication(
        sha256=sha256_of(version.path),
        author=signature.author.strip(),
        approver=signature.approver.strip(),
        note=signature.note.strip(),
        published_on=signature.on,
        previous=compared.before if compared else "",
        comparability=_declared(compared, declaration) if compared else MappingProxyType({}),
        kinds=_kinds(compared),
    )
    _write(version, publication)
    return publication


def set_status(version: VersionFile, status: str, on: date) -> Publication:
    """Take a version one step on: to review, to approval, or out of use from a day.

    Raises PublicationRefusedError for another step, for a file with problems, and for the only version of an
    instrument that new questionnaires can use; CatalogueError, OSError.
    """
    now = version.status()
    if status == PUBLISHED:
        raise PublicationRefusedError(["una versione si mette in uso con «surveyapp instruments publish»"])
    if NEXT.get(now) != status:
        raise PublicationRefusedError([_wrong_step(version, now)])
    if problems := list(_in_the_way(version, status, on)):
        raise PublicationRefusedError(problems)
    known = version.known() or Publication(sha256_of(version.path))
    changed = replace(known, status=status, retired_on=on if status == RETIRED else None)
    _write(version, changed)
    return changed


def _in_the_way(version: VersionFile, status: str, on: date) -> Iterator[str]:
    """Why a version cannot take its next step."""
    if status != RETIRED:
        for found in problems_of(version.path):
            yield f"{found.file or version.name}:{found.line}: {found.message}"
    elif version.kind == INSTRUMENT and not any(one.in_force(on) for one in version.others()):
        yield (
            f"{version.title} è l'unica versione in uso di {version.id}: senza, non si può più proporre a"
            " nessuno; prima pubblica quella che la sostituisce"
        )


def _wrong_step(version: VersionFile, now: str) -> str:
    step = NEXT.get(now)
    after = f"il passo che segue è «{step}»" if step else "non ci sono altri passi"
    return f"{version.title} è {STATUS_WORDS[now]}: {after}"


def _write(version: VersionFile, publication: Publication) -> None:
    write_record(version.folder, publications(version.folder) | {version.name: publication})


def _kinds(compared: Comparison | None) -> Mapping[str, str]:
    changes = compared.changes if compared else ()
    return MappingProxyType({change.place: change.kind for change in changes if change.kind})


def _declared(compared: Comparison, declaration: Declaration) -> Mapping[Measure, Declared]:
    return MappingProxyType(
        {
            measure: Declared(level, tuple(_reasons(row, level, declaration.reasons.get(measure, ""))))
            for measure, row in compared.comparability.items()
            for level in [declaration.levels.get(measure, row.level)]
        }
    )


def _reasons(row: Comparability, level: str, said: str) -> Iterator[str]:
    """Those found, that the level was lowered, and what the people who publish say."""
    yield from row.reasons
    if level != row.level:
        yield LOWERED
    if said:
        yield said


def comparability(
    catalogue: Catalogue, instrument_id: str, first: str, second: str
) -> Mapping[Measure, Comparability]:
    """What can be compared of each scale, form and variant between two versions, whichever is older.

    It is what was declared when they were published, version after version, and never higher than what the
    two files themselves allow. Raises KeyError for a version that is not in the catalogue.
    """
    older, newer = sorted((first, second), key=numbers)
    instruments = [catalogue.instruments[instrument_id, version] for version in (older, newer)]
    steps = list(_steps(catalogue, instrument_id, older, newer))
    found = compare(instruments[0], instruments[1], _worst_kinds(steps))
    return {measure: _worst(row, steps) for measure, row in found.comparability.items()}


def _steps(catalogue: Catalogue, instrument_id: str, older: str, newer: str) -> Iterator[Publication]:
    """The publications from the newer version back to the older one."""
    while newer and newer != older:
        known = catalogue.publications[f"{instrument_id}/{newer}.yaml"]
        yield known
        newer = known.previous


def _worst_kinds(steps: Iterable[Publication]) -> dict[str, str]:
    """The kind of each changed text: the strongest of those declared on the way."""
    kinds: dict[str, str] = {}
    for known in steps:
        for place, kind in known.kinds.items():
            kinds[place] = greatest([kind, kinds.get(place, kind)], KINDS)
    return kinds


def _worst(row: Comparability, steps: Iterable[Publication]) -> Comparability:
    """The lowest of the level found and of those declared on the way."""
    declared = [known.comparability[row.measure] for known in steps if row.measure in known.comparability]
    level = greatest([row.level, *(one.level for one in declared)], LEVELS)
    reasons = dict.fromkeys([*row.reasons, *(reason for one in declared for reason in one.reasons)])
    return replace(row, level=level, reasons=tuple(reasons))
