"""The chapter on every question: distribution, missing answers, moments, how it goes with its scale."""

from surveyapp.instruments.answers import SKIPPED
from surveyapp.reports.frames import BLANK
from surveyapp.reports.italian import MISSING, NOTHING, counted, number, percent, whole
from surveyapp.reports.numbers import EVERYWHERE, SHOWN_FROM, Numbers, Place
from surveyapp.reports.page_levels import option_words
from surveyapp.reports.tables import (
    NOTES,
    Block,
    Line,
    Names,
    Part,
    Section,
    Table,
    alike,
    anchor,
    by_scale,
    named,
    notes,
)

INTRODUCTION = (
    "Le colonne con le parole delle risposte contano le persone che le hanno scelte, anche quando non le "
    "ha scelte nessuno. Media, deviazione standard (DS), asimmetria e curtosi (di tipo 3) sono sui codici "
    "scelti, non capovolti. (R): domanda al contrario, capovolta nei punteggi, in r e nell'alfa.",
    "r è la correlazione con la somma delle altre domande della scala; «alfa senza» è l'alfa della scala "
    "se la domanda non ci fosse. «Costante»: tutte le risposte sono uguali.",
)


def questions_section(numbers: Numbers, names: Names) -> Section:
    """The questions of the scales, a part per version, form, variant and occasion with enough people."""
    places = [
        place
        for place in numbers.places("skew")
        if place.territory == EVERYWHERE and not place.subset and place.scale
    ]
    groups = alike(places)
    parts = tuple(
        _part(numbers, names, key, found) for key, found in groups.items() if _enough(numbers, found)
    )
    small = [key for key, found in groups.items() if not _enough(numbers, found)]
    return Section("domande", "Domanda per domanda", (*INTRODUCTION, *_small(names, small)), parts)


def _enough(numbers: Numbers, places: list[Place]) -> bool:
    return any(numbers.count(place, "n") >= SHOWN_FROM for place in places)


def _small(names: Names, keys: list[Place]) -> tuple[str, ...]:
    if not keys:
        return ()
    said = "; ".join(f"{names.occasion(key.occasion).lower()} ({names.about(key)})" for key in keys)
    groups = counted(len(keys), "gruppo ha", "gruppi hanno")
    return (f"{groups} meno di {SHOWN_FROM} persone: qui non c'è, in results.csv sì. {said}.",)


def _part(numbers: Numbers, names: Names, key: Place, places: list[Place]) -> Part:
    by_format: dict[str, list[Place]] = {}
    for place in places:
        by_format.setdefault(names.format(place).id, []).append(place)
    name = named("domande", key)
    tables = tuple(_table(numbers, names, key, found, name) for found in by_format.values())
    return Part(name, f"{names.occasion(key.occasion)} – {names.about(key)}", tables=tables)


def _table(numbers: Numbers, names: Names, key: Place, places: list[Place], name: str) -> Table:
    declared = names.format(places[0])
    reasons = [*declared.no_value, SKIPPED, BLANK]
    used = [one for one in reasons if any(numbers.count(place, f"missing_{one}") for place in places)]
    unanswered = [declared.labels.get(reason, MISSING[reason]) for reason in used]
    options = [option_words(option) for option in declared.options]
    moments = ("Mancanti", "Media", "DS", "Asim.", "Curt.", "r", "Alfa senza")
    columns = ("Domanda", "n", *options, *unanswered, *moments, NOTES)
    return Table(
        id=anchor(name, declared.id.replace("_", "-")),
        caption=f"Domande, tutti i territori: {names.occasion(key.occasion)} ({names.about(key)})",
        columns=columns,
        blocks=tuple(
            Block(title, tuple(_line(numbers, names, place, used) for place in inside))
            for title, inside in by_scale(names, places)
        ),
        words=(len(columns) - 1,),
    )


def _line(numbers: Numbers, names: Names, place: Place, reasons: list[str]) -> Line:
    figures, item = numbers.figures(place), names.item(place)
    missing = [figures[f"missing_{reason}"] for reason in reasons]
    lost, asked = sum(int(one.value or 0) for one in missing), figures["missing_NS"].n
    rest, dropped = figures.get("item_rest"), figures.get("alpha_if_dropped")
    constant = "costante" if figures["constant"].value else ""
    cells = (
        whole(figures["n"].value),
        *(whole(figures[f"count_{option.code}"].value) for option in names.format(place).options),
        *(whole(one.value) for one in missing),
        percent(lost / asked) if asked >= SHOWN_FROM else NOTHING,
        *(number(figures[name].value, 2) for name in ("mean", "sd", "skew", "kurtosis")),
        number(rest.value, 2) if rest else NOTHING,
        number(dropped.value, 2) if dropped else NOTHING,
        "; ".join(filter(None, (constant, notes([figures["mean"]])))),
    )
    return Line(f"{item.criterion}{' (R)' if item.reversed else ''} – {item.id}", cells)
