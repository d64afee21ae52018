"""Whether the answers of a person may stand on her or his case sheet, and if not, why not in a sentence."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.settings import DEMONSTRATION_GAPS
from surveyapp.storage import cases as stored
from surveyapp.storage.register_rows import PathRow

PARTICIPANT = "participant"
# What the setting says where operators see what a person answers, in the words of the consent text.
SEES = "vede"
GAP = f"{{{SEES}}}"
# What stands in the gap of a demonstration whose settings do not say.
UNFILLED = DEMONSTRATION_GAPS[SEES]
A_NO = ("refused", "withdrawn")
_BRACES = re.compile(r"\\\{[^{}]*\\\}")

NOT_PROMISED = (
    "Le risposte della persona non sono mostrate: l'informativa che ha letto non dice che il suo operatore "
    "le vede. Qui c'è solo quello che hanno scritto operatori e chi ospita."
)
SAID_NO = (
    "Le risposte della persona non sono mostrate: l'ultima volta ha detto di no, o si è ritirata. "
    "Qui c'è solo quello che hanno scritto operatori e chi ospita."
)
FOR_A_TABLE = (
    "Le risposte della persona non sono mostrate: questa copia è per un tavolo a cui siede anche chi ospita."
)


@dataclass(frozen=True)
class Promise:
    """What the settings promise, and whether a host sits at the table.

    `sees` is «vede», «non vede», or empty where the settings do not say.
    """

    sees: str
    with_host: bool = False


def why_hidden(connection: Connection, catalogue: Catalogue, path: PathRow, promise: Promise) -> str:
    """Why the person's answers are not shown, in a sentence; empty where they may be.

    They may where the settings say «vede», no text that the person accepted said otherwise, the last word
    about taking part was not a no, and no host sits at the table. Invented people were promised nothing.
    """
    invented = path.demonstration and not promise.sees
    asked = [
        row
        for row in stored.asked_of_a_person(connection, path.person_code)
        if _is_participants(catalogue, row.instrument, row.form)
    ]
    theirs = {row.id for row in asked}
    decided = [
        row for row in stored.decisions(connection, path.person_code) if row.administration_id in theirs
    ]
    checks = {
        FOR_A_TABLE: promise.with_host,
        NOT_PROMISED: not invented and (promise.sees != SEES or _told_otherwise(catalogue, decided)),
        SAID_NO: _last_word_is_no(asked, decided),
    }
    return next((sentence for sentence, holds in checks.items() if holds), "")


def told(template: Iterable[str], text: str) -> str | None:
    """What stood in the gap {vede} of a text as it was read; None where the text has no such gap."""
    for line in template:
        before, gap, after = line.partition(GAP)
        if gap and (found := re.search(f"{_pattern(before)}(.*){_pattern(after)}", text)):
            return found[1].strip().casefold()
    return None


def _pattern(line: str) -> str:
    """A line with whatever filled its other gaps."""
    return _BRACES.sub(".*", re.escape(line))


def _is_participants(catalogue: Catalogue, instrument: str, form: str) -> bool:
    known = catalogue.newest(instrument).forms.get(form)
    return known is not None and known.respondent == PARTICIPANT


def _told_otherwise(catalogue: Catalogue, decided: Iterable[Row[Any]]) -> bool:
    """Whether an accepted text said something else than «vede» where it had a gap for it."""
    for row in decided:
        consent = catalogue.consents.get((row.consent, row.version))
        variant = consent.variants.get(row.variant) if consent else None
        if row.decision == "accepted" and variant:
            said = told(variant.information, row.text)
            if said not in (None, SEES, UNFILLED):
                return True
    return False


def _last_word_is_no(asked: Iterable[Row[Any]], decided: Iterable[Row[Any]]) -> bool:
    """Whether the latest decision was a no; a questionnaire on paper or from before may have no other trace
    of one than its state."""
    last: dict[int, Row[Any]] = {row.administration_id: row for row in decided}
    words = [_word(row, last) for row in asked]
    said = [word for word in words if word is not None]
    return max(said, default=(datetime.min.replace(tzinfo=UTC), False))[1]


def _word(row: Row[Any], last: Mapping[int, Row[Any]]) -> tuple[datetime, bool] | None:
    """When a questionnaire was last decided about, and whether the word was no."""
    if row.id in last:
        return last[row.id].decided_at, last[row.id].decision in A_NO
    return (row.closed_at, row.state in A_NO) if row.closed_at else None
