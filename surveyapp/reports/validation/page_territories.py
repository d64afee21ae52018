"""The chapter that puts territories side by side; it never says that one is better than another."""

from collections.abc import Iterable
from dataclasses import replace

from surveyapp.reports.frames import Study
from surveyapp.reports.italian import NOTHING, interval, listed, number, whole
from surveyapp.reports.numbers import EVERYWHERE, SHOWN_FROM, Figure, Numbers, Place
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
    alike,
    anchor,
    by_scale,
    named,
    notes,
)
from surveyapp.reports.validation.page_viewpoints import who
from surveyapp.reports.validation.territories import PROFILES, SIDE_BY_SIDE

INTRODUCTION = (
    "Gli stessi punteggi, un territorio accanto all'altro. I territori hanno persone, servizi e "
    "inserimenti diversi: una differenza fra due medie non dice che un territorio lavori meglio di un "
    f"altro. Un territorio compare dove almeno {SHOWN_FROM} persone hanno il punteggio.",
)
PROFILE = (
    "Le scale del profilo si leggono una accanto all'altra: non si riducono a un numero solo e due "
    "punteggi vicini non sono di per sé un segno di qualità. L'errore di misura (SEM) dice di quanto il "
    "punteggio di una persona può oscillare per caso."
)
NO_MEANS = "Nessun territorio ha ancora abbastanza persone: qui compariranno le medie."
NOTE_ERROR = "SEM: deviazione standard per la radice di 1 meno alfa, su tutti i territori insieme."
NOTE_INDEX = " Per la dimensione lavorativa viene dalle tre scale di cui è la media."
AXIS = Axis("punteggio (la linea è a metà, 50)", line=50.0, signs=False, least_step=5.0)
PROFILE_LEGEND = "Rombo: media del territorio. Linea: intervallo al 95 %."


def territory_section(numbers: Numbers, names: Names, study: Study) -> Section | None:
    """The profiles of this instrument, then a table of all scales for each form, occasion and variant."""
    if not study.instrument.scales:
        return None
    places = [place for place in numbers.places("mean") if place.subset == SIDE_BY_SIDE]
    parts = [
        *(part for territory in PROFILES for part in _profile(numbers, names, territory, places)),
        *(part for key, found in alike(places).items() for part in _table_part(numbers, names, key, found)),
    ]
    sentences = INTRODUCTION if parts else (*INTRODUCTION, NO_MEANS)
    return Section("territori", "I territori uno accanto all'altro", sentences, tuple(parts))


def _profile(numbers: Numbers, names: Names, territory: str, places: list[Place]) -> Iterable[Part]:
    found = [place for place in places if place.territory == territory and place.scale in PROFILES[territory]]
    if not found:
        return
    name = anchor("profilo", "".join(letter for letter in territory if letter.isalpha()))
    scales = listed([names.scale(scale).lower() for scale in PROFILES[territory]])
    drawn = any(numbers.value(place, "mean") is not None for place in found)
    yield Part(
        id=name,
        title=f"{territory}: {scales}",
        sentences=(PROFILE,),
        drawing=_profile_forest(numbers, names, territory, found, name) if drawn else None,
        seen=_profile_seen(numbers, names, found) if drawn else "",
        tables=(_profile_table(numbers, names, territory, found, name),),
    )


def _by_moment(names: Names, places: list[Place]) -> list[tuple[str, list[Place]]]:
    return [
        (f"{names.occasion(key.occasion)} – {names.about(key)}", found)
        for key, found in alike(places).items()
    ]


def _profile_table(numbers: Numbers, names: Names, territory: str, places: list[Place], name: str) -> Table:
    indices = {index.id for index in names.instrument.indices}
    return Table(
        id=f"{name}-tabella",
        caption=f"{territory}: punteggi da 0 a 100 ({names.instrument.id})",
        columns=("Scala", "Schede", "Con punteggio", "Media", "Intervallo 95 %", "SEM", NOTES),
        blocks=tuple(
            Block(title, tuple(_profile_line(numbers, names, place) for place in found))
            for title, found in _by_moment(names, places)
        ),
        words=(4, 6),
        note=NOTE_ERROR + (NOTE_INDEX if indices & {place.scale for place in places} else ""),
    )


def _profile_line(numbers: Numbers, names: Names, place: Place) -> Line:
    mean = numbers.figures(place)["mean"]
    error = numbers.figure(replace(place, territory=EVERYWHERE), "sem")
    cells = (
        whole(numbers.value(place, "answered")),
        whole(mean.n),
        number(mean.value),
        interval(mean.low, mean.high),
        f"{number(error.value)} (n = {error.n})" if error and error.value is not None else NOTHING,
        notes([mean]),
    )
    return Line(names.scale(place.scale), cells)


