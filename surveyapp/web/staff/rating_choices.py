"""What can be asked in a round: criteria of the instruments and new ones, wordings of published versions."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Row

from surveyapp.focus_groups.rounds import CLARITY, RELEVANCE, Wanted
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Instrument
from surveyapp.web.languages import later
from surveyapp.web.wordings import in_words

# The source of criteria that came up in a focus group.
NEW = "new"
KINDS: Mapping[str, str] = {
    RELEVANCE: later("Rilevanza di criteri"),
    CLARITY: later("Chiarezza di formulazioni"),
}


def sources(catalogue: Catalogue, scale: str) -> dict[str, str]:
    """Where questions of a kind are picked from, by what the form sends."""
    known = sorted(catalogue.instruments.items())
    if scale == RELEVANCE:
        return {_source(one): _title(one) for _, one in known}
    return {
        "/".join((_source(one), form.code, variant.code)): f"{_title(one)}: {form.title}, {variant.title}"
        for _, one in known
        for form in one.forms.values()
        for variant in form.variants.values()
    }


def offered(
    catalogue: Catalogue, new_criteria: Iterable[Row[Any]], scale: str, source: str
) -> dict[str, Wanted]:
    """What a source offers, by the id of the item or criterion; nothing for an unknown one."""
    if scale == RELEVANCE and source == NEW:
        return {row.code: Wanted(RELEVANCE, row.code, row.title) for row in new_criteria}
    if source not in sources(catalogue, scale):
        return {}
    instrument_id, version, *wording = source.split("/")
    instrument = catalogue.instruments[instrument_id, version]
    return _wordings(instrument, *wording) if wording else _criteria(instrument)


def _criteria(instrument: Instrument) -> dict[str, Wanted]:
    about = (instrument.id, instrument.version)
    return {
        item.id: Wanted(RELEVANCE, item.id, item.criterion, *about) for item in instrument.declared.values()
    }


def _wordings(instrument: Instrument, form: str, variant: str) -> dict[str, Wanted]:
    about = (instrument.id, instrument.version, form, variant)
    return {
        item.id: Wanted(CLARITY, item.id, in_words(instrument, item.wordings[form, variant].text), *about)
        for item in instrument.declared.values()
        if (form, variant) in item.wordings
    }


def _source(instrument: Instrument) -> str:
    return f"{instrument.id}/{instrument.version}"


def _title(instrument: Instrument) -> str:
    return f"{instrument.title} {instrument.version}"
