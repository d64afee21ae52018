"""Why there is no value, as every program can keep it: a number for SPSS, a letter for Stata, a word for CSV.

The numbers lie outside of every option and of every number that a questionnaire accepts, and all in one
range: SPSS takes three single values, or one range.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from surveyapp.instruments.answers import SKIPPED
from surveyapp.reports.frames import BLANK

NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Missing:
    """One reason: the label is what it means where the question has no words of its own for it."""

    reason: str
    number: int
    letter: str
    word: str
    label: str
    type: str


# The word for NA: pandas and R read a cell "NA" as an empty one, and the reason would be lost.
ALL = (
    Missing("NS", -91, "a", "NS", "Non so / preferisco non rispondere", "don't know"),
    Missing("NA", -92, "b", "N.A.", "Non mi riguarda / non applicabile", "not applicable"),
    Missing("NO", -93, "c", "NO", "Non osservabile", "not observable"),
    Missing(SKIPPED, -94, "d", "skipped", "Domanda saltata", "refused"),
    Missing(BLANK, -95, "e", "blank", "Nessuna risposta", "no answer"),
    Missing(NOT_ASKED, -96, "f", "not_asked", "Domanda non fatta", "inapplicable"),
)
BY_REASON: Mapping[str, Missing] = {one.reason: one for one in ALL}
LOWEST, HIGHEST = min(one.number for one in ALL), max(one.number for one in ALL)
