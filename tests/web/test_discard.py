"""A request that is too big is read and thrown away, as far as is reasonable."""

import io

import pytest
from flask import Flask

from surveyapp.web.discard import MOST_BYTES, discard_body

pytestmark = pytest.mark.parametrize("database", ["sqlite"])


class Zeros(io.RawIOBase):
    """A body that never ends; how much of it was read."""

    def __init__(self) -> None:
        self.read_so_far = 0
        self.largest = 0

    def read(self, size: int = -1) -> bytes:
        self.read_so_far += size
        self.largest = max(self.largest, size)
        return bytes(size)


@pytest.mark.parametrize(
    ("said", "read"),
    [("5000000", 5_000_000), ("999999999999", MOST_BYTES), ("0", 0), ("", 0), ("many", 0)],
    ids=["said", "more than is read", "nothing", "not said", "no number"],
)
def test_the_body_is_read_piece_by_piece_up_to_a_limit(app: Flask, said: str, read: int) -> None:
    body = Zeros()
    with app.test_request_context(
        "/", method="POST", environ_overrides={"wsgi.input": body, "CONTENT_LENGTH": said}
    ):
        discard_body()
    assert body.read_so_far == read
    assert body.largest <= 64 * 1024


def test_a_body_that_breaks_off_is_left(app: Flask) -> None:
    overrides = {"wsgi.input": io.BytesIO(b"short"), "CONTENT_LENGTH": "5000000"}
    with app.test_request_context("/", method="POST", environ_overrides=overrides):
        discard_body()
