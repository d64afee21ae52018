"""The questionnaire that is being typed from paper: found in the scope, with its sheet; where else to go."""

from dataclasses import dataclass
from typing import Any

from flask import flash, url_for
from sqlalchemy import Connection, Row

from surveyapp.collection import paper
from surveyapp.collection.response import Response, on_paper
from surveyapp.instruments.consents import Consent, ConsentText, as_shown
from surveyapp.storage import paper as stored
from surveyapp.web.languages import later
from surveyapp.web.pages import gaps
from surveyapp.web.services import services
from surveyapp.web.staff import shown
from surveyapp.web.staff.pages import found, line_of

# A no on the site may have become a yes on paper.
ENTERABLE = (*shown.ANSWERABLE, "refused")
ENTERABLE_STATES = ("open", "refused")
EARLY = later("La data è prima della finestra ({window}): controlla che sul foglio sia proprio quella.")
LATE = later("La data è dopo la finestra ({window}): il questionario resta, e risulta in ritardo.")
NOT_NOW = later("Questo questionario non si può inserire: è già chiuso, o non è ancora il suo momento.")


@dataclass(frozen=True)
class OnPaper:
    """One administration as who types it meets it. `row` is as scope.administration gives it."""

    row: Row[Any]
    line: shown.Line
    response: Response
    sheet: Row[Any] | None

    @property
    def key(self) -> str:
        """The key of the administration, as addresses have it."""
        return self.response.key

    @property
    def enterable(self) -> bool:
        """Whether a sheet can be typed at all; somebody may have closed it while the lock was awaited."""
        return self.row.standing in ENTERABLE and self.response.state in ENTERABLE_STATES

    @property
    def begun(self) -> bool:
        """Whether its first page was typed, so that answers can follow."""
        return self.enterable and self.sheet is not None and self.response.is_open

    @property
    def second_is_open(self) -> bool:
        """Whether somebody types the sheet a second time, and it was not compared yet."""
        return self.sheet is not None and bool(self.sheet.second_by) and self.sheet.compared_at is None

    @property
    def outside(self) -> str:
        """What to know when the day of the sheet is outside the window; empty inside it."""
        day = self.sheet.filled_on if self.sheet else None
        early = day and self.row.due_from and day < self.row.due_from
        late = day and self.row.due_to and day > self.row.due_to
        words = EARLY if early else LATE if late else ""
        return words.format(window=self.line.window)

    def elsewhere(self) -> str:
        """Where to go when its pages cannot be typed."""
        if not self.enterable:
            flash(str(NOT_NOW))
            return url_for("staff.administration", key=self.key)
        return url_for("staff.paper_start", key=self.key)

    def goes_on(self, connection: Connection, entry: int) -> str:
        """Where an entry goes on: its first page that is still to be typed, or what comes after the last."""
        read = stored.readings(connection, self.response.administration_id, entry)
        page = paper.to_type(self.response, read)
        if page is None:
            return url_for(
                "staff.paper_review" if entry == paper.FIRST else "staff.paper_compare", key=self.key
            )
        return page_address(self.key, entry, page)


def page_address(key: str, entry: int, page: str) -> str:
    """The address of a page; the keyboard starts at its first field."""
    return url_for("staff.paper_page", key=key, entry=entry, page=page, _anchor="foglio")


def opened(connection: Connection, key: str, *, lock: bool = False) -> OnPaper:
    """The administration with its sheet; 404 as `found`. `lock` is for transactions that save."""
    row = found(connection, key)
    response = on_paper(connection, services().catalogue, row.id, lock=lock)
    return OnPaper(row, line_of(row), response, stored.sheet(connection, row.id))


def consent_of(response: Response) -> Consent:
    """The consent of its form."""
    return services().catalogue.consent(response.form.consent)


def consent_text(response: Response) -> ConsentText:
    """The text of the variant that is answered."""
    return consent_of(response).variants[response.questionnaire.variant]


def printed_text(response: Response) -> str:
    """The whole text as it is printed in a variant."""
    return as_shown(consent_text(response), gaps())
