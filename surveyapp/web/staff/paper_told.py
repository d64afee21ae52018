"""What the page of an administration says of paper and of its state, and what can be done there."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from surveyapp.storage import paper as stored
from surveyapp.web.languages import gettext as _
from surveyapp.web.services import services
from surveyapp.web.staff import paper_words, shown, states
from surveyapp.web.staff.paper_opened import ENTERABLE


@dataclass(frozen=True)
class Told:
    """Facts of a sheet, and the actions that the state of the administration leaves."""

    filled_on: str = ""
    entered: str = ""
    twice: str = ""
    begun: bool = False
    enterable: bool = False
    open: bool = False
    impossible: bool = False
    withdrawn_words: str = ""


def told(connection: Connection, row: Row[Any]) -> Told:
    """The facts and actions of an administration, given as scope.administration gives it."""
    sheet = stored.sheet(connection, row.id)
    form = services().catalogue.newest(row.instrument).forms.get(row.form)
    can_withdraw = row.state in ("open", "submitted")
    return Told(
        **(_of_sheet(sheet) if sheet else {}),
        begun=sheet is not None,
        enterable=row.standing in ENTERABLE,
        open=row.state == "open",
        impossible=row.state == "impossible",
        withdrawn_words=states.withdrawn_words(form.respondent if form else "") if can_withdraw else "",
    )


def _of_sheet(sheet: Row[Any]) -> dict[str, str]:
    zone = services().settings.time_zone
    return {
        "filled_on": f"{sheet.filled_on:%d/%m/%Y}",
        "entered": _("%(moment)s, da %(who)s", moment=shown.moment(sheet.first_at, zone), who=sheet.first_by),
        "twice": _second(sheet),
    }


def _second(sheet: Row[Any]) -> str:
    if sheet.second_by is None:
        return ""
    if sheet.differences is None:
        return _("Cominciato da %(who)s, non finito", who=sheet.second_by)
    told = paper_words.twice(sheet.differences)
    return _("%(told)s (seconda volta: %(who)s)", told=told, who=sheet.second_by)
