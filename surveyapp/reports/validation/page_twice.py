"""Tables of what was filled in twice: scale by scale, question by question, and without some pairs."""

from dataclasses import replace

from surveyapp.reports.italian import interval, number, percent, signed, whole
from surveyapp.reports.numbers import Numbers, Place
from surveyapp.reports.page_levels import RAW_SCALES
from surveyapp.reports.tables import NOTES, Block, Line, Names, Table, anchor, notes
from surveyapp.reports.validation.twice import AGREEMENT, AGREEMENT_OF_PART, OBSERVER, RETEST

TITLES = {OBSERVER: "Secondo osservatore", RETEST: "Ripetizione"}
# What is taken from what, in the column of the mean difference.
DIFFERENCES = {OBSERVER: "Primo meno secondo osservatore", RETEST: "Seconda volta meno prima"}
NOTE_ICC = (
    "ICC: quanto vanno d'accordo i due punteggi; 1 vuol dire del tutto, da 0,70 in su si considera "
    "sufficiente. Limiti: fra questi valori sta circa il 95 % delle differenze (Bland-Altman)."
)
NOTES_OF_KIND = {
    OBSERVER: "ICC(1,1): i due osservatori contano come scelti a caso.",
    RETEST: "ICC(A,1). SEM: errore di misura di un punteggio. SDC: il cambiamento più piccolo che, per una "
    "persona o per la media di queste persone, non può essere solo errore.",
}
NO_OPERATORS = (
    "Chi ha compilato non è distinto da un codice: l'intervallo che tiene conto degli operatori non si "
    "può fare."
)
NOTE_ITEMS = (
    "Sulle risposte come sono state scelte. Kappa pesato: pesi quadratici. Alfa di Krippendorff: per "
    "risposte in ordine. Tutti e due valgono 1 se i due osservatori dicono sempre lo stesso, 0 se vanno "
    "d'accordo come per caso."
)
# Columns beside, with their statistic: those that have no number at all are left out.
BESIDE = {
    OBSERVER: {"Intervallo per operatori": "bias_by_operator"},
    RETEST: {"SEM": "sem_retest", "SDC di una persona": "sdc_retest", "SDC della media": "sdc_of_mean"},
}
PARTS = {
    "in_time": "Solo ripetizioni dopo 7-14 giorni",
    "same_mode": "Solo chi ha compilato nello stesso modo le due volte",
}


def measures_at(numbers: Numbers, place: Place) -> list[Place]:
    """The scales of a group of pairs."""
    statistic = agreement_of(place)
    return [found for found in numbers.places(statistic) if replace(found, scale="") == place]


def agreement_of(place: Place) -> str:
    """The name of the agreement there: that of all pairs, or of some of them."""
    return AGREEMENT.get(place.subset, AGREEMENT_OF_PART)


def measure_table(numbers: Numbers, names: Names, place: Place, measures: list[Place], name: str) -> Table:
    """Agreement and error of each scale."""
    kind = place.subset
    beside = [title for title, statistic in BESIDE[kind].items() if any_shown(numbers, measures, statistic)]
    columns = ("ICC", "Intervallo 95 %", DIFFERENCES[kind], "Intervallo 95 %", "Limiti", *beside)
    alone = () if kind == RETEST or beside else (NO_OPERATORS,)
    return Table(
        id=f"{name}-scale",
        caption=f"{TITLES[kind]}, scala per scala: {names.occasion(place.occasion)} ({names.about(place)})",
        columns=("Scala", "Coppie", *columns, NOTES),
        blocks=(Block("", tuple(_measure_line(numbers, names, found, beside) for found in measures)),),
        words=(3, 5, 6, 7 + len(beside), *((7,) if kind == OBSERVER else ())),
        note=" ".join((NOTE_ICC, NOTES_OF_KIND[kind], *alone)),
    )


def any_shown(numbers: Numbers, places: list[Place], statistic: str) -> bool:
    """Whether a statistic has a number anywhere here."""
    return any(numbers.value(place, statistic) is not None for place in places)


def _measure_line(numbers: Numbers, names: Names, place: Place, beside: list[str]) -> Line:
    figures = numbers.figures(place)
    agreement, bias = figures[agreement_of(place)], figures["bias"]
    digits = 2 if place.scale in RAW_SCALES else 1
    ends = (figures["limit_low"].value, figures["limit_high"].value)
    more = [figures[BESIDE[place.subset][title]] for title in beside]
    cells = (
        whole(agreement.n),
        number(agreement.value, 2),
        interval(agreement.low, agreement.high, 2),
        signed(bias.value, digits),
        interval(bias.low, bias.high, digits),
        interval(*ends, digits),
        *(
            interval(one.low, one.high, digits) if one.low is not None else number(one.value, digits)
            for one in more
        ),
        notes([agreement, bias]),
    )
    return Line(names.scale(place.scale), cells)


def part_tables(numbers: Numbers, names: Names, place: Place, name: str) -> list[Table]:
    """What agreement is without the pairs that are not as they should be."""
    tables = []
    for part, title in PARTS.items():
        subset = f"{place.subset}:{part}"
        found = measures_at(numbers, replace(place, subset=subset))
        lines = [_part_line(numbers, names, one) for one in found]
        if lines:
            tables.append(
                Table(
                    id=anchor(name, part.replace("_", "-")),
                    caption=f"{title}: {names.occasion(place.occasion)} ({names.about(place)})",
                    columns=("Scala", "Coppie", "ICC", "Intervallo 95 %", "ICC con tutte le coppie", NOTES),
                    blocks=(Block("", tuple(lines)),),
                    words=(3, 5),
                )
            )
    return tables


def _part_line(numbers: Numbers, names: Names, place: Place) -> Line:
    figure = numbers.figures(place)[AGREEMENT_OF_PART]
    everybody = replace(place, subset=place.subset.partition(":")[0])
    cells = (
        whole(figure.n),
        number(figure.value, 2),
        interval(figure.low, figure.high, 2),
        number(numbers.value(everybody, agreement_of(everybody)), 2),
        notes([figure]),
    )
    return Line(names.scale(place.scale), cells)


def item_table(numbers: Numbers, names: Names, place: Place, items: list[Place], name: str) -> Table:
    """Agreement on each question."""
    lines: dict[str, list[Line]] = {}
    for found in items:
        lines.setdefault(names.scale(found.scale), []).append(_item_line(numbers, names, found))
    return Table(
        id=f"{name}-domande",
        caption=f"{TITLES[place.subset]}, domanda per domanda: {names.occasion(place.occasion)} "
        f"({names.about(place)})",
        columns=(
            "Domanda",
            "Coppie",
            "Risposte uguali",
            "Kappa pesato",
            "Intervallo 95 %",
            "Alfa di Krippendorff",
            "Intervallo 95 %",
            NOTES,
        ),
        blocks=tuple(Block(title, tuple(inside)) for title, inside in lines.items()),
        words=(4, 6, 7),
        note=NOTE_ITEMS,
    )


def _item_line(numbers: Numbers, names: Names, place: Place) -> Line:
    kappa, alpha, equal = (numbers.figures(place)[name] for name in ("kappa", "krippendorff", "share_equal"))
    cells = (
        whole(kappa.n),
        percent(equal.value),
        number(kappa.value, 2),
        interval(kappa.low, kappa.high, 2),
        number(alpha.value, 2),
        interval(alpha.low, alpha.high, 2),
        notes([kappa, alpha]),
    )
    return Line(f"{names.item(replace(place, subset='')).criterion} – {place.item}", cells)
