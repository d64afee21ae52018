"""The validation report as long work: what the staff pages ask for."""

import io
import zipfile

import pytest
from sqlalchemy import Engine

from surveyapp.settings import Settings
from surveyapp.storage import jobs
from surveyapp.storage.engine import reading, writing
from surveyapp.web.staff.report_choices import FILES, PAGE
from surveyapp.worker.kinds import MEDIA_TYPES
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


def test_every_file_that_the_pages_offer_has_a_type() -> None:
    assert {f".{name.rpartition('.')[2]}" for name in FILES} <= set(MEDIA_TYPES)
