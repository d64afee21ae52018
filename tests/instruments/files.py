"""The corpus of instrument files beside these tests, and the small instrument made from it."""

from pathlib import Path

from hypothesis import settings

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.reader import read_instrument, read_part
from surveyapp.instruments.source import InvalidFileError

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "instruments"
VALID = sorted(HERE.glob("valid/*.yaml"))
INVALID = sorted(HERE.glob("invalid/*.yaml"))
WITH_MODULES = sorted(path.parent for path in HERE.glob("modules/*/instrument.yaml"))
# Whole files are read in each example: fewer of them, and no deadline on a busy machine.
UNHURRIED = settings(deadline=None, max_examples=60)
SMALL = (HERE / "valid" / "small.yaml").read_text(encoding="utf-8")


def with_change(old: str, new: str) -> bytes:
    """The small file with one change."""
    assert old in SMALL
    return SMALL.replace(old, new, 1).encode()


def problems(data: bytes) -> list[str]:
    """What the reader says of a file, as `LINE: sentence`."""
    try:
        read_instrument(data)
    except InvalidFileError as error:
        return [f"{problem.line}: {problem.message}" for problem in error.problems]
    return []


def module_problems(folder: Path) -> list[str]:
    """What the reader says of an instrument with the modules beside it, as `[FILE:]LINE: sentence`."""
    try:
        read_with_modules(folder)
    except InvalidFileError as error:
        places = [f"{problem.file}:{problem.line}".lstrip(":") for problem in error.problems]
        return [f"{place}: {problem.message}" for place, problem in zip(places, error.problems, strict=True)]
    return []


def read_with_modules(folder: Path) -> Instrument:
    """The instrument of a folder, assembled with every other file of it as a module."""
    paths = sorted(path for path in folder.glob("*.yaml") if path.name != "instrument.yaml")
    parts = [read_part(path.read_bytes(), path.name, module=True) for path in paths]
    modules = {(part.instrument.id, part.instrument.version): part for part in parts}
    return read_instrument((folder / "instrument.yaml").read_bytes(), modules)


def small(occasion: str = "T0", variant: str = "easy", instrument: Instrument | None = None) -> Questionnaire:
    return Questionnaire(instrument or read_instrument(SMALL.encode()), "P", variant, occasion)


def value(code: int) -> Answer:
    return Answer(value=code)


def text(written: str) -> Answer:
    return Answer(text=written)


def missing(reason: str) -> Answer:
    return Answer(reason=reason)
