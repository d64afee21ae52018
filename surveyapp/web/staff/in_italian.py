"""Italian on an English page too: what is kept with the answers, and what is handed to who answers."""

from collections.abc import Iterator
from contextlib import contextmanager

from surveyapp.web.languages import speak_to


@contextmanager
def in_italian() -> Iterator[None]:
    """Words that are taken in here are those that participants read."""
    speak_to(participants=True)
    try:
        yield
    finally:
        speak_to(participants=False)
