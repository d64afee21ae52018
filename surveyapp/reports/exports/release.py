"""What may leave: keys instead of codes, days moved, places that are large enough, no free text.

Identified, everything stays as it is. See docs/decisions/0027-exports.md.
"""

import hmac
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from surveyapp.reports.frames import Administration, Response, Study
from surveyapp.settings import DEVELOPMENT_KEY
from surveyapp.storage.register_rows import PlacementRow
from surveyapp.study.territory import territory

# An Ambito with fewer people than this is not told; the same number as for published tables.
FEWEST = 5
# Days are moved by at least a month and at most a year, either way: never by nothing.
LEAST_DAYS, MOST_DAYS = 30, 365
# 60 bits: two of a million people get the same key once in two million exports.
KEY_DIGITS = 15
# What tells an identified export, in the names of its files.
IDENTIFIED = "identificato"

Place = tuple[str, str]


@dataclass(frozen=True)
class Release:
    """How an export tells who, when and where. `key` is None where it is identified.

    `places` are the pairs of province and Ambito that may be told.
    """

    key: bytes | None
    places: frozenset[Place] = frozenset()

    @property
    def identified(self) -> bool:
        """Whether codes, days and texts are the true ones."""
        return self.key is None

    def code(self, code: str | None) -> str:
        """A code of the register (of a person, an organisation, ...): the same code has always the same key.

        HMAC-SHA256 (RFC 2104), 15 hexadecimal digits after a letter: no program takes it for a number.
        """
        if self.key is None or not code:
            return code or ""
        return "k" + _digest(self.key, "code", code).hex()[:KEY_DIGITS]

    def day(self, code: str, day: date) -> date:
        """A day of what a code is about, moved as all its days: what lies between two of them stays."""
        return day + timedelta(days=self._days(code))

    def moment(self, code: str, moment: datetime) -> datetime:
        """A moment, moved by the same whole number of days."""
        return moment + timedelta(days=self._days(code))

    def ambito(self, province: str, ambito: str) -> str:
        """The Ambito where it may be told, else nothing."""
        return ambito if self.identified or (province, ambito) in self.places else ""

    def territory(self, province: str, ambito: str) -> str:
        """The territory as far as it may be told."""
        return territory(province, self.ambito(province, ambito))

    def text(self, text: str | None) -> str:
        """A free text: only where identified."""
        return (text or "") if self.identified else ""

    def name(self, stem: str) -> str:
        """The stem of a file's name, which says where it is identified."""
        return f"{stem}-{IDENTIFIED}" if self.identified else stem

    def _days(self, code: str) -> int:
        if self.key is None:
            return 0
        drawn = int.from_bytes(_digest(self.key, "days", code)[:8])
        size = LEAST_DAYS + drawn // 2 % (MOST_DAYS - LEAST_DAYS + 1)
        return size if drawn % 2 else -size


def key_of(secret_key: str) -> bytes | None:
    """The key of all exports of an installation, from its secret key; None from the one everybody knows."""
    return None if secret_key == DEVELOPMENT_KEY else _digest(secret_key.encode(), "surveyapp", "exports")


def release(study: Study, key: bytes | None) -> Release:
    """How a study is exported with this key; identified with None."""
    return Release(key, places_to_tell(response.administration for response in study.responses))


def places_to_tell(rows: Iterable[Administration | PlacementRow]) -> frozenset[Place]:
    """The places with at least FEWEST people, and such that the rest of the province has none or as many.

    A rest of one to four people would be told by leaving out: then the smallest place left goes with it.
    """
    people = {(one.province, one.ambito, one.person_code) for one in rows}
    sizes = Counter((province, ambito) for province, ambito, _ in people)
    provinces = {province for province, _ in sizes}
    return frozenset(place for province in provinces for place in _large(province, sizes))


def _large(province: str, sizes: Counter[Place]) -> list[Place]:
    own = sorted(((size, place) for place, size in sizes.items() if place[0] == province), reverse=True)
    kept = [(size, place) for size, place in own if size >= FEWEST and place[1]]
    rest = sum(size for size, _ in own) - sum(size for size, _ in kept)
    while kept and 0 < rest < FEWEST:
        rest += kept.pop()[0]
    return [place for _, place in kept]


def in_its_order(study: Study, release: Release) -> Study:
    """The study with its responses in the order of the keys: that of the register would tell who is who."""
    return study if release.identified else replace(study, responses=_sorted(study, release))


def _sorted(study: Study, release: Release) -> tuple[Response, ...]:
    def place(response: Response) -> tuple[str, int, float, str, int, int, int]:
        about = response.administration
        key = release.code(about.person_code)
        sent = about.closed_at.timestamp() if about.closed_at else 0.0
        return key, about.path_number, sent, about.form, about.number, about.rater, about.id

    return tuple(sorted(study.responses, key=place))


@lru_cache(maxsize=4096)  # the days of a person are asked for with each answer
def _digest(key: bytes, purpose: str, text: str) -> bytes:
    return hmac.digest(key, f"{purpose}:{text}".encode(), "sha256")
