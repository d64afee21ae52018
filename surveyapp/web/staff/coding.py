"""What coding notes and open answers share: the criterion typed, who sees what, how far two agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from babel.numbers import format_decimal
from flask import request
from sqlalchemy import Connection

from surveyapp.focus_groups import notes as core
from surveyapp.focus_groups.notes import BETWEEN, LONGEST_TITLE, Coded
from surveyapp.storage import excerpts as stored
from surveyapp.web.languages import dates, later
from surveyapp.web.languages import gettext as _
from surveyapp.web.services import now, services
from surveyapp.web.staff.focus_words import KINDS
from surveyapp.web.staff.guard import signed_in

SECOND = "seconda"
NO_KIND = later("Scegli il tipo.")
NO_CRITERION = later("Scrivi il criterio.")
LONG_CRITERION = later("Il criterio è troppo lungo: al massimo %(n)s caratteri.", n=LONGEST_TITLE)
# What each form of the pages is called in the summary of errors: the field to go to.
FIELDS = {
    "text": "testo",
    "minute": "minuto",
    "criterion": "criterio",
    "kind": "tipo",
    "correction": "corretta",
}


class Codable(Protocol):
    """What can be coded: a note or an answer."""

    @property
    def id(self) -> int:
        """Its number, by which its codes are found."""

    @property
    def key(self) -> str:
        """By which it is drawn for a second coder."""


Line = TypeVar("Line", bound=Codable)


@dataclass(frozen=True)
class Shown:
    """What a page shows beside what is stored: the line that is open, what was typed, what is wrong.

    Without an open line it is the last one, which somebody has just written; or, `in_order`, the first.
    """

    open: int | None
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    second: bool = False
    in_order: bool = False


def is_second() -> bool:
    """Whether somebody codes what was drawn for a second person."""
    return request.values.get("come") == SECOND


def asked_for(name: str) -> int | None:
    """The line that the address names."""
    asked = request.args.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None


def criterion_of(
    connection: Connection, meeting: int | None, typed: Mapping[str, str]
) -> tuple[str | None, dict[str, str]]:
    """The criterion that was typed, made when it is new; or what is wrong, by field."""
    wrong = {} if typed["kind"] in KINDS else {"kind": str(NO_KIND)}
    words, new = typed["criterion"], stored.new_criteria(connection)
    criteria = core.criteria_of(services().catalogue, new)
    found = core.meant(words, criteria)
    if found or wrong:
        return found, wrong
    if not words or len(words) > LONGEST_TITLE:
        return None, {"criterion": str(LONG_CRITERION if words else NO_CRITERION)}
    if typed["kind"] != "new_criterion":
        return None, {"criterion": _not_found(words, criteria)}
    code = core.next_code(new)
    stored.add_criterion(connection, code, words, meeting, now())
    return code, {}


def coding_parts(
    connection: Connection, lines: Sequence[Line], given: Sequence[tuple[int, Any]], page: Shown
) -> dict[str, Any]:
    """What the template of a page of coding shows; `given` are rows of codes with the ids of their lines."""
    codes = [Coded(line, row.coder, row.criterion) for line, row in given]
    left = left_for(lines, codes)
    listed = left if page.second else list(lines)
    return {
        "lines": listed,
        "opened": _opened(listed, lines, page),
        "criteria": core.criteria_of(services().catalogue, stored.new_criteria(connection)),
        "between": BETWEEN,
        "kinds": KINDS,
        "left": len(left),
        "page": page,
        "fields": FIELDS,
        **_codes_shown(lines, given, codes),
        **_agreement(lines, codes),
    }


def left_for(lines: Sequence[Line], codes: Sequence[Coded]) -> list[Line]:
    """The lines drawn for a second person that who is signed in has not coded yet."""
    mine = {code.excerpt for code in codes if code.coder == signed_in().email}
    drawn = core.drawn({line.id: line.key for line in lines})
    return [line for line in lines if line.id in drawn - mine]


def _not_found(words: str, criteria: Mapping[str, str]) -> str:
    near = core.near(words, criteria)
    if near:
        return _("Quale criterio? Forse: %(near)s.", near="; ".join(near))
    return _("Nessun criterio si chiama così. Se è nuovo, scegli il tipo «Criterio nuovo».")


def _codes_shown(
    lines: Sequence[Line], given: Sequence[tuple[int, Any]], codes: list[Coded]
) -> dict[str, Any]:
    """The codes that this person may see, by line; and which lines hold others."""
    seen = {code.excerpt for code in core.may_see(codes, signed_in().email)}
    shown = {line.id: [row for of, row in given if of == line.id and line.id in seen] for line in lines}
    return {
        "codes": shown,
        "hidden": {code.excerpt for code in codes} - seen,
        "viewer": signed_in().email,
    }


def _agreement(lines: Sequence[Line], codes: list[Coded]) -> dict[str, Any]:
    twice = core.coded_twice(codes, {line.id: line.key for line in lines})
    kappa = twice.agreement.kappa
    words = None if kappa is None else format_decimal(kappa, "0.00", locale=dates())
    return {"twice": twice, "kappa": words}


def _opened(listed: Sequence[Line], lines: Sequence[Line], page: Shown) -> Line | None:
    """The line to be coded: the one asked for; else the last, or the first of those coded in order."""
    asked = next((line for line in lines if line.id == page.open), None)
    if asked or not listed:
        return asked
    return listed[0] if page.second or page.in_order else listed[-1]
