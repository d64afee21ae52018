"""The chapter on the adaptations that companies and cooperatives keep (I14)."""

from dataclasses import replace

from surveyapp.reports.italian import counted, percent
from surveyapp.reports.numbers import Numbers, Place
from surveyapp.reports.project import maintained
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
from surveyapp.reports.project.words import BOTH_LINES, hosts
from surveyapp.reports.tables import Section, Sentence, Told

TABLE = "i14-tabella"
KEEPING = {
    maintained.INTERVIEWED: "Con l'intervista finale e un adattamento da valutare",
    maintained.ACCOMPANIED: "Tutte quelle accompagnate",
}
KINDS = {maintained.COMPANY: "Aziende", maintained.COOPERATIVE: "Cooperative"}


def maintained_section(material: Material, numbers: Numbers) -> Section:
    """I14: both bases of D6, companies and cooperatives apart (D12), then territories."""
    first = headline_place(material, "I14")
    caption = f"{{}} (strumento acc {first.version})"
    main = share_table(
        TABLE,
        caption.format("Chi mantiene gli adattamenti, obiettivo oltre 60 %"),
        {
            title: _kinds(material, first, base)
            for base, title in chosen_first(KEEPING, material.choice("D6"))
        },
        numbers,
        f"{BOTH_LINES} Mantiene chi ha stabile almeno la metà degli adattamenti che si possono valutare.",
    )
    beside = group_table(
        "i14-gruppi",
        caption.format("Chi mantiene gli adattamenti, per territorio"),
        {"": territories(numbers, replace(first, subset=maintained.INTERVIEWED))},
        numbers,
    )
    return outcome_section(
        "I14",
        "Adattamenti che restano (indicatore I14)",
        maintained_sentences(material, numbers),
        (main, beside),
    )


def maintained_sentences(material: Material, numbers: Numbers) -> list[Sentence]:
    """How many were interviewed, and how many keep what was adapted."""
    everybody = whole_place(material, "I14")
    place = replace(everybody, subset=maintained.INTERVIEWED)
    n, keeping = numbers.value(place, "n"), numbers.value(place, "successes")
    if not numbers.figures(place) or n == 0:
        return ["Nessuna azienda o cooperativa ha ancora fatto l'intervista finale."]
    if n is None or keeping is None:
        return ["Quante aziende e cooperative mantengono non si pubblica: nessuna, o troppo poche."]
    share = numbers.value(place, "share")
    shown = f" ({percent(share)})" if share is not None else ""
    said: list[Sentence] = [
        Told(
            f"Su {hosts(n)} con l'intervista finale e qualcosa da valutare, "
            f"{counted(int(keeping), 'mantiene', 'mantengono')} gli adattamenti{shown}.",
            row_id(TABLE, place),
            "numeri di I14",
        )
    ]
    matured, done = (numbers.value(everybody, name) for name in ("matured", "interviewed"))
    if matured is not None and done is not None:
        said.append(
            f"Copertura: {counted(int(done), 'intervista finale', 'interviste finali')} su {hosts(matured)} "
            "per cui è il momento."
        )
    return said


def _kinds(material: Material, first: Place, base: str) -> Named:
    together = ("Aziende e cooperative", replace(first, subset=base))
    apart = [(title, replace(first, subset=f"{base}:{kind}")) for kind, title in KINDS.items()]
    return [*apart, together] if material.choice("D12") == "companies" else [together, *apart]
