"""The chapter on scores: where people stand, and whether they crowd at an end."""

from surveyapp.reports.italian import interval, number, percent, whole
from surveyapp.reports.numbers import EVERYWHERE, SHOWN_FROM, Numbers, Place
from surveyapp.reports.page_levels import RAW_SCALES, ends
from surveyapp.reports.tables import NOTES, Block, Line, Names, Part, Section, Table, alike, named, notes

INTRODUCTION = (
    "I punteggi vanno da 0 a 100 (il miglioramento percepito da 1 a 10); più alto vuol dire meglio. Se più "
    "del 15 % delle persone ha il punteggio più basso o più alto possibile, la scala distingue poco fra "
    "loro e non può mostrare se peggiorano o migliorano (Terwee 2007).",
)
COLUMNS = (
    "Scala",
    "Persone",
    "Senza punteggio",
    "Media",
    "Intervallo 95 %",
    "DS",
    "Al minimo",
    "Al massimo",
    NOTES,
)


def scores_section(numbers: Numbers, names: Names) -> Section:
    """One table per version, form, variant, length and occasion with enough people."""
    places = [
        place
        for place in numbers.places("share_floor")
        if place.territory == EVERYWHERE and not place.subset and not place.item
    ]
    parts = tuple(
        _part(numbers, names, key, found)
        for key, found in alike(places).items()
        if any(numbers.count(place, "n") >= SHOWN_FROM for place in found)
    )
    empty = () if parts else (f"Nessuna scala ha ancora il punteggio di {SHOWN_FROM} persone.",)
    return Section("punteggi", "Punteggi ed effetti di pavimento e soffitto", (*INTRODUCTION, *empty), parts)


def _part(numbers: Numbers, names: Names, key: Place, places: list[Place]) -> Part:
    name = named("punteggi", key)
    table = Table(
        id=f"{name}-tabella",
        caption=f"Punteggi, tutti i territori: {names.occasion(key.occasion)} ({names.about(key)})",
        columns=COLUMNS,
        blocks=(Block("", tuple(_line(numbers, names, place) for place in places)),),
        words=(4, 8),
    )
    return Part(name, f"{names.occasion(key.occasion)} – {names.about(key)}", tables=(table,))


def _line(numbers: Numbers, names: Names, place: Place) -> Line:
    figures = numbers.figures(place)
    mean, digits = figures["mean"], 2 if place.scale in RAW_SCALES else 1
    cells = (
        whole(figures["n"].value),
        whole(figures["without_score"].value),
        number(mean.value, digits),
        interval(mean.low, mean.high, digits),
        number(figures["sd"].value, digits),
        percent(figures["share_floor"].value),
        percent(figures["share_ceiling"].value),
        "; ".join(filter(None, (notes([mean]), *ends(figures)))),
    )
    return Line(names.scale(place.scale), cells)
