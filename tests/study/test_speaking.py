"""Files made by a program: the real programs, each encoder; a sentence where they are missing."""

import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.sheets.aloud import texts
from surveyapp.storage import recordings
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.recording_tables import Recording
from surveyapp.storage.recordings import VOICE
from surveyapp.study import speaking
from surveyapp.study.errors import RefusedError
from surveyapp.study.generating import FormRead, all_forms, generate
from surveyapp.study.recordings import place_of
from surveyapp.study.sound import MP3, OGG, Sound, sound_of
from tests.cli.test_commands import surveyapp
from tests.factories import NOW, create_recording
from tests.sounds import mp3

SQLITE = pytest.mark.parametrize("database", ["sqlite"])
HINT = "su Debian: apt-get install espeak-ng lame"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Installed":
    return Installed(tmp_path / "bin", monkeypatch)


class Installed:
    """A computer on which only these programs are installed."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._monkeypatch = folder, monkeypatch

    def __call__(self, *names: str) -> None:
        self.folder.mkdir()
        for name in names:
            found = shutil.which(name)
            if found is None:
                pytest.skip(f"{name} is not installed: apt-get install espeak-ng lame opus-tools")
            (self.folder / name).symlink_to(found)
        self._monkeypatch.setenv("PATH", str(self.folder))


@pytest.mark.parametrize(
    ("encoder", "media_type"), [("lame", MP3), ("opusenc", OGG)], ids=["lame", "opusenc"]
)
def test_the_programs_make_a_small_file(installed: Installed, encoder: str, media_type: str) -> None:
    installed("espeak-ng", encoder)
    content, sound = speaking.speaker().say(("Ti piace il tuo lavoro?", "Sì", "No", "-v è un'opzione"))
    assert sound.media_type == media_type
    assert sound.seconds is not None
    assert 3 <= sound.seconds <= 12
    assert 5_000 < len(content) < 100_000
    assert sound_of(content) == sound


def test_more_words_take_more_time(installed: Installed) -> None:
    installed("espeak-ng", "lame")
    say = speaking.speaker().say
    short, long = (say(pieces)[1].seconds or 0 for pieces in (("Sì",), ("Sì",) * 10))
    assert long > 4 * short


@pytest.mark.parametrize("names", [(), ("lame",), ("espeak-ng",)], ids=["nothing", "no voice", "no encoder"])
def test_what_is_missing_is_named_with_its_packages(installed: Installed, names: tuple[str, ...]) -> None:
    installed(*names)
    with pytest.raises(RefusedError, match=HINT):
        speaking.speaker()


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo 'no space left' >&2; exit 3", "no space left"),
        ("exit 3", "non dice perché"),
        ("exit 0", "non ha fatto un file audio"),
    ],
    ids=["an error", "an error without words", "nothing made"],
)
def test_a_program_that_fails_is_told_in_a_sentence(installed: Installed, script: str, told: str) -> None:
    installed("espeak-ng")
    broken = installed.folder / "lame"
    broken.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    broken.chmod(0o755)
    with pytest.raises(RefusedError, match=told):
        speaking.speaker().say(("Sì",))


def easy(catalogue: Catalogue) -> FormRead:
    return FormRead(catalogue.newest("aut"), "P", "easy")


def made_quickly(pieces: object) -> tuple[bytes, Sound]:
    """Stands for the programs where they are not the point."""
    return mp3(2), Sound(MP3, 2)


def count(engine: Engine, **values: str) -> int:
    with reading(engine) as connection:
        query = select(func.count()).select_from(Recording).filter_by(**values)
        return int(connection.execute(query).scalar_one())


def test_only_texts_without_a_recording_are_made(engine: Engine, catalogue: Catalogue) -> None:
    first = texts(easy(catalogue).instrument, "P", "easy")[0]
    with writing(engine) as connection:
        create_recording(connection, item=first.item, text_sha256=first.sha256)
    [done] = generate(engine, catalogue, [easy(catalogue)], made_quickly, NOW)
    assert (done.made, done.there) == (38, 1)
    [again] = generate(engine, catalogue, [easy(catalogue)], made_quickly, NOW)
    assert (again.made, again.there, again.removed) == (0, 39, 0)
    assert count(engine, source="generated", instrument="aut", variant="easy") == 38
    assert count(engine, source="voice") == 1


def test_the_persons_own_words_are_never_made(engine: Engine, catalogue: Catalogue) -> None:
    said: list[str] = []

    def say(pieces: object) -> tuple[bytes, Sound]:
        said.append(str(pieces))
        return made_quickly(pieces)

    list(generate(engine, catalogue, all_forms(list(catalogue.instruments.values())), say, NOW))
    assert len(said) == 39 + 39 + 63 + 63 + 30
    assert not [text for text in said if "{" in text]
    assert count(engine, item="AUT_OBR1") == 0


def test_files_of_texts_that_are_gone_are_removed_but_no_voice(engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        create_recording(connection, source="generated", text_sha256="1" * 64)
        create_recording(connection, source="voice", text_sha256="1" * 64)
        create_recording(connection, source="generated", text_sha256="1" * 64, variant="std")
    [done] = generate(engine, catalogue, [easy(catalogue)], made_quickly, NOW)
    assert (done.made, done.removed) == (39, 1)
    assert count(engine, text_sha256="1" * 64) == 2


def test_a_failure_half_way_leaves_nothing_of_the_form(engine: Engine, catalogue: Catalogue) -> None:
    calls = iter(range(1000))

    def say(pieces: object) -> tuple[bytes, Sound]:
        if next(calls) == 20:
            raise RefusedError("lame non riesce")
        return made_quickly(pieces)

    with pytest.raises(RefusedError):
        list(generate(engine, catalogue, [easy(catalogue)], say, NOW))
    assert count(engine) == 0


def test_a_voice_is_heard_before_a_program(engine: Engine, catalogue: Catalogue) -> None:
    first = texts(easy(catalogue).instrument, "P", "easy")[0]
    place = place_of("aut", "P", "easy", first)
    with writing(engine) as connection:
        for source in ("voice", "generated"):
            create_recording(connection, source=source, content=source.encode(), text_sha256=first.sha256)
        best, known = recordings.best(connection, place), recordings.best_of_all(connection)[place]
    assert best is not None
    assert best.content == VOICE.encode()
    assert best.digest == known.digest


@SQLITE
def test_the_commands_make_and_list(database_url: str, installed: Installed) -> None:
    installed("espeak-ng", "lame")
    environment: dict[str, str | None] = {"SURVEYAPP_DATABASE_URL": database_url, "PATH": os.environ["PATH"]}
    done = surveyapp(environment, "audio", "generate", "vip", "--form", "P")
    assert done.exit_code == 0, done.output
    assert "File audio fatti: 30. Testi che avevano già una registrazione: 0." in done.output
    again = surveyapp(environment, "audio", "generate", "vip@0.1.0", "--variant", "easy")
    assert "File audio fatti: 0. Testi che avevano già una registrazione: 30." in again.output
    listed = surveyapp(environment, "audio", "list").output
    assert "vip@0.1.0 P easy 30 0 30 0 0 0" in " ".join(listed.split())


@SQLITE
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("acc",), "acc non ha schede per i partecipanti"),
        (("auto",), "lo strumento «auto» non c'è"),
        (("aut@9.9.9",), "«9.9.9» non c'è"),
        (("qil", "--form", "O"), "la scheda per i partecipanti «O» non c'è; ci sono: P"),
        (("qil", "--variant", "facile"), "la versione «facile» non c'è"),
    ],
)
def test_what_is_not_there_is_told_and_nothing_is_made(
    engine: Engine, database_url: str, arguments: tuple[str, ...], told: str
) -> None:
    done = surveyapp({"SURVEYAPP_DATABASE_URL": database_url}, "audio", "generate", *arguments)
    assert done.exit_code == 1
    assert told in done.output
    assert count(engine) == 0


@SQLITE
def test_without_the_programs_the_command_says_what_to_install(
    engine: Engine, database_url: str, installed: Installed
) -> None:
    installed()
    environment: dict[str, str | None] = {"SURVEYAPP_DATABASE_URL": database_url, "PATH": os.environ["PATH"]}
    done = surveyapp(environment, "audio", "generate")
    assert done.exit_code == 1
    assert done.output == f"Errore: manca il programma che legge (espeak-ng); {HINT}\n"
    assert count(engine) == 0
