"""The study plan turned over a register: what is due for whom, when, how long, in which version."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.plan import Entry, Plan
from surveyapp.instruments.rule import Context
from surveyapp.study.planning import Made, Planned, Register, Subject, drawn, due, moved, new, repinned

START = date(2026, 6, 15)
END = START + timedelta(300)
TODAY = date(2027, 12, 1)
BERGAMO = Context(province="Bergamo")
CREMONA = Context(province="Cremona", ambito="Cremona")
CREMA = Context(province="Cremona", ambito="Crema")


@pytest.fixture(scope="module")
def plan(catalogue: Catalogue) -> Plan:
    return catalogue.plan()


def path(context: Context = BERGAMO, end: date | None = END, code: str = "BG-001") -> Subject:
    anchors = {"path_start": START, "path_end": end, "activity_start": START + timedelta(20)}
    return Subject("path", f"path:{code}", f"path:{code}", code, anchors, context, {"P": code})


def placement(
    context: Context = BERGAMO,
    days: int | None = 200,
    begins: int = 30,
    code: str = "BG-001",
    kind: str = "TIS",
) -> Subject:
    start = START + timedelta(begins)
    anchors = {
        "placement_start": start,
        "placement_end": start + timedelta(days) if days is not None else None,
    }
    about = replace(context, placement_type=kind, host_type="company", executing_host="no", paid="yes")
    return Subject(
        "placement", f"placement:{code}-{begins}", f"path:{code}", code, anchors, about, {"P": code}
    )


def planned(
    plan: Plan,
    catalogue: Catalogue,
    subjects: Sequence[Subject],
    made: Sequence[Made] = (),
    answered: frozenset[tuple[str, str]] = frozenset(),
    today: date = TODAY,
) -> list[Planned]:
    def newest(entry: Entry, _subject: Subject) -> Instrument:
        return catalogue.newest(entry.instrument)

    return due(plan, Register(subjects, made, answered), newest, today)


def places(found: Sequence[Planned]) -> set[tuple[str, str, str]]:
    return {(one.instrument.id, one.form, one.occasion) for one in found if one.rater == 1}


def test_a_path_that_ended_asks_for_everything_of_the_person(plan: Plan, catalogue: Catalogue) -> None:
    assert places(planned(plan, catalogue, [path()])) == {
        *(("aut", "P", occasion) for occasion in ("EXANTE", "EXPOST", "FU6")),
        ("oss", "O", "EXANTE"),
        ("oss", "O", "EXPOST"),
        ("vip", "O", "EXANTE"),
        ("vip", "P", "EXANTE"),
        ("fu6", "O", "FU6"),
    }


def test_what_counts_from_an_end_waits_for_it(plan: Plan, catalogue: Catalogue) -> None:
    occasions = {occasion for *_, occasion in places(planned(plan, catalogue, [path(end=None)]))}
    assert occasions == {"EXANTE"}


def test_goals_are_rated_by_the_operator_only_where_there_are_some(plan: Plan, catalogue: Catalogue) -> None:
    goals = frozenset({("path:BG-001", "AUT_OB1")})
    assert ("aut", "O", "EXPOST") not in places(planned(plan, catalogue, [path()]))
    assert ("aut", "O", "EXPOST") in places(planned(plan, catalogue, [path()], answered=goals))


@pytest.mark.parametrize(("context", "asked"), [(CREMONA, True), (CREMA, False), (BERGAMO, False)])
def test_social_life_is_asked_before_the_work_in_the_ambito_of_cremona(
    plan: Plan, catalogue: Catalogue, context: Context, asked: bool
) -> None:
    assert (("qil", "P", "EXANTE") in places(planned(plan, catalogue, [path(context)]))) is asked


@pytest.mark.parametrize(("context", "length"), [(CREMONA, "full"), (BERGAMO, "full"), (CREMA, "short")])
def test_the_quality_of_a_placement_is_asked_in_full_where_the_model_is_tried(
    plan: Plan, catalogue: Catalogue, context: Context, length: str
) -> None:
    found = planned(plan, catalogue, [placement(context)])
    assert {one.length for one in found} == {length}
    assert {one.form for one in found} >= {"P", "O", "C"}


def test_a_placement_is_asked_about_again_every_six_months_until_it_ends(
    plan: Plan, catalogue: Catalogue
) -> None:
    found = planned(plan, catalogue, [placement(days=400)])
    during = [one for one in found if (one.form, one.occasion) == ("P", "INITINERE")]
    assert [one.number for one in during] == [1, 2, 3]
    assert during[1].due_from - during[0].due_from == timedelta(182)
    assert all(one.due_from <= START + timedelta(430) for one in during)


def test_an_open_placement_is_asked_about_up_to_the_horizon(plan: Plan, catalogue: Catalogue) -> None:
    today = START + timedelta(60)
    found = planned(plan, catalogue, [placement(days=None)], today=today)
    assert {one.occasion for one in found} == {"INITINERE"}
    assert max(one.due_from for one in found) <= today + timedelta(plan.number("horizon_days"))


def test_the_end_of_a_placement_is_asked_before_it_ends(plan: Plan, catalogue: Catalogue) -> None:
    found = planned(plan, catalogue, [placement(days=200)])
    last = START + timedelta(230)
    ends = {(one.due_from, one.due_to, one.late_to) for one in found if one.occasion == "EXPOST"}
    assert ends == {(last - timedelta(30), last, last + timedelta(28))}


def test_only_the_placement_of_reference_is_asked_about(plan: Plan, catalogue: Catalogue) -> None:
    short, first, second = placement(days=60), placement(begins=100), placement(begins=250)
    found = planned(plan, catalogue, [second, short, first])
    assert {one.subject.key for one in found} == {first.key}


def test_short_trials_of_an_academy_get_five_questions(plan: Plan, catalogue: Catalogue) -> None:
    trial, stable = placement(days=20, kind="ACA"), placement(begins=60, kind="ACA")
    found = [one for one in planned(plan, catalogue, [trial, stable]) if one.subject == trial]
    assert {(one.form, one.occasion, one.length) for one in found} == {("P", "EXPOST", "mini")}


def test_an_educational_path_is_no_placement_to_judge(plan: Plan, catalogue: Catalogue) -> None:
    assert planned(plan, catalogue, [placement(kind="SFA")]) == []


def test_an_agreement_asks_the_executing_body_the_office_and_the_firm(
    plan: Plan, catalogue: Catalogue
) -> None:
    agreement = Subject(
        "agreement",
        "agreement:1",
        "agreement:1",
        "C-1",
        {"placement_start": START, "placement_end": END, "agreement_end": END},
        BERGAMO,
        {"M": "FIRM-1"},
    )
    found = planned(plan, catalogue, [placement(kind="A14"), agreement])
    assert {one.form for one in found} >= {"P", "O", "C", "E", "CM", "M"}
    assert {one.subject.kind for one in found if one.form == "M"} == {"agreement"}


def test_a_company_is_asked_at_the_start_at_the_end_and_after_six_months(
    plan: Plan, catalogue: Catalogue
) -> None:
    anchors = {"accompaniment_start": START, "accompaniment_end": END}
    company = Subject("accompaniment", "accompaniment:1", "accompaniment:1", "ENTE-1", anchors, BERGAMO, {})
    found = planned(plan, catalogue, [company])
    assert places(found) == {("acc", "C", "T0"), ("acc", "C", "T1"), ("acc", "C", "T2")}
    assert max(one.due_from for one in found) >= END + timedelta(180)


# Draws


ENTRY = Entry("oss", "oss", "O", "path", (), "path")
ANY_PLAN = Plan("plan", "0.1.0", "", {}, (), {})


@given(st.integers(0, 10_000), st.integers(1, 100))
def test_a_draw_is_always_the_same(place: int, share: int) -> None:
    assert drawn(ANY_PLAN, ENTRY, place, share) == drawn(ANY_PLAN, ENTRY, place, share)
    assert not drawn(ANY_PLAN, ENTRY, place, 0)
    assert drawn(ANY_PLAN, ENTRY, place, 100)


@given(st.integers(1, 100), st.integers(1, 400))
def test_a_share_is_reached_whatever_the_number(share: int, people: int) -> None:
    """Never fewer than the share, but for a last block that is still being filled."""
    twice = sum(drawn(ANY_PLAN, ENTRY, place, share) for place in range(people))
    assert twice >= people // (100 // share)


def test_another_entry_draws_others() -> None:
    other = replace(ENTRY, id="aut_person")
    draws = [[drawn(ANY_PLAN, entry, place, 20) for place in range(100)] for entry in (ENTRY, other)]
    assert draws[0] != draws[1]


@pytest.mark.parametrize("people", [15, 30, 80, 119, 120, 121, 500])
def test_at_least_one_sheet_in_five_has_a_second_observer(
    plan: Plan, catalogue: Catalogue, people: int
) -> None:
    """Rulings R12: of 120 people at least 24, here 30: some second sheets will never be filled in."""
    found = planned(plan, catalogue, [path(code=f"BG-{number:04}") for number in range(people)])
    twice = {one.subject.key for one in found if one.rater == 2}
    assert {one.instrument.id for one in found if one.rater == 2} == {"oss"}
    assert len(twice) >= people / 5
    assert all(
        {one.occasion for one in found if one.rater == 2 and one.subject.key == key} == {"EXANTE", "EXPOST"}
        for key in sorted(twice)[:10]
    )


def test_who_came_first_stays_drawn_when_others_come(plan: Plan, catalogue: Catalogue) -> None:
    people = [path(code=f"BG-{number:04}") for number in range(60)]
    before, after = (
        {one.subject.key for one in planned(plan, catalogue, subjects) if one.rater == 2}
        for subjects in (people[:35], people)
    )
    assert before == {key for key in after if key in {subject.key for subject in people[:35]}}


def test_who_is_drawn_is_asked_again_one_or_two_weeks_after_sending(plan: Plan, catalogue: Catalogue) -> None:
    subjects = [path(code=f"BG-{number}") for number in range(200)]
    sent = [submitted(catalogue, subject, number) for number, subject in enumerate(subjects, 1)]
    again = [one for one in planned(plan, catalogue, subjects, sent) if one.occasion == "RETEST"]
    assert len(again) == 40
    assert {(one.due_from - END).days for one in again} == {17}
    assert {(one.due_to - END).days for one in again} == {24}
    assert {one.retest_of for one in again} <= {one.id for one in sent}


def submitted(catalogue: Catalogue, subject: Subject, number: int) -> Made:
    aut = catalogue.newest("aut")
    return Made(
        id=number,
        subject=subject.key,
        series=subject.series,
        instrument="aut",
        version=aut.version,
        digest=aut.digest,
        form="P",
        occasion="EXPOST",
        number=1,
        rater=1,
        state="submitted",
        due_from=END,
        due_to=END + timedelta(28),
        closed_on=END + timedelta(10),
    )


# Again and again


def as_made(found: Sequence[Planned]) -> list[Made]:
    return [
        Made(
            id=number,
            subject=one.subject.key,
            series=one.subject.series,
            instrument=one.instrument.id,
            version=one.instrument.version,
            digest=one.instrument.digest,
            form=one.form,
            occasion=one.occasion,
            number=one.number,
            rater=one.rater,
            state="open",
            due_from=one.due_from,
            due_to=one.due_to,
            closed_on=None,
        )
        for number, one in enumerate(found, 1)
    ]


def test_planning_twice_adds_nothing(plan: Plan, catalogue: Catalogue) -> None:
    subjects = [path(), placement(), path(CREMONA, code="CR-001"), placement(CREMONA, code="CR-001")]
    first = planned(plan, catalogue, subjects)
    register = Register(subjects, as_made(first), frozenset())
    again = planned(plan, catalogue, subjects, register.made)
    assert new(again, register) == []
    assert moved(again, register) == []
    assert len({one.place for one in first}) == len(first)


def test_what_nobody_has_begun_follows_the_register(plan: Plan, catalogue: Catalogue) -> None:
    before = planned(plan, catalogue, [path()])
    register = Register([path()], as_made(before), frozenset())
    later = path(end=END + timedelta(31))
    again = planned(plan, catalogue, [later], register.made)
    changed = moved(again, register)
    assert {found.occasion for _, found in changed} == {"EXPOST", "FU6"}
    assert all(found.due_from >= END for _, found in changed)
    assert new(again, register) == []


def test_what_nobody_has_begun_takes_the_version_of_the_series(plan: Plan, catalogue: Catalogue) -> None:
    """A sheet of before the platform comes in, in an older version than what was planned meanwhile."""
    newest = {one.id: one for one in catalogue.instruments.values()}
    planned_before = planned(plan, catalogue, [path()])
    later = replace(newest["aut"], version="0.2.0", digest="b" * 64)
    made = [replace(one, version="0.2.0", digest="b" * 64) for one in as_made(planned_before)]
    register = Register([path()], [replace(made[0], begun=True), *made[1:]], frozenset())
    follows = [replace(one, follows=one.instrument.id == "aut") for one in planned_before]
    changed = repinned(follows, register)
    assert later.digest not in {found.instrument.digest for _, found in changed}
    assert {found.instrument.id for _, found in changed} == {"aut"}
    assert made[0].id not in {number for number, _ in changed}
