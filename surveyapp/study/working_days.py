"""Days on which offices are open in Italy: neither Saturdays and Sundays nor national holidays."""

from datetime import date, timedelta

SATURDAY = 5
# Month and day. 4 October is one again since 2026 (law 151 of 2025).
HOLIDAYS = (
    *((1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15)),
    *((10, 4), (11, 1), (12, 8), (12, 25), (12, 26)),
)


def is_working(day: date) -> bool:
    """Whether offices are open on a day."""
    easter_monday = easter(day.year) + timedelta(1)
    return day.weekday() < SATURDAY and (day.month, day.day) not in HOLIDAYS and day != easter_monday


def working_days_after(day: date, number: int) -> date:
    """The day that many working days later."""
    while number:
        day += timedelta(1)
        number -= is_working(day)
    return day


def easter(year: int) -> date:
    """Easter Sunday, by Gauss's rule as Meeus corrected it (Gregorian years)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
