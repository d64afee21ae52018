"""results.json: every number of a report for programs, the same bytes for the same data."""

import json
from typing import Any

from surveyapp.reports.cells import number_text
from surveyapp.reports.document import SOFTWARE, Document
from surveyapp.reports.numbers import Numbers, Row

FORMAT = "surveyapp-results-1"


def results_json(document: Document, numbers: Numbers, about: str) -> str:
    """The numbers with 12 significant digits and no date: the same data make the same bytes.

    Its schema is `surveyapp/reports/results.schema.json`.
    """
    written = {
        "format": FORMAT,
        "software": SOFTWARE,
        "report": document.title,
        "about": about,
        "data_digest": document.stamp.digest,
        "demonstration": document.demonstration,
        "results": [_result(row) for row in numbers.rows],
    }
    return json.dumps(written, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _result(row: Row) -> dict[str, Any]:
    figure = row.figure
    about = {name: value for name, value in vars(row.place).items() if value}
    said = {
        "estimator": figure.estimator,
        "missing_rule": figure.missing_rule,
        "interval": figure.interval,
        "label": figure.label,
        "reason": figure.reason,
    }
    return {
        "about": about,
        "statistic": figure.statistic,
        "value": _number(figure.value),
        "low": _number(figure.low),
        "high": _number(figure.high),
        "n": figure.n,
        **{name: text for name, text in said.items() if text},
    }


def _number(value: float | None) -> float | None:
    return None if value is None else float(number_text(value))
