"""Pages for everybody: home, help, privacy, accessibility, health."""

from flask import Blueprint, g, render_template
from sqlalchemy.exc import OperationalError, ProgrammingError, TimeoutError

from surveyapp.settings import DEMONSTRATION_GAPS
from surveyapp.storage import answering, register
from surveyapp.storage.engine import reading
from surveyapp.web.accessibility import STATE
from surveyapp.web.days import day_in_words
from surveyapp.web.services import services

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> str:
    """What this site is, for who comes without a link."""
    return render_template("home.html")


@blueprint.get("/aiuto")
def help_page() -> str:
    """How to answer, in plain words."""
    return render_template("help.html", gaps=gaps())


@blueprint.get("/privacy")
def privacy() -> str:
    """Who keeps the answers and what can be asked."""
    return render_template("privacy.html", gaps=gaps())


@blueprint.get("/accessibilita")
def accessibility() -> str:
    """How accessible these pages are, and what to do where they are not."""
    return render_template(
        "accessibility.html", state=STATE, day=day_in_words, site=services().settings.base_url, gaps=gaps()
    )


@blueprint.get("/health")
def health() -> tuple[str, int]:
    """Whether the database answers: for the one who watches the server."""
    try:
        with reading(services().engine) as connection:
            answering.ping(connection)
    except OperationalError:
        return "database unavailable\n", 503
    return "ok\n", 200


def is_demonstration() -> bool:
    """Whether this page must say that people and answers are invented."""
    if "demonstration" not in g:
        g.demonstration = _database_is_demonstration()
    return bool(g.demonstration)


def gaps() -> dict[str, str]:
    """What fills the gaps of consent and help texts; a demonstration shows what is still to be written."""
    written = {gap: text for gap, text in services().settings.consent_gaps.items() if text}
    return (DEMONSTRATION_GAPS if is_demonstration() else {}) | written


def _database_is_demonstration() -> bool:
    try:
        with reading(services().engine) as connection:
            return register.holds_demonstration(connection)
    except (OperationalError, ProgrammingError, TimeoutError):
        return False
