"""Windows of the instrument become dates of the path."""

from datetime import date

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.study.due import Due, administrations_due

START = date(2026, 6, 15)


def test_only_exante_is_due_while_the_path_is_open(catalogue: Catalogue) -> None:
    assert administrations_due(catalogue.newest("aut"), "P", START, None) == [
        Due("EXANTE", START, date(2026, 7, 15), date(2026, 8, 14))
    ]


def test_expost_and_six_months_count_from_the_end(catalogue: Catalogue) -> None:
    due = administrations_due(catalogue.newest("aut"), "P", START, date(2026, 10, 1))
    assert due[1:] == [
        Due("EXPOST", date(2026, 10, 1), date(2026, 10, 29), date(2026, 11, 30)),
        Due("FU6", date(2027, 3, 3), date(2027, 5, 2), date(2027, 6, 1)),
    ]


def test_a_form_is_due_at_its_own_occasions(catalogue: Catalogue) -> None:
    due = administrations_due(catalogue.newest("aut"), "O", START, date(2026, 10, 1))
    assert [one.occasion for one in due] == ["EXPOST", "FU6"]
