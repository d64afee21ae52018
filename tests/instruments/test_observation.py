"""The observation sheet: what is asked when, and how an area and the total come about."""

from math import ceil, floor

import pytest

from surveyapp.instruments.model import Instrument
from surveyapp.scoring.facts import alerts
from surveyapp.scoring.scores import score
from tests.instruments.asking import asked, codes, operator, windows
from tests.instruments.drafts import assembled_instruments
from tests.instruments.files import missing, value

ROWS = [f"OSS_{area}{number}" for area in ("SOF", "AUT", "REL") for number in range(1, 7)]


@pytest.fixture(scope="module")
def oss() -> Instrument:
    return assembled_instruments()["oss"]


def test_observation_begins_with_the_first_activity(oss: Instrument) -> None:
    found = windows(oss)
    assert found["EXANTE"] == ("activity_start", 0, 28, 60)
    assert found["EXPOST"] == ("path_end", -30, 0, 28)
    assert set(oss.forms) == {"O"}


def test_observation_asks_eighteen_behaviours_in_a_context(oss: Instrument) -> None:
    for occasion in ("EXANTE", "INITINERE", "EXPOST"):
        found = asked(operator(oss, occasion), {})
        assert found[:2] == ["OSS_CTX", "OSS_CON"]
        assert [name for name in found if name in ROWS] == ROWS
    settings = {option.code for option in oss.formats["SETTING"].options}
    assert len(settings) == 9


def test_levels_are_anchored_and_aids_count_as_alone(oss: Instrument) -> None:
    levels = oss.formats["L5"]
    assert [option.label for option in levels.options] == [
        "1 · Non ancora presente, anche con aiuto",
        "2 · Con aiuto costante",
        "3 · Con aiuto occasionale o promemoria",
        "4 · Da solo o da sola in un contesto conosciuto",
        "5 · Da solo o da sola anche in situazioni nuove",
    ]
    assert levels.no_value == ("NO",)
    assert "ausili" in (levels.stem or "")


def test_an_example_is_asked_of_the_highest_and_lowest_levels(oss: Instrument) -> None:
    assert [name for name in asked(operator(oss, "EXANTE"), {}) if name.endswith("N")] == [
        "OSS_CON", "OSS_SOFN", "OSS_AUTN", "OSS_RELN",
    ]  # fmt: skip
    end = operator(oss, "EXPOST")
    assert not {"OSS_SOFN", "OSS_SOFX"} & set(asked(end, codes(OSS_SOF1=3, OSS_SOF2=4)))
    assert "OSS_SOFX" in asked(end, codes(OSS_SOF1=3, OSS_SOF6=5))
    assert "OSS_RELX" in asked(end, codes(OSS_REL3=1))


def observed(oss: Instrument, unseen: int = 0) -> dict[str, float | None]:
    """Scores when every row is at level 4 but some of the autonomies were not to be seen."""
    answers = codes(**dict.fromkeys(ROWS, 4))
    answers |= {f"OSS_AUT{number}": missing("NO") for number in range(1, unseen + 1)}
    return {found.scale: found.value for found in score(operator(oss, "EXANTE"), answers)}


def test_an_area_bears_one_row_that_was_not_to_be_seen(oss: Instrument) -> None:
    assert observed(oss, 1) == {"OSS_SOF": 75, "OSS_AUT": 75, "OSS_REL": 75, "OSS_TOT": 75}
    assert observed(oss, 2) == {"OSS_SOF": 75, "OSS_AUT": None, "OSS_REL": 75, "OSS_TOT": None}


# T8: totals of 0-100 before and after. A whole sheet has 72 steps; each total is the step next to it, below
# before and above after, so that 62 and 63 stay different.
T8 = [(40, 55), (50, 50), (60, 70), (30, 45), (70, 65), (55, 58), (45, 60), (35, 50), (62, 63), (48, 66)]
STEPS = 72


def total(oss: Instrument, occasion: str, steps: int) -> float:
    """The total of a sheet that stands so many steps above the lowest levels."""
    level, more = divmod(steps, len(ROWS))
    answers = {row: value(1 + level + (place < more)) for place, row in enumerate(ROWS)}
    (found,) = [one for one in score(operator(oss, occasion), answers) if one.scale == "OSS_TOT"]
    assert found.value == pytest.approx(100 * steps / STEPS)
    return found.value


def test_t8_eight_of_ten_have_a_higher_total_at_the_end(oss: Instrument) -> None:
    changes = [
        total(oss, "EXPOST", ceil(after * STEPS / 100)) - total(oss, "EXANTE", floor(before * STEPS / 100))
        for before, after in T8
    ]
    signs = [(change > 0) - (change < 0) for change in changes]
    assert (signs.count(1), signs.count(0), signs.count(-1)) == (8, 1, 1)


def test_fewer_than_three_contacts_are_noted_for_the_staff(oss: Instrument) -> None:
    found = operator(oss, "EXANTE")
    raised = [[one.kind for one in alerts(found, codes(OSS_CON=times))] for times in (2, 3)]
    assert raised == [["flag"], []]
