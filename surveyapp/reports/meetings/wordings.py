"""Which wording of which item, in words; of a version that is not among the published ones, by its codes."""

import re

from surveyapp.focus_groups.readers import Read
from surveyapp.instruments.catalogue import Catalogue

# What no file of Word can hold: control characters, halves of letters.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """A text on one line, without what no file can hold."""
    return " ".join(_UNWRITABLE.sub("", text).split())


def about(catalogue: Catalogue, instrument_id: str, version: str, form: str = "", variant: str = "") -> str:
    """Instrument and version, then form and variant where they are given."""
    instrument = catalogue.instruments.get((instrument_id, version))
    title = instrument.title if instrument else instrument_id
    asked = instrument.forms.get(form) if instrument else None
    form_title = asked.title if asked else form
    which = asked.variants[variant].title.lower() if asked and variant in asked.variants else variant
    return ", ".join(filter(None, (f"{title} {version}", form_title if form_title != title else "", which)))


def words(catalogue: Catalogue, read: Read) -> str:
    """The words that were read; the id of the item where that version is not here."""
    instrument = catalogue.instruments.get((read.instrument, read.version))
    item = instrument.declared.get(read.item) if instrument else None
    if instrument is None or item is None or (read.form, read.variant) not in item.wordings:
        return read.item
    text = item.wordings[read.form, read.variant].text
    for name, word in instrument.words.items():
        text = text.replace("{" + name + "}", word.default)
    return f"{text} ({read.item})"
