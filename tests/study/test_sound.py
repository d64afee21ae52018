"""What may be kept as a recording is told by its content; real files of the real programs too."""

import random

import pytest

from surveyapp.study.sound import MP3, OGG, Sound, sound_of
from tests.sounds import MP3_FRAME, id3, mp3, ogg, opus, vorbis


@pytest.mark.parametrize(
    ("content", "sound"),
    [
        (mp3(3), Sound(MP3, 3)),
        (mp3(3, id3(500)), Sound(MP3, 3)),
        (mp3(3, id3(40) + bytes(700)), Sound(MP3, 3)),
        (mp3(3) + b"TAG" + bytes(125), Sound(MP3, 3)),
        (mp3(1) + b"not a frame any more" * 1000, Sound(MP3, None)),
        (opus(3), Sound(OGG, 3)),
        (vorbis(3), Sound(OGG, 3)),
        (opus(1_000_000), Sound(OGG, None)),
        (ogg(b"OpusHead\x01", -1), Sound(OGG, None)),
        (ogg(b"\x01vorbis" + bytes(23), 5), Sound(OGG, None)),
    ],
    ids=[
        "mp3", "mp3 after a tag", "zeros after the tag", "a tag at the end", "broken off", "opus", "vorbis",
        "eleven days", "cut opus", "cut vorbis",
    ],
)  # fmt: skip
def test_a_sound_is_recognised_with_its_length(content: bytes, sound: Sound) -> None:
    assert sound_of(content) == sound


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ID3",
        b"RIFF\x24\x00\x00\x00WAVEfmt ",
        b"\x00\x00\x00\x20ftypM4A ",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(5000),
        b"<!doctype html><script>alert(1)</script>",
        b"MZ" + bytes(5000),
        MP3_FRAME * 2,
        b"\xff\xfb\x00\xc4" + bytes(500),
        b"\xff\xfb\xf0\xc4" + bytes(500),
        b"\xff\xfb\x1c\xc4" + bytes(500),
        b"\xff\xfd\x10\xc4" + bytes(500),
        b"\xff\xeb\x10\xc4" + bytes(500),
        id3(500),
        b"OggS",
        ogg(b"\x80theora", 100),
        ogg(b"fishead", 100),
        opus().replace(b"OggS\x00\x02", b"OggS\x00\x00", 1),
        opus().replace(b"OggS\x00", b"OggS\x01", 1),
    ],
)
def test_anything_else_is_no_sound(content: bytes) -> None:
    assert sound_of(content) is None


def test_bytes_at_random_are_never_an_error() -> None:
    chance = random.Random(5)  # noqa: S311 - the same bytes each time
    for start in (b"", b"OggS", b"ID3", b"\xff\xfb", mp3(1)[:300], opus()[:60]):
        for length in (1, 3, 10, 26, 27, 28, 200):
            sound_of(start + chance.randbytes(length))
