"""The chapter on points of view: where two of them differ on average, never which of them is right."""

from collections.abc import Mapping
from dataclasses import replace

from surveyapp.instruments.answers import ResponseFormat
from surveyapp.reports.frames import Study
from surveyapp.reports.italian import MISSING, NOTHING, counted, interval, listed, signed, whole
from surveyapp.reports.numbers import EVERYWHERE, SHOWN_FROM, Figure, Numbers, Place
from surveyapp.reports.plots import Axis, Forest, forest
from surveyapp.reports.plots import Line as Drawn
from surveyapp.reports.tables import (
    LENGTHS,
    NOTES,
    Block,
    Line,
    Names,
    Part,
    Section,
    Table,
    anchor,
    by_scale,
    everywhere,
    notes,
)
from surveyapp.reports.validation.viewpoints import FACTS, PREFIX, STANDARD

# Who answers a form.
WHO: Mapping[str, str] = {
    "participant": "persona",
    "operator": "operatore",
    "host": "chi ospita",
    "executing_body": "ente esecutore",
    "client_firm": "impresa committente",
    "employment_office": "Collocamento Mirato",
}
# Forms whose respondent says too little of them.
FORMS: Mapping[str, str] = {"ECIL": "équipe"}
INTRODUCTION = (
    "Persona, operatore e chi ospita rispondono sugli stessi criteri, ognuno dal suo posto. Qui si vede "
    "dove, in media, uno vede più in alto o più in basso di un altro. Sono punti di vista: nessuno dei "
    "due è la misura giusta, e una differenza non è un errore. Vale la pena parlarne insieme.",
    "Si confrontano solo i criteri che le due schede chiedono allo stesso modo, almeno 2 per dimensione, "
    "e solo la versione standard: le risposte della versione semplice hanno un altro formato.",
)
NOTHING_YET = "Non ci sono ancora due schede dello stesso inserimento: qui compariranno le differenze."
NOTE = (
    "Differenza: punti su 100, il primo meno il secondo; sopra lo zero il primo vede più in alto. "
    "Limiti: fra questi valori sta circa il 95 % delle differenze di ogni coppia (Bland-Altman). I "
    f"territori compaiono da {SHOWN_FROM} coppie in su."
)
AXIS = Axis("punti di differenza (su 100)")


def viewpoint_section(numbers: Numbers, names: Names, study: Study) -> Section | None:
    """A part for each two forms, occasion and length; None for an instrument with one point of view."""
    if not study.instrument.gaps:
        return None
    places = numbers.places("both_forms")
    enough = [place for place in places if _drawn_places(numbers, place)]
    parts = [_part(numbers, names, place) for place in enough]
    others = [place for place in places if place not in enough]
    sentences = INTRODUCTION if places else (*INTRODUCTION, NOTHING_YET)
    return Section(
        "punti-di-vista",
        "I punti di vista a confronto",
        sentences,
        (*parts, *_few(numbers, names, others), *_facts(numbers, names, study)),
    )


def who(names: Names, form: str, variant: str = "") -> str:
    """Who answers a form, with the variant where the form has several and one is named."""
    found = names.instrument.forms.get(form)
    if found is None:
        return form
    words = FORMS.get(form) or WHO.get(found.respondent, found.title)
    return f"{words}, {names.variant(variant, form)}" if variant and len(found.variants) > 1 else words


def _forms(place: Place) -> list[str]:
    return place.subset.removeprefix(PREFIX).split("-")


def _title(names: Names, place: Place) -> str:
    first, second = (who(names, form) for form in _forms(place))
    length = f", {LENGTHS[place.length]}" if place.length else ""
    return f"{first.capitalize()} e {second}: {names.occasion(place.occasion)}{length}"


def _scales(numbers: Numbers, place: Place) -> list[Place]:
    key = replace(place, scale="", territory=EVERYWHERE)
    return [
        found
        for found in numbers.places("difference")
        if replace(found, scale="", territory=EVERYWHERE) == key
    ]


def _drawn_places(numbers: Numbers, place: Place) -> list[Place]:
    """The scales with a number over all territories."""
    found = everywhere(_scales(numbers, place))
    return [one for one in found if numbers.value(one, "difference") is not None]


def _part(numbers: Numbers, names: Names, place: Place) -> Part:
    name = anchor("vista", *_forms(place), place.occasion, place.version, place.length)
    title = _title(names, place)
    return Part(
        id=name,
        title=f"{title} – strumento {names.version(place)}",
        sentences=(_said(numbers, place),),
        drawing=_forest(numbers, names, place, name),
        seen=_seen(numbers, names, place),
        tables=(_table(numbers, names, place, name),),
    )


def _said(numbers: Numbers, place: Place) -> str:
    pairs = numbers.count(place, "both_forms")
    easy, version = (numbers.count(place, f"left_out_{why}") for why in ("easy", "version"))
    said = f"Di {counted(pairs, 'persona', 'persone')} ci sono tutte e due le schede."
    if easy:
        said += (
            f" {counted(easy, 'coppia resta fuori perché ha', 'coppie restano fuori perché hanno')} la "
            "versione semplice."
        )
    if version:
        out = counted(version, "coppia resta fuori", "coppie restano fuori")
        said += f" {out} perché le due schede sono di versioni diverse dello strumento."
    return said


