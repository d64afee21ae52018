"""The chapter on second observers and on the same questionnaire filled in once more."""

from collections.abc import Mapping
from dataclasses import replace

from surveyapp.reports.frames import Study
from surveyapp.reports.italian import counted, interval, listed, number, percent, signed, whole
from surveyapp.reports.numbers import SHOWN_FROM, Figure, Numbers, Place
from surveyapp.reports.page_levels import RAW_SCALES
from surveyapp.reports.plots import Axis, Forest, forest
from surveyapp.reports.plots import Line as Drawn
from surveyapp.reports.tables import (
    NOTES,
    Block,
    Line,
    Names,
    Part,
    Section,
    Table,
    anchor,
    named,
    notes,
    share_of,
)
from surveyapp.reports.validation.twice import OBSERVER, RETEST, SECOND_RATER

# From here on an agreement counts as sufficient (COSMIN).
ENOUGH = 0.70
# The instruments that the study plan gives a second observer.
OBSERVED = ("oss",)

TITLES = {OBSERVER: "Secondo osservatore", RETEST: "Ripetizione"}
INTRODUCTION = {
    OBSERVER: (
        "Per una scheda su cinque o più, sorteggiata, una seconda persona osserva e compila senza vedere la "
        "prima scheda. Se le due schede dicono quasi lo stesso, il punteggio non dipende troppo da chi "
        "osserva."
    ),
    RETEST: (
        "Una parte delle persone, sorteggiata, risponde una seconda volta dopo 7-14 giorni: in così poco "
        "tempo "
        "quello che si misura non dovrebbe cambiare. Se le due volte dicono quasi lo stesso, la scala è "
        "stabile."
    ),
}
NOTHING_YET = "Nessuna scheda è ancora stata compilata due volte: qui compariranno i confronti."
OTHERWISE = (
    "Si confrontano solo schede della stessa versione, semplice o standard, e di versioni confrontabili."
)
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
    "Chi ha compilato non è distinto da un codice: l'intervallo che tiene conto degli operatori non si può "
    "fare."
)
NOTE_ITEMS = (
    "Sulle risposte come sono state scelte. Kappa pesato: pesi quadratici. Alfa di Krippendorff: per "
    "risposte "
    "in ordine. Tutti e due valgono 1 se i due osservatori dicono sempre lo stesso, 0 se vanno d'accordo "
    "come per caso."
)
# Columns beside, with their statistic: those that have no number at all are left out.
BESIDE = {
    OBSERVER: {"Intervallo per operatori": "bias_by_operator"},
    RETEST: {"SEM": "sem", "SDC di una persona": "sdc", "SDC della media": "sdc_group"},
}
AXIS = Axis(
    "ICC (la linea è a 0,70)",
    line=ENOUGH,
    digits=1,
    signs=False,
    least_step=0.1,
    legend="Rombo: ICC di una scala. Linea: intervallo al 95 %.",
)
PARTS = {
    "in_time": "Solo ripetizioni dopo 7-14 giorni",
    "same_mode": "Solo chi ha compilato nello stesso modo le due volte",
}


def rater_section(numbers: Numbers, names: Names, study: Study) -> Section | None:
    """Both kinds of second times; None for an instrument that asks neither."""
    kinds = [kind for kind in TITLES if _asks(study, kind)]
    if not kinds:
        return None
    places = [place for place in numbers.places("pairs") if place.subset in kinds]
    sentences = [INTRODUCTION[kind] for kind in kinds] + ([OTHERWISE] if places else [NOTHING_YET])
    coverage = _coverage(numbers, names, kinds)
    enough = [place for place in places if _any(numbers, _measures(numbers, place), "icc")]
    parts = [_part(numbers, names, place) for place in enough]
    few = _few(numbers, names, [place for place in places if place not in enough])
    return Section(
        "due-volte", "Secondo osservatore e ripetizione", tuple(sentences), (*coverage, *parts, *few)
    )


def _measures(numbers: Numbers, place: Place) -> list[Place]:
    return [found for found in numbers.places("icc") if replace(found, scale="") == place]


def _few(numbers: Numbers, names: Names, places: list[Place]) -> tuple[Part, ...]:
    """Where the pairs are too few for any number: how many they are."""
    if not places:
        return ()
    lines = tuple(
        Line(
            f"{TITLES[place.subset]}: {names.occasion(place.occasion)} – {names.about(place)}",
            (whole(numbers.value(place, "pairs")),),
        )
        for place in places
    )
    table = Table(
        id="due-volte-poche-tabella",
        caption=f"Meno di {SHOWN_FROM} coppie: solo i conteggi (strumento {names.instrument.id})",
        columns=("Che cosa", "Coppie"),
        blocks=(Block("", lines),),
    )
    return (Part("due-volte-poche", "Troppo poche coppie per un confronto", tables=(table,)),)


def _asks(study: Study, kind: str) -> bool:
    if kind == RETEST:
        return any(one.repeats for one in study.instrument.occasions.values())
    seconds = any(one.rater == SECOND_RATER for one in study.administrations)
    return seconds or study.instrument.id in OBSERVED


def _coverage(numbers: Numbers, names: Names, kinds: list[str]) -> tuple[Part, ...]:
    places = [place for place in numbers.places("asked_twice") if place.subset in kinds]
    if not places:
        return ()
    table = Table(
        id="due-volte-quanti",
        caption=f"Quante schede sono state compilate due volte (strumento {names.instrument.id})",
        columns=("Rilevazione", "Scheda", "Che cosa", "Inviate", "Sorteggiate", "Fatte due volte", NOTES),
        blocks=(Block("", tuple(_coverage_line(numbers, names, place) for place in places)),),
        words=(1, 2, 6),
        note="Sorteggiate: quelle a cui il piano di rilevazione ha chiesto la seconda volta finora.",
    )
    return (Part("due-volte-copertura", "Quante", tables=(table,)),)


