"""One variable of a data file as DDI-Codebook 2.5 describes it."""

from collections import Counter
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

import pandas as pd

from analysis.disclosure import suppress
from surveyapp.reports.exports.frame import Column
from surveyapp.reports.exports.missing import BY_REASON, HIGHEST, LOWEST
from surveyapp.reports.exports.release import FEWEST
from surveyapp.reports.exports.statistical import spss_format
from surveyapp.reports.exports.variables import Variable

_NATURES: Mapping[str, str] = {"nominal": "nominal", "ordinal": "ordinal", "scale": "interval"}
_CONTINUOUS = ("number", "score", "date")
# What has categories to count: never words, days or numbers.
_COUNTED = ("code", "steps", "chosen", "yes_no")


def add_variable(parent: Element, column: Column, file_id: str, variable_id: str) -> None:
    """Add a variable: label, question, valid and missing values, categories with their counts, versions."""
    variable = column.variable
    one = SubElement(parent, "var", _attributes(variable, file_id, variable_id))
    SubElement(one, "labl").text = variable.label
    if variable.question:
        _question(one, variable)
    if variable.known:
        _valid(one, variable)
    if variable.reasons:
        _range(SubElement(one, "invalrng"), LOWEST, HIGHEST)
    if variable.kind in _COUNTED:
        _categories(one, column)
    if variable.versions:
        SubElement(SubElement(one, "verStmt"), "version").text = ", ".join(variable.versions)
    SubElement(one, "varFormat", _format(variable))


def _attributes(variable: Variable, file_id: str, variable_id: str) -> dict[str, str]:
    is_continuous = variable.kind in _CONTINUOUS
    return {
        "ID": variable_id,
        "name": variable.name,
        "files": file_id,
        "dcml": str(variable.decimals),
        "intrvl": "contin" if is_continuous else "discrete",
        "nature": _NATURES[variable.measure],
    }


def _question(one: Element, variable: Variable) -> None:
    question = SubElement(one, "qstn")
    if variable.stem:
        SubElement(question, "preQTxt").text = variable.stem
    SubElement(question, "qstnLit").text = variable.question


def _valid(one: Element, variable: Variable) -> None:
    valid = SubElement(one, "valrng")
    if variable.kind == "number":
        _range(valid, min(variable.known), max(variable.known))
    for code in variable.known if variable.kind != "number" else ():
        SubElement(valid, "item", {"VALUE": str(code)})


def _range(parent: Element, least: int, most: int) -> None:
    SubElement(parent, "range", {"min": str(least), "max": str(most)})


def _categories(one: Element, column: Column) -> None:
    variable = column.variable
    counts = _counts(column)
    reasons = {BY_REASON[reason].number: reason for reason in variable.reasons}
    codes = dict.fromkeys((*variable.known, *variable.values, *reasons))
    shown = _large_enough({code: counts.get(code, 0) for code in codes})
    for code in codes:
        category = SubElement(one, "catgry", _missing(reasons.get(code)))
        SubElement(category, "catValu").text = str(code)
        SubElement(category, "labl").text = _label(variable, code, reasons)
        if code in shown:
            SubElement(category, "catStat", {"type": "freq"}).text = str(shown[code])


def _missing(reason: str | None) -> dict[str, str]:
    return {"missing": "Y", "missType": BY_REASON[reason].type} if reason else {}


def _label(variable: Variable, code: int, reasons: Mapping[int, str]) -> str:
    return variable.reasons[reasons[code]] if code in reasons else variable.values.get(code, str(code))


def _counts(column: Column) -> Counter[int]:
    """How often each code and each reason, as its number."""
    given = Counter(value for value in column.values if isinstance(value, int))
    return given + Counter(BY_REASON[reason].number for reason in column.reasons if reason)


def _large_enough(counts: Mapping[int, int]) -> dict[int, int]:
    """The counts that may be told: none below five, none that follows from the others and how many there are.

    Reasons that nobody gave are left out before: that they are 0 tells nothing of anybody.
    """
    found = {code: count for code, count in counts.items() if count or code > HIGHEST}
    if min(found.values(), default=FEWEST) >= FEWEST:
        return found
    kept = suppress(pd.DataFrame({"n": found}), minimum=FEWEST)["n"]
    return {code: count for code, count in found.items() if not pd.isna(kept[code])}


def _format(variable: Variable) -> dict[str, str]:
    if variable.kind in ("word", "text"):
        return {"type": "character", "schema": "SPSS", "formatname": "A"}
    if variable.kind == "date":
        return {"type": "numeric", "schema": "SPSS", "formatname": "DATE11", "category": "date"}
    return {"type": "numeric", "schema": "SPSS", "formatname": spss_format(variable)}
