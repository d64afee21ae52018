"""Days and moments in the language of the page."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from surveyapp.web.days import day_in_words
from surveyapp.web.staff.shown import day, italian_day, moment

DAY, NEXT_YEAR = date(2026, 11, 22), date(2027, 9, 1)
ROME = ZoneInfo("Europe/Rome")
MOMENT = datetime(2026, 11, 22, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("it", ["22 novembre 2026", "22 nov", "1 set 2027", "22 nov 2026, 09.05"]),
        ("en", ["22 November 2026", "22 Nov", "1 Sept 2027", "22 Nov 2026, 09:05"]),
    ],
)
def test_days_speak_the_language_of_the_page(app: Flask, language: str, shown: list[str]) -> None:
    with app.test_request_context(headers={"Cookie": f"lingua={language}"}):
        assert [day_in_words(DAY), day(DAY, DAY), day(NEXT_YEAR, DAY), moment(MOMENT, ROME)] == shown
        assert italian_day(NEXT_YEAR, DAY) == "1 set 2027"
