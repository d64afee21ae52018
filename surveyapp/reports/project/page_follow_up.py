"""The chapter on the six months after the end of the path (I13)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from surveyapp.reports.italian import counted, percent, whole
from surveyapp.reports.numbers import Numbers, Place
from surveyapp.reports.project import placed_after
from surveyapp.reports.project.material import Material
from surveyapp.reports.project.page_shares import (
    Named,
    chosen_first,
    group_table,
    outcome_section,
    row_id,
    share_table,
    territories,
)
from surveyapp.reports.project.places import headline_place, whole_place
from surveyapp.reports.project.words import BOTH_LINES, people
from surveyapp.reports.tables import Section, Sentence, Told

TABLE = "i13-tabella"
STATES = {placed_after.PLACED: "Inserite", placed_after.EMPLOYED: "Occupate"}
BASES = {
    placed_after.ENDED: "Chi ha finito il percorso da almeno 6 mesi",
    placed_after.PLACED_AT_END: "Fra questi, chi alla fine era in un inserimento",
    placed_after.REACHED: "Fra questi, chi è stato trovato",
}
TYPES: Mapping[str, str] = {
    "SFA": "Formazione all'autonomia",
    "LAB": "Laboratorio socio-occupazionale",
    "TIS": "Tirocinio di inclusione sociale (TIS)",
    "TIR": "Tirocinio extracurricolare",
    "ISO": "Isola formativa",
    "ACA": "Academy",
    "A14": "Convenzione ex art. 14",
    "ASS": "Assunzione",
    placed_after.NO_PLACEMENT: "Nessun inserimento",
}


def follow_up_section(material: Material, numbers: Numbers) -> Section:
    """I13: both readings of D4 over both bases of D5, then by kind of path and territory."""
    first = headline_place(material, "I13")
    caption = f"{{}} (strumento fu6 {first.version})"
    states = chosen_first(STATES, material.choice("D4"))
    bases = chosen_first(BASES, material.choice("D5"))
    main = share_table(
        TABLE,
        caption.format("Persone inserite e occupate a 6 mesi, obiettivo oltre 50 %"),
        {
            words: [(title, replace(first, subset=f"{state}:{base}")) for state, title in states]
            for base, words in bases
        },
        numbers,
        f"{BOTH_LINES} Chi non si è trovato, e chi non ha ancora la scheda, conta come non inserito; chi è "
        "morto non si conta. Le ultime colonne dicono come cambierebbe la quota se fossero tutti inseriti.",
    )
    beside = [
        group_table(
            f"i13-{state}-gruppi",
            caption.format(f"{title} a 6 mesi, per gruppi"),
            {
                "Ultimo inserimento del percorso": _types(first, state),
                "Territori": territories(numbers, replace(first, subset=f"{state}:{placed_after.ENDED}")),
            },
            numbers,
            "I gruppi che non compaiono sono vuoti, o troppo piccoli per essere pubblicati.",
        )
        for state, title in states
    ]
    return outcome_section(
        "I13",
        "Inserite e occupate a 6 mesi (indicatore I13)",
        follow_up_sentences(material, numbers),
        (main, *beside),
    )


def follow_up_sentences(material: Material, numbers: Numbers) -> list[Sentence]:
    """Whose six months have passed, who is placed, who has a job, who was not found."""
    everybody = whole_place(material, "I13")
    ended, matured = (numbers.value(everybody, name) for name in ("ended", "matured"))
    if ended == 0:
        return ["Nessuna persona ha ancora finito il percorso."]
    place = replace(everybody, subset=f"placed:{placed_after.ENDED}")
    told = [*_states(numbers, place), *_not_found(numbers, everybody, place)]
    if ended is not None and matured is not None:
        have = counted(int(ended), "persona ha finito", "persone hanno finito")
        return [f"{have} il percorso; per {whole(matured)} sono già passati 6 mesi.", *told]
    return told or ["Quante persone sono inserite a 6 mesi non si pubblica: nessuna, o troppo poche."]


def _states(numbers: Numbers, place: Place) -> Iterator[Sentence]:
    n = numbers.value(place, "n")
    if not n:
        return
    for state, words in (
        ("placed", ("è inserita", "sono inserite")),
        ("employed", ("ha un lavoro", "hanno un lavoro")),
    ):
        own = replace(place, subset=place.subset.replace("placed:", f"{state}:", 1))
        yes, share = numbers.value(own, "successes"), numbers.value(own, "share")
        if yes is not None:
            shown = f" ({percent(share)})" if share is not None else ""
            yield Told(
                f"A 6 mesi, su {people(n)}, {counted(int(yes), *words)}{shown}.",
                row_id(TABLE, own),
                f"numeri di I13, {STATES[state].lower()}",
            )


def _not_found(numbers: Numbers, everybody: Place, place: Place) -> Iterator[Sentence]:
    without = numbers.value(everybody, "without_sheet")
    in_vain = numbers.value(everybody, "looked_for_in_vain")
    if without or in_vain:
        in_vain, without = in_vain or 0, without or 0
        found = (
            f"Senza risposta {people(in_vain + without)}: {whole(in_vain)} fra chi non si è trovato o non ha "
            f"voluto, {whole(without)} fra chi non ha ancora la scheda. Nella quota contano come un no."
        )
        yield Told(found, row_id(TABLE, place), "numeri di I13")


def _types(first: Place, state: str) -> Named:
    return [
        (TYPES.get(kind, kind), replace(first, subset=f"{state}:type:{kind}")) for kind in placed_after.TYPES
    ]
