"""The row of a job: asked for once, taken once, always ended in words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from surveyapp.storage import jobs
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.job_tables import Job, JobFile
from surveyapp.storage.jobs import File, HeldJob
from tests.factories import NOW

PAGE = File("report.html", "text/html; charset=utf-8", b"<p>\xc3\xa8</p>")
LATER = NOW + timedelta(minutes=2)


def ask(engine: Engine, instrument: str = "aut", kind: str = "report") -> int:
    with writing(engine) as connection:
        return jobs.request(connection, kind, {"instrument": instrument}, "anna@example.org", NOW)


def take(engine: Engine, worker: str = "one", now: Any = NOW) -> HeldJob:
    with writing(engine) as connection:
        job = jobs.take(connection, worker, now)
    assert job
    return job


def finish(engine: Engine, job: HeldJob) -> bool:
    with writing(engine) as connection:
        return jobs.finish(connection, job, [PAGE], NOW)


def row(engine: Engine, job_id: int) -> Any:
    with reading(engine) as connection:
        return connection.execute(select(Job.__table__).where(Job.id == job_id)).one()


def test_the_same_work_is_asked_for_once(engine: Engine) -> None:
    first = ask(engine)
    assert ask(engine) == first
    take(engine)
    assert ask(engine) == first
    assert ask(engine, "mcr") != first
    assert ask(engine, kind="export") != first


def test_work_that_ended_can_be_asked_again(engine: Engine) -> None:
    first = ask(engine)
    finish(engine, take(engine))
    assert ask(engine) != first


def test_ten_people_asking_at_once_make_one_job(engine: Engine) -> None:
    with ThreadPoolExecutor(10) as pool:
        assert len(set(pool.map(lambda _: ask(engine), range(10)))) == 1


def test_jobs_are_listed_newest_first(engine: Engine) -> None:
    asked = [ask(engine, name) for name in ("a", "b", "c")]
    finish(engine, take(engine))
    with reading(engine) as connection:
        found = jobs.listed(connection, "report", 2)
        everything = jobs.listed(connection, "report")
        assert jobs.listed(connection, "export") == []
    assert [one.id for one in found] == asked[:0:-1]
    assert (found[0].state, found[0].message, found[0].requested_at) == ("queued", "", NOW)
    assert (everything[2].state, everything[2].files, everything[2].finished_at) == ("done", 1, NOW)


def test_a_cancelled_queued_job_ends_at_once(engine: Engine) -> None:
    job_id = ask(engine)
    with writing(engine) as connection:
        assert jobs.cancel(connection, job_id, NOW)
        assert not jobs.cancel(connection, job_id, NOW)
        assert not jobs.cancel(connection, 999, NOW)
        assert jobs.take(connection, "one", NOW) is None
    assert (row(engine, job_id).state, row(engine, job_id).finished_at) == ("cancelled", NOW)


def test_a_cancelled_running_job_is_asked_to_stop(engine: Engine) -> None:
    job = take_after_asking(engine)
    with writing(engine) as connection:
        assert jobs.report_progress(connection, job, NOW, 30, "Calcolo.")
        assert jobs.cancel(connection, job.id, NOW)
        assert not jobs.report_progress(connection, job, NOW, 80, "Scrivo.")
    assert (row(engine, job.id).state, row(engine, job.id).progress) == ("running", 30)
    assert ask(engine) != job.id
    assert not finish(engine, job)
    with writing(engine) as connection:
        jobs.give_back(connection, job, NOW)
        assert jobs.file(connection, job.id, "report.html") is None
    assert row(engine, job.id).state == "cancelled"


def take_after_asking(engine: Engine) -> HeldJob:
    ask(engine)
    return take(engine)


def test_a_finished_job_serves_its_files(engine: Engine) -> None:
    job = take_after_asking(engine)
    assert finish(engine, job)
    with reading(engine) as connection:
        assert jobs.file(connection, job.id, "report.html") == (PAGE.media_type, PAGE.content)
        assert jobs.file(connection, job.id, "other.html") is None
    assert (row(engine, job.id).state, row(engine, job.id).progress) == ("done", 100)


def test_the_oldest_job_is_taken_first(engine: Engine) -> None:
    asked = [ask(engine, name) for name in ("a", "b")]
    assert [take(engine).id, take(engine, "two").id] == asked


def test_four_workers_take_twenty_jobs_once_each(engine: Engine) -> None:
    asked = [ask(engine, f"instrument {number}") for number in range(20)]

    def work(worker: str) -> list[int]:
        taken = []
        while True:
            with writing(engine) as connection:
                job = jobs.take(connection, worker, NOW)
            if job is None:
                return taken
            taken.append(job.id)
            assert finish(engine, job)

    with ThreadPoolExecutor(4) as pool:
        taken = [job_id for found in pool.map(work, "abcd") for job_id in found]
    assert sorted(taken) == asked
    with reading(engine) as connection:
        assert set(connection.scalars(select(Job.attempts))) == {1}


def test_a_silent_worker_loses_its_job(engine: Engine) -> None:
    job = take_after_asking(engine)
    with writing(engine) as connection:
        assert jobs.take(connection, "two", NOW + timedelta(seconds=50)) is None
        again = jobs.take(connection, "two", LATER)
        assert again
        assert jobs.held(connection, job.id, "two") == again
        assert jobs.held(connection, job.id, "one") is None
        assert not jobs.report_progress(connection, job, LATER)
        assert not jobs.finish(connection, job, [PAGE], LATER)
        assert not jobs.fail(connection, job, "Non è andato a buon fine.", LATER)
    assert (row(engine, job.id).worker, row(engine, job.id).attempts) == ("two", 2)


def test_a_sign_of_life_keeps_the_job(engine: Engine) -> None:
    job = take_after_asking(engine)
    with writing(engine) as connection:
        assert jobs.report_progress(connection, job, LATER)
        assert jobs.take(connection, "two", LATER) is None


def test_a_job_that_breaks_three_times_has_failed(engine: Engine) -> None:
    job_id = ask(engine)
    for attempt in (1, 2, 3):
        job = take(engine, now=NOW + attempt * timedelta(minutes=5))
        assert row(engine, job_id).attempts == attempt
    with writing(engine) as connection:
        assert jobs.take(connection, "two", NOW + timedelta(hours=1)) is None
    assert job.id == job_id
    assert (row(engine, job_id).state, row(engine, job_id).message) == ("failed", jobs.LOST)


def test_a_process_that_breaks_three_times_has_failed(engine: Engine) -> None:
    job_id = ask(engine)
    states = []
    for _ in range(3):
        job = take(engine)
        with writing(engine) as connection:
            jobs.retry(connection, job, NOW)
        states.append(row(engine, job_id).state)
    assert states == ["queued", "queued", "failed"]


def test_a_silent_cancelled_job_is_cancelled(engine: Engine) -> None:
    job = take_after_asking(engine)
    with writing(engine) as connection:
        jobs.cancel(connection, job.id, NOW)
        assert jobs.take(connection, "two", LATER) is None
    assert row(engine, job.id).state == "cancelled"


def test_a_job_given_back_was_no_attempt(engine: Engine) -> None:
    job = take_after_asking(engine)
    with writing(engine) as connection:
        jobs.give_back(connection, job, NOW)
    found = row(engine, job.id)
    assert (found.state, found.attempts, found.worker, found.started_at) == ("queued", 0, None, None)


def test_only_the_newest_results_keep_their_files(engine: Engine) -> None:
    for number in range(4):
        for kind in ("report", "export"):
            ask(engine, f"instrument {number}", kind)
            finish(engine, take(engine))
    with writing(engine) as connection:
        assert jobs.tidy(connection, 3) == 2
        assert [found.files for found in jobs.listed(connection, "export")] == [1, 1, 1, 0]
        assert jobs.tidy(connection) == 0
        assert jobs.tidy(connection, 0) == 6
        assert connection.scalar(select(func.count(JobFile.id))) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"state": "done"},
        {"state": "queued", "finished_at": NOW},
        {"state": "running", "started_at": NOW},
        {"progress": 101},
        {"progress": -1},
        {"attempts": -1},
    ],
)
def test_the_database_refuses_impossible_jobs(engine: Engine, wrong: dict[str, Any]) -> None:
    good = {"kind": "report", "arguments": "{}", "message": "", "requested_by": "", "requested_at": NOW}
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(insert(Job), good | wrong)


def test_the_database_refuses_the_same_work_twice(engine: Engine) -> None:
    first, second = ask(engine, "a"), ask(engine, "b")
    with reading(engine) as connection:
        same = connection.scalar(select(Job.arguments).where(Job.id == first))
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(update(Job).where(Job.id == second), {"arguments": same})


def test_arguments_are_the_same_in_any_order(engine: Engine) -> None:
    for first, second in pairwise([{"a": "1", "b": "è"}, {"b": "è", "a": "1"}]):
        with writing(engine) as connection:
            one = jobs.request(connection, "report", first, "anna@example.org", NOW)
            assert jobs.request(connection, "report", second, "anna@example.org", NOW) == one
            job = jobs.take(connection, "one", NOW)
            assert job
            assert job.arguments == first
