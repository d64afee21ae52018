"""The chapter on who answered, how, and who was lost on the way."""

from collections.abc import Mapping

from surveyapp.reports.coverage import START
from surveyapp.reports.italian import MODES, NOTHING, percent, whole
from surveyapp.reports.numbers import EVERYWHERE, Numbers, Place
from surveyapp.reports.page_coverage import COLUMNS, NOTE
from surveyapp.reports.tables import LENGTHS, Block, Line, Names, Part, Section, Table, anchor

INTRODUCTION = (
    "Tutto quello che segue viene da questi questionari. Le percentuali e le medie usano una sola "
    "compilazione per persona, scheda e rilevazione: la prima.",
)
HOW = {
    "answered_late": "In ritardo",
    "answered_legacy": "Prima della piattaforma",
    "answered_flagged": "Con segnali",
}
FLOW = {
    "present": "Presenti",
    "lost": "Persi dalla rilevazione prima",
    "returned": "Tornati",
    "always": "Sempre presenti",
}
FLOW_NOTE = (
    "Le persone sono tutte quelle che hanno risposto almeno una volta. «Persi»: c'erano alla rilevazione "
    "prima e non a questa, per qualunque motivo, anche perché il loro momento non è ancora venuto."
)
HOW_NOTE = (
    "«Con segnali»: il modo di rispondere ha fatto nascere una nota (per esempio molto in fretta, o sempre "
    "la stessa risposta). I dati restano; accanto ai risultati c'è sempre il calcolo senza di loro."
)


def sample_section(numbers: Numbers, names: Names) -> Section:
    """A part for each form: coverage, how it was answered, flow."""
    forms = dict.fromkeys(place.form for place in numbers.places("due"))
    parts = tuple(_part(numbers, names, form) for form in forms)
    return Section("campione", "Chi ha risposto, e come", INTRODUCTION, parts)


def _part(numbers: Numbers, names: Names, form: str) -> Part:
    tables = (
        _coverage(numbers, names, form),
        _how(numbers, names, form),
        _flow(numbers, names, form),
    )
    name = anchor("campione", form)
    return Part(name, names.form(form), tables=tuple(table for table in tables if table))


def _coverage(numbers: Numbers, names: Names, form: str) -> Table:
    places = [place for place in numbers.places("due") if place.form == form]
    occasions = dict.fromkeys(place.occasion for place in places)
    return Table(
        id=anchor("copertura", form),
        caption=f"Questionari per rilevazione e territorio – {names.form(form)} ({_versions(names, places)})",
        columns=("Territorio", *COLUMNS.values()),
        blocks=tuple(
            Block(names.occasion(code), tuple(_coverage_lines(numbers, places, code))) for code in occasions
        ),
        note=NOTE,
    )


def _coverage_lines(numbers: Numbers, places: list[Place], occasion: str) -> list[Line]:
    """One line a territory; those where nothing is due are left out, the total never is."""
    here = [place for place in places if place.occasion == occasion]
    kept = [place for place in here if place.territory == EVERYWHERE or numbers.value(place, "due")]
    return [
        Line(
            place.territory,
            tuple(_coverage_cell(numbers, place, name) for name in COLUMNS),
            place.territory == EVERYWHERE,
        )
        for place in kept
    ]


def _coverage_cell(numbers: Numbers, place: Place, statistic: str) -> str:
    if statistic == "dropouts" and place.occasion == START:
        return NOTHING
    return whole(numbers.value(place, statistic))


def _how(numbers: Numbers, names: Names, form: str) -> Table | None:
    places = [place for place in numbers.places("people") if place.form == form and not place.scale]
    if not places:
        return None
    words = _how_words(numbers, names, places)
    return Table(
        id=anchor("modi", form),
        caption=f"Come sono stati compilati – {names.form(form)} ({_versions(names, places)})",
        columns=("Rilevazione", "Persone", *words.values()),
        blocks=(
            Block(
                "",
                tuple(
                    Line(
                        names.occasion(place.occasion),
                        tuple(whole(numbers.value(place, name) or 0) for name in ("people", *words)),
                    )
                    for place in places
                ),
            ),
        ),
        note=HOW_NOTE,
    )


def _how_words(numbers: Numbers, names: Names, places: list[Place]) -> Mapping[str, str]:
    """The counts that some occasion has, with their column titles."""
    found = dict.fromkeys(name for place in places for name in numbers.figures(place))
    titles = {
        **{f"mode:{mode}": words for mode, words in MODES.items()},
        "length:full": "Per intero",
        **{f"length:{length}": words.capitalize() for length, words in LENGTHS.items()},
        **HOW,
    }
    form = names.instrument.forms.get(places[0].form)
    titles |= {
        f"variant:{code}": one.title.capitalize() for code, one in (form.variants if form else {}).items()
    }
    return {name: titles[name] for name in found if name in titles}


def _flow(numbers: Numbers, names: Names, form: str) -> Table | None:
    places = [place for place in numbers.places("present") if place.form == form and place.subset == "flow"]
    if not places:
        return None
    people = numbers.figures(places[0])["present"].n
    lines = tuple(
        Line(
            names.occasion(place.occasion),
            (
                *(whole(numbers.value(place, name)) for name in FLOW),
                percent(numbers.value(place, "share_present")),
            ),
        )
        for place in places
    )
    return Table(
        id=anchor("flusso", form),
        caption=f"{whole(people)} persone nel tempo – {names.form(form)} ({_versions(names, places)})",
        columns=("Rilevazione", *FLOW.values(), "Presenti su tutte"),
        blocks=(Block("", lines),),
        note=FLOW_NOTE,
    )


def _versions(names: Names, places: list[Place]) -> str:
    found = {version for place in places for version in place.version.split(" + ") if version}
    return f"strumento {names.instrument.id} {' + '.join(sorted(found)) or NOTHING}"
