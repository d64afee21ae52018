"""A request that is too big: read to its end and thrown away, so that the browser gets to our answer.

A server that answers and closes while a file is still being sent resets the connection: the browser then
shows a page of its own, and nobody knows what went wrong. Nothing is kept in memory.
"""

import time

from flask import request

MOST_BYTES = 64 * 1024 * 1024
MOST_SECONDS = 20
_PIECE = 64 * 1024


def discard_body() -> None:
    """Read what is left of the request, up to a limit of bytes and of time."""
    stream = request.environ["wsgi.input"]
    left = min(request.content_length or 0, MOST_BYTES)
    end = time.monotonic() + MOST_SECONDS
    while left > 0 and time.monotonic() < end:
        piece = stream.read(min(_PIECE, left))
        if not piece:
            return
        left -= len(piece)
