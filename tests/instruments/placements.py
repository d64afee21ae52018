"""The quality of a placement as its files have it, with its two modules, and questionnaires of it."""

from pathlib import Path

from surveyapp.instruments.assembly import Part
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.path import ANYWHERE, Questionnaire
from surveyapp.instruments.reader import read_instrument, read_part
from surveyapp.instruments.rule import Context

FOLDER = Path(__file__).parents[2] / "instruments"

DIMENSIONS = ("BEN", "AUD", "PDV", "LAV", "REL", "ORG", "SOS", "TER")
CRITERIA = {f"QIL_{dimension}{number}" for dimension in DIMENSIONS for number in range(1, 5)}
A14_SCALES = ("A14_ECO", "A14_SCL", "A14_PRE", "A14_RLC", "A14_TRA")
CREMONA = Context(ambito="Cremona", placement_type="TIS")
ART14 = Context(placement_type="A14", paid="yes")


def modules() -> dict[tuple[str, str], Part]:
    """The two modules, recorded or not, by id and version."""
    names = {(name, "0.1.0"): f"modules/{name}/0.1.0.yaml" for name in ("mcr", "a14")}
    return {key: read_part((FOLDER / name).read_bytes(), name, module=True) for key, name in names.items()}


def assembled() -> Instrument:
    """The instrument with its modules, recorded or not."""
    return read_instrument((FOLDER / "qil" / "0.1.0.yaml").read_bytes(), modules())


def asked(
    qil: Instrument, form: str, occasion: str = "INITINERE", context: Context = ANYWHERE, **given: str
) -> Questionnaire:
    """A questionnaire, standard and in full unless `variant` or `length` says otherwise."""
    return Questionnaire(
        qil, form, given.get("variant", "std"), occasion, context, given.get("length", "full")
    )


def ids(questionnaire: Questionnaire, prefix: str = "") -> list[str]:
    """The ids of what it asks, those that begin so."""
    return [item.id for item in questionnaire.items() if item.id.startswith(prefix)]
