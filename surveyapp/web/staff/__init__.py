"""Pages of the staff, under /gestione: sign-in, what is to follow, links, reports, instruments, alerts,
problems."""

from flask import Flask

from surveyapp.web.services import Services, now
from surveyapp.web.staff import (
    administrations,
    alerts,
    calls,
    cases,
    decisions,
    draft_item,
    draft_options,
    draft_rule,
    draft_titles,
    drafts,
    focus_groups,
    guard,
    instruments,
    item_history,
    notes,
    notes_file,
    open_answers,
    pages,
    paper,
    paper_review,
    problems,
    publishing,
    rating_links,
    rating_results,
    ratings,
    readers,
    recordings,
    reports,
    sign_in,
    states,
    staying,
    synthesis,
    tablet,
    texts,
    today,
    transcript,
    version_ledger,
    votes,
)
from surveyapp.web.staff.sessions import StaffSessions

__all__ = [
    "add_to",
    "administrations",
    "alerts",
    "calls",
    "cases",
    "decisions",
    "draft_item",
    "draft_options",
    "draft_rule",
    "draft_titles",
    "drafts",
    "focus_groups",
    "instruments",
    "item_history",
    "notes",
    "notes_file",
    "open_answers",
    "paper",
    "paper_review",
    "problems",
    "publishing",
    "rating_links",
    "rating_results",
    "ratings",
    "readers",
    "recordings",
    "reports",
    "states",
    "staying",
    "synthesis",
    "tablet",
    "texts",
    "today",
    "transcript",
    "version_ledger",
    "votes",
]

guard.guard_sign_in(sign_in.blueprint)


def add_to(app: Flask) -> None:
    """Add the staff pages with their sessions; every other page goes on without a session."""
    services: Services = app.extensions["surveyapp"]
    app.secret_key = services.settings.secret_key
    app.session_interface = StaffSessions(services, now)
    sign_in.add_to(app, services.engine)
    app.register_blueprint(pages.blueprint)
