"""What hangs on who answers: how pages speak, what the questionnaire is about."""

from collections.abc import Mapping
from typing import Any

from flask import render_template

from surveyapp.collection.response import PARTICIPANT, Response
from surveyapp.web.languages import later
from surveyapp.web.placement_types import PLACEMENT_TYPES
from surveyapp.web.voice import voice

OFFICES = ("operator", "employment_office")

# Codes tell two questionnaires apart, and say nothing more; a company knows placements, not persons' codes.
_TO_PARTICIPANTS: Mapping[str, str] = {"placement": "Le domande parlano di: {type}"}
_TO_COMPANIES: Mapping[str, str] = {
    "path": later("Persona {code}"),
    "placement": later("Inserimento {placement}"),
    "agreement": later("Convenzione {code}"),
    "accompaniment": later("Ente {code}"),
}
_TO_OFFICES = {**_TO_COMPANIES, "placement": later("Persona {code}, inserimento {placement}: {type}")}


def page(template: str, response: Response, **values: Any) -> str:
    """A page of one questionnaire, in the voice for who answers it."""
    respondent = response.form.respondent
    return render_template(
        template,
        response=response,
        say=voice(respondent),
        to_participant=respondent == PARTICIPANT,
        about=about(response),
        **values,
    )


def about(response: Response) -> str:
    """What the questionnaire is about, in codes; empty where there is nothing to say."""
    subject = response.subject
    words = _words(response.form.respondent).get(subject.kind, "")
    kind = PLACEMENT_TYPES.get(subject.placement_type or "", "")
    return words and words.format(code=subject.code, placement=subject.placement_code, type=kind)


def has_records(response: Response) -> bool:
    """Whether a section repeats, so that nobody can say how many questions there are."""
    return any(item.record for item in response.longest)


def _words(respondent: str) -> Mapping[str, str]:
    if respondent == PARTICIPANT:
        return _TO_PARTICIPANTS
    return _TO_OFFICES if respondent in OFFICES else _TO_COMPANIES
