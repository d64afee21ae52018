"""The worker as it runs: a process that starts a process for each job."""

import signal
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.change_report import write_report
from surveyapp.reports.exports.release import key_of
from surveyapp.reports.exports.write import write_exports
from surveyapp.settings import Settings
from surveyapp.storage import jobs
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.job_tables import Job
from surveyapp.study import demonstration
from surveyapp.worker.loop import work
from surveyapp.worker.processes import StopRequest
from tests.worker.processes import (
    alive,
    ask,
    descendants,
    now,
    row,
    running,
    statistics_of,
    wait_for,
    wait_for_state,
)

KEY = "a secret key of this installation alone"


def stored(engine: Engine, job_id: int, name: str) -> bytes:
    with reading(engine) as connection:
        found = jobs.file(connection, job_id, name)
    assert found
    return found.content


def test_stored_results_equal_the_files_written_directly(
    settings: Settings,
    engine: Engine,
    catalogue: Catalogue,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SURVEYAPP_SECRET_KEY", KEY)  # else an export has a key of its own
    with writing(engine) as connection:
        demonstration.fill(connection, catalogue, now())
    report, export = ask(engine), ask(engine, kind="export")
    assert work(settings, engine, StopRequest(), once=True) == 2
    with reading(engine) as connection:
        direct = {
            report: write_report(connection, catalogue, "aut", tmp_path),
            export: write_exports(connection, catalogue, "aut", tmp_path, kinds=["csv"], key=key_of(KEY)),
        }
    for job_id, paths in direct.items():
        assert (row(engine, job_id).state, row(engine, job_id).message) == ("done", "")
        for path in paths:
            assert stored(engine, job_id, path.name) == path.read_bytes()


def test_an_unknown_instrument_fails_in_words(settings: Settings, engine: Engine) -> None:
    job_id = ask(engine, "nessuno")
    work(settings, engine, StopRequest(), once=True)
    failed = row(engine, job_id)
    assert failed.state == "failed"
    assert failed.message.startswith("Non è andato a buon fine: lo strumento «nessuno» non esiste")


def test_a_broken_kind_fails_with_a_code_to_find_it(
    settings: Settings, engine: Engine, capfd: pytest.CaptureFixture[str]
) -> None:
    job_id = ask(engine, "parole di una persona", kind="nothing")
    work(settings, engine, StopRequest(), once=True)
    failed, log = row(engine, job_id), capfd.readouterr().err
    assert failed.state == "failed"
    assert failed.message.startswith("Non è andato a buon fine. Riprova;")
    assert failed.message[-9:-1] in log
    assert "KeyError" in log
    assert "parole" not in log


def test_a_cancelled_running_job_stops_soon(settings: Settings, engine: Engine) -> None:
    with running(settings, "worker") as worker:
        job_id = ask(engine)
        wait_for(lambda: bool(descendants(worker)), "the job's process")
        [process] = descendants(worker)
        process.suspend()  # so that it does not finish first
        with writing(engine) as connection:
            assert jobs.cancel(connection, job_id, now())
        assert wait_for_state(engine, job_id, "cancelled").finished_at
        wait_for(lambda: not alive(process), "the end of the job's process")
        assert worker.poll() is None


def test_a_killed_worker_takes_its_process_along_and_the_job_is_retaken(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    with running(settings, "worker", TMPDIR=str(tmp_path)) as worker:
        job_id = ask(engine)
        wait_for(lambda: bool(descendants(worker)), "the job's process")
        [process] = descendants(worker)
        worker.kill()
        wait_for(lambda: not alive(process), "the end of the job's process")
    assert row(engine, job_id).state == "running"
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    with writing(engine) as connection:  # a minute goes by
        connection.execute(update(Job).values(heartbeat_at=now() - timedelta(seconds=61)))
    assert work(settings, engine, StopRequest(), once=True) == 1
    assert (row(engine, job_id).state, row(engine, job_id).attempts) == ("done", 2)


def test_a_killed_process_is_tried_again_at_once(settings: Settings, engine: Engine) -> None:
    with running(settings, "worker") as worker:
        job_id = ask(engine)
        wait_for(lambda: bool(descendants(worker)), "the job's process")
        descendants(worker)[0].kill()
        assert wait_for_state(engine, job_id, "done").attempts == 2


def test_a_stopped_worker_gives_its_job_back(settings: Settings, engine: Engine) -> None:
    with running(settings, "worker") as worker:
        job_id = ask(engine)
        wait_for(lambda: bool(descendants(worker)), "the job's process")
        [process] = descendants(worker)
        process.suspend()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(5) == 0
        assert not alive(process)
    assert (row(engine, job_id).state, row(engine, job_id).attempts) == ("queued", 0)


def test_two_workers_share_the_queue(settings: Settings, engine: Engine) -> None:
    asked = [ask(engine, f"strumento {number}") for number in range(4)]
    with running(settings, "worker", "--once") as one, running(settings, "worker", "--once") as two:
        assert (one.wait(60), two.wait(60)) == (0, 0)
    found = [row(engine, job_id) for job_id in asked]
    assert {(job.state, job.attempts) for job in found} == {("failed", 1)}


def test_the_worker_stays_small_after_a_report(settings: Settings, engine: Engine) -> None:
    with running(settings, "worker") as worker:
        wait_for_state(engine, ask(engine), "done")
        assert statistics_of(worker.pid) == set()
        wait_for(lambda: not descendants(worker), "the end of the job's process")
