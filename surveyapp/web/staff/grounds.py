"""What decisions rest on, as links to where it stands; and the way from a decision to what it is about."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from surveyapp.focus_groups.ledger import Ground
from surveyapp.focus_groups.notes import NEW
from surveyapp.focus_groups.version_ledger import versions_of
from surveyapp.web.languages import later
from surveyapp.web.services import services

WORDS: Mapping[str, str] = {
    "excerpt": later("Estratto %(number)s"),
    "rating": later("Giudizio %(number)s"),
    "reader_test": later("Prova dei lettori %(number)s"),
}
# The page of each kind, from where it stands and its number.
PAGES: Mapping[str, Callable[[int, str], str]] = {
    "excerpt": lambda home, number: url_for(".notes", meeting=home, nota=number),
    "rating": lambda home, _number: url_for(".rating_results", round=home),
    "reader_test": lambda home, _number: url_for(".reader_tests", focus=home),
}


@dataclass(frozen=True)
class Link:
    """Words, and the address that they lead to; "" where they lead nowhere."""

    words: str
    address: str


def links(grounds: Iterable[Ground], homes: Mapping[Ground, int]) -> tuple[Link, ...]:
    """What a decision rests on; a sentence, and what is not there any more, lead nowhere."""
    return tuple(_link(ground, homes.get(ground)) for ground in grounds)


def history(instrument: str, about: str) -> str:
    """The address of the history of an item or a new criterion; "" where there is none."""
    if NEW.fullmatch(about):
        return url_for(".criterion_history", criterion=about)
    versions = versions_of(services().catalogue, instrument)
    known = versions is not None and any(about in one.declared for one in versions.all.values())
    return url_for(".item_history", instrument=instrument, item=about) if known else ""


def _link(ground: Ground, home: int | None) -> Link:
    words = WORDS.get(ground.kind)
    said = str(words) % {"number": ground.reference} if words else ground.reference
    address = PAGES[ground.kind](home, ground.reference) if home is not None else ""
    return Link(said, address)
