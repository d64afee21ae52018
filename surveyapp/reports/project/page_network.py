"""The chapter on the network of organisations (I16)."""

from surveyapp.reports.italian import NOTHING, counted, number, signed, whole
from surveyapp.reports.numbers import Numbers, Place
from surveyapp.reports.project.network import COMMON, FULL
from surveyapp.reports.project.words import reached
from surveyapp.reports.tables import NOTES, Block, Line, Part, Section, Sentence, Table, Told, notes

TITLE = "La rete fra i servizi (indicatore I16)"
ROSTERS = {FULL: "Tutti i nodi di ogni data", COMMON: "Solo i nodi presenti a tutte e due le date"}
MISSING = (
    "Mancano i dati della rete: servono l'elenco dei nodi e quello dei legami, all'inizio e alla fine "
    "(«surveyapp report project --nodes … … --ties … …»)."
)


def network_section(numbers: Numbers) -> Section:
    """Density at both dates, on full rosters and on common nodes."""
    if not _there(numbers):
        return Section("i16", TITLE, (MISSING,))
    lines = tuple(_line(numbers, subset, title) for subset, title in ROSTERS.items())
    table = Table(
        id="i16-tabella",
        caption="Densità della rete alle due date, obiettivo almeno +30 %",
        columns=(
            "Quali nodi",
            "Nodi",
            "Legami",
            "Densità prima",
            "Densità dopo",
            "Crescita",
            "Obiettivo",
            NOTES,
        ),
        blocks=(Block("", lines),),
        words=(6, 7),
        note="Densità: legami diviso legami possibili, 2L / (N (N − 1)); la direzione non conta. Nodi e "
        "legami sono scritti prima → dopo. Quando entrano nodi nuovi la densità può scendere anche se i "
        "legami "
        "crescono: per questo si leggono tutte e due le righe.",
    )
    return Section("i16", TITLE, parts=(Part("", "", tuple(network_sentences(numbers)), tables=(table,)),))


def network_sentences(numbers: Numbers) -> list[Sentence]:
    """By how much the density changed, on each list of nodes."""
    if not _there(numbers):
        return [MISSING]
    return [_said(numbers, subset, title) for subset, title in ROSTERS.items()]


def _said(numbers: Numbers, subset: str, title: str) -> Sentence:
    place = _place(subset)
    growth, nodes = numbers.value(place, "growth"), numbers.count(place, "nodes_after")
    if growth is None:
        reason = numbers.figures(place)["growth"].reason
        return f"{title}: la crescita non si calcola ({reason})."
    target = "è raggiunto" if numbers.value(place, "reached") else "non è raggiunto"
    said = (
        f"{title} ({counted(nodes, 'nodo', 'nodi')} alla fine): densità {signed(100 * growth)}\u00a0%; "
        f"l'obiettivo, almeno +30\u00a0%, {target}."
    )
    return Told(said, f"i16-{_id(subset)}", f"numeri di I16, {title.lower()}")


def _line(numbers: Numbers, subset: str, title: str) -> Line:
    place = _place(subset)
    found = numbers.figures(place)
    growth = found["growth"].value
    cells = (
        _both(numbers, place, "nodes"),
        _both(numbers, place, "ties"),
        number(found["density_before"].value, 3),
        number(found["density_after"].value, 3),
        NOTHING if growth is None else f"{signed(100 * growth)}\u00a0%",
        reached(found["reached"]),
        notes([found["growth"]]),
    )
    return Line(title, cells, id=f"i16-{_id(subset)}")


def _both(numbers: Numbers, place: Place, what: str) -> str:
    return " → ".join(whole(numbers.value(place, f"{what}_{when}")) for when in ("before", "after"))


def _id(subset: str) -> str:
    return subset.replace("_", "-")


def _place(subset: str) -> Place:
    return Place(version="", scale="I16", subset=subset)


def _there(numbers: Numbers) -> bool:
    return bool(numbers.figures(_place(FULL)))
