"""The types of placement as pages call them; sheets.labels has the same words, in Italian alone."""

from collections.abc import Mapping

from surveyapp.web.languages import later

PLACEMENT_TYPES: Mapping[str, str] = {
    "SFA": later("Percorso di formazione all'autonomia (SFA)"),
    "LAB": later("Laboratorio socio-occupazionale"),
    "TIS": later("Tirocinio di inclusione sociale (TIS)"),
    "TIR": later("Tirocinio extracurricolare"),
    "ISO": later("Isola formativa"),
    "ACA": later("Academy"),
    "A14": later("Convenzione ex art. 14"),
    "ASS": later("Assunzione"),
}
