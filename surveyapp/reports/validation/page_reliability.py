"""The chapter on reliability: how well the questions of a scale go together, for whom, and how surely."""

from dataclasses import replace

from surveyapp.reports.italian import NOTHING, interval, listed, number, whole
from surveyapp.reports.numbers import EVERYWHERE, SHOWN_FROM, Figure, Numbers, Place
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
    named,
    notes,
)
from surveyapp.reports.validation.readiness import SUFFICIENT
from surveyapp.reports.validation.reliability import OMEGA_FROM

ID, TITLE = "affidabilita", "Affidabilità delle scale"
INTRODUCTION = (
    "L'alfa di Cronbach dice quanto le domande di una scala vanno insieme; con l'intervallo di Feldt. Le "
    "schede e le versioni non si mescolano mai: hanno parole o risposte diverse. Per ogni persona conta "
    "una sola compilazione. L'omega di McDonald, che non chiede a tutte le domande lo stesso peso, si "
    f"mostra da {OMEGA_FROM} persone.",
    f"La riga a {number(SUFFICIENT, 2)} è la soglia d'uso (COSMIN), che vale solo per una scala di cui si è "
    "già mostrata la struttura: qui serve per leggere, non per promuovere o bocciare.",
)
COLUMNS = (
    "Scala",
    "Domande",
    "Persone",
    "Complete",
    "Alfa",
    "Intervallo 95 %",
    "Solo complete",
    "Standard.",
    "Omega",
    "r media",
    "Intervallo per gruppi",
    NOTES,
)
AXIS = Axis(
    "alfa di Cronbach",
    line=SUFFICIENT,
    digits=1,
    signs=False,
    least_step=0.1,
    legend="Rombo pieno: tutti i territori. Linea: intervallo al 95 %. Riga verticale: 0,70.",
)
SUBSETS = {
    "mode_self": "Solo chi ha compilato da sola o ascoltando la lettura",
    "mode_helped": "Solo chi ha compilato con aiuto o intervista",
    "mode_paper": "Solo su carta",
    "unflagged": "Senza questionari con segnali",
    "on_time": "Senza questionari in ritardo",
    "not_legacy": "Senza questionari di prima della piattaforma",
}
NOTE = (
    "Persone: con almeno una risposta alla scala. Complete: hanno risposto a tutte le domande; su queste "
    "si basa l'intervallo. Solo complete: alfa calcolata solo su di loro. Standard.: da correlazioni "
    "invece che da covarianze. r media: correlazione media fra due domande. Intervallo per gruppi: "
    "ricampiona chi ha compilato più schede tutte insieme, perché due schede della stessa mano non sono "
    "due voci indipendenti."
)


def reliability_section(numbers: Numbers, names: Names, refused: str = "") -> Section:
    """A part per version, form, variant, length and occasion with enough people, each with its drawing.

    `refused` says of what there is no alpha, and why; of an instrument without scales nothing else is said.
    """
    places = [place for place in numbers.places("items") if place.territory == EVERYWHERE]
    if refused and not places:
        return Section(ID, TITLE, (refused,))
    parts = []
    for key, found in alike(places).items():
        enough = [place for place in found if numbers.count(place, "complete") >= SHOWN_FROM]
        if enough:
            parts.append(_part(numbers, names, key, found))
    empty = () if parts else (f"Nessuna scala ha ancora {SHOWN_FROM} persone che hanno risposto a tutto.",)
    said = (*INTRODUCTION, *([refused] if refused else []), *empty)
    return Section(ID, TITLE, said, tuple(parts))


def _part(numbers: Numbers, names: Names, key: Place, places: list[Place]) -> Part:
    name = named("affidabilita", key)
    seen = _seen(numbers, names, places)
    return Part(
        id=name,
        title=f"{names.occasion(key.occasion)} – {names.about(key)}",
        drawing=_forest(numbers, names, key, places, name, seen),
        seen=seen,
        tables=(_table(numbers, names, key, places, name), *_subsets(numbers, names, key, places, name)),
    )


