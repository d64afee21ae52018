"""Everything that the study plan asks for about the invented register, most of it answered."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.consents import as_shown
from surveyapp.instruments.path import Questionnaire
from surveyapp.settings import DEMONSTRATION_GAPS
from surveyapp.storage import register as stored
from surveyapp.storage import register_rows
from surveyapp.storage.answering import keep_consent_text
from surveyapp.storage.carried import Earlier, carried
from surveyapp.storage.responses import submitted_answers
from surveyapp.study.invented_answers import (
    Profile,
    invent_answers,
    invent_profile,
    invent_repetition,
    mode_of,
)
from surveyapp.study.invented_people import optional_consents
from surveyapp.study.keys import new_key
from surveyapp.study.plan import administration_row, answered_items
from surveyapp.study.planning import Planned, Register, due, new
from surveyapp.study.subjects import made, path_end_rule, subjects
from surveyapp.study.versions import by_plan

ANSWERED = 0.85  # how many of the forms due were sent
SOON = 12  # days of the window within which they came
SECONDS = 15  # for an item

Values = dict[str, Any]


@dataclass
class Invented:
    """What was invented so far: who answers how, and what was answered about each subject."""

    chance: Random
    variants: Mapping[str, str]
    profiles: dict[tuple[str, str], Profile] = field(default_factory=dict)
    earlier: dict[tuple[str, str], list[Earlier]] = field(default_factory=dict)

    def profile(self, planned: Planned) -> Profile:
        """The same person, body or office answers an instrument always in the same way."""
        key = (planned.subject.series, planned.instrument.id)
        if key not in self.profiles:
            self.profiles[key] = invent_profile(self.chance, planned.instrument)
        return self.profiles[key]

    def variant(self, planned: Planned) -> str:
        """The one kept for the path, where the form has it."""
        form = planned.instrument.forms[planned.form]
        kept = self.variants.get(planned.subject.series, "")
        return kept if kept in form.variants else form.default_variant


def fill(connection: Connection, catalogue: Catalogue, chance: Random, today: date) -> int:
    """Make what is due until today, answer most of it, then what is asked again; how many answers."""
    rows = register_rows.load(connection)
    variants = {f"path:{path.id}": path.variant for path in rows.paths if path.variant}
    invented = Invented(chance, variants, earlier=_given(connection, rows))
    answers = _round(connection, catalogue, invented, today)
    return answers + _round(connection, catalogue, invented, today)


def _given(connection: Connection, rows: register_rows.Register) -> dict[tuple[str, str], list[Earlier]]:
    """What was answered already, by subject and instrument."""
    about = {there.id: there for there in rows.administrations}
    earlier: dict[tuple[str, str], list[Earlier]] = {}
    for instrument in sorted({there.instrument for there in rows.administrations}):
        for row in submitted_answers(connection, instrument):
            there = about[row.administration_id]
            given = Answer(row.value, row.text, row.reason)
            earlier.setdefault((there.subject, there.instrument), []).append(
                Earlier(row.item, there.form, there.occasion, there.number, there.rater, given)
            )
    return earlier


def _round(connection: Connection, catalogue: Catalogue, invented: Invented, today: date) -> int:
    """Whatever the plan asks for now and is not there yet, in the order of its windows."""
    rows = register_rows.load(connection)
    register = Register(
        subjects(rows, path_end_rule(catalogue)), made(rows), answered_items(connection, catalogue)
    )
    found = due(catalogue.plan(), register, by_plan(catalogue, register.made, today), today)
    planned = sorted(new(found, register), key=lambda one: (one.due_from, one.place))
    responses = [_response(invented, one, today) for one in planned]
    ids = stored.add_administrations(
        connection,
        [_row(invented.chance, one, response) for one, response in zip(planned, responses, strict=True)],
    )
    sent = [
        _Sent(id_, one, response)
        for id_, one, response in zip(ids, planned, responses, strict=True)
        if response
    ]
    stored.add_consents(connection, _consents(connection, catalogue, sent))
    stored.add_answers(connection, [row for one in sent for row in one.answer_rows()])
    return sum(len(one.response.answers) for one in sent)


@dataclass(frozen=True)
class _Response:
    """What was answered, when, in which variant."""

    opened_at: datetime
    variant: str
    answers: Mapping[str, Answer]

    def at(self, position: int) -> datetime:
        return self.opened_at + timedelta(seconds=60 + SECONDS * position)


@dataclass(frozen=True)
class _Sent:
    """An administration in the database with its response."""

    administration: int
    planned: Planned
    response: _Response

    def answer_rows(self) -> Iterable[Values]:
        for position, (item, answer) in enumerate(self.response.answers.items()):
            yield {
                "administration_id": self.administration,
                "item": item,
                "revision": 1,
                "value": answer.value,
                "text": answer.text,
                "reason": answer.reason,
                "variant": self.response.variant,
                "mode": mode_of(self.planned.subject.code, self.planned.form),
                "key": f"demo-{item}",
                "answered_at": self.response.at(position),
            }


def _response(invented: Invented, planned: Planned, today: date) -> _Response | None:
    """The response to a form, if one came and its window has begun."""
    chance = invented.chance
    day = planned.due_from + timedelta(chance.randint(0, SOON))
    comes = chance.random() < ANSWERED
    if not comes or day >= today:
        return None
    variant = invented.variant(planned)
    questionnaire = Questionnaire(
        planned.instrument,
        planned.form,
        variant,
        planned.occasion,
        planned.subject.context.only(planned.instrument.context_fields),
        planned.length,
    )
    before = invented.earlier.setdefault((planned.subject.key, planned.instrument.id), [])
    known = carried(questionnaire, planned.number, planned.rater, before)
    answers = invent_answers(chance, questionnaire, invented.profile(planned), known)
    if planned.retest_of:
        first = {
            one.item: one.answer
            for one in before
            if (one.form, one.occasion) == (planned.form, questionnaire.asked_as)
        }
        answers = invent_repetition(chance, questionnaire, answers, first)
    before += [
        Earlier(item, planned.form, planned.occasion, planned.number, planned.rater, answer)
        for item, answer in answers.items()
    ]
    minutes = timedelta(minutes=chance.randint(7 * 60, 15 * 60))
    return _Response(datetime.combine(day, time(), UTC) + minutes, variant, answers)


def _row(chance: Random, planned: Planned, response: _Response | None) -> Values:
    sent = response is not None
    return administration_row(planned, new_key(chance)) | {
        "state": "submitted" if sent else "open",
        "variant": response.variant if response else None,
        "opened_at": response.opened_at if response else None,
        "closed_at": response.at(len(response.answers) + 2) if response else None,
    }


def _consents(connection: Connection, catalogue: Catalogue, sent: Sequence[_Sent]) -> list[Values]:
    digests: dict[tuple[str, str], str] = {}
    rows = []
    for one in sent:
        consent = catalogue.consent(one.planned.instrument.forms[one.planned.form].consent)
        place = (consent.id, one.response.variant)
        if place not in digests:
            shown = as_shown(consent.variants[one.response.variant], DEMONSTRATION_GAPS)
            digests[place] = hashlib.sha256(shown.encode()).hexdigest()
            keep_consent_text(
                connection,
                digest=digests[place],
                consent=consent.id,
                version=consent.version,
                variant=one.response.variant,
                text=shown,
            )
        rows.append(
            {
                "administration_id": one.administration,
                "text_digest": digests[place],
                "decision": "accepted",
                "optional": optional_consents(
                    one.planned.subject.code, one.planned.form, one.response.variant, contact=False
                ),
                "decided_at": one.response.opened_at + timedelta(seconds=40),
            }
        )
    return rows
