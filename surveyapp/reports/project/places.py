"""Where the headline of each outcome stands: the study plan chooses among its readings."""

from dataclasses import replace

from surveyapp.reports.numbers import Place
from surveyapp.reports.project.material import Material


def headline_place(material: Material, code: str) -> Place:
    """The reading that the plan chooses of an outcome (D3; D4 and D5; D6 and D12)."""
    only = ":company" if material.choice("D12") == "companies" else ""
    subsets = {
        "I12": material.choice("D3"),
        "I13": f"{material.choice('D4')}:{material.choice('D5')}",
        "I14": f"{material.choice('D6')}{only}",
    }
    return replace(whole_place(material, code), subset=subsets[code])


def whole_place(material: Material, code: str) -> Place:
    """Where the numbers about everybody of an outcome stand."""
    places = {
        "I12": Place(material.version("oss"), "I12", occasion="EXANTE-EXPOST", form="O"),
        "I13": Place(material.version("fu6"), "I13", occasion="FU6", form="O"),
        "I14": Place(material.version("acc"), "I14", occasion="T2", form="C"),
    }
    return places[code]
