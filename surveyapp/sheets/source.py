"""What stands in the folder of the instruments: a version by its name, its file, modules, information."""

from collections.abc import Mapping
from pathlib import Path

from surveyapp.instruments import source
from surveyapp.instruments.catalogue import MODULES, Catalogue, CatalogueError, recorded
from surveyapp.instruments.consents import ConsentText
from surveyapp.instruments.model import Form, Instrument
from surveyapp.instruments.reader import read_part
from surveyapp.sheets.errors import known
from surveyapp.sheets.labels import SUBJECTS


def find(catalogue: Catalogue, name: str) -> Instrument:
    """The instrument named `id@version`, or the newest version of `id`. Raises SheetError with near names."""
    instrument_id, _, version = name.partition("@")
    known(instrument_id, sorted({found for found, _ in catalogue.instruments}), "lo strumento")
    if not version:
        return catalogue.newest(instrument_id)
    versions = [written for found, written in catalogue.instruments if found == instrument_id]
    return catalogue.instruments[instrument_id, known(version, versions, f"di {instrument_id} la versione")]


def document(folder: Path, instrument: Instrument) -> bytes:
    """The file of an instrument as it is. Raises OSError."""
    return (folder / instrument.id / f"{instrument.version}.yaml").read_bytes()


def canonical(data: bytes) -> str:
    """The canonical JSON of a file: its sha256 is the digest of an instrument without modules."""
    node, _ = source.parse(data)
    return source.canonical(source.plain(node))


def modules(folder: Path, instrument: Instrument) -> list[Instrument]:
    """The modules that an instrument includes, each for itself. Raises CatalogueError, OSError."""
    names = [f"{MODULES}{include.module}/{include.version}.yaml" for include in instrument.includes]
    missing = set(names) - set(recorded(folder))
    if missing:
        raise CatalogueError(f"{', '.join(sorted(missing))} non è fra i file registrati")
    return [read_part((folder / name).read_bytes(), name, module=True).instrument for name in names]


def consent(catalogue: Catalogue, form: Form, variant: str) -> ConsentText:
    """The information of a form in a variant, or in the only one that there is. Raises CatalogueError."""
    texts = catalogue.consent(form.consent).variants
    return texts.get(variant) or next(iter(texts.values()))


def consents(catalogue: Catalogue, instrument: Instrument) -> Mapping[str, Mapping[str, ConsentText]]:
    """The information of every form and variant. Raises CatalogueError."""
    return {
        form.code: {variant: consent(catalogue, form, variant) for variant in form.variants}
        for form in instrument.forms.values()
    }


def codes(catalogue: Catalogue, instrument: Instrument, form: str) -> tuple[str, ...]:
    """The codes to write on a form: of what it is about, in the study plan; of the person without a plan."""
    entries = catalogue.plan().entries if catalogue.plans else ()
    subjects = [entry.subject for entry in entries if (entry.instrument, entry.form) == (instrument.id, form)]
    named = [name for subject in subjects for name in SUBJECTS[subject]]
    return tuple(dict.fromkeys(named)) or SUBJECTS["path"]
