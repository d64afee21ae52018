"""«Ascolta» and «Ferma» in a real browser: recordings, voices of the device, none, and what is never read."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.sounds import mp3
from tests.stories.aloud import (
    ALICE,
    ANDROID,
    ENGLISH,
    REMOTE,
    at_question,
    forget_recordings,
    give_voices,
    goal_of,
    participant,
    pieces,
    record,
    signed_in,
    without_speech,
)
from tests.stories.conftest import Site, running
from tests.stories.pressing import follow, press
from tests.stories.walk import begin

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def aloud_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own: its processes keep in mind which recordings there are."""
    folder = tmp_path_factory.mktemp("aloud_site")
    site = Site(folder)
    site.surveyapp("init")
    record(site, "AUT_BEN2", mp3(0.4))
    record(site, "AUT_BEN3", mp3(60))
    with running(site, folder):
        yield site


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A telephone on which nothing goes wrong in a script."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, locale="it-IT")
    context.set_default_timeout(5_000)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    context.close()
    assert errors == []


def first_question(context: BrowserContext, site: Site) -> Page:
    page = context.new_page()
    begin(page, participant(site))
    return page


def skip(page: Page, times: int) -> None:
    for _ in range(times):
        press(page, "Salta la domanda")


def listen(page: Page) -> None:
    page.get_by_role("button", name="Ascolta", exact=True).click()
    expect(page.get_by_role("button", name="Ferma", exact=True)).to_be_visible()


def spoken(page: Page) -> list[str]:
    return [one["text"] for one in page.evaluate("spoken")]


def eventually(page: Page, is_so: Callable[[], bool]) -> None:
    """Wait until something is so; the policy of the pages refuses Playwright its own way of waiting."""
    for _ in range(50):
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never came")


def buttons(page: Page) -> list[str]:
    return page.locator("main button").all_inner_texts()


def modes(site: Site) -> list[str]:
    """How the last answers were given, the last one first."""
    with closing(sqlite3.connect(site.database)) as connection:
        return [mode for (mode,) in connection.execute("SELECT mode FROM answer ORDER BY id DESC LIMIT 2")]


def test_a_voice_of_the_device_reads_question_and_choices(context: BrowserContext, aloud_site: Site) -> None:
    give_voices(context, ENGLISH, REMOTE, ALICE)
    page = first_question(context, aloud_site)
    assert spoken(page) == []  # nothing by itself
    listen(page)
    assert spoken(page) == pieces("AUT_BEN1")
    assert {(one["name"], one["lang"], one["rate"]) for one in page.evaluate("spoken")} == {
        ("Alice", "it-IT", 0.9)
    }
    page.evaluate("finish()")
    expect(page.get_by_role("button", name="Ascolta", exact=True)).to_be_visible()


def test_stop_is_silence_at_once_and_it_can_begin_again(context: BrowserContext, aloud_site: Site) -> None:
    give_voices(context, ALICE)
    page = first_question(context, aloud_site)
    listen(page)
    before = page.evaluate("Number(localStorage.cancelled)")
    page.get_by_role("button", name="Ferma", exact=True).click()
    assert page.evaluate("Number(localStorage.cancelled)") == before + 1
    listen(page)
    page.wait_for_timeout(50)  # what was stopped says now that it has ended
    assert "Ferma" in buttons(page)
    assert spoken(page) == pieces("AUT_BEN1") * 2


def test_an_answer_after_listening_was_read_aloud(context: BrowserContext, aloud_site: Site) -> None:
    give_voices(context, ALICE)
    page = first_question(context, aloud_site)
    listen(page)
    page.get_by_label("Sì", exact=True).check()
    press(page, "Vai avanti")
    page.get_by_label("Sì", exact=True).check()
    press(page, "Vai avanti")
    assert modes(aloud_site) == ["self", "read_aloud"]


