"""The page on what today's numbers of people can and cannot show."""

from dataclasses import replace

from surveyapp.reports.italian import NOTHING, number, whole
from surveyapp.reports.numbers import EVERYWHERE, SOLID_FROM, Figure, Numbers, Place
from surveyapp.reports.tables import NOTES, Block, Line, Names, Part, Section, Table, alike, named, notes
from surveyapp.reports.validation.readiness import (
    CHANGES,
    EXPECTED_ALPHA,
    GENERAL_ITEMS,
    GENERAL_N,
    PLANNED,
    SIZES,
    SUFFICIENT,
)

INTRODUCTION = (
    "Prima di leggere i risultati: quanto possono dire i numeri di oggi. Un intervallo largo non è un "
    "risultato cattivo, è un risultato che non c'è ancora.",
    f"Il progetto prevede {PLANNED} persone in tutto. Con meno di 10 si mostrano solo conteggi; da 10 a 29 "
    "un numero è un indizio («esplorativo»); analisi della struttura (analisi fattoriale, invarianza fra "
    "territori) con questi numeri non si possono fare in modo onesto e qui non ci sono.",
)
ALPHA_NOTE = (
    "Larghezza: quanto è largo l'intervallo al 95 % dell'alfa. «Persone per mostrare»: quante persone "
    f"servono perché tutto l'intervallo stia sopra {number(SUFFICIENT, 2)}, se l'alfa resta quella di oggi."
)
CHANGE_NOTE = (
    "Coppie necessarie: quante persone con due questionari servono per mostrare un cambiamento grande come "
    "quello osservato (dz), con una probabilità dell'80 % (t per dati appaiati, 5 %). È un calcolo per "
    "decidere quanto raccogliere, non un giudizio sul cambiamento."
)


def readiness_section(numbers: Numbers, names: Names) -> Section:
    """What any study of this size can show, then where each scale stands."""
    parts = (_general(numbers), *_alphas(numbers, names), *_changes(numbers, names))
    return Section("quanto-possono-dire", "Che cosa possono dire i numeri di oggi", INTRODUCTION, parts)


def _general(numbers: Numbers) -> Part:
    figures = numbers.figures(Place(version="", subset="readiness"))
    pairs = tuple(
        Line(f"{SIZES[dz]} (dz = {number(dz, 1)})", (whole(figures[f"pairs_for_dz_{dz}"].value),))
        for dz in CHANGES
    )
    widths = tuple(
        Line(
            f"{items} domande",
            tuple(number(figures[f"width_{items}_items_{n}_people"].value, 2) for n in GENERAL_N),
        )
        for items in GENERAL_ITEMS
    )
    change = Table(
        id="quante-coppie",
        caption="Quante coppie servono per mostrare un cambiamento (probabilità dell'80 %)",
        columns=("Cambiamento", "Coppie"),
        blocks=(Block("", pairs),),
    )
    alpha = Table(
        id="quanto-larga-alfa",
        caption=f"Quanto è largo l'intervallo dell'alfa, se l'alfa è {number(EXPECTED_ALPHA, 2)}",
        columns=("Scala di", *(f"{n} persone" for n in GENERAL_N)),
        blocks=(Block("", widths),),
    )
    return Part("in-generale", "In generale", tables=(change, alpha))


def _alphas(numbers: Numbers, names: Names) -> tuple[Part, ...]:
    places = [place for place in numbers.places("width_now") if place.territory == EVERYWHERE]
    return tuple(_alpha_part(numbers, names, key, found) for key, found in alike(places).items())


def _alpha_part(numbers: Numbers, names: Names, key: Place, places: list[Place]) -> Part:
    name = named("prontezza-alfa", key)
    table = Table(
        id=f"{name}-tabella",
        caption=f"Che cosa si sa dell'alfa: {names.occasion(key.occasion)} ({names.about(key)})",
        columns=(
            "Scala",
            "Complete oggi",
            "Alfa",
            "Larghezza oggi",
            f"Larghezza con {PLANNED}",
            "Persone per mostrare",
            NOTES,
        ),
        blocks=(Block("", tuple(_alpha_line(numbers, names, place) for place in places)),),
        words=(6,),
        note=ALPHA_NOTE,
    )
    return Part(name, f"Affidabilità: {names.occasion(key.occasion)} – {names.about(key)}", tables=(table,))


def _alpha_line(numbers: Numbers, names: Names, place: Place) -> Line:
    figures, alpha = numbers.figures(place), numbers.figures(replace(place, subset=""))["alpha"]
    needed = figures["people_for_alpha"]
    cells = (
        whole(alpha.n),
        number(alpha.value, 2),
        number(figures["width_now"].value, 2),
        number(figures["width_planned"].value, 2),
        whole(needed.value),
        _alpha_words(alpha, needed.value),
    )
    return Line(names.scale(place.scale), cells)


def _alpha_words(alpha: Figure, needed: float | None) -> str:
    if alpha.value is not None and alpha.value <= SUFFICIENT:
        return f"l'alfa di oggi non supera {number(SUFFICIENT, 2)}"
    if needed is None:
        return "con questa alfa ne servirebbero migliaia"
    return "bastano già" if alpha.n >= needed else f"ne mancano {whole(needed - alpha.n)}"


def _changes(numbers: Numbers, names: Names) -> tuple[Part, ...]:
    places = [place for place in numbers.places("pairs_for_change") if place.territory == EVERYWHERE]
    return tuple(_change_part(numbers, names, key, found) for key, found in alike(places).items())


def _change_part(numbers: Numbers, names: Names, key: Place, places: list[Place]) -> Part:
    name = named("prontezza-cambiamento", key)
    table = Table(
        id=f"{name}-tabella",
        caption=f"Quante coppie mancano: {names.transition(key.occasion)} ({names.about(key)})",
        columns=("Scala", "Coppie oggi", "dz", "Coppie necessarie", "Ne mancano", NOTES),
        blocks=(Block("", tuple(_change_line(numbers, names, place) for place in places)),),
        words=(5,),
        note=CHANGE_NOTE,
    )
    return Part(name, f"Cambiamento: {names.transition(key.occasion)} – {names.about(key)}", tables=(table,))


def _change_line(numbers: Numbers, names: Names, place: Place) -> Line:
    figures, dz = numbers.figures(place), numbers.figures(replace(place, subset=""))["dz"]
    needed, more = figures["pairs_for_change"], figures["pairs_still_needed"]
    few = f"dz da meno di {SOLID_FROM} coppie" if dz.n < SOLID_FROM else ""
    cells = (
        whole(dz.n),
        number(dz.value, 2),
        whole(needed.value),
        whole(more.value) if needed.value is not None else NOTHING,
        "; ".join(filter(None, (few, notes([needed])))),
    )
    return Line(names.scale(place.scale), cells)
