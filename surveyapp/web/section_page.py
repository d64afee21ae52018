"""A page with several questions as it is shown: answers, problems, what was told before, where it goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from markupsafe import Markup

from surveyapp.collection.response import Response
from surveyapp.collection.told_before import is_confirmed, names_record, told_answer
from surveyapp.instruments.answers import Answer
from surveyapp.instruments.model import Item
from surveyapp.sheets.answers import in_words
from surveyapp.web.forms import SKIP, as_sent
from surveyapp.web.languages import around, italian, later
from surveyapp.web.parts import Part, Parts, parts_of
from surveyapp.web.question_page import QuestionPage, question_page
from surveyapp.web.reading import Sent
from surveyapp.web.section_form import MISSING, STALE, Taken

START = "parte"  # the id of the form
CONFIRM = "conferma"  # the id of the question whether it is still so
NOT_ANSWERED = later("Manca la risposta.")
EXTRA = later("Da qui: domande in più, dopo le risposte di prima.")
TOLD = later("Detto l'altra volta: {}")
TWO_ANSWERS = later("Intanto è arrivata un'altra risposta, da un'altra pagina o da un altro dispositivo.")


@dataclass(frozen=True)
class Asked:
    """One question of the page. `told` are words said at an earlier occasion, `extra` that it just came up,
    `note` says so above its answer, `terms` are the words that no question above explains already. `stored`
    and `mine` are the two answers between which to choose.
    """

    page: QuestionPage
    text: str
    guide: str | Markup
    sent: Sent
    seen: int
    error: str = ""
    again: bool = False
    extra: bool = False
    note: str | Markup = ""
    terms: tuple[tuple[str, str], ...] = ()
    stored: tuple[str, ...] = ()
    mine: tuple[str, ...] = ()

    @property
    def checked(self) -> tuple[str, ...]:
        """The values that are ticked."""
        return self.sent.reasons if self.page.field else self.sent.values + self.sent.reasons


@dataclass(frozen=True)
class Fact:
    """What was told of a record at an earlier occasion (or, once corrected, now); `text` is empty for the
    words by which the record is known."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """What a page shows beside the answers stored: what was just sent, what is asked a second time.

    `changing` shows the known facts as questions, filled in; `confirm_missing` asks about them once more.
    """

    taken: Mapping[str, Taken]
    missing: frozenset[str] = frozenset()
    extra: bool = False
    changing: bool = False
    confirm_missing: bool = False
    saved: bool = False


def where_sections_go_on(response: Response, **more: Any) -> str:
    """The page of the first question without an answer."""
    parts = parts_of(response)
    return address(parts, parts.next, **more)


def address(parts: Parts, part: Part | None, **more: Any) -> str:
    """The address of a page; without one, of the review. Who interviews starts in the first field."""
    response = parts.response
    if part is None:
        return url_for("questions.review", key=response.key)
    first = _first_field(parts, part, more) if response.mode == "interview" or "ancora" in more else START
    anchor: dict[str, Any] = {} if "manca" in more else {"_anchor": first}
    return url_for("sections.part", key=response.key, name=part.name, **more, **anchor)


def back_from(parts: Parts, part: Part | None) -> str:
    """Where «Torna indietro» leads: to the page before, or to the start; from the review to the last page."""
    before = parts.before(part) if part else parts.last
    if before is None:
        return url_for("invitation.start", key=parts.response.key)
    return url_for("sections.part", key=parts.response.key, name=before.name)


def asked_on(parts: Parts, part: Part, look: Look) -> list[Asked]:
    """The questions of a page in order; of one that corrects known facts, those."""
    items: Sequence[Item] = part.facts if look.changing else parts.asked(part)
    found = [_asked(parts.response, item, look, is_fact=look.changing) for item in items]
    first = next((place for place, one in enumerate(found) if one.extra), None)
    return [
        replace(one, note=EXTRA if place == first else one.note, terms=_new_terms(found, place))
        for place, one in enumerate(found)
    ]


def facts_on(parts: Parts, part: Part) -> list[Fact]:
    """What is known of the record, as it stands now."""
    response = parts.response
    return [_fact(response, item) for item in part.facts]


def is_settled(parts: Parts, part: Part) -> bool:
    """Whether nothing is left to confirm."""
    return is_confirmed(parts.response, part.facts)


def _first_field(parts: Parts, part: Part, more: Mapping[str, Any]) -> str:
    if "cambia" in more:
        return f"{part.facts[0].id}-a1"
    if part.facts and not is_settled(parts, part) and "ancora" not in more:
        return f"{CONFIRM}-a1"
    items = (parts.open(part) if "ancora" in more else None) or parts.asked(part)
    return f"{items[0].id}-a1" if items else START


def _asked(response: Response, item: Item, look: Look, *, is_fact: bool) -> Asked:
    page = question_page(response.questionnaire, item)
    taken = look.taken.get(item.id)
    current = response.current.get(item.id)
    told = None if current else response.carried.get(item.id) if is_fact else told_answer(response, item)
    again = item.id in look.missing
    declared = response.questionnaire.wording(item).format
    stored = current.answer if current else None if again else told
    problem = taken.problem if taken else ""
    return Asked(
        page=page,
        text=page.worded(response.texts),
        guide=page.guide(response.texts),
        sent=taken.sent
        if taken and problem
        else as_sent(declared, stored)
        if stored and not again
        else Sent(),
        seen=current.id if current else 0,
        error=_error(taken, again),
        again=again or problem == MISSING or bool(taken and problem == STALE and taken.mine == SKIP),
        extra=look.extra and current is None and not again,
        note=around(TOLD, italian(", ".join(_words(response, item, told)))) if told and not again else "",
        stored=_words(response, item, current.answer) if current and problem == STALE else (),
        mine=_words(response, item, taken.mine) if taken and taken.mine and problem == STALE else (),
    )


def _new_terms(found: Sequence[Asked], place: int) -> tuple[tuple[str, str], ...]:
    above = {word for one in found[:place] for word, _ in one.page.terms}
    return tuple((word, meaning) for word, meaning in found[place].page.terms if word not in above)


def _error(taken: Taken | None, again: bool) -> str:
    if taken and taken.problem:
        return taken.error or (NOT_ANSWERED if taken.problem == MISSING else TWO_ANSWERS)
    return NOT_ANSWERED if again else ""


def _fact(response: Response, item: Item) -> Fact:
    words = _words(response, item, response.answers.get(item.id) or response.carried[item.id])
    if names_record(response, item):
        return Fact("", words)
    page = question_page(response.questionnaire, item)
    # The page is about one record: its questions need not name it again.
    text = page.text.partition("}»: ")[2] or page.worded(response.texts)
    return Fact(text[:1].upper() + text[1:], words)


def _words(response: Response, item: Item, answer: Answer) -> tuple[str, ...]:
    return in_words(response.questionnaire, item, answer)
