"""Which scores of two versions of one instrument can be compared, and how (rulings R14)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.comparison import compare
from surveyapp.instruments.comparison_model import (
    EQUAL,
    LEVELS,
    NOT_COMPARABLE,
    Comparability,
    Measure,
    greatest,
    numbers,
)
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.publication_record import Publication

Known = Mapping[Measure, Comparability]


@dataclass(frozen=True)
class Versions:
    """What can be compared between the versions of one instrument that were answered, by their numbers."""

    known: Mapping[tuple[str, str], Known] = field(default_factory=lambda: MappingProxyType({}))

    def between(self, first: Instrument, second: Instrument, measure: Measure) -> Comparability:
        """The comparability of a measure, whichever version comes first; equal within one version."""
        if first.digest == second.digest:
            return Comparability(measure, EQUAL)
        older, newer = in_order(first, second)
        found = self.known.get((older.version, newer.version), {})
        return found.get(measure, Comparability(measure, NOT_COMPARABLE))


ONE_VERSION = Versions()


def in_order(first: Instrument, second: Instrument) -> tuple[Instrument, Instrument]:
    """The older version, then the newer one."""
    older, newer = sorted((first, second), key=lambda one: numbers(one.version))
    return older, newer


def versions_of(catalogue: Catalogue, answered: Mapping[str, Instrument]) -> Versions:
    """Compare every two of the versions that were answered (by number), with what was declared of them.

    A level that people declared when they published is kept where it is lower than the one that the two
    files allow: people may know more than a program, never less.
    """
    found = {}
    for older in answered.values():
        for newer in answered.values():
            if numbers(older.version) < numbers(newer.version):
                publication = catalogue.publications.get(f"{newer.id}/{newer.version}.yaml")
                found[older.version, newer.version] = _declared(older, newer, publication)
    return Versions(MappingProxyType(found))


def _declared(older: Instrument, newer: Instrument, publication: Publication | None) -> Known:
    kinds = publication.kinds if publication else {}
    computed = compare(older, newer, kinds).comparability
    if publication is None or publication.previous != older.version:
        return computed
    return {measure: _lower(row, publication) for measure, row in computed.items()}


def _lower(row: Comparability, publication: Publication) -> Comparability:
    declared = publication.comparability.get(row.measure)
    if declared is None or greatest((declared.level, row.level), LEVELS) == row.level:
        return row
    return Comparability(row.measure, declared.level, declared.reasons, row.common)
