"""The answers as two CSV files: one tidy, one with a row per questionnaire, whatever its form."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from surveyapp.collection.reading_settings import from_words
from surveyapp.instruments.answers import Answer
from surveyapp.instruments.model import Item
from surveyapp.reports.cells import replace_file, safe_text
from surveyapp.reports.exports.missing import BY_REASON
from surveyapp.reports.exports.release import Release
from surveyapp.reports.frames import Administration, Given, Response, Study

# With a byte order mark Excel opens accents right; pandas and R drop it.
ENCODING = "utf-8-sig"
YES_NO = {True: "yes", False: "no"}

WHO = ("person_code", "path_number", "province", "ambito", "territory")
WHAT = ("instrument", "version", "digest", "form", "variant", "occasion", "number", "rater", "source")
ANSWER = (
    *("mode", "reading", "pictures", "item", "value", "reason", "text", "revision", "answered_at"),
    "demonstration",
)
WHEN = ("opened_at", "submitted_at", "late", "demonstration")
HOW = ("mode_declared", "helper", "help_kinds", "practice", "flags", "reading", "pictures")


def write_tidy(study: Study, release: Release, folder: Path) -> list[Path]:
    """Write answers.csv and administrations.csv of every submitted questionnaire.

    Values are the codes as they were chosen, reversed items not turned round; answers off the path are not
    there. Raises OSError where the folder cannot be written.
    """
    return [
        replace_file(folder / f"{release.name('answers')}.csv", csv_text(_answers(study, release)), ENCODING),
        replace_file(
            folder / f"{release.name('administrations')}.csv",
            csv_text(_administrations(study, release)),
            ENCODING,
        ),
    ]


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV; the cells are safe already."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _answers(study: Study, release: Release) -> Iterator[list[str]]:
    yield [*WHO, *WHAT, *ANSWER]
    for response in study.responses:
        about = _about(response.administration, release)
        demonstration = YES_NO[response.administration.demonstration]
        for item in response.path:
            if (given := response.given.get(item.id)) is not None:
                yield [*about, *_answer(response, item, given, release), demonstration]


def _answer(response: Response, item: Item, given: Given, release: Release) -> list[str]:
    return [
        safe_text(given.mode),
        *_reading(given.reading),
        item.id,
        _code(given.answer.value),
        _reason(given.answer.reason),
        safe_text(_text(response, item, given.answer, release)),
        str(given.revision),
        _moment(response.administration, given.answered_at, release),
    ]


def _text(response: Response, item: Item, answer: Answer, release: Release) -> str:
    """The text of an answer as it may be told: a number, a moved day, several codes, or nothing."""
    if release.identified or not answer.text:
        return answer.text or ""
    tell = _TEXTS.get(response.questionnaire.wording(item).format.kind)
    return tell(answer.text, response.administration.person_code, release) if tell else ""


def _moved(text: str, code: str, release: Release) -> str:
    try:
        return release.day(code, date.fromisoformat(text)).isoformat()
    except ValueError:  # no day: who knows what it says
        return ""


# What is kept as text though it is none. Everything else is somebody's own words.
_TEXTS: Mapping[str, Callable[[str, str, Release], str]] = {
    "number": lambda text, _code, _release: text,
    "multi": lambda text, _code, _release: text,
    "date": _moved,
}


def _administrations(study: Study, release: Release) -> Iterator[list[str]]:
    items = list(_items(study).values())
    headers = [header for item in items for header in (item.id, f"{item.id}.reason")]
    yield [*WHO, *WHAT, *WHEN, *HOW, *headers]
    for response in study.responses:
        asked = {item.id: item for item in response.path}
        yield [
            *_about(response.administration, release),
            *_when(response.administration, release),
            *_how(response.administration),
            *(cell for item in items for cell in _cells(response, asked.get(item.id), release)),
        ]


def _items(study: Study) -> dict[str, Item]:
    """Every item of the newest version in its order, then those that only an older one had."""
    found = dict(study.instrument.items)
    seen = {study.instrument.version}
    for response in study.responses:
        if response.version not in seen:
            seen.add(response.version)
            for item in response.questionnaire.instrument.items.values():
                found.setdefault(item.id, item)
    return found


def _cells(response: Response, item: Item | None, release: Release) -> tuple[str, str]:
    if item is None:
        return "", ""
    given = response.given.get(item.id)
    if given is None:
        return "", _reason(response.missing.get(item.id))
    answer = given.answer
    text = _text(response, item, answer, release) if answer.value is None else ""
    return safe_text(text) or _code(answer.value), _reason(answer.reason)


def _about(about: Administration, release: Release) -> list[str]:
    place = about.province, about.ambito
    return [
        safe_text(release.code(about.person_code)),
        *map(safe_text, (str(about.path_number), about.province, release.ambito(*place))),
        safe_text(release.territory(*place)),
        *map(safe_text, (about.instrument, about.version, about.digest, about.form, about.variant)),
        *map(safe_text, (about.occasion, str(about.number), str(about.rater), about.source)),
    ]


def _when(about: Administration, release: Release) -> list[str]:
    return [
        _moment(about, about.opened_at, release),
        _moment(about, about.closed_at, release),
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
    return BY_REASON[reason].word if reason else ""


def _moment(about: Administration, moment: datetime | None, release: Release) -> str:
    if moment is None:
        return ""
    return release.moment(about.person_code, moment).astimezone(UTC).isoformat(timespec="seconds")
