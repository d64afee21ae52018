"""The manual of an instrument: the texts of its file, its windows, answers, scores and questions by scale."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from surveyapp.instruments.answers import ResponseFormat
from surveyapp.instruments.model import Instrument, Item
from surveyapp.sheets.choices import options
from surveyapp.sheets.labels import MANUAL, RESPONDENTS
from surveyapp.sheets.tables import Table, computed, table

MISSING = "Questo testo non è ancora stato scritto."


@dataclass(frozen=True)
class Chapter:
    """What the file says of an instrument or of a module, part by part: title, text."""

    title: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Manual:
    """A manual, from its texts to the last question."""

    title: str
    footer: str
    chapters: tuple[Chapter, ...]
    forms: Table
    occasions: Table | None
    answers: tuple[tuple[str, str], ...]
    scales: tuple[tuple[str, str, Table], ...]
    others: Table | None
    computed: tuple[Table, ...]
    glossary: tuple[tuple[str, str], ...]


def manual(instrument: Instrument, modules: Iterable[Instrument] = ()) -> Manual:
    """The manual of an instrument; `modules` are those that it includes, for their own texts."""
    tables = {one.name: one for one in computed(instrument)}
    scored = {item for scale in instrument.scales for item in scale.items}
    others = [item for item in _declared(instrument) if item.id not in scored]
    return Manual(
        title=instrument.title,
        footer=f"{instrument.id} {instrument.version} · {instrument.digest[:12]}",
        chapters=tuple(_chapter(one) for one in (instrument, *modules)),
        forms=_forms(instrument),
        occasions=tables.get("rilevazioni"),
        answers=tuple(_answers(instrument)),
        scales=tuple(_scales(instrument)),
        others=_questions(instrument, "Domande senza punteggio", others) if others else None,
        computed=tuple(one for name, one in tables.items() if name not in ("scale", "rilevazioni")),
        glossary=tuple(instrument.glossary.items()),
    )


def _chapter(instrument: Instrument) -> Chapter:
    texts = instrument.manual
    return Chapter(instrument.title, tuple((title, texts.get(key, MISSING)) for key, title in MANUAL.items()))


def _declared(instrument: Instrument) -> list[Item]:
    return [item for section in instrument.sections for item in section.items]


def _forms(instrument: Instrument) -> Table:
    columns = {
        "form": "Scheda",
        "title": "Titolo",
        "respondent": "Chi risponde",
        "variants": "Versioni e minuti",
    }
    rows = (
        (
            form.code,
            form.title,
            RESPONDENTS[form.respondent],
            ", ".join(f"{one.title} ({one.minutes} minuti)" for one in form.variants.values()),
        )
        for form in instrument.forms.values()
    )
    return table("schede", "Le schede", columns, rows)


def _answers(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """The formats of the scored questions: in which forms and variants, with which anchors."""
    used: dict[str, dict[tuple[str, str], None]] = {}
    for item in _declared(instrument):
        for (form, variant), wording in item.wordings.items():
            if any(item.id in scale.scored(form) for scale in instrument.scales):
                used.setdefault(wording.format.id, {})[form, variant] = None
    for name, places in used.items():
        yield _places(instrument, list(places)), _anchors(instrument.formats[name])


def _places(instrument: Instrument, places: list[tuple[str, str]]) -> str:
    by_variant: dict[str, list[str]] = {}
    for form, variant in places:
        by_variant.setdefault(instrument.forms[form].variants[variant].title, []).append(form)
    told = "; ".join(f"{title} ({', '.join(forms)})" for title, forms in by_variant.items())
    return told[:1].upper() + told[1:]


def _anchors(declared: ResponseFormat) -> str:
    told = [f"{one.code} {one.words}".strip() for one in options(declared)]
    return " ".join(filter(None, (declared.stem, " · ".join(told))))


def _scales(instrument: Instrument) -> Iterator[tuple[str, str, Table]]:
    """Each scale: what it measures, how it is scored, and its questions."""
    told = next((one for one in computed(instrument) if one.name == "scale"), None)
    for scale, row in zip(instrument.scales, told.rows if told else (), strict=True):
        cells = dict(zip(told.keys if told else (), row, strict=True))
        items = [item for item in _declared(instrument) if item.id in scale.items]
        reading = f"Punteggio: {cells['method']}. Risposte valide necessarie: {cells['min_valid']}."
        reading += f" Chieste ma non contate: {cells['left_out']}." if cells["left_out"] else ""
        reading += f" Scheda breve: {cells['short']}." if cells["short"] else ""
        title = f"{scale.title} ({scale.id})"
        yield scale.construct, reading, _questions(instrument, title, items)


def _questions(instrument: Instrument, title: str, items: list[Item]) -> Table:
    columns = {"item": "Codice", "criterion": "Criterio", "text": "Domanda", "reversed": "Inverso"}
    rows = (
        (item.id, item.criterion, _text(instrument, item), "sì" if item.reversed else "") for item in items
    )
    return table("domande", title, columns, rows)


def _text(instrument: Instrument, item: Item) -> str:
    """The words of the first form that asks it, in its standard variant where there is one."""
    form = next(code for code in instrument.forms if any(code == asked for asked, _ in item.wordings))
    variant = (
        "std" if (form, "std") in item.wordings else next(two for one, two in item.wordings if one == form)
    )
    return item.wordings[form, variant].text
