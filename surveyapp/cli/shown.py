"""One version of an instrument in words."""

from collections.abc import Iterator

from surveyapp.cli.compared import aligned
from surveyapp.instruments.catalogue import CatalogueError
from surveyapp.instruments.model import Form, Instrument
from surveyapp.instruments.near import meant
from surveyapp.instruments.publication_files import VersionFile
from surveyapp.instruments.publication_record import STATUS_WORDS


def lines_of(file: VersionFile, instrument: Instrument, form: str | None) -> Iterator[str]:
    """What a version is and has; with a form its questions. Raises CatalogueError for an unknown form."""
    if form is not None:
        yield from _questions(instrument, _form(instrument, form))
        return
    yield f"{instrument.title} ({file.title}): {STATUS_WORDS[file.status()]}"
    yield from _known(file)
    yield f"Impronta: {instrument.digest}"
    included = [f"{include.module} {include.version}" for include in instrument.includes]
    yield f"Moduli: {', '.join(included) or 'nessuno'}"
    yield from ("", "SCHEDE")
    yield from aligned(("scheda", "versione", "domande", "minuti", "titolo"), _forms(instrument))
    yield from ("", "RILEVAZIONI")
    yield from aligned(
        ("codice", "titolo"), [(found.code, found.title) for found in instrument.occasions.values()]
    )
    yield from ("", "SCALE")
    yield from aligned(
        ("id", "titolo", "domande"),
        [(scale.id, scale.title, ", ".join(scale.items)) for scale in instrument.scales],
    )


def _known(file: VersionFile) -> Iterator[str]:
    known = file.known()
    if known and known.published_on:
        since = f"{known.published_on:%d/%m/%Y}"
        yield f"In uso dal {since}. Scritta da {known.author}, approvata da {known.approver}."
        yield f"Nota: {known.note}"
    if known and known.retired_on:
        yield f"Ritirata il {known.retired_on:%d/%m/%Y}."


def _forms(instrument: Instrument) -> list[tuple[str, ...]]:
    return [
        (
            form.code,
            variant.code,
            str(_count(instrument, form.code, variant.code)),
            str(variant.minutes),
            form.title,
        )
        for form in instrument.forms.values()
        for variant in form.variants.values()
    ]


def _count(instrument: Instrument, form: str, variant: str) -> int:
    return sum((form, variant) in item.wordings for section in instrument.sections for item in section.items)


def _form(instrument: Instrument, code: str) -> Form:
    if code not in instrument.forms:
        known = ", ".join(instrument.forms)
        raise CatalogueError(f"la scheda «{code}» non c'è{meant(code, instrument.forms)}; schede: {known}")
    return instrument.forms[code]


def _questions(instrument: Instrument, form: Form) -> Iterator[str]:
    """Every question of a form, in each variant."""
    yield f"{form.title} ({instrument.id} {instrument.version}, scheda {form.code})"
    for section in instrument.sections:
        asked = [item for item in section.items if any(seen == form.code for seen, _ in item.wordings)]
        if asked:
            yield from ("", section.title.upper())
        for item in asked:
            yield f"  {item.id}  ({', '.join(item.occasions)})"
            for (seen, variant), wording in item.wordings.items():
                if seen == form.code:
                    yield f"      {variant}: {wording.text}  [{wording.format.id}]"
