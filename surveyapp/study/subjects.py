"""The rows of the register as the study plan sees them: subjects with dates, context and respondents."""

from collections.abc import Mapping
from datetime import date

from surveyapp.instruments.rule import Context
from surveyapp.storage.register_rows import (
    AccompanimentRow,
    AdministrationRow,
    AgreementRow,
    PathRow,
    PlacementRow,
    Register,
)
from surveyapp.study.planning import Made, Subject

# Who answers where nobody is registered by a code.
OPERATOR, OFFICE, TEAM, SECOND = "operatore", "collocamento mirato", "équipe", "secondo osservatore"
COOPERATIVES = ("cooperative_b", "consortium", "social_enterprise")
YES_NO = {True: "yes", False: "no", None: ""}


def subjects(register: Register) -> list[Subject]:
    """Everything that an administration can be about."""
    paths = {path.id: path for path in register.paths}
    agreements = {agreement.id: agreement for agreement in register.agreements}
    first_activity = _first_activity(register)
    return [
        *(_path(path, first_activity.get(path.id)) for path in register.paths),
        *(
            _placement(placement, paths[placement.path_id], agreements.get(placement.agreement_id or 0))
            for placement in register.placements
        ),
        *map(_agreement, register.agreements),
        *map(_accompaniment, register.accompaniments),
    ]


def made(register: Register) -> list[Made]:
    """The administrations that are there, as the plan compares them."""
    return [_made(row) for row in register.administrations]


def host_type(kind: str | None) -> str:
    """A company or a cooperative, as rules tell them apart; empty where there is no host."""
    if kind is None:
        return ""
    return "cooperative" if kind in COOPERATIVES else "company"


def _first_activity(register: Register) -> Mapping[int, date]:
    """The first day of the first placement of each path."""
    first: dict[int, date] = {}
    for placement in register.placements:
        first[placement.path_id] = min(first.get(placement.path_id, date.max), placement.started_on)
    return first


def _path(path: PathRow, first_activity: date | None) -> Subject:
    anchors = {
        "path_start": path.started_on,
        "path_end": path.ended_on,
        "activity_start": path.activity_started_on or first_activity,
    }
    return Subject(
        kind="path",
        key=f"path:{path.id}",
        series=f"path:{path.id}",
        code=path.person_code,
        anchors=anchors,
        context=Context(path.province, path.ambito),
        respondents={"P": path.person_code, "O": OPERATOR},
    )


def _placement(placement: PlacementRow, path: PathRow, agreement: AgreementRow | None) -> Subject:
    anchors = {
        "path_start": path.started_on,
        "path_end": path.ended_on,
        "placement_start": placement.started_on,
        "placement_end": placement.ended_on,
        "agreement_end": (agreement.ended_on or agreement.expires_on) if agreement else None,
    }
    executing = placement.executing_body_id is not None
    context = Context(
        province=placement.province,
        ambito=placement.ambito,
        placement_type=placement.type,
        paid=YES_NO[placement.paid],
        host_type=host_type(placement.host_kind),
        executing_host=YES_NO[placement.host_id == placement.executing_body_id if executing else None],
    )
    respondents = {
        "P": placement.person_code,
        "O": OPERATOR,
        "C": placement.host or "",
        "E": placement.executing_body or "",
        "CM": OFFICE,
        "ECIL": TEAM,
    }
    return Subject(
        kind="placement",
        key=f"placement:{placement.id}",
        series=f"path:{placement.path_id}",
        code=placement.person_code,
        anchors=anchors,
        context=context,
        respondents=respondents,
    )


def _agreement(agreement: AgreementRow) -> Subject:
    """An agreement: its firm is asked when a placement would be, from signing to expiry."""
    end = agreement.ended_on or agreement.expires_on
    return Subject(
        kind="agreement",
        key=f"agreement:{agreement.id}",
        series=f"agreement:{agreement.id}",
        code=agreement.code,
        anchors={"placement_start": agreement.signed_on, "placement_end": end, "agreement_end": end},
        context=Context(agreement.province, agreement.ambito, placement_type="A14"),
        respondents={"M": agreement.client_firm},
    )


def _accompaniment(accompaniment: AccompanimentRow) -> Subject:
    return Subject(
        kind="accompaniment",
        key=f"accompaniment:{accompaniment.id}",
        series=f"accompaniment:{accompaniment.id}",
        code=accompaniment.organisation,
        anchors={
            "accompaniment_start": accompaniment.started_on,
            "accompaniment_end": accompaniment.ended_on,
        },
        context=Context(
            accompaniment.province,
            accompaniment.ambito,
            host_type=host_type(accompaniment.organisation_kind),
        ),
        respondents={"C": accompaniment.organisation},
    )


def _made(row: AdministrationRow) -> Made:
    return Made(
        id=row.id,
        subject=row.subject,
        series=f"path:{row.path_id}" if row.path_id else row.subject,
        instrument=row.instrument,
        version=row.version,
        digest=row.digest,
        form=row.form,
        occasion=row.occasion,
        number=row.number,
        rater=row.rater,
        state=row.state,
        due_from=row.due_from,
        due_to=row.due_to,
        closed_on=row.closed_at.date() if row.closed_at else None,
    )
