"""The response being given: what a personal link opens, recomputed at each request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import Connection

from surveyapp.collection.reading_settings import USUAL, ReadingSettings, from_words
from surveyapp.instruments.answers import Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Form, Instrument, Item
from surveyapp.instruments.path import Questionnaire, Walk, first_unanswered, walk
from surveyapp.storage import answering
from surveyapp.storage.answering import AnyRow
from surveyapp.storage.pinned import context_of
from surveyapp.storage.tokens import token_sha256


class Current(NamedTuple):
    """The current answer to an item, with the row that holds it."""

    id: int
    revision: int
    key: str
    answer: Answer
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Subject:
    """What an administration is about. `kind` is path, placement, agreement or accompaniment.

    `code` is that of the person, of the agreement or of the organisation accompanied.
    """

    kind: str
    code: str
    placement_code: str | None
    placement_type: str | None


@dataclass(frozen=True)
class Opening:
    """How the response was opened: the link, and who holds it (personal, tablet, interview)."""

    link_id: int
    purpose: str
    seen_at: datetime | None


@dataclass(frozen=True)
class Answering:
    """What is known of how it is answered, beside the answers; mode and help are said at the end."""

    mode: str | None
    helper: str | None
    practice: str | None
    help_kinds: str = ""
    flags: str | None = None


PARTICIPANT = "participant"
PAPER = "paper"  # opened by no link: the staff type what stands on a sheet
# How answers are given through a link, unless the page says that the question was read aloud.
MODE_OF: Mapping[str, str] = {
    "personal": "self",
    "tablet": "assisted",
    "interview": "interview",
    PAPER: "paper",
}


@dataclass(frozen=True)
class Response:
    """One administration with its answers so far. `carried` are answers of earlier occasions."""

    administration_id: int
    key: str
    path_id: int | None
    state: str
    consented: bool
    variant_is_kept: bool
    demonstration: bool
    questionnaire: Questionnaire
    current: Mapping[str, Current]
    carried: Mapping[str, Answer]
    subject: Subject
    reading: ReadingSettings
    opening: Opening
    answering: Answering

    @property
    def form(self) -> Form:
        """The form that the respondent meets."""
        return self.questionnaire.instrument.forms[self.questionnaire.form]

    @property
    def is_participants(self) -> bool:
        """Whether the person answers about herself or himself."""
        return self.form.respondent == PARTICIPANT

    @property
    def mode(self) -> str:
        """How answers are given through this link."""
        return MODE_OF[self.opening.purpose]

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """The current answers by item id."""
        return {item: current.answer for item, current in self.current.items()}

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The texts that later questions repeat: of this response, else of an earlier occasion."""
        given = {**self.carried, **self.answers}
        return {item: answer.text for item, answer in given.items() if answer.text}

    @property
    def path(self) -> list[Item]:
        """The items asked, given the answers so far."""
        return self._walk.path

    @property
    def longest(self) -> list[Item]:
        """The longest path still possible: what "Domanda n di N" counts."""
        return self._walk.possible

    @property
    def known(self) -> list[Item]:
        """The items not asked only because they are known from an earlier occasion (see instruments.path)."""
        return self._walk.known

    @cached_property
    def _walk(self) -> Walk:
        return walk(self.questionnaire, self.answers, self.carried)

    @property
    def next_item(self) -> Item | None:
        """Where to go on; None when every item on the path has an answer or was skipped."""
        return first_unanswered(self.path, self.answers)

    @property
    def is_open(self) -> bool:
        """Whether answers may be saved."""
        return self.state == "open" and self.consented

    def after(self, item_id: str) -> Item | None:
        """The item asked after this one; the first unanswered one when this is the last."""
        ids = [item.id for item in self.path]
        position = ids.index(item_id) + 1 if item_id in ids else len(ids)
        return self.path[position] if position < len(ids) else self.next_item

    def before(self, item_id: str) -> Item | None:
        """The item asked before this one, or None at the start."""
        ids = [item.id for item in self.path]
        position = ids.index(item_id) if item_id in ids else 0
        return self.path[position - 1] if position else None


def load(
    connection: Connection, catalogue: Catalogue, token: str, now: datetime, *, lock: bool = False
) -> Response | None:
    """The response that a live link opens, or None. `lock` is for transactions that will save.

    Raises CatalogueError when the pinned instrument version is not here unchanged.
    """
    row = answering.by_token(connection, token_sha256(token), now, lock=lock)
    return _response(connection, catalogue, row) if row else None


def on_paper(
    connection: Connection, catalogue: Catalogue, administration_id: int, *, lock: bool = False
) -> Response:
    """The response to an administration that is typed from paper; how its person reads a screen is not in it.

    Raises KeyError when there is none, CatalogueError when the pinned version is not here unchanged.
    """
    row = answering.by_id(connection, administration_id, lock=lock)
    if row is None:
        raise KeyError(administration_id)
    return replace(_response(connection, catalogue, row), reading=USUAL)


def _response(connection: Connection, catalogue: Catalogue, row: AnyRow) -> Response:
    instrument = catalogue.pinned(row.instrument, row.version, row.digest)
    variant = (
        row.variant or _kept(row, instrument.forms[row.form]) or instrument.forms[row.form].default_variant
    )
    questionnaire = _questionnaire(instrument, variant, row)
    return Response(
        administration_id=row.id,
        key=row.key,
        path_id=row.path_id,
        state=row.state,
        consented=row.decision == "accepted",
        variant_is_kept=_kept(row, instrument.forms[row.form]) is not None,
        demonstration=row.demonstration,
        questionnaire=questionnaire,
        current=_current(answering.all_answers(connection, row.id)),
        carried=answering.carried_answers(connection, row.subject, questionnaire, row.number, row.rater),
        subject=_subject(row),
        reading=from_words(
            row.path_reading or "" if instrument.forms[row.form].respondent == PARTICIPANT else row.reading
        ),
        opening=Opening(row.link_id, row.purpose, row.seen_at),
        answering=Answering(row.mode, row.helper, row.practice, row.help_kinds, row.flags),
    )


def _subject(row: AnyRow) -> Subject:
    return Subject(row.subject.partition(":")[0], row.code, row.placement_code, row.placement_type)


def _questionnaire(instrument: Instrument, variant: str, row: AnyRow) -> Questionnaire:
    key = (instrument.digest, row.form, variant, row.occasion, row.context, row.length)
    if key not in _QUESTIONNAIRES:
        _QUESTIONNAIRES[key] = Questionnaire(
            instrument, row.form, variant, row.occasion, context_of(row.context), row.length
        )
    return _QUESTIONNAIRES[key]


# Published versions never change: which items a form asks is found once.
_QUESTIONNAIRES: dict[tuple[str, ...], Questionnaire] = {}


def _kept(row: AnyRow, form: Form) -> str | None:
    kept: str | None = row.path_variant
    return kept if kept in form.variants else None


def _current(rows: Sequence[AnyRow]) -> dict[str, Current]:
    # Unpacked in the order of the columns, a row costs a fifth of what it does by their names.
    return {
        item: Current(answer_id, revision, key, Answer(value, text, reason), answered_at)
        for answer_id, item, revision, value, text, reason, key, answered_at in rows
    }