def _coverage_line(numbers: Numbers, names: Names, place: Place) -> Line:
    asked, shown = (numbers.figures(place)[name] for name in ("asked_twice", "share_twice"))
    cells = (
        names.form(place.form),
        TITLES[place.subset],
        whole(asked.n),
        whole(asked.value),
        share_of(numbers, place, "done_twice", "share_twice"),
        notes([shown]),
    )
    return Line(names.occasion(place.occasion), cells)


def _part(numbers: Numbers, names: Names, place: Place) -> Part:
    name, measures = named(place.subset.replace("_", "-"), place), _measures(numbers, place)
    items = [found for found in numbers.places("kappa") if replace(found, scale="", item="") == place]
    tables = [_measure_table(numbers, names, place, measures, name)]
    tables += _part_tables(numbers, names, place, name)
    tables += [_item_table(numbers, names, place, items, name)] if items else []
    return Part(
        id=name,
        title=f"{TITLES[place.subset]}: {names.occasion(place.occasion)} – {names.about(place)}",
        sentences=_said(numbers, place),
        drawing=_forest(numbers, names, place, measures, name),
        seen=_seen(numbers, names, measures),
        tables=tuple(tables),
    )


def _said(numbers: Numbers, place: Place) -> tuple[str, ...]:
    figures = numbers.figures(place)
    pairs = int(figures["pairs"].value or 0)
    said = [f"{counted(pairs, 'persona ha', 'persone hanno')} due schede."]
    if changed := numbers.count(place, "pairs_other_variant"):
        said.append(
            f"{counted(changed, 'persona ha', 'persone hanno')} cambiato versione fra le due: non si "
            "confrontano."
        )
    if "days_inside" in figures:
        said.append(_days(figures))
    return tuple(said)


def _days(figures: Mapping[str, Figure]) -> str:
    least, most = (whole(figures[f"days_{end}"].value) for end in ("least", "most"))
    outside = int(figures["days_outside"].value or 0)
    middle = figures["days_median"].value
    usual = f", di solito {number(middle, 0)}" if middle is not None else ""
    late = (
        "Tutte stanno fra 7 e 14 giorni."
        if not outside
        else f"{counted(outside, 'sta', 'stanno')} fuori da 7-14 giorni: restano nei conti, e sotto si vede "
        "che cosa cambia senza."
    )
    return f"Fra le due volte passano da {least} a {most} giorni{usual}. {late}"


def _measure_table(numbers: Numbers, names: Names, place: Place, measures: list[Place], name: str) -> Table:
    kind = place.subset
    beside = [title for title, statistic in BESIDE[kind].items() if _any(numbers, measures, statistic)]
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


def _any(numbers: Numbers, places: list[Place], statistic: str) -> bool:
    return any(numbers.value(place, statistic) is not None for place in places)


def _measure_line(numbers: Numbers, names: Names, place: Place, beside: list[str]) -> Line:
    figures = numbers.figures(place)
    agreement, bias = figures["icc"], figures["bias"]
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


def _part_tables(numbers: Numbers, names: Names, place: Place, name: str) -> list[Table]:
    """What agreement is without the pairs that are not as they should be."""
    tables = []
    for part, title in PARTS.items():
        subset = f"{place.subset}:{part}"
        lines = [_part_line(numbers, names, one) for one in _measures(numbers, replace(place, subset=subset))]
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
    figure = numbers.figures(place)["icc"]
    everybody = replace(place, subset=place.subset.partition(":")[0])
    cells = (
        whole(figure.n),
        number(figure.value, 2),
        interval(figure.low, figure.high, 2),
        number(numbers.value(everybody, "icc"), 2),
        notes([figure]),
    )
    return Line(names.scale(place.scale), cells)


def _item_table(numbers: Numbers, names: Names, place: Place, items: list[Place], name: str) -> Table:
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


def _forest(numbers: Numbers, names: Names, place: Place, measures: list[Place], name: str) -> Forest:
    title = f"Accordo (ICC) con intervallo al 95 %: {TITLES[place.subset].lower()}, {names.about(place)}"
    return forest(
        f"{name}-disegno",
        title,
        f"{_seen(numbers, names, measures)} I numeri sono nella tabella che segue.",
        AXIS,
        [line for found in measures for line in _drawn(names, found.scale, numbers.figures(found)["icc"])],
    )


def _drawn(names: Names, scale: str, figure: Figure) -> list[Drawn]:
    label = counted(figure.n, "coppia", "coppie")
    drawn = Drawn(label, whole=True, value=figure.value, low=figure.low, high=figure.high)
    few = Drawn(label, whole=False, words="troppo poche")
    return [Drawn(names.scale(scale), True, heading=True), few if figure.value is None else drawn]


def _seen(numbers: Numbers, names: Names, measures: list[Place]) -> str:
    """Which scales reach the line, in a sentence."""
    shown = [place for place in measures if numbers.value(place, "icc") is not None]
    said = {True: "Da 0,70 in su: {}.", False: "Sotto 0,70: {}."}
    found = []
    for enough, words in said.items():
        scales = [
            f"{names.scale(place.scale)} ({number(numbers.value(place, 'icc'), 2)})"
            for place in shown
            if ((numbers.value(place, "icc") or 0) >= ENOUGH) == enough
        ]
        found += [words.format(listed(scales))] if scales else []
    return " ".join(found)