def test_leaving_the_page_is_silence_too(context: BrowserContext, aloud_site: Site) -> None:
    give_voices(context, ALICE)
    page = first_question(context, aloud_site)
    listen(page)
    before = page.evaluate("Number(localStorage.cancelled)")
    follow(page, "Fai una pausa")
    assert page.evaluate("Number(localStorage.cancelled)") > before


def test_the_keyboard_reaches_it_after_the_way_back(context: BrowserContext, aloud_site: Site) -> None:
    give_voices(context, ALICE)
    page = first_question(context, aloud_site)
    page.get_by_role("link", name="Torna indietro").focus()
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Ascolta"
    page.keyboard.press("Enter")
    assert page.locator(":focus").inner_text() == "Ferma"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # goes on: the button is none that sends the form
    assert "/AUT_BEN2" in page.url


def test_a_remote_voice_reads_where_there_is_no_other(context: BrowserContext, aloud_site: Site) -> None:
    give_voices(context, ENGLISH, REMOTE)
    page = first_question(context, aloud_site)
    listen(page)
    assert {one["name"] for one in page.evaluate("spoken")} == {"Remota"}


def test_voices_named_as_android_does_are_italian(context: BrowserContext, aloud_site: Site) -> None:
    give_voices(context, ANDROID)
    page = first_question(context, aloud_site)
    listen(page)
    assert page.evaluate("spoken[0].name") == "Android"


@pytest.mark.parametrize("voices", [(), (ENGLISH,)], ids=["none", "english"])
def test_without_an_italian_voice_there_is_no_button(
    context: BrowserContext, aloud_site: Site, voices: tuple[dict[str, object], ...]
) -> None:
    give_voices(context, *voices)
    page = first_question(context, aloud_site)
    assert buttons(page) == ["Vai avanti", "Salta la domanda"]


def test_without_speech_there_is_no_button(context: BrowserContext, aloud_site: Site) -> None:
    without_speech(context)
    assert buttons(first_question(context, aloud_site)) == ["Vai avanti", "Salta la domanda"]


def test_voices_that_are_known_late_make_the_button_and_move_nothing(
    context: BrowserContext, aloud_site: Site
) -> None:
    give_voices(context, ALICE, late=True)
    page = first_question(context, aloud_site)
    assert "Ascolta" not in buttons(page)
    before = page.locator("h1").bounding_box()
    page.evaluate("late()")
    assert "Ascolta" in buttons(page)
    assert page.locator("h1").bounding_box() == before
    page.evaluate("late()")
    assert buttons(page).count("Ascolta") == 1


def test_a_recording_is_played_instead_of_a_voice(context: BrowserContext, aloud_site: Site) -> None:
    give_voices(context, ALICE)
    page = first_question(context, aloud_site)
    skip(page, 2)
    assert page.locator("audio").count() == 0  # the button is in its place
    with page.expect_response("**/audio/AUT_BEN3?v=*") as reply:
        listen(page)
    assert reply.value.status in (200, 206)
    page.get_by_role("button", name="Ferma", exact=True).click()
    assert "Ascolta" in buttons(page)
    assert spoken(page) == []
    press(page, "Salta la domanda")
    assert modes(aloud_site)[0] == "read_aloud"


def test_a_recording_that_ends_can_be_heard_again(context: BrowserContext, aloud_site: Site) -> None:
    without_speech(context)
    page = first_question(context, aloud_site)
    skip(page, 1)
    for _ in range(2):
        page.get_by_role("button", name="Ascolta", exact=True).click()
        expect(page.get_by_role("button", name="Ascolta", exact=True)).to_be_visible()
    assert page.locator("input[name=aloud]").count() == 1


def test_without_script_there_is_a_player_or_nothing(browser: Browser, aloud_site: Site) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = first_question(context, aloud_site)
    assert page.locator("audio").count() == 0
    assert page.locator("#ascolta").bounding_box()["height"] == 0  # type: ignore[index]  # it is there
    skip(page, 1)
    assert page.get_by_text("Ascolta la domanda").is_visible()
    box = page.locator("audio").bounding_box()
    assert box
    assert box["height"] >= 44
    assert box["x"] + box["width"] <= 320
    context.close()


