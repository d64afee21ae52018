"""Forms built from the instrument."""

import re
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import request
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, Length, Optional, ValidationError

from surveyapp.instruments.model import OFFERED_REASONS, SKIPPED, Answer, Item
from surveyapp.instruments.path import Questionnaire
from surveyapp.web.question_page import QuestionPage, question_page

NOT_AN_OPTION = "Questa risposta non è fra quelle possibili. Scegli una risposta."
TOO_LONG = (
    "Il testo è troppo lungo. Puoi scrivere al massimo {limit} caratteri: accorcialo e premi «Vai avanti»."
)
UNREADABLE = "Nel testo ci sono segni che non si leggono. Li abbiamo tolti: controlla e premi «Vai avanti»."
EMPTY = "Scegli una risposta. Se non vuoi rispondere, premi «Salta la domanda»."
EMPTY_TEXT = "Scrivi una risposta. Se non vuoi rispondere, premi «Salta la domanda»."
TYPED = "Hai scritto qualcosa. Per salvarlo premi «Vai avanti». Per non rispondere premi «Salta la domanda»."

_ESCAPED_BYTE = re.compile(r"%[89A-F][0-9A-F]")


class AnswerForm(FlaskForm):
    """The answer of one question page.

    No token against forged requests here: access.refuse_other_origins checks where a form comes from, without
    a time limit that could lose an answer.
    """

    class Meta:
        csrf = False

    answer: Any


def answer_form(questionnaire: Questionnaire, item: Item) -> type[AnswerForm]:
    """The form class of an item, made once for each form and variant."""
    key = (questionnaire.instrument.digest, questionnaire.form, questionnaire.variant, item.id)
    if key not in _FORMS:
        page = question_page(questionnaire, item)
        field = _text(questionnaire, item) if page.kind == "text" else _radio(page)
        _FORMS[key] = type("ItemForm", (AnswerForm,), {"answer": field})
    return _FORMS[key]


_FORMS: dict[tuple[str, str, str, str], type[AnswerForm]] = {}


def answer_of(form: AnswerForm, kind: str) -> Answer:
    """The answer of a form that was found valid."""
    sent = form.answer.data
    if kind == "text":
        return Answer(text=sent)
    return Answer(reason=sent) if sent in OFFERED_REASONS else Answer(value=int(sent))


SKIP = Answer(reason=SKIPPED)


def as_sent(answer: Answer) -> str:
    """An answer as its form field holds it: the checked value, the typed text, or nothing."""
    if answer.value is not None:
        return str(answer.value)
    return answer.text or (answer.reason if answer.reason != SKIPPED else None) or ""


def _radio(page: QuestionPage) -> Any:
    values = [choice.value for choice in page.choices]
    return RadioField(
        choices=[SelectChoice(choice.value, choice.label) for choice in page.choices],
        validate_choice=False,
        validators=[Optional(), AnyOf(values, message=NOT_AN_OPTION)],
    )


def _text(questionnaire: Questionnaire, item: Item) -> Any:
    limit = questionnaire.wording(item).format.max_length
    return TextAreaField(
        filters=[_one_kind_of_line_end],
        validators=[Optional(), readable, Length(max=limit, message=TOO_LONG.format(limit=limit))],
    )


def readable(_form: Any, field: Any) -> None:
    """Refuse what cannot be stored as text; the page shows the text again without it."""
    clean = field.data.replace("\x00", "")
    if not _sent_as_utf8():
        clean = _ESCAPED_BYTE.sub("", clean)
    if clean != field.data:
        field.data = clean
        raise ValidationError(UNREADABLE)


def _sent_as_utf8() -> bool:
    # The form parser leaves bytes that are not UTF-8 as %FF, which a person may also have typed.
    try:
        unquote_to_bytes(request.get_data()).decode()
    except UnicodeDecodeError:
        return False
    return True


def _one_kind_of_line_end(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()
