"""Working days in Italy: weekends and national holidays, Easter Monday included, do not count."""

from datetime import date

import pytest

from surveyapp.study.working_days import easter, is_working, working_days_after


@pytest.mark.parametrize(
    ("year", "day"),
    [
        *((2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2026, date(2026, 4, 5))),
        *((2027, date(2027, 3, 28)), (2030, date(2030, 4, 21)), (2038, date(2038, 4, 25))),
    ],
)
def test_easter_falls_where_the_calendars_say(year: int, day: date) -> None:
    assert easter(year) == day


@pytest.mark.parametrize(
    ("start", "number", "last"),
    [
        (date(2026, 11, 23), 2, date(2026, 11, 25)),  # a Monday
        (date(2026, 11, 26), 2, date(2026, 11, 30)),  # over a weekend
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # on a Saturday
        (date(2026, 12, 23), 2, date(2026, 12, 28)),  # over Christmas and a weekend
        (date(2026, 4, 3), 1, date(2026, 4, 7)),  # over Easter
        (date(2026, 12, 4), 2, date(2026, 12, 9)),  # over 8 December
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_what_is_due_skips_closed_days(start: date, number: int, last: date) -> None:
    assert working_days_after(start, number) == last
    assert is_working(last)
