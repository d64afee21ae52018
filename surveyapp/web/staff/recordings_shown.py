"""The recordings of a form as their page shows them: states, lengths and days in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Instrument
from surveyapp.sheets.aloud import Spoken, forms_read, texts
from surveyapp.storage.recordings import GENERATED, VOICE
from surveyapp.study.recordings import NOTHING, OUT_OF_DATE, OWN, Leftover, leftovers, readings, tally
from surveyapp.web.languages import around, later, ngettext
from surveyapp.web.languages import gettext as _
from surveyapp.web.staff.instruments_words import listed
from surveyapp.web.staff.shown import moment

# State: its words, and the mark of the stylesheet.
STATES: Mapping[str, tuple[str, str]] = {
    VOICE: (later("Voce"), "done"),
    GENERATED: (later("Voce del computer"), "open"),
    OUT_OF_DATE: (later("Il testo è cambiato"), "late"),
    NOTHING: (later("Da registrare"), "due"),
    OWN: (later("Non si registra"), "lost"),
}
SOURCES: Mapping[str, str] = {VOICE: later("Voce"), GENERATED: later("Voce del computer")}
# How many texts stand how, in a row.
COUNTED: Mapping[str, str] = {
    VOICE: later("{} con una voce"),
    GENERATED: later("{} con la voce del computer"),
    OUT_OF_DATE: later("{} da rifare perché il testo è cambiato"),
    NOTHING: later("{} da registrare"),
    OWN: later("{} che non si registrano"),
}
_FIRST = 8  # letters of a digest that tell the texts of a page apart


@dataclass(frozen=True)
class FormPicked:
    """The form and variant that the page shows, and what else can be picked."""

    form: str
    variant: str
    forms: Mapping[str, str]
    variants: Mapping[str, str]


@dataclass(frozen=True)
class RecordingShown:
    """A recording: what it is, where it comes from; `note` says which versions use it, or why none does."""

    id: int
    item: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class TextShown:
    """A text to be read aloud, how it stands, and its recordings."""

    anchor: str
    item: str
    sha256: str
    pieces: tuple[str, ...]
    words: str
    mark: str
    may_record: bool
    recordings: tuple[RecordingShown, ...]


@dataclass(frozen=True)
class Found:
    """All of a form: how many texts stand how, in words; the texts; recordings of other texts."""

    summary: str
    texts: tuple[TextShown, ...]
    leftovers: tuple[RecordingShown, ...]


def form_picked(shown: Instrument, asked: Mapping[str, str]) -> FormPicked:
    """The form and variant that the address asks for, else the first that is read aloud (there is one)."""
    forms = {form.code: form for form in forms_read(shown)}
    form = forms.get(asked.get("scheda", "")) or next(iter(forms.values()))
    variant = form.variants.get(asked.get("variante", "")) or form.variants[form.default_variant]
    return FormPicked(
        form.code,
        variant.code,
        {one.code: f"{one.code}, {one.title}" for one in forms.values()},
        {one.code: one.title for one in form.variants.values()},
    )


def found(
    catalogue: Catalogue, shown: Instrument, picked: FormPicked, rows: Sequence[Row[Any]], zone: ZoneInfo
) -> Found:
    """The page of a form and variant, given its recordings."""
    read = readings(texts(shown, picked.form, picked.variant), rows)
    others = leftovers(catalogue, shown, picked.form, picked.variant, rows)
    return Found(
        summary=_summary(tally(read)),
        texts=tuple(
            TextShown(
                anchor(one.text),
                one.text.item,
                one.text.sha256,
                one.text.pieces,
                *STATES[one.state],
                not one.text.repeats,
                tuple(_recording(row, zone, named=bool(place)) for place, row in enumerate(one.recordings)),
            )
            for one in read
        ),
        leftovers=tuple(_recording(one.recording, zone, _used(one), named=True) for one in others),
    )


def anchor(text: Spoken) -> str:
    """The id of a text on the page."""
    return f"{text.item}-{text.sha256[:_FIRST]}"


def _summary(numbers: Mapping[str, int]) -> str:
    told = listed(COUNTED[state].format(number) for state, number in numbers.items() if number)
    words = ngettext("%(num)s testo: {told}.", "%(num)s testi: {told}.", sum(numbers.values()))
    return around(words, told=told)


def _recording(row: Row[Any], zone: ZoneInfo, note: str = "", *, named: bool) -> RecordingShown:
    """A recording in words; of the one that is heard, the state of its text says already what it is."""
    length = ngettext("%(num)s secondo", "%(num)s secondi", row.seconds) if row.seconds else ""
    when = moment(row.uploaded_at, zone)
    if row.source == VOICE:
        when = _("%(moment)s da %(who)s", moment=when, who=row.uploaded_by)
    told = (str(SOURCES[row.source]) if named else "", length, when)
    return RecordingShown(row.id, row.item, ", ".join(filter(None, told)), note)


def _used(one: Leftover) -> str:
    if not one.used_by:
        return _("Il testo è cambiato: nessuno la sente più.")
    return around(_("Serve alla versione {numbers}, che ha un altro testo."), numbers=listed(one.used_by))
