"""The table of a share beside its target, which three indicators have in common."""

from collections.abc import Callable, Mapping, Sequence

from surveyapp.reports.italian import NOTHING, percent, whole
from surveyapp.reports.numbers import EVERYWHERE, Numbers, Place
from surveyapp.reports.project.words import limits, reached, verdict
from surveyapp.reports.tables import NOTES, Block, Line, Part, Section, Sentence, Table, anchor, notes

COLUMNS = (
    "Quante",
    "Sì",
    "No",
    "Quota",
    "Intervallo 95 %",
    "Obiettivo",
    "Si può generalizzare?",
    "Senza risposta",
    "Se per chi manca fosse no",
    "Se fosse sì",
    NOTES,
)
WORDS = (5, 6, 7, 11)
Named = Sequence[tuple[str, Place]]


GROUP_COLUMNS = ("Quante", "Sì", "No", "Quota", "Intervallo 95 %", NOTES)
GROUP_WORDS = (5, 6)


def share_table(
    table_id: str, caption: str, blocks: Mapping[str, Named], numbers: Numbers, note: str
) -> Table | None:
    """Shares beside their target, one a row; None where none of them is there."""
    there = _blocks(blocks, lambda title, place: _line(table_id, title, place, numbers), numbers, least=0)
    return Table(table_id, caption, ("Lettura", *COLUMNS), there, WORDS, note) if there else None


def group_table(
    table_id: str, caption: str, blocks: Mapping[str, Named], numbers: Numbers, note: str = ""
) -> Table | None:
    """Shares of groups, one a row, without the target, which is the project's; empty groups are left out."""
    there = _blocks(blocks, lambda title, place: _group_line(title, place, numbers), numbers, least=1)
    return Table(table_id, caption, ("Gruppo", *GROUP_COLUMNS), there, GROUP_WORDS, note) if there else None


def row_id(table_id: str, place: Place) -> str:
    """The id of a row, for sentences that refer to it."""
    return anchor(table_id, place.item, place.subset.replace("_", "-"), "r")


def territories(numbers: Numbers, whole: Place) -> Named:
    """The same share in each territory, where it may be seen."""
    return [
        (place.territory, place)
        for place in numbers.places("successes")
        if place.territory != EVERYWHERE and _same(place, whole)
    ]


def chosen_first(titles: Mapping[str, str], chosen: str) -> list[tuple[str, str]]:
    """The titles with the one that the plan chooses first."""
    return sorted(titles.items(), key=lambda title: title[0] != chosen)


def outcome_section(
    code: str, title: str, sentences: list[Sentence], tables: tuple[Table | None, ...]
) -> Section:
    """A chapter of sentences and tables."""
    found = tuple(table for table in tables if table)
    return Section(code.lower(), title, parts=(Part("", "", tuple(sentences), tables=found),))


def _same(place: Place, other: Place) -> bool:
    return (place.scale, place.subset, place.item) == (other.scale, other.subset, other.item)


def _blocks(
    blocks: Mapping[str, Named], line: Callable[[str, Place], Line], numbers: Numbers, least: int
) -> tuple[Block, ...]:
    """The rows by their block. A row that is hidden altogether is left out: it would say that it is there."""
    found = {
        title: tuple(line(words, place) for words, place in named if _seen(numbers, place, least))
        for title, named in blocks.items()
    }
    return tuple(Block(title, lines) for title, lines in found.items() if lines)


def _seen(numbers: Numbers, place: Place, least: int) -> bool:
    told = ("successes", "failures") if least else ("n", "successes", "failures")
    values = [numbers.value(place, name) for name in told]
    return max((value for value in values if value is not None), default=-1) >= least


def _line(table_id: str, title: str, place: Place, numbers: Numbers) -> Line:
    found = numbers.figures(place)
    *counts, note = _counts(numbers, place)
    bounds = (percent(numbers.value(place, name)) for name in ("worst", "best"))
    lines = (reached(found.get("reached")), verdict(found.get("verdict")))
    unknown = whole(numbers.value(place, "unknown"))
    return Line(title, (*counts, *lines, unknown, *bounds, note), id=row_id(table_id, place))


def _group_line(title: str, place: Place, numbers: Numbers) -> Line:
    return Line(title, _counts(numbers, place))


def _counts(numbers: Numbers, place: Place) -> tuple[str, ...]:
    found = numbers.figures(place)
    share = found.get("share")
    return (
        *(whole(numbers.value(place, name)) for name in ("n", "successes", "failures")),
        percent(share.value) if share else NOTHING,
        limits(share),
        notes(found.get(name) for name in ("n", "successes", "failures", "share")),
    )
