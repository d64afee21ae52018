"""Reads what was sent about an instrument and resolves it to the versions that were answered."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.path import Questionnaire, path
from surveyapp.reports.comparable import versions_of
from surveyapp.reports.frames import PARTICIPANT, Administration, Given, Response, Study
from surveyapp.scoring.scores import keyed_on
from surveyapp.storage import responses as stored
from surveyapp.storage.answering import AnyRow
from surveyapp.storage.carried import Earlier, carried
from surveyapp.storage.pinned import context_of

# The answers of each administration by item.
Everything = Mapping[int, Mapping[str, Given]]


def load(
    connection: Connection,
    catalogue: Catalogue,
    instrument_id: str,
    form: str | None = PARTICIPANT,
    *,
    subjects: Collection[str] | None = None,
) -> Study:
    """Read an instrument's administrations and resolve the submitted ones; `form` None takes every form.

    With `subjects` ("path:12", "placement:7") only what is about them is read from the database.
    Raises CatalogueError for an unknown instrument and for a pinned version that is not here unchanged.
    """
    newest = catalogue.newest(instrument_id)
    rows = stored.administrations(connection, instrument_id, subjects)
    everything = [Administration(**row._mapping) for row in rows]
    answers = _by_administration(stored.submitted_answers(connection, instrument_id, subjects))
    submitted = [found for found in everything if found.state == "submitted"]
    # Later questionnaires look at some of what was sent earlier about the same subject.
    of = attrgetter("subject")
    about = {subject: list(group) for subject, group in groupby(sorted(submitted, key=of), of)}
    met: dict[tuple[str, ...], Questionnaire] = {}
    responses = tuple(
        _resolve(_questionnaire(catalogue, found, met), found, answers, about[found.subject])
        for found in submitted
        if form in (None, found.form)
    )
    answered = {one.version: one.questionnaire.instrument for one in responses}
    asked = tuple(found for found in everything if form in (None, found.form))
    return Study(newest, asked, responses, versions_of(catalogue, answered))


def _by_administration(rows: Iterable[AnyRow]) -> Everything:
    answer = cache(Answer)  # few differ: each is kept once
    return {
        administration_id: {
            item: Given(answer(value, text, reason), mode, reading, revision, answered_at)
            for _, item, value, text, reason, _variant, mode, reading, revision, answered_at in group
        }
        for administration_id, group in groupby(rows, key=lambda row: row.administration_id)
    }


def _questionnaire(
    catalogue: Catalogue, found: Administration, met: dict[tuple[str, ...], Questionnaire]
) -> Questionnaire:
    """Many respondents meet the same questionnaire: what it asks is worked out once, and kept in `met`."""
    version = found.instrument, found.version, found.digest
    shown = found.form, found.variant or "", found.occasion
    key = (*version, *shown, found.context, found.length)
    if key not in met:
        met[key] = Questionnaire(catalogue.pinned(*version), *shown, context_of(found.context), found.length)
    return met[key]


def _resolve(
    questionnaire: Questionnaire, found: Administration, everything: Everything, about: list[Administration]
) -> Response:
    given = everything.get(found.id, {})
    known = carried(questionnaire, found.number, found.rater, _looked_at(questionnaire, everything, about))
    answers = {item: record.answer for item, record in given.items()}
    on_path = tuple(path(questionnaire, answers, known))
    kept = {item.id: given[item.id] for item in on_path if item.id in given}
    return Response(found, questionnaire, on_path, kept, keyed_on(questionnaire, on_path, answers), known)


def _looked_at(
    questionnaire: Questionnaire, everything: Everything, about: list[Administration]
) -> Iterator[Earlier]:
    """What was sent about the same subject, of the items that matter here."""
    for one in about:
        for item, given in everything.get(one.id, {}).items():
            if item in questionnaire.carried_items:
                yield Earlier(item, one.form, one.occasion, one.number, one.rater, given.answer)
