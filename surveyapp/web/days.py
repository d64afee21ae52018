"""A day as people say it: 22 novembre 2026; in English 22 November 2026."""

from datetime import date, datetime

from babel.dates import format_date

from surveyapp.web.languages import dates
from surveyapp.web.services import services


def day_in_words(when: date | datetime | None) -> str:
    """The day in full; of a moment, the day that it was where the study is. Empty for none."""
    if when is None:
        return ""
    day = when.astimezone(services().settings.time_zone) if isinstance(when, datetime) else when
    return format_date(day, "d MMMM y", locale=dates())
