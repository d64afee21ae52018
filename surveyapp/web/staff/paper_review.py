"""After typing: everything in words, a second entry and its comparison, and the end."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Reply

from surveyapp.collection import paper
from surveyapp.collection import paper_check as check
from surveyapp.collection.paper import FIRST, SECOND
from surveyapp.collection.paper_check import Difference
from surveyapp.collection.response import Response
from surveyapp.instruments.answers import Answer
from surveyapp.instruments.model import Item
from surveyapp.sheets.answers import in_words
from surveyapp.sheets.paper_entry import BLANK, UNCLEAR, EntryPage, entry_pages
from surveyapp.storage import paper as stored
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import italian, later
from surveyapp.web.question_page import question_page
from surveyapp.web.services import now, services
from surveyapp.web.staff import paper_words
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint
from surveyapp.web.staff.paper_opened import OnPaper, opened, page_address

NOT_CHOSEN = later("Indica quale dei due inserimenti è giusto.")


@dataclass(frozen=True)
class Line:
    """One question of the review; `counts` is false off the path."""

    code: str
    text: str
    words: tuple[str, ...]
    counts: bool


@dataclass(frozen=True)
class Part:
    """The questions typed on one page, and where they are corrected."""

    title: str
    record: int
    address: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Unlike:
    """A question that was read differently, with both readings in words."""

    code: str
    text: str
    words: Mapping[int, tuple[str, ...]]
    chosen: str = ""
    error: str = ""


@blueprint.get("/somministrazioni/<key>/carta/controllo")
def paper_review(key: str) -> str | Reply:
    """Everything that was typed, before it is closed."""
    with reading(services().engine) as connection:
        on_paper = opened(connection, key)
        if not on_paper.begun:
            return redirect(on_paper.elsewhere(), 303)
        read = stored.readings(connection, on_paper.row.id, FIRST)
        if paper.to_type(on_paper.response, read):
            return redirect(on_paper.goes_on(connection, FIRST), 303)
        return render_template(
            "staff/paper_review.html",
            line=on_paper.line,
            sheet=on_paper.sheet,
            outside=on_paper.outside,
            parts=_parts(connection, on_paper, read),
            twice=paper_words.twice(on_paper.sheet.differences or 0) if on_paper.sheet else "",
            same_person=on_paper.sheet is not None and on_paper.sheet.first_by == signed_in().email,
        )


@blueprint.post("/somministrazioni/<key>/carta/chiudi")
def paper_close(key: str) -> Reply:
    """Close the questionnaire with the day of its sheet; with something still open, go there."""
    with writing(services().engine) as connection:
        on_paper = opened(connection, key, lock=True)
        if not on_paper.begun or on_paper.sheet is None:
            return redirect(on_paper.elsewhere(), 303)
        if on_paper.second_is_open and _second_is_complete(connection, on_paper):
            return redirect(url_for(".paper_compare", key=key), 303)
        if not paper.close(connection, on_paper.response, on_paper.sheet, services().settings.time_zone):
            return redirect(on_paper.goes_on(connection, FIRST), 303)
    flash(_("Il questionario su carta è inserito e chiuso."))
    return redirect(url_for(".administration", key=key), 303)


@blueprint.post("/somministrazioni/<key>/carta/secondo")
def paper_second(key: str) -> Reply:
    """Type the sheet a second time, from the beginning."""
    with writing(services().engine) as connection:
        on_paper = opened(connection, key, lock=True)
        if not on_paper.begun:
            return redirect(on_paper.elsewhere(), 303)
        read = stored.readings(connection, on_paper.row.id, FIRST)
        if paper.to_type(on_paper.response, read):
            return redirect(on_paper.goes_on(connection, FIRST), 303)
        check.begin(connection, on_paper.row.id, signed_in().email, now())
        on_paper = opened(connection, key)
        if not on_paper.second_is_open:  # it was compared already
            return redirect(url_for(".paper_review", key=key), 303)
        return redirect(on_paper.goes_on(connection, SECOND), 303)


@blueprint.get("/somministrazioni/<key>/carta/confronto")
def paper_compare(key: str) -> str | Reply:
    """Where the two entries differ; nothing when they say the same."""
    with reading(services().engine) as connection:
        on_paper = opened(connection, key)
        if not on_paper.begun:
            return redirect(on_paper.elsewhere(), 303)
        if elsewhere := _before_comparing(connection, on_paper):
            return redirect(elsewhere, 303)
        return _compared(on_paper, _differences(connection, on_paper), {})


@blueprint.post("/somministrazioni/<key>/carta/confronto")
def paper_resolve(key: str) -> str | Reply | tuple[str, int]:
    """Keep which entry is right, question by question."""
    with writing(services().engine) as connection:
        on_paper = opened(connection, key, lock=True)
        if not on_paper.begun:
            return redirect(on_paper.elsewhere(), 303)
        if elsewhere := _before_comparing(connection, on_paper):
            return redirect(elsewhere, 303)
        found = _differences(connection, on_paper)
        chosen = {one.item.id: request.form.get(one.item.id, "") for one in found}
        numbers = {item: int(value) for item, value in chosen.items() if value in ("1", "2")}
        page_key = request.form.get("key", "").replace("\0", "")[:40]
        if not check.resolve(connection, on_paper.response, numbers, page_key, now()):
            return _compared(on_paper, found, chosen, missing=True), 422
    return redirect(url_for(".paper_review", key=key), 303)


def _before_comparing(connection: Connection, on_paper: OnPaper) -> str | None:
    """Where to go instead, when there is nothing to compare (any more, or yet)."""
    if not on_paper.second_is_open:
        return url_for(".paper_review", key=on_paper.key)
    if not _second_is_complete(connection, on_paper):
        return on_paper.goes_on(connection, SECOND)
    return None


def _second_is_complete(connection: Connection, on_paper: OnPaper) -> bool:
    read = stored.readings(connection, on_paper.row.id, SECOND)
    return paper.to_type(on_paper.response, read) is None


def _differences(connection: Connection, on_paper: OnPaper) -> list[Difference]:
    first, second = (stored.readings(connection, on_paper.row.id, entry) for entry in (FIRST, SECOND))
    return check.differences(on_paper.response, first, second)


def _compared(
    on_paper: OnPaper, found: list[Difference], chosen: Mapping[str, str], *, missing: bool = False
) -> str:
    unlike = [_unlike(on_paper.response, one, chosen, missing) for one in found]
    return render_template(
        "staff/paper_compare.html", line=on_paper.line, unlike=unlike, missing=missing, sheet=on_paper.sheet
    )


def _unlike(response: Response, one: Difference, chosen: Mapping[str, str], missing: bool) -> Unlike:
    picked = chosen.get(one.item.id, "")
    return Unlike(
        one.item.id,
        question_page(response.questionnaire, one.item).worded(response.texts),
        {
            entry: words_of(response, one.item, read)
            for entry, read in ((FIRST, one.first), (SECOND, one.second))
        },
        picked,
        NOT_CHOSEN if missing and picked not in ("1", "2") else "",
    )


def words_of(response: Response, item: Item, read: Answer) -> tuple[str, ...]:
    """What was read on the sheet, in words, after the code that was typed."""
    if read == BLANK:
        return (paper_words.BLANK_WORDS,)
    if read == UNCLEAR:
        return (paper_words.UNCLEAR_WORDS,)
    return tuple(map(italian, in_words(response.questionnaire, item, read)))


def _parts(connection: Connection, on_paper: OnPaper, read: Mapping[str, Answer]) -> list[Part]:
    response = on_paper.response
    elsewhere = stored.given_elsewhere(connection, response.administration_id)
    on_path = {item.id for item in response.path}
    return [
        Part(
            page.title,
            page.record,
            page_address(on_paper.key, FIRST, page.id),
            tuple(_line(response, item, read[item.id], elsewhere, on_path) for item in page.items),
        )
        for page in _typed_pages(response, read)
    ]


def _typed_pages(response: Response, read: Mapping[str, Answer]) -> list[EntryPage]:
    return [page for page in entry_pages(response.questionnaire) if page.is_typed(read)]


def _line(
    response: Response, item: Item, read: Answer, elsewhere: Mapping[str, str], on_path: set[str]
) -> Line:
    kept = read == BLANK and elsewhere.get(item.id) == response.questionnaire.variant
    words = (paper_words.ON_THE_SITE,) if kept else words_of(response, item, read)
    text = question_page(response.questionnaire, item).worded(response.texts)
    return Line(item.id, text, words, item.id in on_path or read == BLANK)
