"""Every setting of the application, read once from the environment (SURVEYAPP_*) and checked."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Gaps of the consent texts that are settings of their own: SURVEYAPP_TITOLARE and so on.
CONSENT_GAPS = ("titolare", "contatto", "data", "figura", "chi", "nome", "vede")
DEMONSTRATION_GAPS = {
    "titolare": "[titolare del trattamento]",
    "contatto": "[telefono o e-mail]",
    "data": "[data]",
    "figura": "[figura di riferimento]",
    "chi": "[chi legge le risposte]",
    "nome": "[persona di riferimento]",
    "vede": "[vede / non vede]",
}


class SettingsError(Exception):
    """A setting is missing or unsafe; the message says which one and what to write."""


@dataclass(frozen=True)
class Settings:
    """Where things are and what the pages say about who runs them."""

    database_url: str
    base_url: str
    instruments: Path
    link_days: int
    consent_gaps: Mapping[str, str]

    @property
    def secure(self) -> bool:
        """Whether pages are served over https (cookies are then Secure and `__Host-`)."""
        return self.base_url.startswith("https://")

    @property
    def missing_gaps(self) -> list[str]:
        """Names of the settings that the consent texts still need before real people are asked."""
        return [f"SURVEYAPP_{gap.upper()}" for gap in CONSENT_GAPS if not self.consent_gaps.get(gap)]


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment.

    Raises SettingsError for a base URL that would carry answers over plain http between machines, and for
    values of the wrong kind.
    """
    port = environment.get("PORT", "8000")
    base_url = environment.get("SURVEYAPP_BASE_URL", f"http://127.0.0.1:{port}").rstrip("/")
    _refuse_plain_http(base_url)
    return Settings(
        database_url=environment.get("SURVEYAPP_DATABASE_URL", "sqlite:///var/surveyapp.db"),
        base_url=base_url,
        instruments=Path(environment.get("SURVEYAPP_INSTRUMENTS", _bundled_instruments())),
        link_days=_whole(environment, "SURVEYAPP_LINK_DAYS", 120),
        consent_gaps={gap: environment.get(f"SURVEYAPP_{gap.upper()}", "").strip() for gap in CONSENT_GAPS},
    )


def _refuse_plain_http(base_url: str) -> None:
    parts = urlsplit(base_url)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme != "http" or parts.hostname not in LOOPBACK:
        raise SettingsError(
            f"SURVEYAPP_BASE_URL è «{base_url}»: fuori da questo computer serve un indirizzo https://"
        )


def _whole(environment: Mapping[str, str], name: str, default: int) -> int:
    written = environment.get(name, str(default))
    if not written.isascii() or not written.isdecimal() or int(written) < 1:
        raise SettingsError(f"{name} è «{written}»: serve un numero intero maggiore di zero")
    return int(written)


def _bundled_instruments() -> str:
    return str(Path(__file__).parent.parent / "instruments")
