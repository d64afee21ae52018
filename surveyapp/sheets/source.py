"""What stands in the folder of the instruments: files as they are, modules, information for respondents."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from surveyapp.instruments import source
from surveyapp.instruments.catalogue import MODULES, Catalogue, consent_of, instrument_of
from surveyapp.instruments.comparison_model import numbers
from surveyapp.instruments.consents import ConsentText
from surveyapp.instruments.file_checks import CONSENTS
from surveyapp.instruments.model import Form, Instrument
from surveyapp.sheets.errors import SheetError
from surveyapp.sheets.labels import SUBJECTS


def canonical(data: bytes) -> str:
    """The canonical JSON of a file: its sha256 is the digest of an instrument without modules."""
    node, _ = source.parse(data)
    return source.canonical(source.plain(node))


def modules(folder: Path, instrument: Instrument) -> list[Instrument]:
    """The modules that an instrument includes, each for itself. Raises CatalogueError, OSError."""
    return [
        instrument_of(folder / f"{MODULES}{include.module}/{include.version}.yaml")
        for include in instrument.includes
    ]


def users(catalogue: Catalogue, module: str) -> list[Instrument]:
    """The instruments in use that include a module, in whatever version; the newest first."""
    found = [
        instrument
        for instrument in catalogue.instruments.values()
        if any(include.module == module for include in instrument.includes)
    ]
    return sorted(found, key=lambda one: numbers(one.version), reverse=True)


def completed(module: Instrument, catalogue: Catalogue) -> Instrument:
    """A module with the forms and occasions that it has in the instrument that includes it.

    Raises SheetError where no instrument does.
    """
    host = next(iter(users(catalogue, module.id)), None)
    if host is None:
        raise SheetError(f"«{module.id}» è un modulo, e nessuno strumento in uso lo include")
    items = [item for section in module.sections for item in section.items]
    forms = {form for item in items for form, _ in item.wordings}
    occasions = {code for item in items for code in item.occasions}
    everything = {**host.forms, **module.forms}
    return replace(
        module,
        forms={code: form for code, form in everything.items() if code in forms},
        occasions={code: one for code, one in host.occasions.items() if one.asked_as in occasions},
    )


def consent(folder: Path, catalogue: Catalogue, form: Form, variant: str) -> ConsentText:
    """The information of a form in a variant, or in the only one that there is.

    A draft may show a text that is a draft too. Raises CatalogueError.
    """
    name, _, version = form.consent.partition("@")
    draft = folder / CONSENTS / name / f"{version}.yaml"
    is_draft = (name, version) not in catalogue.consents and draft.exists()
    texts = (consent_of(draft) if is_draft else catalogue.consent(form.consent)).variants
    return texts.get(variant) or next(iter(texts.values()))


def consents(
    folder: Path, catalogue: Catalogue, instrument: Instrument
) -> Mapping[str, Mapping[str, ConsentText]]:
    """The information of every form and variant. Raises CatalogueError."""
    return {
        form.code: {variant: consent(folder, catalogue, form, variant) for variant in form.variants}
        for form in instrument.forms.values()
    }


def codes(catalogue: Catalogue, instrument: Instrument, form: str) -> tuple[str, ...]:
    """The codes to write on a form: of what it is about, in the study plan; of the person without a plan."""
    entries = catalogue.plan().entries if catalogue.plans else ()
    subjects = [entry.subject for entry in entries if (entry.instrument, entry.form) == (instrument.id, form)]
    named = [name for subject in subjects for name in SUBJECTS[subject]]
    return tuple(dict.fromkeys(named)) or SUBJECTS["path"]
