"""The instruments that these tests look at: one with every construct, and all that are bundled."""

from pathlib import Path

from surveyapp.instruments.assembly import Part
from surveyapp.instruments.consents import Consent, ConsentText, read_consent
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.reader import read_instrument, read_part
from tests.conftest import ROOT

HERE = Path(__file__).parent
FOLDER = ROOT / "instruments"
GAPS = {"chi": "le ricercatrici", "nome": "Anna"}


def _modules(paths: list[Path]) -> dict[tuple[str, str], Part]:
    parts = [read_part(path.read_bytes(), path.name, module=True) for path in paths]
    return {(part.instrument.id, part.instrument.version): part for part in parts}


def every() -> Instrument:
    """The instrument with every construct."""
    return read_instrument((HERE / "every.yaml").read_bytes(), _modules([HERE / "extra.yaml"]))


def bundled() -> dict[str, Instrument]:
    """Every instrument of the folder, recorded or not, by id and version."""
    modules = _modules(sorted(FOLDER.glob("modules/*/*.yaml")))
    others = ("modules", "consents", "plan")
    paths = [path for path in sorted(FOLDER.glob("*/*.yaml")) if path.parent.name not in others]
    found = [read_instrument(path.read_bytes(), modules) for path in paths]
    return {f"{instrument.id}@{instrument.version}": instrument for instrument in found}


def consent(reference: str) -> Consent:
    """A consent text of the folder."""
    name, _, version = reference.partition("@")
    return read_consent((FOLDER / "consents" / name / f"{version}.yaml").read_bytes())


EVERY = every()
ALL = {"tutto@0.1.0": EVERY, **bundled()}


def consents(instrument: Instrument) -> dict[str, dict[str, ConsentText]]:
    """The information of every form and variant of an instrument."""
    texts = {form.code: consent(form.consent).variants for form in instrument.forms.values()}
    return {
        form.code: {
            code: texts[form.code].get(code) or next(iter(texts[form.code].values()))
            for code in form.variants
        }
        for form in instrument.forms.values()
    }
