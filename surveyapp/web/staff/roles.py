"""Which page opens to which role: what is not written here opens to nobody."""

from collections.abc import Mapping

from surveyapp.storage.staff_tables import CENTRAL_ROLES, TERRITORY_ROLES

EVERYBODY = frozenset(CENTRAL_ROLES + TERRITORY_ROLES)
# A report holds all territories (an office sees the counts of its own, on the first page).
CENTRAL = frozenset(CENTRAL_ROLES)
# Who follows people gives them their links; the administrator stands in.
FOLLOWING = frozenset(("administrator", "caseworker"))

PAGES: Mapping[str, frozenset[str]] = {
    "staff.today": EVERYBODY,
    "staff.administration": EVERYBODY,
    "staff.new_link": FOLLOWING,
    "staff.revoke_links": FOLLOWING,
    "staff.start_interview": FOLLOWING,
    "staff.add_call": FOLLOWING,
    "staff.reports": CENTRAL,
    "staff.request_report": CENTRAL,
    "staff.cancel_report": CENTRAL,
    "staff.report_file": CENTRAL,
    # Instruments hold no personal data.
    "staff.instruments": EVERYBODY,
    "staff.study_plan": EVERYBODY,
    "staff.instrument_versions": EVERYBODY,
    "staff.instrument_differences": EVERYBODY,
    "staff.instrument_version": EVERYBODY,
    "staff.instrument_form": EVERYBODY,
}


def may(role: str, endpoint: str) -> bool:
    """Whether a page opens to a role."""
    return role in PAGES.get(endpoint, frozenset())
