"""Alerts: an answer that somebody must know of is told at once, also when nothing is ever sent.

A person in danger may never press «Invia le risposte»: the rules are looked at each time an answer that they
name is saved, in the same transaction, and once more at the end.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from surveyapp.collection.response import Response
from surveyapp.instruments.answers import Answer
from surveyapp.instruments.measures import Alert
from surveyapp.instruments.model import Instrument
from surveyapp.scoring import facts
from surveyapp.storage import alerts, jobs

# Published versions never change: which items their alerts look at is found once.
_WATCHED: dict[str, frozenset[str]] = {}


def watched(instrument: Instrument) -> frozenset[str]:
    """The items whose answers may raise an alert; saving any other costs nothing more."""
    if instrument.digest not in _WATCHED:
        rules = [alert.rule for alert in instrument.alerts if alert.kind == "alert"]
        _WATCHED[instrument.digest] = frozenset().union(*(rule.items() for rule in rules))
    return _WATCHED[instrument.digest]


def after_saving(
    connection: Connection, response: Response, item: str, answer: Answer, revision: int, now: datetime
) -> None:
    """Raise the alerts that the answer just saved raises. One that is there already stays as it is."""
    if item not in watched(response.questionnaire.instrument):
        return
    given = {**response.answers, item: answer}
    others = {name: said for name, said in given.items() if name != item}
    anyway = _raised(response, others)  # by other answers: this one is not what somebody must read
    raised = [alert for alert in _raised(response, given) if alert not in anyway]
    known = alerts.known(connection, response.administration_id) if raised else set()
    for alert in raised:
        if (alert.id, item) not in known:
            raise_alert(connection, response.administration_id, alert.id, item, revision, now)


def before_sending(connection: Connection, response: Response, now: datetime) -> None:
    """Raise what no single save raised, because answers given later made a rule hold."""
    if not watched(response.questionnaire.instrument):
        return
    raised = _raised(response, response.answers)
    known = {code for code, _ in alerts.known(connection, response.administration_id)} if raised else set()
    for alert in raised:
        if alert.id not in known:
            item = next(item.id for item in response.path if item.id in alert.rule.items())
            revision = response.current[item].revision
            raise_alert(connection, response.administration_id, alert.id, item, revision, now)


def raise_alert(
    connection: Connection,
    administration_id: int,
    code: str,
    item: str,
    revision: int,
    now: datetime,
    *,
    by: str = "",
    reason: str | None = None,
) -> None:
    """Keep an alert, and ask that who must know is told; raises IntegrityError for one that is there."""
    alert_id = alerts.add(
        connection,
        administration_id=administration_id,
        code=code,
        item=item,
        revision=revision,
        reason=reason,
        raised_at=now,
        raised_by=by,
    )
    jobs.request(connection, alerts.NOTICE, {"alert": str(alert_id)}, "", now)


def _raised(response: Response, given: Mapping[str, Answer]) -> list[Alert]:
    found = facts.alerts(response.questionnaire, given, response.carried)
    return [alert for alert in found if alert.kind == "alert"]
