"""What a questionnaire asks, in few words: for the tests on what the instrument files say."""

from collections.abc import Mapping

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.path import Questionnaire, path
from tests.instruments.files import text, value

Answers = Mapping[str, Answer]

NOTHING: Answers = {}


def operator(instrument: Instrument, occasion: str) -> Questionnaire:
    """The operator's form."""
    return Questionnaire(instrument, "O", "std", occasion)


def asked(questionnaire: Questionnaire, answers: Answers = NOTHING, earlier: Answers = NOTHING) -> list[str]:
    """The ids on the path, given these answers and those of earlier occasions."""
    return [item.id for item in path(questionnaire, answers, earlier)]


def codes(**given: int) -> dict[str, Answer]:
    """Codes by item."""
    return {item_id: value(code) for item_id, code in given.items()}


def record(number: int, prefix: str, **given: int | str) -> dict[str, Answer]:
    """Codes and texts about one record: with prefix ACC_, I02=3 is the code of ACC_I02 in this record."""
    return {
        f"{prefix}{name}.{number}": text(said) if isinstance(said, str) else value(said)
        for name, said in given.items()
    }


def windows(instrument: Instrument) -> dict[str, tuple[str, int, int, int]]:
    """Anchor, first, last and late day of each occasion."""
    return {
        code: (found.window.anchor, found.window.from_days, found.window.to_days, found.window.late_days)
        for code, found in instrument.occasions.items()
    }
