"""One page of typing: the questions of a section with their codes, one short field for each."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, request
from sqlalchemy import Connection

from surveyapp.collection.paper import FIRST
from surveyapp.collection.response import Response
from surveyapp.instruments.answers import Answer, ResponseFormat
from surveyapp.instruments.model import Item
from surveyapp.sheets.paper_entry import EntryPage, entry_pages, numbers, wanted
from surveyapp.storage import paper as stored
from surveyapp.web.languages import around, italian, later
from surveyapp.web.languages import gettext as _
from surveyapp.web.question_page import question_page
from surveyapp.web.staff import paper_words
from surveyapp.web.staff.paper_opened import OnPaper
from surveyapp.web.staff.paper_typed import TypedError, as_typed, read_typed

NEWER = later("Intanto è arrivata un'altra risposta. Se il foglio dice questo, salva di nuovo.")
CODE = "code"  # the size of a field for anything but a text
# How each kind is typed, where the options do not say it.
HOW: Mapping[str, str] = {
    "multi": later("Più di una: 1+3."),
    "number": later("Un numero da {least} a {most}."),
    "date": later("Una data: 31/12/2026."),
}


@dataclass(frozen=True)
class Field:
    """A question as it is typed. `options` are what stands for each box of the sheet; `size` of the field."""

    id: str
    number: int
    text: str
    options: tuple[tuple[str, str], ...]
    how: str
    size: str
    typed: str
    error: str


def sent(on_paper: OnPaper, page: EntryPage) -> tuple[dict[str, str], dict[str, Answer], dict[str, str]]:
    """What a page sent: as it was typed, what that means, and what is wrong; each by item."""
    typed = {item.id: _clean(request.form.get(item.id, "")) for item in page.items}
    read: dict[str, Answer] = {}
    wrong: dict[str, str] = {}
    for item in page.items:
        try:
            read[item.id] = read_typed(_format(on_paper.response, item), typed[item.id])
        except TypedError as error:
            wrong[item.id] = str(error)
    return typed, read, wrong


def as_read(on_paper: OnPaper, page: EntryPage, read: Mapping[str, Answer]) -> dict[str, str]:
    """What was typed on a page before, by item."""
    return {
        item.id: as_typed(_format(on_paper.response, item), read[item.id])
        for item in page.items
        if item.id in read
    }


def shown(
    connection: Connection,
    on_paper: OnPaper,
    entry: int,
    page: EntryPage,
    typed: Mapping[str, str],
    wrong: Mapping[str, str] | None = None,
) -> str:
    """The page, with what was typed and what is wrong."""
    response = on_paper.response
    read = stored.readings(connection, response.administration_id, entry)
    pages = wanted(entry_pages(response.questionnaire), read, [item.id for item in response.path])
    printed = numbers(response.questionnaire)
    asked = [_field(response, item, printed, typed, wrong or {}) for item in page.items]
    return render_template(
        "staff/paper_page.html",
        line=on_paper.line,
        variant=response.form.variants[response.questionnaire.variant].title,
        entry=paper_words.ENTRIES[entry],
        first_entry=entry == FIRST,
        page=page,
        pages=pages,
        fields=asked,
        coded=any(field.size == CODE for field in asked),
        wrong=wrong or {},
        here=request.path,
        address=lambda one: request.path.rpartition("/")[0] + f"/{one.id}",
        page_key=secrets.token_hex(8),
        seen=max((current.id for current in response.current.values()), default=0),
    )


def _field(
    response: Response,
    item: Item,
    printed: Mapping[str, int],
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
) -> Field:
    page, declared = question_page(response.questionnaire, item), _format(response, item)
    return Field(
        id=item.id,
        number=printed.get(item.id, 0),
        text=page.worded(response.texts),
        options=tuple((choice.value, choice.label) for choice in page.choices),
        how=_how(declared),
        size=page.field if declared.kind == "text" else CODE,
        typed=typed.get(item.id, ""),
        error=wrong.get(item.id, ""),
    )


def _how(declared: ResponseFormat) -> str:
    words = HOW.get(declared.kind, "")
    if declared.kind == "number" and declared.unit:
        words = _("Un numero da {least} a {most} ({unit}).")
    return around(words, least=declared.least, most=declared.most, unit=italian(declared.unit or ""))


def _format(response: Response, item: Item) -> ResponseFormat:
    return response.questionnaire.wording(item).format


def _clean(typed: str) -> str:
    """Without what no column can hold, and blanks at the ends."""
    return typed.replace("\0", "").replace("\r\n", "\n").strip()
