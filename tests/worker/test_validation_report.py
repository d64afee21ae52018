"""The validation report as long work: what the staff pages ask for."""

import io
import json
import zipfile

import pytest
from sqlalchemy import Engine

from surveyapp.focus_groups.measured import EVERYWHERE
from surveyapp.settings import Settings
from surveyapp.storage import item_statistics, jobs
from surveyapp.storage.engine import reading, writing
from surveyapp.web.staff.report_choices import FILES, PAGE
from surveyapp.worker.kinds import MEDIA_TYPES, keep
from surveyapp.worker.loop import work
from surveyapp.worker.processes import StopRequest
from tests.worker.processes import now, row


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_worker_writes_the_report_with_an_archive_of_everything(
    settings: Settings, engine: Engine
) -> None:
    with writing(engine) as connection:
        asked = {"report": "validation", "instrument": "oss"}
        job_id = jobs.request(connection, "report", asked, "anna@example.org", now())
    assert work(settings, engine, StopRequest(), once=True) == 1
    assert (row(engine, job_id).state, row(engine, job_id).message) == ("done", "")
    with reading(engine) as connection:
        names = jobs.file_names(connection, [job_id])[job_id]
        archive = jobs.file(connection, job_id, "all.zip")
    assert set(names) == {PAGE, *FILES} - {"report.docx"}  # for syntheses of focus groups alone
    assert archive
    inside = zipfile.ZipFile(io.BytesIO(archive.content)).namelist()
    assert {"report.html", "results.json"} <= set(inside)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_worker_packs_the_data_of_an_instrument(settings: Settings, engine: Engine) -> None:
    with writing(engine) as connection:
        asked = {"report": "export", "instrument": "oss"}
        job_id = jobs.request(connection, "report", asked, "anna@example.org", now())
    assert work(settings, engine, StopRequest(), once=True) == 1
    assert (row(engine, job_id).state, row(engine, job_id).message) == ("done", "")
    with reading(engine) as connection:
        archive = jobs.file(connection, job_id, "all.zip")
    assert archive
    assert "leggimi.txt" in zipfile.ZipFile(io.BytesIO(archive.content)).namelist()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_a_validation_report_says_of_questions_stays(engine: Engine) -> None:
    about = {"version": "0.1.0", "form": "P", "variant": "easy", "occasion": "EXANTE", "item": "AUT_OCC3"}
    found = {"about": about | {"territory": EVERYWHERE}, "statistic": "missing_NS", "value": 2, "n": 30}
    written = json.dumps({"results": [found], "data_digest": "d" * 64}).encode()
    files = [jobs.File("report.html", "text/html", b""), jobs.File("results.json", "", written)]
    with writing(engine) as connection:
        keep(connection, {"report": "project", "audience": "internal"}, files, now())
        assert item_statistics.of_items(connection, "aut", ["AUT_OCC3"]) == {}
        keep(connection, {"report": "validation", "instrument": "aut"}, files, now())
        kept = item_statistics.of_items(connection, "aut", ["AUT_OCC3"])["AUT_OCC3"]
    assert [(one.statistic, one.value, one.n) for one in kept] == [("missing", 2, 30), ("not_known", 2, 30)]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_worker_prints_the_ledger_of_a_version(settings: Settings, engine: Engine) -> None:
    with writing(engine) as connection:
        asked = {"report": "ledger", "instrument": "aut", "version": "0.1.0"}
        job_id = jobs.request(connection, "report", asked, "anna@example.org", now())
    assert work(settings, engine, StopRequest(), once=True) == 1
    assert row(engine, job_id).state == "done"
    with reading(engine) as connection:
        assert PAGE in jobs.file_names(connection, [job_id])[job_id]


def test_every_file_that_the_pages_offer_has_a_type() -> None:
    assert {f".{name.rpartition('.')[2]}" for name in FILES} <= set(MEDIA_TYPES)
