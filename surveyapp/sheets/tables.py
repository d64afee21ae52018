"""What an instrument computes, and when it is asked, as tables."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from surveyapp.instruments.measures import Derived, Scale
from surveyapp.instruments.model import Instrument
from surveyapp.sheets.by_form import by_form
from surveyapp.sheets.labels import ALERTS, KINDS, METHODS
from surveyapp.sheets.windows import occasion_words

Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Cells of text under columns: `keys` for programs (English), `titles` for people (Italian)."""

    name: str
    title: str
    keys: tuple[str, ...]
    titles: tuple[str, ...]
    rows: tuple[Row, ...]


def table(name: str, title: str, columns: Mapping[str, str], rows: Iterable[Row]) -> Table:
    """A table from its columns (key: title) and rows."""
    return Table(name, title, tuple(columns), tuple(columns.values()), tuple(rows))


def without_empty(found: Table) -> Table:
    """The table without columns that have nothing in any row."""
    kept = [place for place in range(len(found.keys)) if any(row[place] for row in found.rows)]

    def left(cells: Row) -> Row:
        return tuple(cells[place] for place in kept)

    return Table(found.name, found.title, left(found.keys), left(found.titles), tuple(map(left, found.rows)))


def computed(instrument: Instrument) -> tuple[Table, ...]:
    """Everything that an instrument computes, and its occasions; no table without rows."""
    found = (
        table("scale", "Scale", _SCALE_COLUMNS, _scales(instrument)),
        table("indici", "Indici", _INDEX_COLUMNS, _indices(instrument)),
        table("differenze", "Differenze fra i punti di vista", _GAP_COLUMNS, _gaps(instrument)),
        table("fatti", "Fatti calcolati", _DERIVED_COLUMNS, _derived(instrument)),
        table("avvisi", "Avvisi", _ALERT_COLUMNS, _alerts(instrument)),
        table("rilevazioni", "Rilevazioni", _OCCASION_COLUMNS, _occasions(instrument)),
    )
    return tuple(one for one in found if one.rows)


_SCALE_COLUMNS = {
    "scale": "Codice",
    "title": "Scala",
    "construct": "Che cosa misura",
    "kind": "Tipo",
    "method": "Punteggio",
    "items": "Domande",
    "min_valid": "Risposte valide necessarie",
    "left_out": "Chieste ma non contate",
    "short": "Scheda breve",
}


def _scales(instrument: Instrument) -> Iterator[Row]:
    for scale in instrument.scales:
        yield (
            scale.id,
            scale.title,
            scale.construct,
            KINDS[scale.kind],
            METHODS[scale.method],
            ", ".join(f"{name} (inverso)" if _reversed(instrument, name) else name for name in scale.items),
            _minimum(scale),
            "; ".join(f"{form}: {', '.join(items)}" for form, items in scale.leave_out.items()),
            f"{', '.join(scale.short.items)} (almeno {scale.short.min_valid})" if scale.short else "",
        )


def _reversed(instrument: Instrument, item_id: str) -> bool:
    return instrument.items[item_id].reversed


def _minimum(scale: Scale) -> str:
    told = [_by_form(scale.min_valid)]
    told += [f"{occasion}: {_by_form(minimum)}" for occasion, minimum in scale.min_valid_at.items()]
    return "; ".join(told)


def _by_form(minimum: Mapping[str, int]) -> str:
    return ", ".join(f"{form} {number}" for form, number in minimum.items())


_INDEX_COLUMNS = {"index": "Codice", "title": "Indice", "scales": "Media di", "min_valid": "Scale necessarie"}


def _indices(instrument: Instrument) -> Iterator[Row]:
    for index in instrument.indices:
        yield (index.id, index.title, ", ".join(index.scales), str(index.min_valid))


_GAP_COLUMNS = {
    "gap": "Codice",
    "title": "Differenza",
    "scales": "Scale",
    "forms": "Schede",
    "min_common": "Criteri comuni necessari",
}


def _gaps(instrument: Instrument) -> Iterator[Row]:
    for gap in instrument.gaps:
        yield (gap.id, gap.title, ", ".join(gap.scales), ", ".join(gap.forms), str(gap.min_common))


_DERIVED_COLUMNS = {
    "derived": "Codice",
    "title": "Fatto",
    "meaning": "Come si calcola",
    "forms": "Schede",
    "occasions": "Rilevazioni",
}


def _derived(instrument: Instrument) -> Iterator[Row]:
    for fact in instrument.derived:
        forms, occasions = ", ".join(fact.forms) or "tutte", ", ".join(fact.occasions) or "tutte"
        yield (fact.id, fact.title, _meaning(fact, instrument), forms, occasions)


def _meaning(fact: Derived, instrument: Instrument) -> str:
    if fact.share:
        share = fact.share
        enough = f"almeno {share.at_least} su 100 di quelle con {share.among}"
        return f"sì se almeno una scheda ha {share.of}, e se l'ha {enough}"
    if fact.count:
        codes = ", ".join(str(code) for code in fact.count.codes)
        return f"quante risposte hanno uno di questi codici ({codes}): {', '.join(fact.count.items)}"
    told = f"sì {by_form(fact.rule, instrument, fact.forms)}" if fact.rule else ""
    titles = {section.id: section.title for section in instrument.sections}
    return f"per ogni scheda di «{titles[fact.records]}»: {told}" if fact.records else told


_ALERT_COLUMNS = {"alert": "Codice", "title": "Avviso", "kind": "Che cosa succede", "rule": "Quando"}


def _alerts(instrument: Instrument) -> Iterator[Row]:
    for alert in instrument.alerts:
        yield (alert.id, alert.title, ALERTS[alert.kind], by_form(alert.rule, instrument))


_OCCASION_COLUMNS = {"occasion": "Codice", "title": "Rilevazione", "window": "Quando", "forms": "Schede"}


def _occasions(instrument: Instrument) -> Iterator[Row]:
    for code, occasion in instrument.occasions.items():
        forms = [form.code for form in instrument.forms.values() if occasion.asked_as in form.occasions]
        yield (code, occasion.title, occasion_words(occasion, instrument), ", ".join(forms))
