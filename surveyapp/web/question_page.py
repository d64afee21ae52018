"""A question as its page shows it: words, choices and pictures, computed once for each item."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from surveyapp.instruments.answers import ResponseFormat, Wording
from surveyapp.instruments.model import Instrument, Item, Section
from surveyapp.instruments.path import Questionnaire
from surveyapp.web.languages import around, italian, later
from surveyapp.web.languages import gettext as _
from surveyapp.web.voice import voice

Key = tuple[str, ...]

NO_TEXT = "(senza descrizione)"
AMOUNTS = ("empty", "half", "full")
APART = {"NA": "dash", "NO": "dash", "NS": "unknown"}
MOST_TERMS = 3

# The field of kinds that are written, its label where reasons stand beside it, the keys a telephone offers.
LABELS = {"number": later("Numero"), "date": later("Data"), "text": later("Risposta")}
ONE_LINE, LINES = "line", "area"
KEYS = {True: "decimal", False: "numeric"}
AS_A_DATE = later("Ad esempio: 31/12/2026.")
WITH_A_COMMA = later("Si può usare la virgola.")


@dataclass(frozen=True)
class Choice:
    """One radio button or box. `step` is its place on a numbered scale, `apart` leaves space above.

    `name` is the field that sends it: "reason" for what stands beside a field or a list of boxes.
    """

    value: str
    label: str
    number: str = ""
    picture: str = ""
    step: int = 0
    apart: bool = False
    name: str = "answer"


@dataclass(frozen=True)
class QuestionPage:
    """Everything of an item that does not change from one respondent to the next.

    `field` is what a written answer goes into, "line" or "area", and empty for choices; `keys` the keyboard
    of a telephone; `note` how the answer is written. `terms` are words of the question with what they mean,
    `section` the title under which it stands, `record` its number where the section repeats.
    """

    key: Key
    id: str
    kind: str
    text: str
    hint: str | None
    stem: str | None
    choices: tuple[Choice, ...]
    repeats: str | None
    decimals: bool = False
    unit: str | None = None
    lines: int = 0
    field: str = ""
    label: str = ""
    keys: str = ""
    note: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    section: str = ""
    record: int = 0

    @property
    def boxes(self) -> bool:
        """Whether choices are ticked one by one, so that a tick can be taken away again."""
        return self.kind not in ("choice", "steps")

    @property
    def heading(self) -> str | Markup:
        """The title of the section; of a record, with its number."""
        title = italian(self.section)
        return around(_("{}, numero {}"), title, self.record) if self.record else title

    def worded(self, texts: Mapping[str, str]) -> str:
        """The question with the text that it repeats put in its place."""
        return self._with(self.text, texts)

    def hinted(self, texts: Mapping[str, str]) -> str | None:
        """The line under the question, in the same way."""
        return self.hint and self._with(self.hint, texts)

    def guide(self, texts: Mapping[str, str]) -> str | Markup:
        """Everything that stands under the question to help answering it."""
        written = italian(" ".join(filter(None, (self.stem, self.hinted(texts)))))
        return around("{} {}", written, self.note) if written and self.note else written or str(self.note)

    def _with(self, words: str, texts: Mapping[str, str]) -> str:
        if not self.repeats:
            return words
        name = self.repeats.partition(".")[0]
        return words.replace("{" + name + "}", texts.get(self.repeats, NO_TEXT))


def question_page(questionnaire: Questionnaire, item: Item) -> QuestionPage:
    """The page of an item in its form and variant."""
    key = page_key(questionnaire, item)
    if key not in _PAGES:
        _PAGES[key] = _build(key, questionnaire, item)
    return _PAGES[key]


def practice_items(questionnaire: Questionnaire) -> list[Item]:
    """The practice questions of this form and variant as items, so that their pages look the same."""
    form = questionnaire.instrument.forms[questionnaire.form]
    shown_to = (questionnaire.form, questionnaire.variant)
    return [
        Item(f"PROVA_{number}", "", "", (), {shown_to: Wording(tried.text, tried.format)})
        for number, tried in enumerate(form.practice.get(questionnaire.variant, ()), 1)
    ]


# Published versions never change, so neither do these.
_PAGES: dict[Key, QuestionPage] = {}
_WORD_FIELDS: dict[str, tuple[str, ...]] = {}
_SECTIONS: dict[str, Mapping[str, Section]] = {}


def page_key(questionnaire: Questionnaire, item: Item) -> Key:
    """What the words and choices of an item hang on: of the context, only what changes words."""
    asked, instrument = questionnaire, questionnaire.instrument
    fields = _WORD_FIELDS.get(instrument.digest)
    if fields is None:
        fields = tuple(sorted({word.by for word in instrument.words.values()}))
        _WORD_FIELDS[instrument.digest] = fields
    facts = [asked.facts[name] for name in fields]
    return (instrument.digest, asked.form, asked.variant, item.id, *facts)


def section_of(instrument: Instrument, item: Item) -> Section | None:
    """The section in which an item is written; None for one that is in no section (to practise)."""
    if instrument.digest not in _SECTIONS:
        _SECTIONS[instrument.digest] = {
            written.id: section for section in instrument.sections for written in section.items
        }
    return _SECTIONS[instrument.digest].get(item.declared)


def _build(key: Key, questionnaire: Questionnaire, item: Item) -> QuestionPage:
    wording = questionnaire.wording(item)
    declared = wording.format
    section = section_of(questionnaire.instrument, item)
    page = QuestionPage(
        key=key,
        id=item.id,
        kind=declared.kind,
        text=questionnaire.words(wording.text),
        hint=wording.hint and questionnaire.words(wording.hint),
        stem=declared.stem,
        choices=(*_options(declared), *_reasons(questionnaire, item)),
        repeats=item.carries or item.recalls,
        decimals=declared.decimals > 0,
        unit=declared.unit,
        lines=declared.lines,
        field=_field(declared),
        label=LABELS.get(declared.kind, ""),
        keys=KEYS[declared.decimals > 0] if declared.kind == "number" and declared.least >= 0 else "",
        note=_note(questionnaire, wording.hint, declared),
        section=section.title if section else "",
        record=item.record,
    )
    return _explained(page, questionnaire.instrument.glossary)


def _field(declared: ResponseFormat) -> str:
    if declared.kind == "text":
        return ONE_LINE if declared.lines == 1 else LINES
    return ONE_LINE if declared.kind in LABELS else ""


def _note(questionnaire: Questionnaire, hint: str | None, declared: ResponseFormat) -> str:
    if declared.kind == "multi" and not hint:
        return voice(questionnaire.instrument.forms[questionnaire.form].respondent)["may_choose_several"]
    return AS_A_DATE if declared.kind == "date" else WITH_A_COMMA if declared.decimals else ""


def _options(declared: ResponseFormat) -> Iterator[Choice]:
    pictures = AMOUNTS if declared.pictures == "amount" else ("",) * len(declared.options)
    for option, picture in zip(declared.options, pictures, strict=True):
        if declared.kind == "steps":
            yield _step(option.code, option.label)
        else:
            yield Choice(str(option.code), option.label, picture=picture)


def _step(code: int, label: str) -> Choice:
    return Choice(str(code), "" if label == str(code) else label, number=str(code), step=code)


def _reasons(questionnaire: Questionnaire, item: Item) -> Iterator[Choice]:
    declared = questionnaire.wording(item).format
    name = "answer" if declared.kind in ("choice", "steps") else "reason"
    for place, reason in enumerate(declared.no_value):
        label = questionnaire.no_value_label(item, reason)
        picture = APART[reason] if declared.pictures else ""
        yield Choice(reason, label, picture=picture, apart=place == 0, name=name)


def _explained(page: QuestionPage, glossary: Mapping[str, str]) -> QuestionPage:
    """The page with the first words of the glossary that stand on it."""
    labels = (choice.label for choice in page.choices)
    shown = " ".join(filter(None, (page.text, page.stem, page.hint, *labels)))
    places = {word: found.start() for word in glossary if (found := _spoken(word).search(shown))}
    first = sorted(places, key=lambda word: places[word])[:MOST_TERMS]
    return replace(page, terms=tuple((word, glossary[word]) for word in first))


def _spoken(word: str) -> re.Pattern[str]:
    """The word by itself; an abbreviation only in capitals."""
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", 0 if word.isupper() else re.IGNORECASE)
