"""The telephone: who can be interviewed, and the calls made so far, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from sqlalchemy import Connection, Row

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import calls as stored
from surveyapp.storage.scope import Scope
from surveyapp.web.languages import dates, later, ngettext
from surveyapp.web.languages import gettext as _
from surveyapp.web.staff import shown

# Companies are called; offices and persons are not interviewed on the telephone.
COMPANIES = ("host", "executing_body", "client_firm")
OUTCOMES: Mapping[str, str] = {
    "answered": later("Ha risposto"),
    "no_answer": later("Non ha risposto"),
    "call_back": later("Richiamare"),
    "refused": later("Non vuole rispondere"),
    "wrong_number": later("Numero sbagliato"),
}


@dataclass(frozen=True)
class Call:
    """One call as the page shows it."""

    moment: str
    outcome: str
    note: str
    email: str


@dataclass(frozen=True)
class Typed:
    """A call as it was sent, and why it was not noted: `about` is the field that is wrong."""

    outcome: str = ""
    note: str = ""
    error: str = ""
    about: str = ""


@dataclass(frozen=True)
class Phone:
    """What the page of an administration says of the telephone."""

    is_company: bool
    summary: str
    calls: Sequence[Call]
    typed: Typed
    outcomes: Mapping[str, str]


NOTHING_TYPED = Typed()


def phone(
    scope: Scope,
    connection: Connection,
    catalogue: Catalogue,
    row: Row[Any],
    zone: ZoneInfo,
    today: date,
    typed: Typed = NOTHING_TYPED,
) -> Phone:
    """The calls about an administration, and whether its respondent can be interviewed."""
    calls = stored.calls(scope, connection, row.key)
    return Phone(
        is_company=answers_for_company(catalogue, row),
        summary=in_words([(call.called_at, call.outcome) for call in calls], zone, today),
        calls=[
            Call(shown.moment(call.called_at, zone), OUTCOMES[call.outcome], call.note, call.email)
            for call in calls
        ],
        typed=typed,
        outcomes=OUTCOMES,
    )


def answers_for_company(catalogue: Catalogue, row: Row[Any]) -> bool:
    """Whether a company, a host, an executing body or a client firm answers this form."""
    form = catalogue.newest(row.instrument).forms.get(row.form)
    return form is not None and form.respondent in COMPANIES


def in_words(calls: Sequence[tuple[datetime, str]], zone: ZoneInfo, today: date) -> str:
    """How often it was tried, and how the last time went: the latest call stands first."""
    if not calls:
        return _("Nessuna chiamata.")
    latest, outcome = calls[0]
    refusals = sum(1 for _when, one in calls if one == "refused")
    said = [ngettext("%(num)s chiamata", "%(num)s chiamate", len(calls))]
    if refusals:
        said.append(ngettext("%(num)s rifiuto", "%(num)s rifiuti", refusals))
    once = _("{calls}, {day}: {outcome}.")
    sentence = once if len(calls) == 1 else _("{calls}, l'ultima {day}: {outcome}.")
    when = _day(latest.astimezone(zone).date(), today)
    return sentence.format(calls=", ".join(said), day=when, outcome=OUTCOMES[outcome].lower())


def _day(day: date, today: date) -> str:
    number = _("1º") if day.day == 1 else str(day.day)
    month = format_date(day, "MMMM" if day.year == today.year else "MMMM y", locale=dates())
    words = f"{number} {month}"
    return _("l'%(day)s", day=words) if day.day in (8, 11) else _("il %(day)s", day=words)
