"""The codebook: what each code, scale and computed fact means, as tables."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from surveyapp.instruments.model import Instrument, Item, Section
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.rule import Rule, all_of
from surveyapp.sheets.cells import safe_text
from surveyapp.sheets.choices import options, reasons
from surveyapp.sheets.folding import folded, given
from surveyapp.sheets.labels import FORMATS, LENGTHS
from surveyapp.sheets.tables import Table, computed, table
from surveyapp.sheets.words import condition, names_by_id

# The answers are exported with this code: pandas and R read a cell "NA" as an empty one.
REASONS: Mapping[str, str] = {"NA": "N.A."}
ITEM_COLUMNS = {
    "item": "Codice",
    "criterion": "Criterio",
    "section": "Sezione",
    "form": "Scheda",
    "variant": "Versione",
    "text": "Testo",
    "hint": "Aiuto",
    "format": "Formato",
    "codes": "Codici",
    "reversed": "Inverso",
    "scales": "Scale",
    "occasions": "Rilevazioni",
    "rule": "Regola",
    "earlier": "Riprende",
    "records": "Si ripete",
    "lengths": "Schede brevi",
    "core": "Stella",
    "parallel": "Parallelo",
    "source": "Fonte",
    "icf": "ICF",
    "module": "Modulo",
}


@dataclass(frozen=True)
class _Asked:
    """An item as its file declares it, in one form and variant."""

    instrument: Instrument
    section: Section
    item: Item
    form: str
    variant: str


def codebook(instrument: Instrument) -> tuple[Table, ...]:
    """The tables of the codebook: questions first (a row for each item, form and variant), no empty ones."""
    asked = table("domande", "Domande", ITEM_COLUMNS, (_row(one) for one in _asked(instrument)))
    return (asked, *computed(instrument))


def as_csv(found: Table) -> str:
    """A table as CSV under English names of columns, without a cell that a spreadsheet would compute."""
    out = io.StringIO()
    written = csv.writer(out)
    written.writerow(found.keys)
    written.writerows([safe_text(cell) for cell in row] for row in found.rows)
    return out.getvalue()


def _asked(instrument: Instrument) -> Iterator[_Asked]:
    for section in instrument.sections:
        for item in section.items:
            for form, variant in item.wordings:
                yield _Asked(instrument, section, item, form, variant)


def _row(asked: _Asked) -> tuple[str, ...]:
    item, section = asked.item, asked.section
    wording = item.wordings[asked.form, asked.variant]
    cells: dict[str, str] = {
        "item": item.id,
        "criterion": item.criterion,
        "section": section.title,
        "form": asked.form,
        "variant": asked.variant,
        "text": wording.text,
        "hint": wording.hint or "",
        "format": f"{wording.format.id}: {FORMATS[wording.format.kind]}",
        "codes": _codes(asked),
        "reversed": _yes(item.reversed),
        "scales": _scales(asked),
        "occasions": ", ".join(item.occasions),
        "rule": _rule(asked),
        "earlier": item.carries or item.recalls or "",
        "records": f"al massimo {section.repeat.times} volte" if section.repeat else "",
        "lengths": ", ".join(LENGTHS[length].lower() for length in LENGTHS if length in item.lengths),
        "core": _yes(item.core),
        "parallel": _yes(item.parallel),
        "source": item.source,
        "icf": item.icf or "",
        "module": section.module or "",
    }
    return tuple(cells[key] for key in ITEM_COLUMNS)


def _yes(fact: bool) -> str:
    return "sì" if fact else "no"


def _codes(asked: _Asked) -> str:
    """Code = label, in the order in which they are shown; what to write where there are no codes."""
    declared = asked.item.wordings[asked.form, asked.variant].format
    here = Questionnaire(asked.instrument, asked.form, asked.variant, next(iter(asked.instrument.occasions)))
    told = [f"{one.code}={one.words or one.number}" for one in options(declared)]
    told += [_WRITTEN[declared.kind](asked)] if declared.kind in _WRITTEN else []
    told += [f"{REASONS.get(one.code, one.code)}={one.label}" for one in reasons(here, asked.item)]
    return "; ".join(told)


def _number(asked: _Asked) -> str:
    declared = asked.item.wordings[asked.form, asked.variant].format
    decimals = f", fino a {declared.decimals} decimali" if declared.decimals else ""
    return f"da {declared.least} a {declared.most} {declared.unit or ''}".strip() + decimals


def _text(asked: _Asked) -> str:
    return f"al massimo {asked.item.wordings[asked.form, asked.variant].format.max_length} caratteri"


_WRITTEN: Mapping[str, Callable[[_Asked], str]] = {
    "number": _number,
    "text": _text,
    "date": lambda _asked: "anno-mese-giorno",
}


def _scales(asked: _Asked) -> str:
    scales = asked.instrument.scales
    return ", ".join(scale.id for scale in scales if asked.item.id in scale.scored(asked.form))


def _rule(asked: _Asked) -> str:
    whole = all_of(asked.section.show_if, asked.item.show_if)
    rule = folded(whole, given({"form": asked.form, "variant": asked.variant}))
    if isinstance(rule, Rule):
        return f"se {condition(rule, names_by_id(asked.instrument, asked.form, asked.variant))}"
    return "" if rule else "mai"
