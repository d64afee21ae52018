"""The chapter on second observers and on the same questionnaire filled in once more."""

from collections.abc import Mapping
from dataclasses import replace

from surveyapp.reports.frames import Study
from surveyapp.reports.italian import counted, listed, number, whole
from surveyapp.reports.numbers import SHOWN_FROM, Figure, Numbers, Place
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
    named,
    notes,
    share_of,
)
from surveyapp.reports.validation.page_twice import (
    TITLES,
    agreement_of,
    any_shown,
    item_table,
    measure_table,
    measures_at,
    part_tables,
)
from surveyapp.reports.validation.twice import OBSERVER, RETEST, SECOND_RATER

# From here on an agreement counts as sufficient (COSMIN).
ENOUGH = 0.70
# The instruments that the study plan gives a second observer.
OBSERVED = ("oss",)

INTRODUCTION = {
    OBSERVER: (
        "Per una scheda su cinque o più, sorteggiata, una seconda persona osserva e compila senza vedere "
        "la prima scheda. Se le due schede dicono quasi lo stesso, il punteggio non dipende troppo da "
        "chi osserva."
    ),
    RETEST: (
        "Una parte delle persone, sorteggiata, risponde una seconda volta dopo 7-14 giorni: in così poco "
        "tempo quello che si misura non dovrebbe cambiare. Se le due volte dicono quasi lo stesso, la "
        "scala è stabile."
    ),
}
NOTHING_YET = "Nessuna scheda è ancora stata compilata due volte: qui compariranno i confronti."
OTHERWISE = (
    "Si confrontano solo schede della stessa versione, semplice o standard, e di versioni confrontabili."
)
AXIS = Axis(
    "ICC (la linea è a 0,70)",
    line=ENOUGH,
    digits=1,
    signs=False,
    least_step=0.1,
    legend="Rombo: ICC di una scala. Linea: intervallo al 95 %.",
)


def rater_section(numbers: Numbers, names: Names, study: Study) -> Section | None:
    """Both kinds of second times; None for an instrument that asks neither."""
    kinds = [kind for kind in TITLES if _asks(study, kind)]
    if not kinds:
        return None
    places = [place for place in numbers.places("pairs") if place.subset in kinds]
    sentences = [INTRODUCTION[kind] for kind in kinds] + ([OTHERWISE] if places else [NOTHING_YET])
    coverage = _coverage(numbers, names, kinds)
    enough = [
        place for place in places if any_shown(numbers, measures_at(numbers, place), agreement_of(place))
    ]
    parts = [_part(numbers, names, place) for place in enough]
    few = _few(numbers, names, [place for place in places if place not in enough])
    return Section(
        "due-volte", "Secondo osservatore e ripetizione", tuple(sentences), (*coverage, *parts, *few)
    )


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
        caption=f"Meno di {SHOWN_FROM} coppie: solo i conteggi (strumento {names.answered})",
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
        caption=f"Quante schede sono state compilate due volte (strumento {names.answered})",
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
    name, measures = named(place.subset.replace("_", "-"), place), measures_at(numbers, place)
    items = [found for found in numbers.places("kappa") if replace(found, scale="", item="") == place]
    tables = [measure_table(numbers, names, place, measures, name)]
    tables += part_tables(numbers, names, place, name)
    tables += [item_table(numbers, names, place, items, name)] if items else []
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


def _forest(numbers: Numbers, names: Names, place: Place, measures: list[Place], name: str) -> Forest:
    title = f"Accordo (ICC) con intervallo al 95 %: {TITLES[place.subset].lower()}, {names.about(place)}"
    return forest(
        f"{name}-disegno",
        title,
        f"{_seen(numbers, names, measures)} I numeri sono nella tabella che segue.",
        AXIS,
        [
            line
            for found in measures
            for line in _drawn(names, found.scale, numbers.figures(found)[agreement_of(found)])
        ],
    )


def _drawn(names: Names, scale: str, figure: Figure) -> list[Drawn]:
    label = counted(figure.n, "coppia", "coppie")
    drawn = Drawn(label, whole=True, value=figure.value, low=figure.low, high=figure.high)
    few = Drawn(label, whole=False, words="troppo poche")
    return [Drawn(names.scale(scale), True, heading=True), few if figure.value is None else drawn]


def _seen(numbers: Numbers, names: Names, measures: list[Place]) -> str:
    """Which scales reach the line, in a sentence."""
    values = {place: numbers.value(place, agreement_of(place)) for place in measures}
    shown = {place: value for place, value in values.items() if value is not None}
    said = {True: "Da 0,70 in su: {}.", False: "Sotto 0,70: {}."}
    found = []
    for enough, words in said.items():
        scales = [
            f"{names.scale(place.scale)} ({number(value, 2)})"
            for place, value in shown.items()
            if (value >= ENOUGH) == enough
        ]
        found += [words.format(listed(scales))] if scales else []
    return " ".join(found)
