"""The chapter on change: a drawing and tables per comparison, version and variant."""

from dataclasses import replace

from surveyapp.reports.frames import PARTICIPANT
from surveyapp.reports.italian import (
    LOSSES,
    SENSITIVITY,
    counted,
    interval,
    listed,
    number,
    percent,
    signed,
    whole,
)
from surveyapp.reports.numbers import EVERYWHERE, EXPLORATORY, SHOWN_FROM, Numbers, Place
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
    everywhere,
    named,
    notes,
    share_of,
)

INTRODUCTION = (
    "Per ogni persona si confrontano due questionari dello stesso percorso, sulle sole domande con una "
    "risposta valida tutte e due le volte. I punteggi vanno da 0 a 100 e più alto vuol dire meglio. La "
    "versione semplice e quella standard non si mescolano mai.",
    "Qui non c'è un gruppo di confronto: i numeri dicono che cosa è cambiato, non perché.",
)
CLEAR = "«Chiaro» vuol dire che l'intervallo al 95 % del cambiamento sta tutto da una parte dello zero."
DIRECTIONS = {1: "in crescita chiara", -1: "in calo chiaro", 0: "senza un cambiamento chiaro"}
COLUMNS = (
    "Scala e territorio",
    "Coppie",
    "Media prima",
    "Media dopo",
    "Cambia­mento",
    "Intervallo 95 %",
    "dz",
    "Intervallo 95 % di dz",
    "Migliorano",
    "Per caso",
    "Invariati",
    "Peggiorano",
    NOTES,
)


def change_section(numbers: Numbers, names: Names, *, small: bool = True) -> Section:
    """Every comparison that at least one person has reached.

    Without `small` the territories of fewer pairs than may be shown are only counted.
    """
    places = main_places(numbers)
    parts = tuple(_part(numbers, names, key, found, small) for key, found in alike(places).items())
    sentences = INTRODUCTION if parts else ("Nessuna persona ha ancora inviato un secondo questionario.",)
    return Section("cambiamento", "Cambiamento fra due rilevazioni", sentences, parts)


def main_places(numbers: Numbers) -> list[Place]:
    """Where change was computed, without the analyses beside."""
    return [place for place in numbers.places("n_pairs") if not place.subset]


def clear(numbers: Numbers, place: Place) -> int:
    """1 or -1 where the whole interval lies above or below zero, else 0."""
    found = numbers.figures(place)["mean_change"]
    if found.low is None or found.high is None:
        return 0
    return int(found.low > 0) - int(found.high < 0)


def _part(numbers: Numbers, names: Names, key: Place, places: list[Place], small: bool) -> Part:
    name = named("cambiamento", key)
    sentences = _said(numbers, names, key, places)
    if not small:
        every, places = places, [place for place in places if _enough(numbers, place)]
        sentences += _left_out(every, places)
    drawn = any(numbers.value(place, "mean_change") is not None for place in places)
    return Part(
        id=name,
        title=f"{names.transition(key.occasion)} – {names.about(key)}",
        sentences=sentences,
        drawing=_forest(numbers, names, key, places, name) if drawn else None,
        seen=_seen(numbers, names, places) if drawn else "",
        tables=(
            _change_table(numbers, names, key, places, name),
            _lost_table(numbers, names, key, places, name),
            *_sensitivity_tables(numbers, names, key, places, name),
        ),
    )


def _enough(numbers: Numbers, place: Place) -> bool:
    return place.territory == EVERYWHERE or numbers.count(place, "n_pairs") >= SHOWN_FROM


def _left_out(every: list[Place], kept: list[Place]) -> tuple[str, ...]:
    gone = {place.territory for place in every} - {place.territory for place in kept}
    if not gone:
        return ()
    people = counted(len(gone), "territorio ha", "territori hanno")
    return (f"{people} meno di {SHOWN_FROM} coppie: i loro conteggi sono in results.csv.",)


def _said(numbers: Numbers, names: Names, key: Place, places: list[Place]) -> tuple[str, ...]:
    pairs = [numbers.count(place, "n_pairs") for place in everywhere(places)]
    least, most = min(pairs), max(pairs)
    people = counted(most, "persona si confronta con se stessa", "persone si confrontano con se stesse")
    across = people if least == most else f"Da {whole(least)} a {people}"
    sentences = [f"{across}{'' if least == most else ', secondo la scala'}."]
    for place in numbers.places("variant_changed"):
        if replace(place, subset="") == key:
            figure = numbers.count(place, "variant_changed")
            other = names.variant(place.subset.partition("-")[2], place.form or PARTICIPANT)
            sentences.append(
                f"{counted(figure, 'persona è passata', 'persone sono passate')} alla {other}: è un "
                "risultato a sé, e i loro punteggi non si confrontano."
            )
    return tuple(sentences)


def _forest(numbers: Numbers, names: Names, key: Place, places: list[Place], name: str) -> Forest:
    lines = []
    for title, inside in by_scale(names, places):
        lines.append(Drawn(title, whole=True, heading=True))
        lines += [_drawn(numbers, place) for place in inside]
    return forest(
        f"{name}-disegno",
        f"Cambiamento medio con intervallo al 95 %, {names.about(key)}",
        f"{_seen(numbers, names, places)} I numeri sono nella tabella che segue.",
        Axis("punti di cambiamento (su 100)"),
        lines,
    )


