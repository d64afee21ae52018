"""The files of a folder of instruments, and everything that is wrong in one of them."""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from surveyapp.instruments.assembly import Part
from surveyapp.instruments.comparison_model import numbers
from surveyapp.instruments.consents import read_consent
from surveyapp.instruments.fields import VERSION
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.plan import problems_with, read_plan
from surveyapp.instruments.reader import read_instrument, read_part
from surveyapp.instruments.source import InvalidFileError, Problem

Modules = Mapping[tuple[str, str], Part]

CONSENTS = "consents/"
MODULES = "modules/"
PLANS = "plan/"


def files(folder: Path) -> list[Path]:
    """Every instrument and consent file of the folder."""
    kinds = ("", CONSENTS, MODULES)
    return sorted(path for kind in kinds for path in folder.glob(f"{kind}*/*.yaml"))


def problems_of(path: Path) -> list[Problem]:
    """Everything wrong in one file, its place included: <id>/<version>.yaml. Raises OSError.

    A module is looked at for itself and in every instrument beside it that includes it.
    """
    kind = PLANS if path.parent.name == PLANS.rstrip("/") else f"{path.parent.parent.name}/"
    try:
        found_id, version = _CHECKED.get(kind, _check_instrument)(path)
    except InvalidFileError as error:
        return error.problems
    expected, actual = f"{found_id}/{version}.yaml", f"{path.parent.name}/{path.name}"
    return [] if actual == expected else [Problem(1, f"il file si chiama {actual}, ma dentro è {expected}")]


def _check_consent(path: Path) -> tuple[str, str]:
    consent = read_consent(path.read_bytes())
    return consent.id, consent.version


def _check_instrument(path: Path) -> tuple[str, str]:
    folder = path.parent.parent
    instrument = read_instrument(path.read_bytes(), modules_in(folder))
    return instrument.id, instrument.version


def _check_module(path: Path) -> tuple[str, str]:
    module = read_part(path.read_bytes(), module=True).instrument
    own = f"{MODULES}{path.parent.name}/{path.name}"
    problems: set[Problem] = set()
    folder = path.parent.parent.parent
    for instrument in folder.glob("*/*.yaml"):
        try:
            _check_instrument(instrument)
        except InvalidFileError as error:
            problems |= {replace(problem, file="") for problem in error.problems if problem.file == own}
    if problems:
        raise InvalidFileError(list(problems))
    return module.id, module.version


def _check_plan(path: Path) -> tuple[str, str]:
    plan = read_plan(path.read_bytes())
    if problems := problems_with(plan, _newest_in(path.parent.parent)):
        raise InvalidFileError(problems)
    return plan.id, plan.version


_CHECKED: Mapping[str, Callable[[Path], tuple[str, str]]] = {
    CONSENTS: _check_consent,
    MODULES: _check_module,
    PLANS: _check_plan,
}


def _newest_in(folder: Path) -> dict[str, Instrument]:
    """The newest version of each instrument of a folder that can be read."""
    modules, found = modules_in(folder), {}
    paths = [path for path in folder.glob("*/*.yaml") if re.fullmatch(VERSION, path.stem)]
    for path in sorted(paths, key=lambda path: numbers(path.stem)):
        with suppress(InvalidFileError):
            instrument = read_instrument(path.read_bytes(), modules)
            found[instrument.id] = instrument
    return found


def modules_in(folder: Path) -> Modules:
    """The modules of a folder that can be read; what is wrong in the others is told by their own check."""
    found = []
    for path in sorted(folder.glob(f"{MODULES}*/*.yaml")):
        with suppress(InvalidFileError):
            found.append(read_part(path.read_bytes(), path.relative_to(folder).as_posix(), module=True))
    return by_version(found)


def by_version(parts: Iterable[Part]) -> Modules:
    """Modules by id and version."""
    return {(part.instrument.id, part.instrument.version): part for part in parts}
