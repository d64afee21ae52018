"""«Come vuoi leggere?»: size, colours, spacing, pictures, read aloud; works without JavaScript."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Reply

from surveyapp.collection import reading_settings
from surveyapp.collection.reading_settings import ReadingSettings
from surveyapp.storage.engine import reading, writing
from surveyapp.web.access import COOKIE_SECONDS, opened, refuse_other_origins
from surveyapp.web.addresses import page_url
from surveyapp.web.coming_back import page_before, this_page
from surveyapp.web.languages import later
from surveyapp.web.respondent import page
from surveyapp.web.services import services

blueprint = Blueprint("reading", __name__)
blueprint.before_request(refuse_other_origins)

# The words of each choice and of its options, in the order of the page.
WORDS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "size": (
        later("Le lettere"),
        {"medium": later("Grandi"), "large": later("Più grandi"), "largest": later("Grandissime")},
    ),
    "theme": (
        later("I colori"),
        {
            "light": later("Scritte scure su bianco"),
            "cream": later("Scritte scure su crema"),
            "dark": later("Scritte chiare su nero"),
        },
    ),
    "spacing": (later("Lo spazio fra le lettere"), {"normal": later("Normale"), "wide": later("Più spazio")}),
    "pictures": (
        later("Le figure vicino alle risposte"),
        {"on": later("Sì, con le figure"), "off": later("No, solo le parole")},
    ),
    "aloud": (
        later("Ascoltare le domande"),
        {"on": later("Sì, con il pulsante «Ascolta»"), "off": later("No, senza ascoltare")},
    ),
}


@blueprint.get("/leggere")
def choose() -> str:
    """The choices, for who reads a page outside of a questionnaire."""
    return render_template("reading.html", **_shown(url_for(".choose")))


@blueprint.post("/leggere")
def keep() -> Reply:
    """Keep the choices in this browser for a day."""
    return _kept(_sent(), "/")


@blueprint.get("/q/<key>/leggere")
def choose_here(key: str) -> str:
    """The choices, for who answers a questionnaire."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    return page("reading.html", response, **_shown(url_for(".choose_here", key=key)))


@blueprint.post("/q/<key>/leggere")
def keep_here(key: str) -> Reply:
    """Keep the choices with the questionnaire; a person's for the whole path."""
    settings = _sent()
    with writing(services().engine) as connection:
        response = opened(connection, key, lock=True)
        path_id = response.path_id if response.is_participants else None
        reading_settings.keep(connection, response.administration_id, path_id, settings)
    return _kept(settings, url_for("invitation.go_on", key=key))


def settings_here() -> ReadingSettings:
    """How this page is to be read: as the questionnaire keeps it, else as this browser does."""
    found: ReadingSettings = g.get("reading") or reading_settings.from_words(
        request.cookies.get(cookie_name(), "")
    )
    return found


def address_here() -> str:
    """Where the choices are made, and from which page."""
    key = (request.view_args or {}).get("key") if g.get("reading") else None
    back = this_page()
    if key:
        return page_url("reading.choose_here", key, da=back)
    return url_for("reading.choose", da=back)


def _sent() -> ReadingSettings:
    return reading_settings.from_pairs(request.form.items())


def _kept(settings: ReadingSettings, otherwise: str) -> Reply:
    reply = redirect(page_before() or otherwise, 303)
    reply.set_cookie(
        cookie_name(),
        settings.words,
        max_age=COOKIE_SECONDS,
        secure=services().settings.secure,
        httponly=True,
        samesite="Lax",
    )
    return reply


def _shown(here: str) -> dict[str, object]:
    back = page_before()
    return {"choices": WORDS, "here": f"{here}?{urlencode({'da': back})}" if back else here, "back": back}


def cookie_name() -> str:
    """Where a browser keeps the choices of who reads without a questionnaire."""
    return f"{'__Host-' if services().settings.secure else ''}lettura"