def _profile_forest(numbers: Numbers, names: Names, territory: str, places: list[Place], name: str) -> Forest:
    lines = []
    for key, found in alike(places).items():
        means = [(names.scale(place.scale), numbers.figures(place)["mean"]) for place in found]
        if any(mean.value is not None for _, mean in means):
            moment = f"{names.occasion(key.occasion)}: {who(names, key.form, key.variant)}"
            lines.append(Drawn(moment, True, heading=True))
            lines += [_drawn(title, mean, whole=True) for title, mean in means]
    return forest(
        f"{name}-disegno",
        f"{territory}: medie con intervallo al 95 %",
        f"{_profile_seen(numbers, names, places)} I numeri sono nella tabella che segue.",
        replace(AXIS, legend=PROFILE_LEGEND),
        lines,
    )


def _drawn(label: str, figure: Figure, *, whole: bool) -> Drawn:
    with_n = f"{label} (n = {figure.n})"
    if figure.value is None:
        return Drawn(with_n, whole, words="troppo poche persone")
    return Drawn(with_n, whole, value=figure.value, low=figure.low, high=figure.high)


def _profile_seen(numbers: Numbers, names: Names, places: list[Place]) -> str:
    """The scales from the lowest mean to the highest, moment by moment."""
    said = []
    for key, found in alike(places).items():
        shown = [(value, place) for place in found if (value := numbers.value(place, "mean")) is not None]
        if shown:
            scales = [f"{names.scale(place.scale).lower()} {number(value)}" for value, place in shown]
            moment = f"{names.occasion(key.occasion)}, {who(names, key.form, key.variant)}"
            said.append(f"{moment}: {listed(scales)}.")
    return " ".join(said)


def _table_part(numbers: Numbers, names: Names, key: Place, places: list[Place]) -> Iterable[Part]:
    """All scales of one form, occasion, variant and version, where a territory has enough people."""
    territories = [
        territory
        for territory in dict.fromkeys(place.territory for place in places)
        if territory != EVERYWHERE
        and any(numbers.value(one, "mean") is not None for one in places if one.territory == territory)
    ]
    if not territories:
        return
    name = named("territori", key)
    shown = [place for place in places if place.territory in (EVERYWHERE, *territories)]
    on_axis = [place for place in shown if place.scale not in RAW_SCALES]
    yield Part(
        id=name,
        title=f"{names.occasion(key.occasion)} – {names.about(key)}",
        drawing=_forest(numbers, names, key, on_axis, name),
        seen=_seen(numbers, names, on_axis),
        tables=(_table(numbers, names, key, shown, territories, name),),
    )


def _table(
    numbers: Numbers, names: Names, key: Place, places: list[Place], territories: list[str], name: str
) -> Table:
    there = {(place.scale, place.territory): place for place in places}
    columns = (EVERYWHERE, *territories)
    lines = [
        Line(
            title,
            tuple(_cell(numbers, there.get((inside[0].scale, territory))) for territory in columns),
        )
        for title, inside in by_scale(names, places)
    ]
    return Table(
        id=f"{name}-tabella",
        caption=f"Medie con intervallo al 95 % e n: {names.occasion(key.occasion)} ({names.about(key)})",
        columns=("Scala", *columns),
        blocks=(Block("", tuple(lines)),),
        words=tuple(range(1, len(columns) + 1)),
    )


def _cell(numbers: Numbers, place: Place | None) -> str:
    figure = numbers.figure(place, "mean") if place else None
    if place is None or figure is None or figure.value is None:
        return NOTHING
    digits = 2 if place.scale in RAW_SCALES else 1
    limits = interval(figure.low, figure.high, digits)
    said = filter(None, ("" if limits == NOTHING else limits, f"n = {figure.n}", figure.label))
    return f"{number(figure.value, digits)} ({'; '.join(said)})"


def _forest(numbers: Numbers, names: Names, key: Place, places: list[Place], name: str) -> Forest:
    lines = []
    for title, inside in by_scale(names, places):
        lines.append(Drawn(title, True, heading=True))
        lines += [
            _drawn(place.territory, numbers.figures(place)["mean"], whole=place.territory == EVERYWHERE)
            for place in inside
        ]
    return forest(
        f"{name}-disegno",
        f"Medie con intervallo al 95 %, {names.occasion(key.occasion).lower()}, {names.about(key)}",
        f"{_seen(numbers, names, places)} I numeri sono nella tabella che segue.",
        AXIS,
        lines,
    )


def _seen(numbers: Numbers, names: Names, places: list[Place]) -> str:
    """The lowest and the highest mean over all territories."""
    shown = [
        (value, names.scale(place.scale))
        for place in places
        if place.territory == EVERYWHERE and (value := numbers.value(place, "mean")) is not None
    ]
    (least, lowest), (most, highest) = min(shown), max(shown)
    return (
        f"Su tutti i territori la media più bassa è {number(least)} ({lowest}) e la più alta "
        f"{number(most)} ({highest})."
    )
