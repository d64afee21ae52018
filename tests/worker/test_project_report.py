"""The report of the project as long work: what the staff pages ask for."""

import json

import pytest
from sqlalchemy import Engine

from surveyapp.settings import Settings
from surveyapp.storage import jobs
from surveyapp.storage.engine import reading, writing
from surveyapp.worker.loop import work
from surveyapp.worker.processes import StopRequest
from tests.worker.processes import now, row


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("audience", "words"), [("internal", "Non va dato ad altri"), ("partner", "solo totali")]
)
def test_the_worker_writes_the_report_for_its_audience(
    settings: Settings, engine: Engine, audience: str, words: str
) -> None:
    with writing(engine) as connection:
        asked = {"report": "project", "audience": audience}
        job_id = jobs.request(connection, "report", asked, "anna@example.org", now())
    assert work(settings, engine, StopRequest(), once=True) == 1
    assert (row(engine, job_id).state, row(engine, job_id).message) == ("done", "")
    with reading(engine) as connection:
        page, results, everything = (
            jobs.file(connection, job_id, name) for name in ("report.html", "results.json", "all.zip")
        )
    assert page
    assert results
    assert everything
    assert words in page.content.decode()
    assert json.loads(results.content)["about"] == "project"
    assert everything.media_type == "application/zip"
