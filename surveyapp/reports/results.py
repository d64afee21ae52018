"""results.csv: every number of the report, one a row, with everything needed to check it."""

import csv
import io

from surveyapp.reports.cells import number_text, safe_text
from surveyapp.reports.numbers import Numbers, Row

COLUMNS = (
    "data",
    "instrument",
    "version",
    "form",
    "length",
    "scale",
    "item",
    "territory",
    "occasion",
    "variant",
    "subset",
    "statistic",
    "value",
    "low",
    "high",
    "n",
    "estimator",
    "missing_rule",
    "interval",
    "label",
    "reason",
)
DATA = {True: "dimostrazione", False: "reale"}


def results_csv(numbers: Numbers, instrument_id: str, *, demonstration: bool) -> str:
    """The rows in the order of the report, 12 significant digits."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(row, instrument_id, DATA[demonstration]) for row in numbers.rows)
    return out.getvalue()


def _cells(row: Row, instrument_id: str, data: str) -> list[str]:
    place, figure = row.place, row.figure
    asked = (place.version, place.form, place.length)
    about = (*asked, place.scale, place.item, place.territory, place.occasion, place.variant)
    numeric = (figure.value, figure.low, figure.high, figure.n)
    said = (figure.estimator, figure.missing_rule, figure.interval, figure.label, figure.reason)
    return [
        data,
        instrument_id,
        *map(safe_text, (*about, place.subset, figure.statistic)),
        *map(number_text, numeric),
        *map(safe_text, said),
    ]
