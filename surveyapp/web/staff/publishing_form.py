"""The form that publishes a draft: day, note, and scale by scale what can still be compared, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import request

from surveyapp.focus_groups.drafts import Review
from surveyapp.instruments.comparison_model import EQUAL, LEVELS, Comparability, Measure
from surveyapp.instruments.model import Instrument
from surveyapp.study.cells import CellError, day
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.staff import instruments_differences
from surveyapp.web.staff.instruments_differences import LEVEL_WORDS

LONGEST_NOTE = 1000
LONGEST_REASON = 300
NO_DAY = later("Scrivi il giorno così: 10/12/2026.")
NO_NOTE = later("Scrivi in una frase che cosa cambia e perché.")


@dataclass(frozen=True)
class Typed:
    """The form as it was typed: the day, the note, and a level and a reason by measure."""

    on: str
    note: str
    levels: Mapping[Measure, str]
    reasons: Mapping[Measure, str]


@dataclass(frozen=True)
class Part:
    """A scale in one form and variant: what the two files allow, and the levels that can be declared."""

    name: str
    where: str
    why: tuple[str, ...]
    levels: Mapping[str, str]
    level: str


@dataclass(frozen=True)
class Scale:
    """A scale that is not as it was, with its parts and the reason that people give for all of them."""

    id: str
    title: str
    parts: tuple[Part, ...]
    reason: str


def changed(review: Review) -> list[Comparability]:
    """The scales, forms and variants that are not as they were."""
    found = review.comparison.comparability.values() if review.comparison else ()
    return [row for row in found if row.level != EQUAL]


def equal(review: Review) -> int:
    """How many scales, forms and variants are as they were."""
    found = review.comparison.comparability.values() if review.comparison else ()
    return sum(row.level == EQUAL for row in found)


def typed(scales: Sequence[Comparability]) -> Typed:
    """What the request has in the fields of these scales."""
    measures = [row.measure for row in scales]
    return Typed(
        on=_field("on"),
        note=_field("note"),
        levels={one: level for one in measures if (level := _field(f"level-{_name(one)}")) in LEVELS},
        reasons={one: _field(f"reason-{one[0]}") for one in measures},
    )


def wrong(typed: Typed, scales: Sequence[Comparability]) -> dict[str, str]:
    """What is wrong, by the name of the field."""
    return dict(_wrong(typed, scales))


def _wrong(typed: Typed, scales: Sequence[Comparability]) -> Iterator[tuple[str, str]]:
    try:
        day(typed.on)
    except CellError:
        yield "on", str(NO_DAY)
    if error := _bad(typed.note, LONGEST_NOTE, str(NO_NOTE)):
        yield "note", error
    for measure in (row.measure for row in scales):
        missing = _("Scrivi perché %(scale)s si può, o non si può, ancora confrontare.", scale=measure[0])
        if error := _bad(typed.reasons[measure], LONGEST_REASON, missing):
            yield f"reason-{measure[0]}", error


def _bad(text: str, longest: int, empty: str) -> str:
    if len(text) > longest:
        return _("Il testo è troppo lungo: al massimo %(n)s caratteri.", n=longest)
    return "" if text else empty


def scales(base: Instrument, review: Review, typed: Typed) -> list[Scale]:
    """The scales that are not as they were, as the form shows them."""
    if review.instrument is None:
        return []
    rows = changed(review)
    shown = instruments_differences.rows(base, review.instrument, {row.measure: row for row in rows})
    gathered: dict[str, list[Part]] = {}
    for row, words in zip(rows, shown, strict=True):
        gathered.setdefault(words.scale, []).append(_part(row, words, typed))
    titles = {words.scale: words.title for words in shown}
    reasons = {scale: reason for (scale, _form, _variant), reason in typed.reasons.items()}
    return [
        Scale(scale, titles[scale], tuple(parts), reasons.get(scale, "")) for scale, parts in gathered.items()
    ]


def _part(row: Comparability, words: instruments_differences.Row, typed: Typed) -> Part:
    """Levels may only be lowered."""
    allowed = LEVELS[LEVELS.index(row.level) :]
    return Part(
        name=_name(row.measure),
        where=f"{words.form}, {words.variant}",
        why=words.reasons,
        levels={level: LEVEL_WORDS[level].words for level in allowed},
        level=typed.levels.get(row.measure, row.level),
    )


def _name(measure: Measure) -> str:
    return "-".join(measure)


def _field(name: str) -> str:
    return request.form.get(name, "").replace("\0", "").replace("\r\n", "\n").strip()
