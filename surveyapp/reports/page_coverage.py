"""The chapter on who answered."""

from surveyapp.reports.coverage import START
from surveyapp.reports.italian import NOTHING, whole
from surveyapp.reports.numbers import EVERYWHERE, Numbers, Place
from surveyapp.reports.tables import Block, Line, Names, Part, Section, Table

COLUMNS = {
    "due": "Previsti",
    "submitted": "Inviati",
    "late": "di cui in ritardo",
    "open": "Ancora aperti",
    "refused": "Rifiutati",
    "withdrawn": "Ritirati",
    "impossible": "Non compilabili",
    "dropouts": "Persone perse",
}
NOTE = (
    "Previsti: i questionari il cui periodo è già cominciato. In ritardo: inviati dopo la fine del periodo. "
    "Persone perse: hanno compilato all'inizio del percorso e non possono più compilare questo questionario, "
    "anche quando risulta ancora aperto."
)


def coverage_section(numbers: Numbers, names: Names) -> Section:
    """Counts per occasion and territory."""
    places = numbers.places("due")
    known = {version for place in places for version in place.version.split(" + ") if version}
    versions = " + ".join(sorted(known)) or NOTHING
    table = Table(
        id="tabella-copertura",
        caption=f"Questionari per rilevazione e territorio (strumento {names.instrument.id} {versions})",
        columns=("Territorio", "Strumento", *COLUMNS.values()),
        blocks=tuple(
            Block(
                names.occasion(occasion),
                tuple(_line(numbers, place) for place in places if place.occasion == occasion),
            )
            for occasion in dict.fromkeys(place.occasion for place in places)
        ),
        words=(1,),
        note=NOTE,
    )
    return Section("copertura", "Chi ha risposto", parts=(Part("", "", tables=(table,)),))


def _line(numbers: Numbers, place: Place) -> Line:
    counts = [
        NOTHING
        if statistic == "dropouts" and place.occasion == START
        else whole(numbers.value(place, statistic))
        for statistic in COLUMNS
    ]
    return Line(place.territory, (place.version or NOTHING, *counts), place.territory == EVERYWHERE)
