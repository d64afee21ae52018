"""The rows of the register as the study plan sees them: subjects with dates, context and respondents."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from surveyapp.instruments.catalogue import Catalogue
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


def path_end_rule(catalogue: Catalogue) -> str:
    """What the study plan takes for the end of a path (its parameter D0); without a plan, what is usual."""
    return catalogue.plan().parameters["D0"].value if catalogue.plans else next(iter(PATH_ENDS))


def subjects(register: Register, path_ends: str = "end_of_accompaniment") -> list[Subject]:
    """Everything that an administration can be about. `path_ends` is one of PATH_ENDS; else KeyError."""
    ends = PATH_ENDS[path_ends](register)
    paths = {path.id: replace(path, ended_on=ends[path.id]) for path in register.paths}
    agreements = {agreement.id: agreement for agreement in register.agreements}
    first_activity, first_placement = _first_activity(register), _first_placement(register)
    return [
        *(_path(path, first_activity.get(path.id)) for path in paths.values()),
        *(
            _placement(placement, paths[placement.path_id], agreements.get(placement.agreement_id or 0))
            for placement in register.placements
        ),
        *(_agreement(agreement, first_placement.get(agreement.id)) for agreement in register.agreements),
        *map(_accompaniment, register.accompaniments),
    ]


def _as_registered(register: Register) -> Mapping[int, date | None]:
    return {path.id: path.ended_on for path in register.paths}


def _with_the_last_placement(register: Register) -> Mapping[int, date | None]:
    """A path ends with its last placement; without any, when its accompaniment does."""
    ends = dict(_as_registered(register))
    lasts: dict[int, list[date | None]] = {}
    for placement in register.placements:
        lasts.setdefault(placement.path_id, []).append(placement.ended_on)
    for path_id, days in lasts.items():
        ended = [day for day in days if day]
        ends[path_id] = max(ended) if len(ended) == len(days) else None
    return ends


# When a path ends (D0 of the study plan).
PATH_ENDS: Mapping[str, Callable[[Register], Mapping[int, date | None]]] = {
    "end_of_accompaniment": _as_registered,
    "end_of_placement": _with_the_last_placement,
}


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


def _first_placement(register: Register) -> Mapping[int, date]:
    """The first day of the first placement under each agreement."""
    first: dict[int, date] = {}
    for placement in register.placements:
        if placement.agreement_id is not None:
            first[placement.agreement_id] = min(
                first.get(placement.agreement_id, date.max), placement.started_on
            )
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


def _agreement(agreement: AgreementRow, first_placement: date | None) -> Subject:
    """An agreement: its firm is asked from when the first person works under it, to its expiry; where nobody
    ever has, there is nothing to ask."""
    end = (agreement.ended_on or agreement.expires_on) if first_placement else None
    return Subject(
        kind="agreement",
        key=f"agreement:{agreement.id}",
        series=f"agreement:{agreement.id}",
        code=agreement.code,
        anchors={"placement_start": first_placement, "placement_end": end, "agreement_end": end},
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
        begun=row.opened_at is not None,
    )
