"""Everything that stands in the way of a publication, each thing in one sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from surveyapp.instruments.catalogue import (
    instrument_of,
    problems_of,
    publications,
    sha256_of,
)
from surveyapp.instruments.comparison import compare
from surveyapp.instruments.comparison_model import (
    KINDS,
    LEVEL_WORDS,
    LEVELS,
    Comparison,
    Measure,
    numbers,
)
from surveyapp.instruments.comparison_texts import asked_items
from surveyapp.instruments.fields import Fields
from surveyapp.instruments.file_checks import CONSENTS, MODULES
from surveyapp.instruments.model import Instrument, Item
from surveyapp.instruments.near import meant
from surveyapp.instruments.publication_files import INSTRUMENT, MODULE, VersionFile
from surveyapp.instruments.publication_record import APPROVED, FOR_EVER, STATUS_WORDS
from surveyapp.instruments.source import InvalidFileError, UnreadableError, parse


@dataclass(frozen=True)
class Signature:
    """Who wrote a version, who approved it, what changed in words, and from which day it is in use."""

    author: str
    approver: str
    note: str
    on: date


@dataclass(frozen=True)
class Declaration:
    """What people say of a new version: the kind of each changed text by place, levels of comparability that
    they want lower than found, and why, in their words."""

    kinds: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    levels: Mapping[Measure, str] = field(default_factory=lambda: MappingProxyType({}))
    reasons: Mapping[Measure, str] = field(default_factory=lambda: MappingProxyType({}))


def read_declaration(data: bytes) -> Declaration:
    """Read a file of kinds and levels; raises InvalidFileError with all its problems.

    kinds:
      AUT_BEN1.text.P.std: typo
    comparability:
      AUT_BEN P std: not comparable
    """
    try:
        root, problems = parse(data)
    except UnreadableError as error:
        raise InvalidFileError(error.problems) from None
    with Fields(root, problems) as fields:
        kinds = _closed(fields.optional_child("kinds"), KINDS)
        levels = _closed(fields.optional_child("comparability"), LEVELS)
        for name in [name for name in levels if len(name.split(" ")) != 3]:
            fields.report(
                f"«{name}»: servono scala, scheda e versione, come «AUT_BEN P std»", "comparability"
            )
    if problems:
        raise InvalidFileError(problems)
    measures = {
        (scale, form, variant): levels[f"{scale} {form} {variant}"]
        for scale, form, variant in map(str.split, levels)
    }
    return Declaration(MappingProxyType(kinds), MappingProxyType(measures))


def _closed(fields: Fields | None, allowed: tuple[str, ...]) -> dict[str, str]:
    if fields is None:
        return {}
    with fields:
        return {name: fields.one_of(name, allowed) for name in fields.names()}


def previous(version: VersionFile) -> VersionFile | None:
    """The last version before this one that was published; None for the first."""
    return next((one for one in before(version)), None)


def before(version: VersionFile) -> list[VersionFile]:
    """The lower versions that were published, the highest first."""
    lower = [one for one in version.others() if numbers(one.version) < numbers(version.version)]
    return [one for one in lower if one.status() in FOR_EVER]


def comparison(version: VersionFile, declaration: Declaration) -> Comparison | None:
    """What changed since the last published version; None for a first version, a consent text or a plan.

    Raises CatalogueError for a file that is invalid.
    """
    last = previous(version)
    if last is None or version.kind not in (INSTRUMENT, MODULE):
        return None
    was, now = instrument_of(last.path), instrument_of(version.path)
    return compare(was, now, {**_kinds_of_modules(version, now), **declaration.kinds})


def _kinds_of_modules(version: VersionFile, instrument: Instrument) -> dict[str, str]:
    """What was declared already when the modules that an instrument includes were published."""
    known = publications(version.folder)
    names = [f"{MODULES}{include.module}/{include.version}.yaml" for include in instrument.includes]
    return {place: kind for name in names if name in known for place, kind in known[name].kinds.items()}


def all_of(version: VersionFile, signature: Signature, declaration: Declaration) -> list[str]:
    """Every reason why a version cannot be published now. Raises CatalogueError, OSError."""
    problems = problems_of(version.path)
    found = [f"{problem.file or version.name}:{problem.line}: {problem.message}" for problem in problems]
    found += [*_status(version), *_order(version), *_changed(version), *_signature(signature)]
    if not problems:
        found += [*_needs(version), *_reused(version)]
        found += _compared(version, comparison(version, declaration), declaration)
    return found


def _status(version: VersionFile) -> Iterator[str]:
    status = version.status()
    if status in FOR_EVER:
        yield f"{version.title} è già {STATUS_WORDS[status]}: per cambiare qualcosa serve una versione nuova"
    elif status != APPROVED:
        yield (
            f"{version.title} è {STATUS_WORDS[status]}: prima di pubblicarla va approvata"
            f" (surveyapp instruments status {version.id}@{version.version} ...)"
        )


def _order(version: VersionFile) -> Iterator[str]:
    above = [one for one in version.others() if one.status() in FOR_EVER]
    if above and numbers(above[0].version) > numbers(version.version):
        yield f"la versione {version.version} viene prima di {above[0].version}, già uscita: serve più alta"


def _changed(version: VersionFile) -> Iterator[str]:
    """Files in use that are no longer what they were."""
    for name, known in publications(version.folder).items():
        path = version.folder / name
        if known.status in FOR_EVER and not (path.exists() and sha256_of(path) == known.sha256):
            yield f"{name} è in uso e non si può cambiare: rimetti il file com'era"


def _signature(signature: Signature) -> Iterator[str]:
    said = {"chi ha scritto": signature.author, "chi approva": signature.approver, "la nota": signature.note}
    missing = [words for words, text in said.items() if not text.strip()]
    if missing:
        yield f"manca: {', '.join(missing)}"
    elif _same_person(signature.author, signature.approver):
        yield f"chi scrive e chi approva sono persone diverse, e qui è due volte «{signature.author.strip()}»"


def _same_person(one: str, other: str) -> bool:
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()


def _needs(version: VersionFile) -> Iterator[str]:
    """What an instrument includes and shows must be in use too."""
    if version.kind != INSTRUMENT:
        return
    instrument, known = instrument_of(version.path), publications(version.folder)
    needed = [f"{MODULES}{include.module}/{include.version}.yaml" for include in instrument.includes]
    needed += [f"{CONSENTS}{form.consent.replace('@', '/')}.yaml" for form in instrument.forms.values()]
    for name in dict.fromkeys(needed):
        if name not in known or known[name].status not in FOR_EVER:
            yield f"{version.title} usa {name}, che non è in uso: pubblica prima quello"


def _reused(version: VersionFile) -> Iterator[str]:
    """Ids that an older version had, the last one no longer, and that now say something else."""
    if version.kind not in (INSTRUMENT, MODULE):
        return
    now = asked_items(instrument_of(version.path))
    fresh = set(now)
    for older in before(version):
        was = asked_items(instrument_of(older.path))
        for name in [name for name in was if name in fresh]:
            fresh.discard(name)
            if older != previous(version) and not _same_question(was[name], now[name]):
                yield (
                    f"{name} era un'altra domanda nella versione {older.version}, poi tolta: un id non si usa"
                    " due volte, serve un id nuovo"
                )


def _same_question(was: Item, now: Item) -> bool:
    texts = [{seen_as: wording.text for seen_as, wording in item.wordings.items()} for item in (was, now)]
    return was.criterion == now.criterion and texts[0] == texts[1]


def _compared(version: VersionFile, comparison: Comparison | None, declaration: Declaration) -> Iterator[str]:
    if comparison is None:
        return
    for change in comparison.new_meanings:
        yield f"{change.sentence}: un significato nuovo vuole un id nuovo ({change.place})"
    for change in comparison.undeclared:
        yield f"{change.sentence}: scrivi di che tipo è, {change.place}: {' / '.join(KINDS)}"
    places = [change.place for change in comparison.changes if change.kind]
    for place in [place for place in comparison.unchanged_places if place in declaration.kinds]:
        yield f"{place}: qui nessun testo è cambiato{meant(place, places)}"
    if numbers(version.version) < numbers(comparison.least_version):
        least, step = comparison.least_version, comparison.step
        yield f"la versione {version.version} è un passo troppo piccolo: serve almeno {least} ({step})"
    yield from _levels(comparison, declaration.levels)


def _levels(comparison: Comparison, wanted: Mapping[Measure, str]) -> Iterator[str]:
    """Levels may only be lowered."""
    for measure, level in wanted.items():
        row, name = comparison.comparability.get(measure), " ".join(measure)
        if row is None:
            near = meant(name, [" ".join(known) for known in comparison.comparability])
            yield f"{name}: questa scala, scheda e versione non c'è{near}"
        elif LEVELS.index(level) < LEVELS.index(row.level):
            yield f"{name}: è {LEVEL_WORDS[row.level]} e non può diventare {LEVEL_WORDS[level]}"
