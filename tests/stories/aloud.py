"""Voices for a browser that has none, recordings for a site, and the pages where questions are read aloud."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page
from sqlalchemy import Connection, delete

from surveyapp.instruments import catalogue
from surveyapp.sheets.aloud import texts
from surveyapp.storage.engine import open_engine, writing
from surveyapp.storage.recording_tables import Recording
from tests.bundled import bundled
from tests.conftest import ROOT
from tests.factories import create_administration, create_link, create_path, create_recording
from tests.stories.conftest import Site
from tests.stories.kinds import new_link
from tests.stories.walk import begin, sign_in
from tests.web.repeated import goal_link, skipped_link

# What is walked below, in order.
READ_ALOUD = ("read aloud", "recordings", "recording refused")
ALICE = {"name": "Alice", "lang": "it-IT", "localService": True}
REMOTE = {"name": "Remota", "lang": "it-IT", "localService": False}
ANDROID = {"name": "Android", "lang": "it_IT", "localService": True}
ENGLISH = {"name": "Daniel", "lang": "en-GB", "localService": True}
# Voices that write down what they are asked to say. `late()` makes them known, `finish()` says the last word.
_STUB = """(() => {
  const voices = %s, log = [], count = (name) => {
    localStorage.setItem(name, 1 + Number(localStorage.getItem(name)));
  };
  let known = !%s, last;
  const speech = {
    getVoices: () => (known ? voices : []),
    speak: (one) => {
      last = one;
      log.push({text: one.text, lang: one.lang, rate: one.rate, name: one.voice.name});
    },
    cancel: () => { count('cancelled'); last && last.onerror && setTimeout(last.onerror); last = null; },
  };
  Object.defineProperty(window, 'speechSynthesis', {value: speech});
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  window.spoken = log;
  window.late = () => { known = true; speech.onvoiceschanged(); };
  window.finish = () => { const one = last; last = null; one.onend(); };
})()"""
_NO_SPEECH = "Object.defineProperty(window, 'speechSynthesis', {value: undefined})"


def give_voices(context: BrowserContext, *voices: dict[str, Any], late: bool = False) -> None:
    """Let the browser have these voices and no others; `late` ones are known only when `late()` is called."""
    context.add_init_script(_STUB % (json.dumps(voices), json.dumps(late)))


def without_speech(context: BrowserContext) -> None:
    """A browser that has never heard of voices."""
    context.add_init_script(_NO_SPEECH)


@contextmanager
def changing(site: Site) -> Iterator[Connection]:
    """A transaction on the database of a site."""
    engine = open_engine(site.environment["SURVEYAPP_DATABASE_URL"])
    with writing(engine) as connection:
        yield connection
    engine.dispose()


def pieces(item: str, instrument: str = "aut", variant: str = "easy") -> list[str]:
    """What is read aloud of an item of a participants' form."""
    found = texts(bundled().newest(instrument), "P", variant)
    return list(next(text for text in found if text.item == item).pieces)


def record(site: Site, item: str, content: bytes, **values: Any) -> None:
    """Add a recording of the words that an item of the participants' form has."""
    folder = Path(site.environment.get("SURVEYAPP_INSTRUMENTS", ROOT / "instruments"))
    named = item.partition("_")[0].lower()
    text = next(one for one in texts(catalogue.load(folder).newest(named), "P", "easy") if one.item == item)
    row = {"instrument": named, "item": item, "text_sha256": text.sha256, "content": content, **values}
    with changing(site) as connection:
        create_recording(connection, **row)


def forget_recordings(site: Site) -> None:
    """Delete every recording, which the site's processes go on knowing for a while."""
    with changing(site) as connection:
        connection.execute(delete(Recording))


def goal_of(site: Site, goal: str) -> str:
    """The link for who wrote this goal at the start of the path, at the question that repeats it."""
    with changing(site) as connection:
        return site.url + goal_link(connection, bundled(), goal)


def at_question(site: Site, item: str) -> str:
    """The link of somebody at the end of the path, all skipped up to this question."""
    with changing(site) as connection:
        path = create_path(connection, variant="easy")
        return site.url + skipped_link(connection, bundled(), path, item)


def participant(site: Site) -> str:
    """The link of somebody at the start of the path."""
    with changing(site) as connection:
        path = create_path(connection, variant="easy")
        administration = create_administration(connection, bundled(), path)
        return f"{site.url}/r/{create_link(connection, administration)}"


def signed_in(context: BrowserContext, site: Site) -> Page:
    """A page of somebody who looks after the recordings."""
    page = context.new_page()
    sign_in(page, site, "autrice@study.example")
    return page


def every_page_read_aloud(context: BrowserContext, site: Site, content: bytes) -> Iterator[tuple[str, Page]]:
    """A question with «Ascolta», and the pages where recordings are uploaded; on the site with every kind."""
    record(site, "KINDS_MUL", content)
    page = context.new_page()
    begin(page, new_link(site, "P"))
    page.get_by_role("button", name="Ascolta", exact=True).wait_for()
    yield "read aloud", page
    page = signed_in(context, site)
    page.goto(f"{site.url}/gestione/strumenti/kinds/0.1.0/voce")
    yield "recordings", page
    page.locator("input[type=file]").first.set_input_files(str(ROOT / "LICENSE"))
    with page.expect_navigation():
        page.get_by_role("button", name="Carica").first.click()
    yield "recording refused", page
