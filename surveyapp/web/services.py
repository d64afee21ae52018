"""What every view needs, made once with the application."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import current_app
from sqlalchemy import Engine

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.settings import Settings


@dataclass(frozen=True)
class Services:
    """Settings, database and instruments of this application."""

    settings: Settings
    engine: Engine
    catalogue: Catalogue


def services() -> Services:
    """The services of the application that answers this request."""
    found: Services = current_app.extensions["surveyapp"]
    return found


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)
