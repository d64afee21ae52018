"""The answers as columns: one frame for each form and variant, whose options and formats are its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from surveyapp.instruments.comparison_model import numbers
from surveyapp.instruments.model import Form, Instrument
from surveyapp.reports.exports.context import CONTEXT, Around, placement_of
from surveyapp.reports.exports.missing import NOT_ASKED
from surveyapp.reports.exports.names import legal
from surveyapp.reports.exports.release import Release
from surveyapp.reports.exports.variables import SCALE, Value, Variable, item_variables
from surveyapp.reports.frames import Response, Study
from surveyapp.scoring.scores import SHORT_SUFFIX
from surveyapp.storage.register_rows import PlacementRow

_METHODS = {
    "pomp_mean": "Punteggio 0-100",
    "mean": "Media",
    "any_positive": "Almeno una risposta sopra 0",
}


@dataclass(frozen=True)
class Column:
    """A variable with its values in the order of the rows; a reason, or nothing, stands beside each."""

    variable: Variable
    values: tuple[Value, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Frame:
    """One form and variant of an instrument: a row for each response. `instrument` is the newest version."""

    name: str
    title: str
    form: str
    variant: str
    instrument: Instrument
    versions: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def rows(self) -> int:
        """How many responses."""
        return len(self.columns[0].values)


def frames_of(study: Study, release: Release, placements: Mapping[str, PlacementRow]) -> list[Frame]:
    """One frame for each form and variant that somebody answered, in the order of the instrument.

    Values are the codes as they were chosen, reversed items not turned round; answers off the path are not
    there. Scores are those of the version that was answered. `placements` are by subject. Free texts are only
    there where the release is identified.
    """
    groups: dict[tuple[str, str], list[Response]] = {}
    for response in study.responses:
        groups.setdefault((response.administration.form, response.variant), []).append(response)
    return [
        _frame(study, release, placements, groups[form.code, variant])
        for form in _forms(study)
        for variant in form.variants
        if (form.code, variant) in groups
    ]


def _forms(study: Study) -> list[Form]:
    """The forms of the newest version, then those that only an older one had."""
    found: dict[str, Form] = {}
    for instrument in versions_of(study):
        for form in instrument.forms.values():
            known = found.get(form.code, form)
            found[form.code] = replace(known, variants={**form.variants, **known.variants})
    return list(found.values())


def versions_of(study: Study) -> list[Instrument]:
    """The newest version and every other one that was answered, newest first."""
    answered = [response.questionnaire.instrument for response in study.responses]
    found = {instrument.version: instrument for instrument in (study.instrument, *answered)}
    return sorted(found.values(), key=lambda instrument: numbers(instrument.version), reverse=True)


def _frame(
    study: Study, release: Release, placements: Mapping[str, PlacementRow], responses: list[Response]
) -> Frame:
    form, variant = responses[0].administration.form, responses[0].variant
    versions = versions_of(study)
    columns = [
        *_context(responses, release, placements),
        *_items(responses, release, item_variables(versions, form, variant)),
        *_scores(responses, versions),
    ]
    named = legal(column.variable.name for column in columns)
    declared = next(found for found in _forms(study) if found.code == form)
    return Frame(
        name=release.name(f"{study.instrument.id}-{form}-{variant}"),
        title=f"{study.instrument.title} – {declared.title}, {declared.variants[variant].title}",
        form=form,
        variant=variant,
        instrument=study.instrument,
        versions=tuple(sorted({response.version for response in responses}, key=numbers)),
        columns=tuple(
            replace(column, variable=replace(column.variable, name=named[column.variable.name]))
            for column in columns
        ),
    )


def _context(
    responses: list[Response], release: Release, placements: Mapping[str, PlacementRow]
) -> Iterator[Column]:
    around = [Around(response, placement_of(response, placements), release) for response in responses]
    for variable, read in CONTEXT.values():
        yield Column(variable, tuple(map(read, around)), ("",) * len(around))


def _items(responses: list[Response], release: Release, variables: list[Variable]) -> Iterator[Column]:
    for variable in variables:
        if variable.kind == "text" and not release.identified:
            continue
        yield Column(
            variable,
            tuple(_value(response, variable, release) for response in responses),
            tuple(_reason(response, variable.item) for response in responses),
        )


def _value(response: Response, variable: Variable, release: Release) -> Value:
    given = response.given.get(variable.item)
    value = variable.read(given.answer) if given else None
    return release.day(response.administration.person_code, value) if isinstance(value, date) else value


def _reason(response: Response, item: str) -> str:
    """Why there is no value: as it was given, blank on the path, not asked off it."""
    if item in response.given:
        return response.given[item].answer.reason or ""
    return response.missing.get(item, NOT_ASKED)


def _scores(responses: list[Response], versions: list[Instrument]) -> Iterator[Column]:
    for scale_id, label in _scale_labels(versions).items():
        scores = [response.scores.get(scale_id) for response in responses]
        if any(scores):
            variable = Variable(f"{scale_id}_score", label, "score", SCALE, decimals=2)
            values = tuple(score.value if score else None for score in scores)
            yield Column(variable, values, ("",) * len(values))


def _scale_labels(versions: list[Instrument]) -> dict[str, str]:
    found: dict[str, str] = {}
    for instrument in versions:
        for scale in instrument.scales:
            label = f"{_METHODS[scale.method]}: {scale.title}"
            found.setdefault(scale.id, label)
            found.setdefault(scale.id + SHORT_SUFFIX, f"{label} (scheda breve)")
    return found