def _seen(numbers: Numbers, names: Names, places: list[Place]) -> str:
    """How many scales lie above, around and below the line with their whole interval."""
    sure: dict[str, list[str]] = {"sopra": [], "a cavallo": [], "sotto": []}
    for place in places:
        alpha = numbers.figures(place)["alpha"]
        if alpha.low is not None and alpha.high is not None:
            side = "sopra" if alpha.low >= SUFFICIENT else "sotto" if alpha.high < SUFFICIENT else "a cavallo"
            sure[side].append(names.scale(place.scale))
    line = number(SUFFICIENT, 2)
    said = {
        "sopra": f"L'intervallo sta tutto sopra {line} per",
        "a cavallo": f"Comprende {line}, e quindi non decide, per",
        "sotto": f"Sta tutto sotto {line} per",
    }
    found = [f"{said[side]} {listed(scales)}." for side, scales in sure.items() if scales]
    return " ".join(found) or "Nessuna scala ha un intervallo."


def _forest(numbers: Numbers, names: Names, key: Place, places: list[Place], name: str, seen: str) -> Forest:
    lines = [_drawn(names.scale(place.scale), numbers.figures(place)["alpha"]) for place in places]
    title = f"Alfa di Cronbach con intervallo al 95 %, {names.occasion(key.occasion)}, {names.about(key)}"
    return forest(f"{name}-disegno", title, f"{seen} I numeri sono nella tabella che segue.", AXIS, lines)


def _drawn(title: str, alpha: Figure) -> Drawn:
    label = f"{title} (n = {alpha.n})"
    if alpha.value is None:
        return Drawn(label, whole=True, words="nessun valore")
    return Drawn(label, whole=True, value=alpha.value, low=alpha.low, high=alpha.high)


def _table(numbers: Numbers, names: Names, key: Place, places: list[Place], name: str) -> Table:
    return Table(
        id=f"{name}-tabella",
        caption=f"Affidabilità, tutti i territori: {names.occasion(key.occasion)} ({names.about(key)})",
        columns=COLUMNS,
        blocks=(Block("", tuple(_line(numbers, names, place) for place in places)),),
        words=(5, 10, 11),
        note=NOTE,
    )


def _line(numbers: Numbers, names: Names, place: Place) -> Line:
    figures = numbers.figures(place)
    alpha, groups = figures["alpha"], figures.get("alpha_by_respondent")
    beside = [figures.get(name) for name in ("alpha_listwise", "alpha_standardized", "omega", "inter_item_r")]
    without = figures.get("alpha_without_constant")
    more = f"senza domande costanti {number(without.value, 2)}" if without else ""
    cells = (
        whole(figures["items"].value),
        whole(figures["n"].value),
        whole(figures["complete"].value),
        number(alpha.value, 2),
        interval(alpha.low, alpha.high, 2),
        *(number(one.value, 2) if one else NOTHING for one in beside),
        interval(groups.low, groups.high, 2) if groups else NOTHING,
        "; ".join(filter(None, (notes([alpha]), more))),
    )
    return Line(names.scale(place.scale), cells)


def _subsets(numbers: Numbers, names: Names, key: Place, places: list[Place], name: str) -> list[Table]:
    """Alpha of parts of the answers beside that of all, in one table where there is any."""
    blocks = []
    for subset, title in SUBSETS.items():
        there = [place for place in places if numbers.figure(replace(place, subset=subset), "alpha")]
        shown = [
            place for place in there if numbers.value(replace(place, subset=subset), "alpha") is not None
        ]
        if shown:
            blocks.append(Block(title, tuple(_subset_line(numbers, names, place, subset) for place in there)))
    if not blocks:
        return []
    return [
        Table(
            id=f"{name}-parti",
            caption=f"La stessa alfa con una parte delle risposte: {names.occasion(key.occasion)} "
            f"({names.about(key)})",
            columns=("Scala", "Complete", "Alfa", "Intervallo 95 %", "Con tutte", NOTES),
            blocks=tuple(blocks),
            words=(3, 5),
        )
    ]


def _subset_line(numbers: Numbers, names: Names, place: Place, subset: str) -> Line:
    alpha = numbers.figures(replace(place, subset=subset))["alpha"]
    cells = (
        whole(alpha.n),
        number(alpha.value, 2),
        interval(alpha.low, alpha.high, 2),
        number(numbers.value(place, "alpha"), 2),
        notes([alpha]),
    )
    return Line(names.scale(place.scale), cells)
