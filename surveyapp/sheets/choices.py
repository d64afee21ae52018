"""What a question offers on paper: options with their pictures, then the reasons for no value."""

from dataclasses import dataclass

from surveyapp.instruments.answers import ResponseFormat
from surveyapp.instruments.model import Item
from surveyapp.instruments.path import Questionnaire

AMOUNTS = ("empty", "half", "full")
APART = {"NA": "dash", "NO": "dash", "NS": "unknown"}


@dataclass(frozen=True)
class Choice:
    """A box to tick. `number` is shown where the scale is numbered, `picture` names a neutral drawing."""

    code: str
    label: str
    number: str = ""
    picture: str = ""

    @property
    def key(self) -> str:
        """The code to print before the label; nothing where the number or the label itself say it."""
        return "" if self.number or self.words != self.label else self.code

    @property
    def words(self) -> str:
        """The label without the code that it may begin with, to stand after the code."""
        return self.label.removeprefix(f"{self.code} · ")


def options(declared: ResponseFormat) -> tuple[Choice, ...]:
    """The options of a format, in their order; none for numbers, dates and texts."""
    if declared.kind == "steps":
        return tuple(_step(option.code, option.label) for option in declared.options)
    pictures = AMOUNTS if declared.pictures == "amount" else ("",) * len(declared.options)
    return tuple(
        Choice(str(option.code), option.label, picture=picture)
        for option, picture in zip(declared.options, pictures, strict=True)
    )


def _step(code: int, label: str) -> Choice:
    return Choice(str(code), "" if label == str(code) else label, number=str(code))


def reasons(questionnaire: Questionnaire, item: Item) -> tuple[Choice, ...]:
    """The reasons for no value that an item offers, with the words of this form and variant."""
    declared = questionnaire.wording(item).format
    return tuple(
        Choice(
            reason,
            questionnaire.no_value_label(item, reason),
            picture=APART[reason] if declared.pictures else "",
        )
        for reason in declared.no_value
    )
