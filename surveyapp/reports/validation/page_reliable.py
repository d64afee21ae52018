"""The chapter on reliable change: how many changed by more than the error of measurement."""

from dataclasses import replace

from surveyapp.reports.italian import number, percent, whole
from surveyapp.reports.numbers import Numbers, Place
from surveyapp.reports.tables import NOTES, Block, Line, Names, Part, Section, Table, alike, named, notes
from surveyapp.reports.validation.reliable import ALPHA, RETEST

INTRODUCTION = (
    "Un punteggio oscilla un po' anche quando nella persona non è cambiato niente. Qui «cambiato» vuol "
    "dire di più dell'errore di misura, con una probabilità del 95 % (Jacobson e Truax 1991). L'errore "
    "dipende dall'attendibilità che si usa: con l'alfa risultano più cambiamenti, con la stabilità fra due "
    "compilazioni a una o due settimane di distanza (retest) di solito meno. Ci sono tutte e due, perché "
    "la scelta cambia i numeri.",
    "Il solo errore farebbe risultare migliorate 2,5 persone su cento e peggiorate altrettante.",
)
KINDS = {ALPHA: "Con l'alfa", RETEST: "Con il retest"}
COLUMNS = (
    "Scala",
    "Coppie",
    "Attendibilità",
    "Errore (SEM)",
    "Cambiamento minimo (SDC)",
    "Migliorate",
    "Quota",
    "Invariate",
    "Peggiorate",
    "Quota che peggiora",
    NOTES,
)


def reliable_section(numbers: Numbers, names: Names) -> Section:
    """A table per comparison, version, form and variant, a block for each kind of reliability."""
    places = [place for place in numbers.places("n_pairs_reliable") if place.subset == ALPHA]
    parts = tuple(_part(numbers, names, key, found) for key, found in alike(places).items())
    empty = () if parts else ("Nessuna persona ha ancora due questionari da confrontare.",)
    return Section(
        "cambiamento-affidabile", "Cambiamento oltre l'errore di misura", (*INTRODUCTION, *empty), parts
    )


def _part(numbers: Numbers, names: Names, key: Place, places: list[Place]) -> Part:
    name = named("affidabile", key)
    table = Table(
        id=f"{name}-tabella",
        caption=f"Cambiamento oltre l'errore, {names.transition(key.occasion)} ({names.about(key)})",
        columns=COLUMNS,
        blocks=tuple(
            Block(title, tuple(_line(numbers, names, replace(place, subset=kind)) for place in places))
            for kind, title in KINDS.items()
        ),
        words=(10,),
    )
    return Part(name, f"{names.transition(key.occasion)} – {names.about(key)}", tables=(table,))


def _line(numbers: Numbers, names: Names, place: Place) -> Line:
    figures = numbers.figures(place)
    used = figures["reliability"]
    cells = (
        whole(figures["n_pairs_reliable"].value),
        number(used.value, 2),
        number(numbers.value(place, "sem")),
        number(numbers.value(place, "sdc")),
        whole(numbers.value(place, "reliably_improved")),
        percent(numbers.value(place, "share_reliably_improved")),
        whole(numbers.value(place, "reliably_unchanged")),
        whole(numbers.value(place, "reliably_worsened")),
        percent(numbers.value(place, "share_reliably_worsened")),
        notes([used, figures.get("share_reliably_improved")]),
    )
    return Line(names.scale(place.scale), cells)
