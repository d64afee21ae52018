"""An instrument with its modules put together: one list of sections, one set of ids."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from surveyapp.instruments.fields import listed
from surveyapp.instruments.model import Include, Instrument
from surveyapp.instruments.places import Subject
from surveyapp.instruments.rule import OWN_FIELDS, all_of
from surveyapp.instruments.source import Problem

T = TypeVar("T")

# Subjects that must be unique after assembly, in words; a format, or an explained word, may be there twice
# if it is the same.
UNIQUE = {
    "item": "la domanda",
    "section": "la sezione",
    "scale": "la scala",
    "index": "l'indice",
    "gap": "la differenza",
    "derived": "il dato calcolato",
    "alert": "la segnalazione",
    "form": "la scheda",
    "word": "la parola",
    "occasion": "la rilevazione",
}


@dataclass(frozen=True)
class Part:
    """One file as it was read, and the file and line of each of its subjects ("" is the file itself)."""

    instrument: Instrument
    places: dict[Subject, tuple[str, int]]


def assemble(part: Part, modules: Mapping[tuple[str, str], Part]) -> tuple[Instrument, list[Problem]]:
    """The whole instrument, and what stands in the way.

    The places of the modules are added to those of `part`, so that checks on the whole find their lines.
    """
    base, problems = part.instrument, list(_missing(part, modules))
    included = [
        (include, modules[include.module, include.version])
        for include in base.includes
        if (include.module, include.version) in modules
    ]
    whole = base
    for include, module in included:
        problems += _clashes(part, whole, module)
        part.places.update({key: place for key, place in module.places.items() if key not in part.places})
        whole = _with(whole, include, module.instrument)
    return whole, problems


def _missing(part: Part, modules: Mapping[tuple[str, str], Part]) -> Iterator[Problem]:
    for include in part.instrument.includes:
        line = part.places["include", include.module][1]
        if (include.module, include.version) not in modules:
            yield Problem(
                line,
                f"il modulo {include.module} {include.version} non c'è in modules/, o il suo file ha errori"
                f"{_known(modules)}",
            )
        if include.show_if and include.show_if.items():
            yield Problem(line, "la regola di un modulo guarda il contesto («where»), non le risposte")
        elif include.show_if and include.show_if.fields() & set(OWN_FIELDS):
            yield Problem(line, "la regola di un modulo non guarda scheda, versione o rilevazione")


def _known(modules: Mapping[tuple[str, str], Part]) -> str:
    known = listed(f"{module} {version}" for module, version in sorted(modules))
    return f"; ci sono: {known}" if known else ""


def _clashes(part: Part, whole: Instrument, module: Part) -> Iterator[Problem]:
    """What the module says again, or says otherwise than the whole so far."""
    own = module.instrument
    for subject in module.places.keys() & part.places.keys():
        kind, name = subject
        file, line = module.places[subject]
        if kind in UNIQUE:
            there = f"{UNIQUE[kind]} «{name}» c'è già nello strumento o in un altro modulo"
            yield Problem(line, f"{there}: qui serve un altro nome", file)
        elif kind == "format" and own.formats[name] != whole.formats[name]:
            there = f"il formato «{name}» è diverso da quello dello strumento o di un altro modulo"
            yield Problem(line, f"{there}: rendilo uguale o dagli un altro nome", file)
        elif kind == "glossary" and own.glossary[name] != whole.glossary[name]:
            there = f"«{name}» è già spiegato con altre parole nello strumento o in un altro modulo"
            yield Problem(line, f"{there}: usa le stesse", file)


def _with(base: Instrument, include: Include, module: Instrument) -> Instrument:
    sections = tuple(
        replace(section, show_if=all_of(include.show_if, section.show_if), module=module.id)
        for section in module.sections
    )
    return replace(
        base,
        digest=hashlib.sha256(f"{base.digest} {module.digest}".encode()).hexdigest(),
        occasions=_merged(base.occasions, module.occasions),
        formats=_merged(base.formats, module.formats),
        forms=_merged(base.forms, module.forms),
        words=_merged(base.words, module.words),
        glossary=_merged(base.glossary, module.glossary),
        sections=base.sections + sections,
        scales=base.scales + module.scales,
        indices=base.indices + tuple(replace(index, show_if=include.show_if) for index in module.indices),
        gaps=base.gaps + module.gaps,
        derived=base.derived + module.derived,
        alerts=base.alerts + module.alerts,
    )


def _merged(base: Mapping[str, T], module: Mapping[str, T]) -> Mapping[str, T]:
    """The base's entries first, then what only the module has."""
    return MappingProxyType({**base, **{name: module[name] for name in module if name not in base}})
