"""Sounds as programs make them, built byte by byte: frames of mp3, pages of Ogg."""

# MPEG 1 layer III, 32 kbit/s, 44100 Hz, without padding: 104 bytes, 1152 samples.
MP3_FRAME = b"\xff\xfb\x10\xc4" + bytes(100)
SECONDS_OF_FRAME = 1152 / 44100


def mp3(seconds: float = 3, tag: bytes = b"") -> bytes:
    """An mp3 of this length, after a tag."""
    return tag + MP3_FRAME * round(seconds / SECONDS_OF_FRAME)


def id3(size: int) -> bytes:
    """An ID3 tag with this many bytes in it."""
    parts = bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + parts + b"\xff" * size


def opus(seconds: float = 3) -> bytes:
    """An Ogg file with Opus of this length; 312 samples at its start are skipped."""
    head = b"OpusHead\x01\x01" + (312).to_bytes(2, "little") + (48000).to_bytes(4, "little") + bytes(3)
    return ogg(head, int(seconds * 48000) + 312)


def vorbis(seconds: float = 3) -> bytes:
    """An Ogg file with Vorbis of this length."""
    return ogg(
        b"\x01vorbis" + bytes(4) + b"\x01" + (22050).to_bytes(4, "little") + bytes(14), int(seconds * 22050)
    )


def ogg(first: bytes, position: int) -> bytes:
    """An Ogg file of two pages: the first packet, then the end at this position."""
    return _page(2, 0, first) + _page(4, position, bytes(50))


def _page(flags: int, position: int, packet: bytes) -> bytes:
    start = b"OggS\x00" + bytes([flags]) + position.to_bytes(8, "little", signed=True)
    return start + bytes(12) + bytes([1, len(packet)]) + packet
