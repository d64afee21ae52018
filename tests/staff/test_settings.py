"""Settings are read once, checked at start, and every problem is told at once in Italian."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from surveyapp.settings import DEVELOPMENT_KEY, SettingsError, read_settings
from tests.conftest import ROOT

KEY = "k" * 32
HTTPS = {"SURVEYAPP_BASE_URL": "https://questionari.example", "SURVEYAPP_SECRET_KEY": KEY}


def refusal(environment: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as refused:
        read_settings(environment)
    return str(refused.value)


def test_nothing_is_needed_on_this_computer() -> None:
    settings = read_settings({})
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.secret_key == DEVELOPMENT_KEY
    assert settings.time_zone.key == "Europe/Rome"
    assert not settings.secure


def test_an_https_site_needs_a_key_of_its_own() -> None:
    assert read_settings(HTTPS).secure
    assert "manca SURVEYAPP_SECRET_KEY" in refusal(HTTPS | {"SURVEYAPP_SECRET_KEY": ""})
    assert "è la chiave di prova" in refusal(HTTPS | {"SURVEYAPP_SECRET_KEY": DEVELOPMENT_KEY})


def test_a_short_key_is_refused_and_never_repeated() -> None:
    for base in ("https://questionari.example", "http://127.0.0.1:8000"):
        said = refusal({"SURVEYAPP_BASE_URL": base, "SURVEYAPP_SECRET_KEY": "s3cr3t"})
        assert "almeno 32 caratteri" in said
        assert "s3cr3t" not in said


def test_every_problem_is_told_at_once() -> None:
    said = refusal(
        {
            "PORT": "99999",
            "SURVEYAPP_BASE_URL": "https://questionari.example",
            "SURVEYAPP_TIME_ZONE": "Roma",
            "SURVEYAPP_LINK_DAYS": "zero",
        }
    )
    lines = said.splitlines()
    names = ["PORT", "SURVEYAPP_SECRET_KEY", "SURVEYAPP_TIME_ZONE", "SURVEYAPP_LINK_DAYS"]
    assert [next(name for name in names if name in line) for line in lines] == names


@pytest.mark.parametrize(
    "url", ["http://questionari.example", "ftp://x", "questionari.example", "https://", "http://[", ""]
)
def test_addresses_that_would_carry_answers_in_clear(url: str) -> None:
    assert "SURVEYAPP_BASE_URL" in refusal({"SURVEYAPP_BASE_URL": url, "SURVEYAPP_SECRET_KEY": KEY})


@pytest.mark.parametrize("zone", ["", "Roma", "../etc/passwd", "/etc/localtime", "Europe", "Europe/Rome\0"])
def test_time_zones_that_do_not_exist(zone: str) -> None:
    assert "SURVEYAPP_TIME_ZONE" in refusal({"SURVEYAPP_TIME_ZONE": zone})


def test_secrets_are_not_written_where_settings_are() -> None:
    url = "postgresql+psycopg://app:pa55word@127.0.0.1/surveyapp"
    written = repr(read_settings(HTTPS | {"SURVEYAPP_DATABASE_URL": url}))
    assert KEY not in written
    assert "pa55word" not in written


def test_the_command_line_stops_with_every_sentence(tmp_path: Path) -> None:
    wrong = {"PORT": "x", "SURVEYAPP_LINK_DAYS": "0", "SURVEYAPP_DATABASE_URL": f"sqlite:///{tmp_path}/x.db"}
    stopped = subprocess.run(
        [sys.executable, "-m", "surveyapp.cli", "init"],
        env={**os.environ, **wrong},
        capture_output=True,
        text=True,
        check=False,
    )
    assert stopped.returncode == 1
    assert "PORT è «x»" in stopped.stderr
    assert "SURVEYAPP_LINK_DAYS è «0»" in stopped.stderr


def test_every_setting_is_documented() -> None:
    source = (ROOT / "surveyapp/settings.py").read_text(encoding="utf-8")
    documented = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    names = {
        word.strip('"(),:') for word in source.split() if word.startswith('"SURVEYAPP_') and "{" not in word
    }
    gaps = {f"SURVEYAPP_{gap}" for gap in ("TITOLARE", "CONTATTO", "DATA", "FIGURA", "CHI", "NOME", "VEDE")}
    missing = [name for name in sorted(names | gaps | {"PORT"}) if f"`{name}`" not in documented]
    assert not missing
