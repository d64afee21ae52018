"""A question as its page shows it: words, choices and pictures, computed once for each item."""

from dataclasses import dataclass

from surveyapp.instruments.model import Item
from surveyapp.instruments.path import Questionnaire

AMOUNTS = ("empty", "half", "full")
APART = {"NA": "dash", "NO": "dash", "NS": "unknown"}


@dataclass(frozen=True)
class Choice:
    """One radio button. `step` is its place on a numbered scale, `apart` leaves space above."""

    value: str
    label: str
    number: str = ""
    picture: str = ""
    step: int = 0
    apart: bool = False


@dataclass(frozen=True)
class QuestionPage:
    """Everything of an item that does not change from one respondent to the next."""

    key: tuple[str, str, str, str]
    id: str
    kind: str
    text: str
    hint: str | None
    stem: str | None
    choices: tuple[Choice, ...]
    carries: str | None

    def worded(self, carried: dict[str, str]) -> str:
        """The question with the text of the earlier occasion put in its place."""
        if not self.carries:
            return self.text
        return self.text.replace("{" + self.carries + "}", carried.get(self.carries, ""))

    def has(self, value: str) -> bool:
        """Whether this is the value of a choice."""
        return any(choice.value == value for choice in self.choices)

    def label_of(self, value: str) -> str:
        """The words of a choice; the value itself when it is not one of them."""
        return next(
            (choice.number or choice.label for choice in self.choices if choice.value == value), value
        )


def question_page(questionnaire: Questionnaire, item: Item) -> QuestionPage:
    """The page of an item in its form and variant."""
    key = (questionnaire.instrument.digest, questionnaire.form, questionnaire.variant, item.id)
    if key not in _PAGES:
        _PAGES[key] = _build(key, questionnaire, item)
    return _PAGES[key]


# Published versions never change, so neither do these: (digest, form, variant, item) -> page.
_PAGES: dict[tuple[str, str, str, str], QuestionPage] = {}


def _build(key: tuple[str, str, str, str], questionnaire: Questionnaire, item: Item) -> QuestionPage:
    wording = questionnaire.wording(item)
    return QuestionPage(
        key=key,
        id=item.id,
        kind=wording.format.kind,
        text=wording.text,
        hint=wording.hint,
        stem=wording.format.stem,
        choices=(*_options(questionnaire, item), *_reasons(questionnaire, item)),
        carries=item.carries,
    )


def _options(questionnaire: Questionnaire, item: Item) -> list[Choice]:
    declared = questionnaire.wording(item).format
    if declared.kind == "steps":
        return [_step(option.code, option.label) for option in declared.options]
    pictures = AMOUNTS if declared.pictures == "amount" else ()
    return [
        Choice(str(option.code), option.label, picture=pictures[place] if place < len(pictures) else "")
        for place, option in enumerate(declared.options)
    ]


def _step(code: int, label: str) -> Choice:
    return Choice(str(code), "" if label == str(code) else label, number=str(code), step=code)


def _reasons(questionnaire: Questionnaire, item: Item) -> list[Choice]:
    declared = questionnaire.wording(item).format
    drawn = bool(declared.pictures)
    return [
        Choice(
            reason,
            questionnaire.no_value_label(item, reason),
            picture=APART[reason] if drawn else "",
            apart=place == 0,
        )
        for place, reason in enumerate(declared.no_value)
    ]