def test_who_chose_not_to_listen_has_no_button(context: BrowserContext, aloud_site: Site) -> None:
    give_voices(context, ALICE)
    page = first_question(context, aloud_site)
    follow(page, "Come vuoi leggere?")
    page.get_by_label("No, senza ascoltare").check()
    press(page, "Usa queste scelte")
    assert buttons(page) == ["Vai avanti", "Salta la domanda"]
    skip(page, 1)
    assert buttons(page) == ["Vai avanti", "Salta la domanda"]


@pytest.mark.parametrize(("voice", "read"), [(ALICE, True), (REMOTE, False)], ids=["local", "remote"])
def test_the_persons_own_words_never_leave_the_device(
    context: BrowserContext, aloud_site: Site, voice: dict[str, object], read: bool
) -> None:
    give_voices(context, voice)
    page = context.new_page()
    page.goto(goal_of(aloud_site, "Lavorare in biblioteca"))
    page.locator("form button").first.click()
    page.wait_for_url("**/domanda/AUT_OBR1*")
    assert ("Ascolta" in buttons(page)) == read
    if read:
        listen(page)
        assert spoken(page)[0] == "Volevi: «Lavorare in biblioteca». Ci sei riuscito o riuscita?"


def test_what_was_written_or_chosen_is_never_read(context: BrowserContext, aloud_site: Site) -> None:
    give_voices(context, ALICE)
    page = first_question(context, aloud_site)
    page.get_by_label("Un po'").check()
    listen(page)
    assert spoken(page) == pieces("AUT_BEN1")
    while not page.locator("textarea").count():
        skip(page, 1)
    page.fill("textarea", "una cosa molto mia")
    listen(page)
    assert spoken(page) == pieces(page.url.partition("/domanda/")[2].partition("?")[0])


def test_a_staircase_is_read_as_it_is_written(context: BrowserContext, aloud_site: Site) -> None:
    give_voices(context, ALICE)
    page = context.new_page()
    begin(page, at_question(aloud_site, "AUT_MIG1"))
    listen(page)
    assert spoken(page) == pieces("AUT_MIG1")
    assert {"2", "9"} < set(spoken(page))


@pytest.mark.parametrize("voices", [(ALICE,), ()], ids=["a voice", "no voice"])
def test_a_recording_that_is_gone_leaves_the_voice(
    context: BrowserContext, aloud_site: Site, voices: tuple[dict[str, object], ...]
) -> None:
    give_voices(context, *voices)
    page = first_question(context, aloud_site)
    skip(page, 2)
    assert "Ascolta" in buttons(page)
    forget_recordings(aloud_site)
    page.get_by_role("button", name="Ascolta", exact=True).click()
    if voices:
        eventually(page, lambda: spoken(page) == pieces("AUT_BEN3"))
        assert "Ferma" in buttons(page)
    else:
        expect(page.get_by_role("button", name="Ascolta", exact=True)).to_be_visible()
    record(aloud_site, "AUT_BEN3", mp3(60))
    record(aloud_site, "AUT_BEN2", mp3(0.4))


def test_a_film_instead_of_a_recording_is_told_by_our_page(
    context: BrowserContext, aloud_site: Site, tmp_path: Path
) -> None:
    """50 MB: the server reads them to the end, else the browser would show an error of its own."""
    film = tmp_path / "film.mp3"
    film.touch()
    os.truncate(film, 50_000_000)
    page = signed_in(context, aloud_site)
    page.goto(f"{aloud_site.url}/gestione/strumenti/aut/0.1.0/voce")
    page.locator("input[type=file]").first.set_input_files(film)
    with page.expect_navigation(timeout=30_000):
        page.get_by_role("button", name="Carica").first.click()
    assert page.inner_text("h1") == "Il file è troppo grande"
    page.go_back()
    assert page.inner_text("h1") == "La voce di «Autovalutazione»"
