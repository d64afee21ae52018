"""The columns beside the answers: who, where, what, when and how. The same in every file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from surveyapp.reports.exports.release import Release
from surveyapp.reports.exports.variables import NOMINAL, ORDINAL, SCALE, YES_NO, Value, Variable
from surveyapp.reports.frames import ROME, Administration, Response
from surveyapp.storage.register_rows import PlacementRow

PLACEMENT = "placement:"


@dataclass(frozen=True)
class Around:
    """A response with what it is about and how it may be told."""

    response: Response
    placement: PlacementRow | None
    release: Release

    @property
    def about(self) -> Administration:
        """The administration."""
        return self.response.administration


def placement_of(response: Response, placements: Mapping[str, PlacementRow]) -> PlacementRow | None:
    """The placement that a response is about, by its subject ("placement:7"); else None."""
    return placements.get(response.administration.subject)


def by_subject(rows: list[PlacementRow]) -> dict[str, PlacementRow]:
    """Placements by the subject of their administrations."""
    return {f"{PLACEMENT}{row.id}": row for row in rows}


def _day(around: Around, moment: datetime | None) -> date | None:
    if moment is None:
        return None
    return around.release.day(around.about.person_code, moment.astimezone(ROME).date())


def _flags(around: Around) -> str:
    return "none" if around.about.flags == "" else around.about.flags or ""


def _placement(around: Around) -> str:
    return around.release.code(around.placement.code) if around.placement else ""


_Read = Callable[[Around], Value]
_WORDS: tuple[tuple[str, str, _Read], ...] = (
    ("person_code", "Persona (o convenzione, o ente)", lambda it: it.release.code(it.about.person_code)),
    ("province", "Provincia", lambda it: it.about.province),
    ("ambito", "Ambito", lambda it: it.release.ambito(it.about.province, it.about.ambito)),
    ("territory", "Territorio", lambda it: it.release.territory(it.about.province, it.about.ambito)),
    ("placement_code", "Inserimento", _placement),
    ("placement_type", "Tipo di inserimento", lambda it: it.placement.type if it.placement else ""),
    ("instrument", "Strumento", lambda it: it.about.instrument),
    ("version", "Versione dello strumento", lambda it: it.about.version),
    ("digest", "Impronta della versione (sha256)", lambda it: it.about.digest),
    ("form", "Scheda", lambda it: it.about.form),
    ("variant", "Versione standard (std) o semplice (easy)", lambda it: it.response.variant),
    ("length", "Scheda intera (full) o breve", lambda it: it.about.length),
    ("occasion", "Rilevazione", lambda it: it.about.occasion),
    ("source", "Da dove vengono le risposte", lambda it: it.about.source),
    ("mode_class", "Modalità: da solo, con aiuto, su carta", lambda it: it.response.mode),
    ("mode_declared", "Modalità dichiarata alla fine", lambda it: it.about.mode or ""),
    ("helper", "Chi ha aiutato", lambda it: it.about.helper or ""),
    ("help_kinds", "Come ha aiutato", lambda it: it.about.help_kinds),
    ("practice", "Com'è andata la prova", lambda it: it.about.practice or ""),
    ("flags", "Da tenere presente", _flags),
)
_COUNTS: tuple[tuple[str, str, _Read], ...] = (
    ("path_number", "Numero del percorso della persona", lambda it: it.about.path_number),
    ("number", "Quante volte nella stessa rilevazione", lambda it: it.about.number),
    ("rater", "Chi osserva: 1 il solito, 2 il secondo", lambda it: it.about.rater),
)
_DAYS: tuple[tuple[str, str, _Read], ...] = (
    ("opened_on", "Giorno di apertura", lambda it: _day(it, it.about.opened_at)),
    ("submitted_on", "Giorno di invio", lambda it: _day(it, it.about.closed_at)),
)
_YES_NO: tuple[tuple[str, str, _Read], ...] = (
    ("late", "Inviato dopo la finestra?", lambda it: int(it.about.late)),
    ("demonstration", "Persona inventata?", lambda it: int(it.about.demonstration)),
)


def _variables() -> dict[str, tuple[Variable, _Read]]:
    found = {name: (Variable(name, label, "word", NOMINAL), read) for name, label, read in _WORDS}
    found |= {name: (Variable(name, label, "count", ORDINAL), read) for name, label, read in _COUNTS}
    found |= {name: (Variable(name, label, "date", SCALE), read) for name, label, read in _DAYS}
    found |= {
        name: (Variable(name, label, "yes_no", NOMINAL, values=YES_NO, known=tuple(YES_NO)), read)
        for name, label, read in _YES_NO
    }
    return {name: found[name] for name in _ORDER}


_ORDER = (
    *("person_code", "path_number", "province", "ambito", "territory", "placement_code", "placement_type"),
    *(
        "instrument",
        "version",
        "digest",
        "form",
        "variant",
        "length",
        "occasion",
        "number",
        "rater",
        "source",
    ),
    *("opened_on", "submitted_on", "late", "mode_class", "mode_declared", "helper", "help_kinds", "practice"),
    *("flags", "demonstration"),
)
CONTEXT: Mapping[str, tuple[Variable, _Read]] = _variables()
