"""Territories and roles, as the pages of the staff call them."""

from collections.abc import Mapping

from surveyapp.study.accounts import Grant
from surveyapp.study.territory import needs_ambito
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later

ROLES: Mapping[str, str] = {
    "administrator": later("Amministrazione del sito"),
    "socialis": "Socialis",
    "lead_partner": later("Mestieri Lombardia, capofila"),
    "territory_office": later("Ufficio del territorio"),
    "caseworker": later("Presa in carico"),
}


def place_words(province: str, ambito: str) -> str:
    """A territory: the province where it is one territory, else its Ambito."""
    if needs_ambito(province) and ambito:
        return _("Ambito di {}").format(ambito)
    return _("Provincia di {}").format(province)


def role_words(granted: Grant) -> str:
    """What an account may: its role, and its territory where it has one."""
    place = f" · {place_words(granted.province, granted.ambito)}" if granted.province else ""
    return f"{ROLES[granted.role]}{place}"
