"""The answers as CSV, by code and never by name: one file tidy, one with a row per questionnaire."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from surveyapp.collection.reading_settings import from_words
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Item
from surveyapp.reports.cells import replace_file, safe_text
from surveyapp.reports.frames import Administration, Given, Response, Study, load

# With a byte order mark Excel opens accents right; pandas and R drop it.
ENCODING = "utf-8-sig"
# pandas and R read a cell "NA" as an empty one: the reason would be lost without a word.
REASONS: Mapping[str, str] = {"NA": "N.A."}
YES_NO = {True: "yes", False: "no"}

WHO = ("person_code", "path_number", "province", "ambito", "territory")
WHAT = ("instrument", "version", "digest", "form", "variant", "occasion", "number", "rater", "source")
ANSWER = (
    *("mode", "reading", "pictures", "item", "value", "reason", "text", "revision", "answered_at"),
    "demonstration",
)
WHEN = ("opened_at", "submitted_at", "late", "demonstration")
HOW = ("mode_declared", "helper", "help_kinds", "practice", "flags", "reading", "pictures")


def write_csv(connection: Connection, catalogue: Catalogue, instrument_id: str, folder: Path) -> list[Path]:
    """Write answers.csv and administrations.csv of every submitted questionnaire, whatever its form.

    Values are the codes as they were chosen, reversed items not turned round; answers off the path are not
    there. Raises CatalogueError for an unknown instrument or a pinned version that is not here unchanged,
    OSError where the folder cannot be written.
    """
    study = load(connection, catalogue, instrument_id, form=None)
    return [
        replace_file(folder / "answers.csv", _csv(_answers(study)), ENCODING),
        replace_file(folder / "administrations.csv", _csv(_administrations(study)), ENCODING),
    ]


def _answers(study: Study) -> Iterator[list[str]]:
    yield [*WHO, *WHAT, *ANSWER]
    for response in study.responses:
        about = _about(response.administration)
        for item, given in response.given.items():
            yield [*about, *_answer(item, given), YES_NO[response.administration.demonstration]]


def _answer(item: str, given: Given) -> list[str]:
    return [
        safe_text(given.mode),
        *_reading(given.reading),
        item,
        _code(given.answer.value),
        _reason(given.answer.reason),
        safe_text(given.answer.text),
        str(given.revision),
        _moment(given.answered_at),
    ]


def _administrations(study: Study) -> Iterator[list[str]]:
    items = list(_items(study).values())
    headers = [header for item in items for header in (item.id, f"{item.id}.reason")]
    yield [*WHO, *WHAT, *WHEN, *HOW, *headers]
    for response in study.responses:
        yield [
            *_about(response.administration),
            *_when(response.administration),
            *_how(response.administration),
            *(cell for item in items for cell in _cells(response, item.id)),
        ]


def _items(study: Study) -> dict[str, Item]:
    """Every item of the newest version in its order, then those that only an older one had."""
    found = dict(study.instrument.items)
    for response in study.responses:
        for item in response.questionnaire.instrument.items.values():
            found.setdefault(item.id, item)
    return found


def _cells(response: Response, item: str) -> tuple[str, str]:
    given = response.given.get(item)
    if given is None:
        return "", _reason(response.missing.get(item))
    text = safe_text(given.answer.text) if given.answer.value is None else _code(given.answer.value)
    return text, _reason(given.answer.reason)


def _about(about: Administration) -> list[str]:
    return [
        *map(safe_text, (about.person_code, str(about.path_number), about.province, about.ambito)),
        safe_text(about.territory),
        *map(safe_text, (about.instrument, about.version, about.digest, about.form, about.variant)),
        *map(safe_text, (about.occasion, str(about.number), str(about.rater), about.source)),
    ]


def _when(about: Administration) -> list[str]:
    return [
        _moment(about.opened_at),
        _moment(about.closed_at),
        YES_NO[about.late],
        YES_NO[about.demonstration],
    ]


def _how(about: Administration) -> list[str]:
    """What was said and found of how it was answered; without flags "none", not looked at empty."""
    flags = "none" if about.flags == "" else about.flags or ""
    told = (about.mode, about.helper, about.help_kinds, about.practice, flags)
    return [*map(safe_text, told), *_reading(about.reading)]


def _reading(words: str) -> tuple[str, str]:
    """The settings of «Come vuoi leggere?» that are not the usual ones, and whether pictures were on."""
    return safe_text(words), from_words(words).pictures


def _code(value: int | None) -> str:
    return "" if value is None else str(value)


def _reason(reason: str | None) -> str:
    return REASONS.get(reason, reason) if reason else ""


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else ""


def _csv(rows: Iterator[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()
