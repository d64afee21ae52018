"""The staff pages say of instruments, in Italian, what printed forms and the codebook say."""

import pytest
from markupsafe import escape

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.publication_record import STATUS_WORDS
from surveyapp.sheets import labels, windows
from surveyapp.web.staff import instruments_known, instruments_labels
from surveyapp.web.staff.instruments_windows import occasion_words


@pytest.mark.parametrize("table", ["FIELDS", "VALUES", "KINDS", "METHODS", "ALERTS", "MANUAL"])
def test_the_words_of_closed_lists_are_the_same(table: str) -> None:
    assert getattr(instruments_labels, table) == getattr(labels, table)


def test_the_states_of_a_version_are_the_same() -> None:
    assert {code: words.capitalize() for code, words in STATUS_WORDS.items()} == instruments_known.WORDS


def test_windows_are_said_in_the_same_words(catalogue: Catalogue) -> None:
    occasions = [
        (occasion, instrument)
        for instrument in catalogue.instruments.values()
        for occasion in instrument.occasions.values()
    ]
    assert set(instruments_labels.ANCHORS) == set(labels.ANCHORS)
    for occasion, instrument in occasions:
        said = escape(occasion_words(occasion, instrument)).unescape()
        assert said == windows.occasion_words(occasion, instrument)
