"""The application: settings, database and instruments in, pages out."""

import logging
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.proxy_fix import ProxyFix

from surveyapp.instruments import catalogue
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.settings import LOOPBACK, Settings, read_settings
from surveyapp.storage import durability
from surveyapp.storage.engine import open_engine
from surveyapp.study.library import Library, read_library
from surveyapp.web import (
    access,
    addresses,
    aloud,
    code_page,
    errors,
    experts,
    headers,
    helping,
    invitation,
    languages,
    offline,
    pages,
    practice,
    problems,
    questions,
    reading_page,
    resting,
    sections,
    services,
    staff,
    tablet,
    withdrawal,
)
from surveyapp.web.markup import choices, footer_links, terms
from surveyapp.web.review import answer_words
from surveyapp.web.services import Services, Shelf
from surveyapp.web.templating import Templates

# A long open answer fits many times; above this nothing is read (413).
MAX_REQUEST_BYTES = 4 * 1024 * 1024

# In the order in which they are added; staff pages follow.
PARTS = (
    access,
    invitation,
    practice,
    questions,
    sections,
    resting,
    helping,
    withdrawal,
    reading_page,
    code_page,
    tablet,
    experts,
    pages,
    problems,
)


def create_app(
    settings: Settings | None = None, engine: Engine | None = None, instruments: Catalogue | None = None
) -> Flask:
    """The web application; what is not given is read from the settings.

    Raises SettingsError, CatalogueError or WeakDurabilityError rather than start unsafely.
    """
    settings = settings or read_settings()
    engine = engine or open_engine(settings.database_url)
    app = Flask(__name__)
    app.jinja_environment = Templates
    app.extensions["surveyapp"] = Services(
        settings, engine, Shelf(engine, _library(settings, engine, instruments))
    )
    durability.check_at_start(engine)
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_REQUEST_BYTES,
        SEND_FILE_MAX_AGE_DEFAULT=365 * 24 * 3600,
        TRUSTED_HOSTS=[*LOOPBACK[:2], urlsplit(settings.base_url).hostname],
    )
    # Wrong codes are counted by where they come from. Only what our own proxies wrote is believed.
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=0)  # type: ignore[method-assign]  # as Flask says
    app.logger.setLevel(logging.INFO)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        footer_links=footer_links,
        choices_of=choices,
        terms_of=terms,
        is_demonstration=pages.is_demonstration,
        questionnaire_here=access.questionnaire_here,
        reading_settings=reading_page.settings_here,
        reading_address=reading_page.address_here,
        offline_script=offline.offline_script,
    )
    services.add_to(app)
    addresses.add_to(app)
    languages.add_to(app)
    app.jinja_env.filters["answer_words"] = answer_words
    for part in PARTS:
        app.register_blueprint(part.blueprint)
    aloud.add_to(app)
    staff.add_to(app)
    headers.add_to(app)
    errors.add_to(app)
    return app


def _library(settings: Settings, engine: Engine, instruments: Catalogue | None) -> Library:
    if instruments is not None:
        return Library(instruments, settings.instruments, settings.instruments)
    try:
        return read_library(engine, settings.instruments)
    except SQLAlchemyError:  # not prepared yet, or away: until it answers, what came with the application
        return Library(catalogue.load(settings.instruments), settings.instruments, settings.instruments)
