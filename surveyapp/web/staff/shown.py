"""How the staff pages show the study: dates, windows, states and coverage, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from sqlalchemy import Row

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.web.languages import DATES, ITALIAN, dates, language, later
from surveyapp.web.staff.answering_notes import to_follow
from surveyapp.web.staff.places import place_words


@dataclass(frozen=True)
class Standing:
    """How an administration stands, in words and with the mark of the stylesheet; `of_many` is for counts."""

    words: str
    mark: str
    of_many: str


STANDINGS: Mapping[str, Standing] = {
    "late": Standing(later("In ritardo"), "late", later("in ritardo")),
    "started": Standing(later("Iniziato"), "open", later("iniziati, da finire")),
    "due": Standing(later("Da compilare"), "due", later("da compilare")),
    "expired": Standing(later("Scaduto"), "lost", later("scaduti senza risposta")),
    "future": Standing(later("Più avanti"), "later", later("più avanti")),
    "submitted": Standing(later("Inviato"), "done", later("inviati")),
    "refused": Standing(later("Rifiutato"), "lost", later("rifiutati")),
    "withdrawn": Standing(later("Ritirato"), "lost", later("ritirati")),
    "impossible": Standing(later("Non compilabile"), "lost", later("non compilabili")),
}
# How each kind of subject is called; `of` is the code of the placement.
SUBJECTS: Mapping[str, str] = {
    "path": "{code}",
    "placement": "{code} · {of}",
    "agreement": later("Convenzione {code}"),
    "accompaniment": later("Ente {code}"),
}
# Whoever could still answer, today.
ANSWERABLE = ("late", "started", "due", "expired")
SENT_LATE = Standing(later("Inviato in ritardo"), "done", "")
LATE_STARTED = Standing(later("In ritardo, iniziato"), "late", "")


@dataclass(frozen=True)
class Line:
    """One administration as a line of a table. `code` says what it is about: BG-1, or Convenzione CV-1."""

    key: str
    code: str
    territory: str
    questionnaire: str
    variant: str
    occasion: str
    window: str
    last_day: str
    standing: Standing
    answerable: bool
    note: str = ""


@dataclass(frozen=True)
class Coverage:
    """How many were due at an occasion, and how many answered."""

    territory: str
    questionnaire: str
    occasion: str
    due: int
    submitted: int
    numbers: Mapping[str, int]

    @property
    def per_hundred(self) -> int:
        """Out of 100 that were due."""
        return round(100 * self.submitted / self.due) if self.due else 0

    @property
    def lost(self) -> int:
        """Refusals, withdrawals and forms that could not be filled in."""
        return sum(self.numbers.get(code, 0) for code in ("refused", "withdrawn", "impossible"))


def day(moment: date, today: date) -> str:
    """A day in few words; the year is said when it is another one."""
    return format_date(moment, _pattern(moment, today), locale=dates())


def italian_day(moment: date, today: date) -> str:
    """The same in Italian on every page: for what is handed to participants."""
    return format_date(moment, _pattern(moment, today), locale=DATES[ITALIAN])


def moment(when: datetime | None, zone: ZoneInfo) -> str:
    """A moment on the clocks of the place."""
    if when is None:
        return ""
    pattern = "d MMM y, HH.mm" if language() == ITALIAN else "d MMM y, HH:mm"
    return format_datetime(when.astimezone(zone), pattern, locale=dates())


def lines(catalogue: Catalogue, rows: Iterable[Row[Any]], today: date, zone: ZoneInfo) -> list[Line]:
    """Administrations as lines of a table."""
    return [line(catalogue, row, today, zone) for row in rows]


def line(catalogue: Catalogue, row: Row[Any], today: date, zone: ZoneInfo) -> Line:
    """One administration as a line of a table."""
    instrument = catalogue.newest(row.instrument)
    variants = instrument.forms[row.form].variants if row.form in instrument.forms else {}
    return Line(
        key=row.key,
        code=SUBJECTS[row.subject.partition(":")[0]].format(code=row.code, of=row.placement_code),
        territory=place_words(row.province, row.ambito),
        questionnaire=instrument.title,
        variant=variants[row.variant].title if row.variant in variants else "",
        occasion=occasion_words(catalogue, row.instrument, row.occasion),
        window=_window(row.due_from, row.due_to, today),
        last_day=day(row.late_to, today) if row.late_to else "",
        standing=_standing(row, zone),
        answerable=row.standing in ANSWERABLE,
        note=to_follow(row),
    )


def occasion_words(catalogue: Catalogue, instrument_id: str, code: str) -> str:
    """An occasion, as its instrument calls it."""
    found = catalogue.newest(instrument_id).occasions.get(code)
    return found.title if found else code


def coverage(catalogue: Catalogue, rows: Sequence[Row[Any]]) -> list[Coverage]:
    """How many answered, by territory, questionnaire and occasion; where nobody was due there is no line."""
    numbers: dict[tuple[str, str, str], dict[str, int]] = {}
    for row in rows:
        place = (place_words(row.province, row.ambito), row.instrument, row.occasion)
        standings = numbers.setdefault(place, {})
        standings[row.standing] = standings.get(row.standing, 0) + row.number
    order = _order(catalogue, {row.instrument for row in rows})
    found = sorted(numbers, key=lambda place: (place[0], place[1], order.get(place[1:], len(order))))
    made = [_coverage(catalogue, place, numbers[place]) for place in found]
    return [one for one in made if one.due]


def occasions(catalogue: Catalogue, rows: Iterable[Row[Any]]) -> dict[str, str]:
    """The words of each occasion of which there is anything, in the order of the instruments."""
    present = {(row.instrument, row.occasion) for row in rows}
    order = _order(catalogue, {instrument for instrument, _ in present})
    known = sorted(present, key=lambda place: order.get(place, len(order)))
    return {code: occasion_words(catalogue, instrument, code) for instrument, code in known}


def totals(rows: Iterable[Row[Any]]) -> dict[str, int]:
    """How many administrations stand how, all together."""
    found = dict.fromkeys(STANDINGS, 0)
    for row in rows:
        found[row.standing] += row.number
    return found


def _pattern(moment: date, today: date) -> str:
    return "d MMM" if moment.year == today.year else "d MMM y"


def _order(catalogue: Catalogue, instruments: Iterable[str]) -> dict[tuple[str, ...], int]:
    places = [(one, code) for one in sorted(instruments) for code in catalogue.newest(one).occasions]
    return {place: number for number, place in enumerate(places)}


def _coverage(catalogue: Catalogue, place: tuple[str, str, str], numbers: Mapping[str, int]) -> Coverage:
    where, instrument, occasion = place
    due = sum(number for code, number in numbers.items() if code != "future")
    title = catalogue.newest(instrument).title
    words = occasion_words(catalogue, instrument, occasion)
    return Coverage(where, title, words, due, numbers.get("submitted", 0), numbers)


def _window(first: date | None, last: date | None, today: date) -> str:
    ends = [day(end, today) for end in (first, last) if end]
    return " – ".join(ends)


def _standing(row: Row[Any], zone: ZoneInfo) -> Standing:
    if row.standing == "late" and row.opened_at:
        return LATE_STARTED
    closed = row.closed_at and row.closed_at.astimezone(zone).date()
    if row.standing == "submitted" and row.due_to and closed and closed > row.due_to:
        return SENT_LATE
    return STANDINGS[row.standing]
