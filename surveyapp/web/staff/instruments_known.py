"""Instruments, modules and their versions as the staff pages find them, each with how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from surveyapp.instruments.catalogue import MODULES, Catalogue
from surveyapp.instruments.comparison_model import KINDS, greatest, numbers
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.publication_record import (
    APPROVED,
    DRAFT,
    IN_REVIEW,
    PUBLISHED,
    RETIRED,
    Publication,
)
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.staff.shown import day

# A version of which nothing is written, as the first ones: it is in use.
NOTHING_TOLD = Publication("")
# Beside it a day is written with its year.
OTHER_YEAR = date.min
MARKS: Mapping[str, str] = {
    DRAFT: "later",
    IN_REVIEW: "due",
    APPROVED: "open",
    PUBLISHED: "done",
    RETIRED: "lost",
}
WORDS: Mapping[str, str] = {
    DRAFT: later("In bozza"),
    IN_REVIEW: later("In revisione"),
    APPROVED: later("Approvata"),
    PUBLISHED: later("In uso"),
    RETIRED: later("Ritirata"),
}


@dataclass(frozen=True)
class Status:
    """How a version stands, in words and with the mark of the stylesheet."""

    words: str
    mark: str


IN_USE = Status(WORDS[PUBLISHED], MARKS[PUBLISHED])


@dataclass(frozen=True)
class Family:
    """All versions of one instrument or module on a day: `publications` of all that are known, `readable`
    those that are or were in use (at least one), both by number, the newest first."""

    id: str
    is_module: bool
    publications: Mapping[str, Publication]
    readable: Mapping[str, Instrument]
    today: date

    @property
    def in_use(self) -> Instrument:
        """The version that new questionnaires get; the newest that can be read where there is none."""
        used = [number for number in self.readable if self.publications[number].in_force(self.today)]
        newest = max(used, key=lambda number: (self.publications[number].since, numbers(number)), default="")
        return self.readable[newest or next(iter(self.readable))]

    @property
    def coming(self) -> list[str]:
        """The versions that are on their way: newer than the one in use."""
        newest = numbers(self.in_use.version)
        return [number for number in self.publications if numbers(number) > newest]

    @property
    def numbers(self) -> dict[str, str]:
        """The versions to pick from."""
        return {number: number for number in self.readable}

    @property
    def is_told(self) -> bool:
        """Whether anything is known of how the versions came to be."""
        return any(known.author or known.published_on for known in self.publications.values())

    def status(self, number: str) -> Status:
        """How a version stands on the day."""
        known = self.publications[number]
        if known.status == RETIRED and not known.retired(self.today):
            return IN_USE
        if known.status == PUBLISHED and known.since > self.today:
            return Status(_("In uso dal {}").format(day(known.since, OTHER_YEAR)), MARKS[APPROVED])
        if known.status == PUBLISHED and number != self.in_use.version:
            return Status(_("In uso per chi ha già cominciato"), MARKS[PUBLISHED])
        return Status(WORDS[known.status], MARKS[known.status])

    def kinds(self, older: str, newer: str) -> dict[str, str]:
        """What was declared of the texts that changed between two versions: the strongest on the way."""
        found: dict[str, str] = {}
        while newer != older and newer in self.publications:
            known = self.publications[newer]
            for place, kind in known.kinds.items():
                found[place] = greatest((kind, found.get(place, kind)), KINDS)
            newer = known.previous
        return found

    @property
    def retirable(self) -> list[str]:
        """The versions that can be taken out of use: in force, while another one is."""
        used = [number for number in self.readable if self.publications[number].in_force(self.today)]
        return [number for number in used if number != self.in_use.version]

    def began(self, number: str) -> str:
        """The day on which a version came into use; "" where it is not known, or did not yet."""
        known = self.publications[number]
        return day(known.published_on, OTHER_YEAR) if known.published_on else ""


def families(catalogue: Catalogue, today: date) -> list[Family]:
    """Instruments first, then modules, by id."""
    return [
        _family(catalogue.publications, found, found_id, folder, today)
        for folder, found in (("", catalogue.instruments), (MODULES, catalogue.modules))
        for found_id in sorted({known_id for known_id, _ in found})
    ]


def family(catalogue: Catalogue, found_id: str, today: date) -> Family | None:
    """The instrument, else the module, with this id."""
    return next((one for one in families(catalogue, today) if one.id == found_id), None)


def included_in(catalogue: Catalogue, module: Instrument, today: date) -> list[Instrument]:
    """The instruments whose version in use includes this version of a module."""
    used = [one.in_use for one in families(catalogue, today) if not one.is_module]
    wanted = (module.id, module.version)
    return [one for one in used if wanted in {(include.module, include.version) for include in one.includes}]


def _family(
    publications: Mapping[str, Publication],
    found: Mapping[tuple[str, str], Instrument],
    found_id: str,
    folder: str,
    today: date,
) -> Family:
    """The versions of one id; one that the record does not have is in use."""
    start = f"{folder}{found_id}/"
    mine = {version: one for (known_id, version), one in found.items() if known_id == found_id}
    known = {
        name.removeprefix(start).removesuffix(".yaml"): publication
        for name, publication in publications.items()
        if name.startswith(start)
    }
    known = dict.fromkeys(mine, NOTHING_TOLD) | known
    newest_first = sorted(known, key=numbers, reverse=True)
    return Family(
        id=found_id,
        is_module=folder == MODULES,
        publications={number: known[number] for number in newest_first},
        readable={number: mine[number] for number in newest_first if number in mine},
        today=today,
    )
