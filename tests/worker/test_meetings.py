"""Syntheses of focus groups as long work."""

import pytest
from sqlalchemy import Engine

from surveyapp.settings import Settings
from surveyapp.storage import jobs
from surveyapp.storage.engine import reading, writing
from surveyapp.web.staff.report_choices import FILES, PAGE, synthesis_of
from surveyapp.worker.loop import work
from surveyapp.worker.processes import StopRequest
from tests.factories import create_focus_group
from tests.worker.processes import now, row

WRITTEN = [PAGE, "report.pdf", "report.docx"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_worker_writes_syntheses_that_the_pages_offer(settings: Settings, engine: Engine) -> None:
    with writing(engine) as connection:
        one = synthesis_of(create_focus_group(connection, code="FG2")) | {"code": "FG2"}
        asked = [
            jobs.request(connection, "report", arguments, "anna@example.org", now())
            for arguments in (one, {"report": "meetings"})
        ]
    assert work(settings, engine, StopRequest(), once=True) == 2
    with reading(engine) as connection:
        names = jobs.file_names(connection, asked)
        word = jobs.file(connection, asked[0], "report.docx")
    assert [row(engine, job_id).state for job_id in asked] == ["done", "done"]
    assert [names[job_id] for job_id in asked] == [WRITTEN, WRITTEN]
    assert word
    assert word.media_type == FILES["report.docx"][1]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_meeting_that_is_gone_is_told_in_words(settings: Settings, engine: Engine) -> None:
    with writing(engine) as connection:
        asked = synthesis_of(999) | {"code": "FG2"}
        job_id = jobs.request(connection, "report", asked, "anna@example.org", now())
    work(settings, engine, StopRequest(), once=True)
    done = row(engine, job_id)
    assert done.state == "failed"
    assert "il focus group non c'è più" in done.message
