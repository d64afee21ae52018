"""The chapter on the observation sheets (I12)."""

from collections.abc import Iterator
from dataclasses import replace

from surveyapp.reports.italian import counted, number, percent, whole
from surveyapp.reports.numbers import Numbers, Place
from surveyapp.reports.project import observed
from surveyapp.reports.project.material import Material
from surveyapp.reports.project.page_shares import (
    chosen_first,
    group_table,
    outcome_section,
    row_id,
    share_table,
    territories,
)
from surveyapp.reports.project.places import headline_place
from surveyapp.reports.project.words import BOTH_LINES, about, few, people
from surveyapp.reports.tables import Section, Sentence, Told

TABLE = "i12-tabella"
AREAS = {
    "OSS_SOF": "Soft skills e comportamento lavorativo",
    "OSS_AUT": "Autonomie",
    "OSS_REL": "Capacità relazionali",
}
INCREASES = {observed.ANY: "Il punteggio totale aumenta", observed.RELIABLE: "Aumenta in modo affidabile"}
CONTEXTS = {observed.SAME: "Schede nello stesso contesto", observed.DIFFERENT: "Schede in contesti diversi"}


def observed_section(material: Material, numbers: Numbers) -> Section:
    """I12: the total by both readings of D3, then areas, contexts and territories."""
    first = headline_place(material, "I12")
    caption = f"{{}} (strumento oss {first.version})"
    readings = chosen_first(INCREASES, material.choice("D3"))
    main = share_table(
        TABLE,
        caption.format("Persone con due schede di osservazione, obiettivo oltre 70 %"),
        {"": [(title, replace(first, subset=name)) for name, title in readings]},
        numbers,
        f"{BOTH_LINES}{_error(numbers, replace(first, subset=observed.RELIABLE))}",
    )
    any_increase = replace(first, subset=observed.ANY)
    beside = group_table(
        "i12-gruppi",
        caption.format("Quante persone migliorano, per area, contesto e territorio"),
        {
            "Le tre aree": [(title, replace(any_increase, item=name)) for name, title in AREAS.items()],
            "Contesto di osservazione": [
                (title, replace(any_increase, subset=f"{observed.ANY}:{name}"))
                for name, title in CONTEXTS.items()
            ],
            "Territori": territories(numbers, any_increase),
        },
        numbers,
        "Un livello più alto può venire da un contesto più facile: per questo le coppie di schede fatte in "
        "contesti diversi stanno a parte. Una scheda senza contesto conta fra queste.",
    )
    return outcome_section(
        "I12",
        "Soft skills, autonomie e capacità relazionali (indicatore I12)",
        observed_sentences(material, numbers),
        (main, beside),
    )


def _error(numbers: Numbers, place: Place) -> str:
    """What counts as reliable, and by which reliability."""
    least, alpha = numbers.value(place, "mdc95"), numbers.figures(place).get("reliability")
    if least is None or alpha is None:
        return ""
    return (
        f" Aumento affidabile: oltre {number(least)} punti su 100 (alfa di Cronbach delle schede iniziali "
        f"{number(alpha.value, 2)}, n = {alpha.n})."
    )


def observed_sentences(material: Material, numbers: Numbers) -> list[Sentence]:
    """Who improved, how many would by chance, and who changed beyond the error of measurement."""
    place = replace(headline_place(material, "I12"), subset=observed.ANY)
    row, found = row_id(TABLE, place), numbers.figures(place)
    n, better = numbers.value(place, "n"), numbers.value(place, "successes")
    if not found or n == 0:
        return [
            "Nessuna persona ha ancora due schede di osservazione: servono quella iniziale e quella finale."
        ]
    if n is None or better is None:
        return ["Quante persone migliorano non si pubblica: nessuna, o troppo poche."]
    return [
        Told(_improved(int(n), int(better), numbers, place), row, "numeri di I12"),
        *_reliably(numbers, replace(place, subset=observed.RELIABLE)),
        *_asked(numbers, place, row),
    ]


def _improved(n: int, better: int, numbers: Numbers, place: Place) -> str:
    said = f"Su {people(n)} con due schede, {counted(better, 'è migliorata', 'sono migliorate')}"
    if few(n):
        return f"{said}: sono poche per una percentuale."
    share, chance = numbers.value(place, "share"), numbers.value(place, "share_by_chance")
    shown = f"{said} ({percent(share)})" if share is not None else said
    return f"{shown}; per caso ne migliorerebbe {about(chance)}." if chance is not None else f"{shown}."


def _reliably(numbers: Numbers, place: Place) -> Iterator[Sentence]:
    better, least = numbers.value(place, "successes"), numbers.value(place, "mdc95")
    if better is None or least is None:
        return
    yield Told(
        f"In modo affidabile, cioè di più di {number(least)} punti su 100, "
        f"{counted(int(better), 'è migliorata', 'sono migliorate')}: meno di così può essere solo "
        f"l'errore di misura.",
        row_id(TABLE, place),
        "numeri dell'aumento affidabile",
    )


def _asked(numbers: Numbers, place: Place, row: str) -> Iterator[Sentence]:
    asked, n = numbers.value(place, "asked"), numbers.value(place, "n")
    if asked and n is not None:
        share = "" if few(int(asked)) else f" ({percent(n / asked)})"
        said = f"Copertura: {whole(n)} su {whole(asked)} di chi ha finito il percorso{share}."
        yield Told(said, row, "copertura di I12")
