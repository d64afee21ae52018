"""A voice made by a program: espeak-ng reads, lame or opusenc makes the file small. All are Debian's."""

import re
import shutil
import subprocess  # nosec B404  # fixed words, without a shell
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from surveyapp.storage.recording_tables import MAX_BYTES
from surveyapp.study.errors import RefusedError
from surveyapp.study.sound import MP3, OGG, Sound, sound_of

SPEAKER = "espeak-ng"
# Slower than people speak; the text comes from standard input, as UTF-8.
_SPEAK = ("-v", "it", "-s", "135", "-b", "1", "--stdin", "-w")
# What makes a small file of the sound, the first one that is installed: every telephone plays mp3.
_ENCODERS: Mapping[str, tuple[str, Sequence[str]]] = {
    "lame": (MP3, ("--quiet", "-m", "m", "-b", "32")),
    "opusenc": (OGG, ("--quiet", "--bitrate", "24")),
}
INSTALL = "su Debian: apt-get install espeak-ng lame"
_SECONDS = 60  # no text takes this long
_ENDED = re.compile(r"[.?!:;…]\W*$")


@dataclass(frozen=True)
class Speaker:
    """The programs that make a file, by their whole path; `media_type` is what comes out."""

    espeak: str
    encoder: str
    media_type: str
    options: Sequence[str]

    def say(self, pieces: Sequence[str]) -> tuple[bytes, Sound]:
        """A text read aloud, and what sound it is. Raises RefusedError where a program fails."""
        with tempfile.TemporaryDirectory() as folder:
            spoken, small = Path(folder) / "spoken.wav", Path(folder) / "small"
            _run([self.espeak, *_SPEAK, str(spoken)], _with_pauses(pieces))
            _run([self.encoder, *self.options, str(spoken), str(small)], "")
            content = small.read_bytes() if small.exists() else b""
        found = sound_of(content)
        if found is None or found.media_type != self.media_type or len(content) > MAX_BYTES:
            raise RefusedError(f"{self.encoder} non ha fatto un file audio che si possa usare")
        return content, found


def speaker() -> Speaker:
    """The programs that are installed. Raises RefusedError with the packages to install."""
    espeak = shutil.which(SPEAKER)
    if espeak is None:
        raise RefusedError(f"manca il programma che legge ({SPEAKER}); {INSTALL}")
    for name, (media_type, options) in _ENCODERS.items():
        if encoder := shutil.which(name):
            return Speaker(espeak, encoder, media_type, options)
    raise RefusedError(f"manca il programma che fa i file audio ({' o '.join(_ENCODERS)}); {INSTALL}")


def _with_pauses(pieces: Sequence[str]) -> str:
    """Each piece as a paragraph that ends: else the choices would be read as one sentence."""
    return "\n\n".join(piece if _ENDED.search(piece) else f"{piece}." for piece in pieces)


def _run(command: Sequence[str], given: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - no shell, fixed words
            command, input=given.encode(), capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise RefusedError(f"{command[0]} non finisce") from None
    if done.returncode != 0:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise RefusedError(
            f"{command[0]} non riesce a fare il file audio: {told[-1] if told else 'non dice perché'}"
        )
