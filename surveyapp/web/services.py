"""What every view needs, made once with the application."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock

from flask import Flask, current_app, request
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from surveyapp.instruments.catalogue import Catalogue, CatalogueError
from surveyapp.settings import Settings
from surveyapp.storage import versions
from surveyapp.storage.engine import reading
from surveyapp.study.library import Library, read_library

_LOG = logging.getLogger(__name__)
# So many seconds may pass before a page of a participant knows what another server published.
LOOKED_AT_EVERY = 1.0


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Shelf:
    """The library of this process, read again when anybody published or retired something on the site."""

    engine: Engine
    library: Library
    _looked: float = field(default_factory=time.monotonic)
    _lock: Lock = field(default_factory=Lock)

    def look(self, *, now: bool = False) -> None:
        """Read the library again where it has changed; `now` does not wait for the next second."""
        if not now and time.monotonic() - self._looked < LOOKED_AT_EVERY:
            return
        with self._lock:
            self._looked = time.monotonic()
            try:
                with reading(self.engine) as connection:
                    changed = versions.last_change(connection)
                if changed != self.library.changed:
                    self.library = read_library(self.engine, self.library.home)
            except (SQLAlchemyError, CatalogueError, OSError) as error:
                # A page that needs the database says so itself; who published has been told already.
                _LOG.error("the instruments could not be read again: %s", type(error).__name__)


@dataclass(frozen=True)
class Services:
    """Settings, database and instruments of this application; the clock can be another one."""

    settings: Settings
    engine: Engine
    shelf: Shelf
    clock: Callable[[], datetime] = _utc_now

    @property
    def catalogue(self) -> Catalogue:
        """The instruments as they are now."""
        return self.shelf.library.catalogue


def services() -> Services:
    """The services of the application that answers this request."""
    found: Services = current_app.extensions["surveyapp"]
    return found


def now() -> datetime:
    """This moment, in UTC."""
    return services().clock()


def add_to(app: Flask) -> None:
    """Before each page, look whether another server published something; the staff sees it at once."""

    @app.before_request
    def look_at_the_shelf() -> None:
        if request.endpoint not in ("static", "pages.health"):
            services().shelf.look(now=request.blueprint == "staff")
