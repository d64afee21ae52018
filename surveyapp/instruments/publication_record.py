"""published.json: what is known of each file beside its content, from the first review to its retirement."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from surveyapp.instruments.comparison_model import KINDS, LEVELS, Measure

RECORD = "published.json"

# A version goes through them in this order, one at a time, never back.
DRAFT, IN_REVIEW, APPROVED, PUBLISHED, RETIRED = STATUSES = (
    "draft",
    "in_review",
    "approved",
    "published",
    "retired",
)
# These files are for ever: administrations may pin them.
FOR_EVER = (PUBLISHED, RETIRED)
# On screen.
STATUS_WORDS = {
    DRAFT: "in bozza",
    IN_REVIEW: "in revisione",
    APPROVED: "approvata",
    PUBLISHED: "in uso",
    RETIRED: "ritirata",
}


@dataclass(frozen=True)
class Declared:
    """The comparability of a scale with the version before, as it was declared, and why."""

    level: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Publication:
    """What is known of one file. `sha256` is that of the file when it got its status.

    `previous` is the version that `comparability` compares with; `kinds` are those of the changed texts, by
    place. A file that was only recorded has a sha256 and nothing else: it is published, since ever.
    """

    sha256: str
    status: str = PUBLISHED
    author: str = ""
    approver: str = ""
    note: str = ""
    published_on: date | None = None
    retired_on: date | None = None
    previous: str = ""
    comparability: Mapping[Measure, Declared] = field(default_factory=lambda: MappingProxyType({}))
    kinds: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def since(self) -> date:
        """The day from which it is in use."""
        return self.published_on or date.min

    def in_force(self, on: date) -> bool:
        """Whether new questionnaires may use it on a day."""
        return self.status in FOR_EVER and self.since <= on and not self.retired(on)

    def retired(self, on: date) -> bool:
        """Whether it has been retired by a day."""
        return self.status == RETIRED and (self.retired_on is None or self.retired_on <= on)


def read_record(folder: Path) -> dict[str, Publication]:
    """What is known of each file, by its path inside the folder.

    Raises FileNotFoundError where there is no record, ValueError for one that this module did not write.
    """
    written = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    if not isinstance(written, dict):
        raise ValueError(f"{RECORD} holds no files")
    return {name: _publication(entry) for name, entry in written.items()}


def write_record(folder: Path, publications: Mapping[str, Publication]) -> None:
    """Write the record as a whole: a failure leaves the old one. Raises OSError."""
    entries = {name: _entry(publication) for name, publication in publications.items()}
    text = json.dumps(entries, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    beside = folder / f".{RECORD}.new"
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, folder / RECORD)


def entry_text(publication: Publication) -> str:
    """One entry of the record by itself, as JSON, for a database that keeps what its site published."""
    return json.dumps(_entry(publication), sort_keys=True, ensure_ascii=False)


def read_entry(text: str) -> Publication:
    """An entry that `entry_text` wrote; raises ValueError for another one."""
    return _publication(json.loads(text))


def _publication(entry: Any) -> Publication:
    """From an entry: the sha256 alone, as first records had it, or everything."""
    if isinstance(entry, str):
        return Publication(entry)
    if not isinstance(entry, dict):
        raise ValueError("an entry is a sha256 or a set of fields")
    try:
        publication = Publication(**{**entry, **_converted(entry)})
    except (TypeError, AttributeError, KeyError) as error:
        raise ValueError(str(error)) from None
    _check(publication)
    return publication


def _converted(entry: Mapping[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(entry[name]) for name in ("published_on", "retired_on") if name in entry}
    declared = {
        _measure(name): Declared(row["level"], tuple(row.get("reasons", ())))
        for name, row in entry.get("comparability", {}).items()
    }
    return {
        **days,
        "comparability": MappingProxyType(declared),
        "kinds": MappingProxyType(entry.get("kinds", {})),
    }


def _measure(name: str) -> Measure:
    scale, form, variant = name.split(" ")
    return scale, form, variant


def _check(publication: Publication) -> None:
    known = publication.status in STATUSES and set(publication.kinds.values()) <= set(KINDS)
    if not known or {row.level for row in publication.comparability.values()} - set(LEVELS):
        raise ValueError("unknown status, kind or level")


def _entry(publication: Publication) -> str | dict[str, Any]:
    """What is written of a file; fields that say nothing are left out."""
    said = {name: value for name, value in vars(publication).items() if value}
    if said == {"sha256": publication.sha256, "status": PUBLISHED}:
        return publication.sha256
    said |= {name: said[name].isoformat() for name in ("published_on", "retired_on") if name in said}
    rows = {" ".join(measure): asdict(row) for measure, row in publication.comparability.items()}
    return said | {"comparability": rows, "kinds": dict(publication.kinds)}
