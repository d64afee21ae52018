"""A wording of an item as its respondent reads it, for who judges it: words, help, answers to choose from."""

from dataclasses import dataclass

from surveyapp.instruments.answers import ResponseFormat
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Form, Instrument


@dataclass(frozen=True)
class WholeWording:
    """One wording with its item's criterion; `answers` are what can be chosen, none where one writes."""

    instrument: str
    respondent: str
    variant: str
    criterion: str
    text: str
    hint: str
    answers: tuple[str, ...]


def whole_wording(
    catalogue: Catalogue, instrument_id: str, version: str, item_id: str, form: str, variant: str
) -> WholeWording | None:
    """The wording in this version; None where it is not among the published ones."""
    instrument = catalogue.instruments.get((instrument_id, version))
    item = instrument.declared.get(item_id) if instrument else None
    if instrument is None or item is None or (form, variant) not in item.wordings:
        return None
    wording, asked = item.wordings[form, variant], instrument.forms[form]
    return WholeWording(
        instrument=instrument.title,
        respondent=asked.title,
        variant=asked.variants[variant].title,
        criterion=item.criterion,
        text=in_words(instrument, wording.text),
        hint=in_words(instrument, " ".join(filter(None, (wording.format.stem, wording.hint)))),
        answers=tuple(_answers(wording.format, asked, variant)),
    )


def in_words(instrument: Instrument, text: str) -> str:
    """The text with the words that change with the context as they mostly are."""
    for name, word in instrument.words.items():
        text = text.replace("{" + name + "}", word.default)
    return text


def _answers(declared: ResponseFormat, form: Form, variant: str) -> list[str]:
    chosen = [option.label for option in declared.options]
    apart = [
        declared.labels.get(reason) or form.no_value.get((reason, variant), "")
        for reason in declared.no_value
    ]
    return [*chosen, *filter(None, apart)]