def _table(numbers: Numbers, names: Names, place: Place, name: str) -> Table:
    first, second = (who(names, form) for form in _forms(place))
    blocks = by_scale(names, _scales(numbers, place))
    return Table(
        id=f"{name}-tabella",
        caption=f"{_title(names, place)}: {first} meno {second} (strumento {names.version(place)})",
        columns=(
            "Dimensione e territorio",
            "Coppie",
            "Differenza",
            "Intervallo 95 %",
            "Limiti",
            "Troppo pochi criteri in comune",
            NOTES,
        ),
        blocks=tuple(
            Block(title, tuple(_line(numbers, found) for found in inside)) for title, inside in blocks
        ),
        words=(3, 4, 6),
        note=NOTE,
    )


def _line(numbers: Numbers, place: Place) -> Line:
    figures = numbers.figures(place)
    found = figures["difference"]
    cells = (
        whole(found.n),
        signed(found.value),
        interval(found.low, found.high),
        interval(figures["limit_low"].value, figures["limit_high"].value),
        whole(figures["few_common"].value),
        notes([found]),
    )
    return Line(place.territory, cells, place.territory == EVERYWHERE)


def _forest(numbers: Numbers, names: Names, place: Place, name: str) -> Forest:
    lines = []
    for title, inside in by_scale(names, _scales(numbers, place)):
        lines.append(Drawn(title, whole=True, heading=True))
        lines += [_drawn(found, numbers.figures(found)["difference"]) for found in inside]
    first, second = (who(names, form) for form in _forms(place))
    return forest(
        f"{name}-disegno",
        f"{first.capitalize()} meno {second}: differenza media con intervallo al 95 %",
        f"{_seen(numbers, names, place)} I numeri sono nella tabella che segue.",
        AXIS,
        lines,
    )


def _drawn(place: Place, figure: Figure) -> Drawn:
    label, everybody = f"{place.territory} (n = {figure.n})", place.territory == EVERYWHERE
    if figure.value is None:
        return Drawn(label, everybody, words="troppo poche coppie")
    return Drawn(label, everybody, value=figure.value, low=figure.low, high=figure.high)


def _seen(numbers: Numbers, names: Names, place: Place) -> str:
    """Where the whole interval lies on one side, in a sentence."""
    first, second = (who(names, form) for form in _forms(place))
    sides: dict[int, list[str]] = {1: [], -1: [], 0: []}
    for found in _drawn_places(numbers, place):
        figure = numbers.figures(found)["difference"]
        above, below = (figure.low or 0) > 0, (figure.high or 0) < 0
        sides[int(above) - int(below)].append(names.scale(found.scale))
    words = {
        1: f"In media la scheda «{first}» sta più in alto di «{second}» per",
        -1: f"In media la scheda «{first}» sta più in basso di «{second}» per",
        0: "L'intervallo comprende lo zero, o manca, per",
    }
    return " ".join(f"{words[side]} {listed(scales)}." for side, scales in sides.items() if scales)


def _few(numbers: Numbers, names: Names, places: list[Place]) -> tuple[Part, ...]:
    if not places:
        return ()
    lines = tuple(
        Line(
            f"{_title(names, place)} – strumento {names.version(place)}",
            tuple(
                whole(numbers.value(place, name))
                for name in ("both_forms", "left_out_easy", "left_out_version")
            ),
        )
        for place in places
    )
    table = Table(
        id="vista-poche-tabella",
        caption=f"Meno di {SHOWN_FROM} coppie: solo i conteggi (strumento {names.answered})",
        columns=("Schede", "Persone con tutte e due", "Con versione semplice", "Di versioni diverse"),
        blocks=(Block("", lines),),
    )
    return (Part("vista-poche", "Troppo poche coppie per una differenza", tables=(table,)),)


def _facts(numbers: Numbers, names: Names, study: Study) -> tuple[Part, ...]:
    """What some forms tell as a fact and nobody scores, a table a question and form."""
    places = [place for place in numbers.places("asked") if place.subset == FACTS]
    tables = []
    for form, item in dict.fromkeys((place.form, place.item) for place in places):
        found = [place for place in places if (place.form, place.item) == (form, item)]
        tables.append(_fact_table(numbers, names, study, found))
    sentence = (
        "Queste domande chiedono un fatto e non entrano in nessun punteggio: si contano le risposte. Un "
        "sì fa partire anche una segnalazione."
    )
    return (
        (Part("vista-fatti", "I fatti che non hanno punteggio", (sentence,), tables=tuple(tables)),)
        if tables
        else ()
    )


def _fact_table(numbers: Numbers, names: Names, study: Study, places: list[Place]) -> Table:
    first = places[0]
    asked = study.instrument.items[first.item]
    wording = asked.wordings[first.form, STANDARD]
    options = sorted(wording.format.options, key=lambda option: option.code)
    reasons = _reasons(numbers, places, wording.format)
    lines = []
    for place in places:
        names_of_counts = [f"count_{option.code}" for option in options] + [
            f"missing_{one}" for one in reasons
        ]
        cells = [whole(numbers.value(place, name)) for name in ("asked", *names_of_counts)]
        lines.append(Line(names.occasion(place.occasion), (place.version or NOTHING, *cells)))
    return Table(
        id=anchor("vista-fatti", first.form, first.item.replace("_", "-")),
        caption=f"{asked.criterion}, {who(names, first.form)}: «{wording.text}» (strumento {names.answered})",
        columns=(
            "Rilevazione",
            "Versione",
            "Schede",
            *(option.label for option in options),
            *(MISSING[reason] for reason in reasons),
        ),
        blocks=(Block("", tuple(lines)),),
        words=(1,),
    )


def _reasons(numbers: Numbers, places: list[Place], asked: ResponseFormat) -> list[str]:
    """The reasons for no answer that are offered, and those that were met."""
    return [
        reason
        for reason in MISSING
        if reason in asked.no_value or any(numbers.count(place, f"missing_{reason}") for place in places)
    ]
