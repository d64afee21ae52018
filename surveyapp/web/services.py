"""What every view needs, made once with the application."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import current_app
from sqlalchemy import Engine

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.settings import Settings


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Services:
    """Settings, database and instruments of this application; the clock can be another one."""

    settings: Settings
    engine: Engine
    catalogue: Catalogue
    clock: Callable[[], datetime] = _utc_now


def services() -> Services:
    """The services of the application that answers this request."""
    found: Services = current_app.extensions["surveyapp"]
    return found


def now() -> datetime:
    """This moment, in UTC."""
    return services().clock()