def _drawn(numbers: Numbers, place: Place) -> Drawn:
    figures = numbers.figures(place)
    change, whole_study = figures["mean_change"], place.territory == EVERYWHERE
    label = f"{place.territory} (n = {change.n})"
    if change.value is None:
        return Drawn(label, whole_study, words="troppo poche persone")
    return Drawn(label, whole_study, value=change.value, low=change.low, high=change.high)


def _seen(numbers: Numbers, names: Names, places: list[Place]) -> str:
    """What the drawing shows, in a sentence: which scales move clearly over all territories."""
    whole_places = everywhere(places)
    up, down, unclear = (
        [names.scale(place.scale) for place in whole_places if clear(numbers, place) == direction]
        for direction in (1, -1, 0)
    )
    said = {
        "Su tutti i territori l'intervallo sta tutto sopra lo zero per": up,
        "Su tutti i territori l'intervallo sta tutto sotto lo zero per": down,
        "Comprende lo zero, o manca, per": unclear,
    }
    return " ".join(f"{words} {listed(scales)}." for words, scales in said.items() if scales)


def _change_table(numbers: Numbers, names: Names, key: Place, places: list[Place], name: str) -> Table:
    return Table(
        id=f"{name}-tabella",
        caption=f"Cambiamento su 100 punti, {names.transition(key.occasion)} ({names.about(key)})",
        columns=COLUMNS,
        blocks=tuple(
            Block(title, tuple(_change_line(numbers, place) for place in inside))
            for title, inside in by_scale(names, places)
        ),
        words=(5, 7, 12),
    )


def _change_line(numbers: Numbers, place: Place) -> Line:
    figures = numbers.figures(place)
    change, dz = figures["mean_change"], figures["dz"]
    cells = (
        whole(figures["n_pairs"].value),
        number(figures["mean_before"].value),
        number(figures["mean_after"].value),
        signed(change.value),
        interval(change.low, change.high),
        number(dz.value, 2),
        interval(dz.low, dz.high, 2),
        share_of(numbers, place, "improved", "share_improved"),
        percent(figures["share_by_chance"].value),
        whole(figures["unchanged"].value),
        whole(figures["worsened"].value),
        notes([change]),
    )
    return Line(place.territory, cells, place.territory == EVERYWHERE)


def _lost_table(numbers: Numbers, names: Names, key: Place, places: list[Place], name: str) -> Table:
    lines = []
    for place in everywhere(places):
        pairs = numbers.figures(place)["n_pairs"]
        losses = [whole(numbers.value(place, reason)) for reason in LOSSES]
        lines.append(Line(names.scale(place.scale), (whole(pairs.n), whole(pairs.value), *losses)))
    return Table(
        id=f"{name}-perdite",
        caption=f"Persone senza confronto, e perché – tutti i territori ({names.about(key)})",
        columns=("Scala", "Persone", "Coppie", *(words.capitalize() for words in LOSSES.values())),
        blocks=(Block("", tuple(lines)),),
    )


def _sensitivity_tables(
    numbers: Numbers, names: Names, key: Place, places: list[Place], name: str
) -> list[Table]:
    tables = []
    for subset, title in SENSITIVITY.items():
        beside = [replace(place, subset=subset) for place in everywhere(places)]
        lines = [_sensitivity_line(numbers, names, place) for place in beside if numbers.figures(place)]
        if lines:
            tables.append(
                Table(
                    id=anchor(name, subset.replace("_", "-")),
                    caption=f"{title} – tutti i territori ({names.about(key)})",
                    columns=(
                        "Scala",
                        "Coppie",
                        "Cambiamento",
                        "Intervallo 95 %",
                        "Con tutte le coppie",
                        NOTES,
                    ),
                    blocks=(Block("", tuple(lines)),),
                    words=(3, 5),
                )
            )
    return tables


def _sensitivity_line(numbers: Numbers, names: Names, place: Place) -> Line:
    figure = numbers.figures(place)["mean_change"]
    cells = (
        whole(numbers.value(place, "n_pairs")),
        signed(figure.value),
        interval(figure.low, figure.high),
        signed(numbers.value(replace(place, subset=""), "mean_change")),
        notes([figure]),
    )
    return Line(names.scale(place.scale), cells)


def headline(numbers: Numbers, names: Names, key: Place, places: list[Place]) -> str:
    """What changed for one version and variant, and how sure that is, for the top of the page."""
    shown = [place for place in everywhere(places) if numbers.value(place, "mean_change") is not None]
    pairs = max(numbers.count(place, "n_pairs") for place in everywhere(places))
    start = f"{names.transition(key.occasion)}, {names.about(key)}"
    if not shown:
        people = counted(pairs, "persona", "persone")
        return f"{start}: {people} con due questionari, troppo poche per una media."
    said = []
    for direction, words in DIRECTIONS.items():
        moved = [
            f"{names.scale(place.scale)} ({signed(numbers.value(place, 'mean_change'))})"
            for place in shown
            if clear(numbers, place) == direction
        ]
        if moved:
            said.append(f"{words} {listed(moved)}")
    few = any(numbers.figures(place)["mean_change"].label for place in shown)
    people = f"{counted(pairs, 'persona', 'persone')}{f' ({EXPLORATORY})' if few else ''}"
    return f"{start}, {people}, punti su 100: {'; '.join(said)}."
