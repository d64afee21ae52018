"""Whether bytes are a sound that telephones play: mp3, or Ogg with Opus or Vorbis; names are not believed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MP3, OGG = "audio/mpeg", "audio/ogg"
LONGEST = 3600  # seconds; above, a header that says so is not believed

# MPEG audio, layer III: by version bits, kbit/s and Hz by their place in the header, samples in a frame.
_KBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_VERSIONS: Mapping[int, tuple[tuple[int, ...], tuple[int, ...], int]] = {
    3: (_KBITS_1, (44100, 48000, 32000), 1152),
    2: (_KBITS_2, (22050, 24000, 16000), 576),
    0: (_KBITS_2, (11025, 12000, 8000), 576),
}
# Two bytes of a picture may look like the start of a frame; three frames in a row are no accident.
_FRAMES = 3
_OGG_HEADER = 27
_OPUS_HZ = 48000


@dataclass(frozen=True)
class Sound:
    """A sound that was recognised; `seconds` is None where its length cannot be told at once."""

    media_type: str
    seconds: int | None


@dataclass(frozen=True)
class _Frame:
    end: int
    seconds: float


def sound_of(content: bytes) -> Sound | None:
    """What sound these bytes are; None when they are none of those that can be used."""
    return _ogg(content) if content.startswith(b"OggS") else _mp3(content)


def _mp3(content: bytes) -> Sound | None:
    frames = list(_frames(content, _after_tag(content)))
    if len(frames) < _FRAMES:
        return None
    whole = len(content) - frames[-1].end < len(content) // 10  # a tag may follow
    return Sound(MP3, _told(sum(frame.seconds for frame in frames)) if whole else None)


def _after_tag(content: bytes) -> int:
    """Where the sound begins, after an ID3 tag and zeros that fill it up."""
    start = 0
    if content.startswith(b"ID3") and len(content) >= 10:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
        start = 10 + size + (10 if content[5] & 0x10 else 0)
    return len(content) - len(content[start:].lstrip(b"\0"))


def _frames(content: bytes, start: int) -> Iterator[_Frame]:
    while frame := _frame(content, start):
        yield frame
        start = frame.end


def _frame(content: bytes, start: int) -> _Frame | None:
    header = int.from_bytes(content[start : start + 4], "big")
    version, layer, kbits, hertz = header >> 19 & 3, header >> 17 & 3, header >> 12 & 15, header >> 10 & 3
    if header >> 21 != 0x7FF or layer != 1 or version not in _VERSIONS or kbits in (0, 15) or hertz == 3:
        return None
    rates, sampling, samples = _VERSIONS[version]
    size = samples // 8 * rates[kbits] * 1000 // sampling[hertz] + (header >> 9 & 1)
    return _Frame(start + size, samples / sampling[hertz])


def _ogg(content: bytes) -> Sound | None:
    """The first page must begin a stream, and hold the first words of Opus or of Vorbis."""
    if len(content) <= _OGG_HEADER or content[4] != 0 or not content[5] & 2:
        return None
    first = content[_OGG_HEADER + content[26] :][:19]
    if first.startswith(b"OpusHead"):
        return Sound(OGG, _ogg_seconds(content, _OPUS_HZ, int.from_bytes(first[10:12], "little")))
    if first.startswith(b"\x01vorbis"):
        return Sound(OGG, _ogg_seconds(content, int.from_bytes(first[12:16], "little"), 0))
    return None


def _ogg_seconds(content: bytes, hertz: int, skipped: int) -> int | None:
    """From the position that the last page says."""
    last = content.rfind(b"OggS")
    samples = int.from_bytes(content[last + 6 : last + 14], "little", signed=True) - skipped
    return _told(samples / hertz) if hertz else None


def _told(seconds: float) -> int | None:
    return max(1, round(seconds)) if 0 < seconds <= LONGEST else None
