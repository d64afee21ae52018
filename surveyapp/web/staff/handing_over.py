"""What is handed to who answers: link, QR of the link, short code; made together, shown once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import segno
from flask import url_for
from markupsafe import Markup
from sqlalchemy import Connection

from surveyapp.storage.code_letters import grouped, spelled
from surveyapp.study import links
from surveyapp.web.services import now, services


@dataclass(frozen=True)
class HandedOver:
    """A fresh link with its QR, and a code for who cannot open it; `path` is the link within this site.

    `code_page` is where the code is written, `spelled` how it is told on the telephone.
    """

    path: str = field(repr=False)  # both are keys: kept out of logs
    code: str = field(repr=False)
    spelled: str = field(repr=False)
    until: datetime

    @property
    def link(self) -> str:
        """The whole address of the link."""
        return f"{services().settings.base_url}{self.path}"

    @property
    def code_page(self) -> str:
        """Where the code is written."""
        return f"{services().settings.base_url}{url_for('code.ask')}"

    @property
    def qr(self) -> Markup:
        """The link as a picture for cameras."""
        drawn = segno.make(self.link, micro=False, error="m")
        picture = drawn.svg_inline(omitsize=True, dark="#000", light="#fff", lineclass=None, svgclass=None)
        return Markup(picture)  # nosec B704  # noqa: S704 - squares and numbers, no text of anybody


def hand_over(
    connection: Connection, administration_id: int, life: timedelta, purpose: str = "personal"
) -> HandedOver:
    """Make a link and a code to one administration, live for the same time."""
    moment, key = now(), services().settings.secret_key
    token = links.new_link(connection, administration_id, moment, life, purpose)
    code = links.new_code(connection, key, administration_id, moment, life, purpose)
    return HandedOver(
        path=url_for("access.enter", token=token),
        code=grouped(code),
        spelled=spelled(code),
        until=moment + life,
    )
