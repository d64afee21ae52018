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


MAIL = {
    "SURVEYAPP_SMTP_URL": "smtps://posta%40ente.example:se%3Agreto@mail.example",
    "SURVEYAPP_MAIL_FROM": "surveyapp@ente.example",
    "SURVEYAPP_SAFEGUARDING": "anna@ente.example, bruno@ente.example,",
}


def test_mail_is_read_from_one_address() -> None:
    settings = read_settings(MAIL)
    assert settings.mail is not None
    assert (settings.mail.host, settings.mail.port, settings.mail.secure) == ("mail.example", 465, True)
    assert (settings.mail.user, settings.mail.password) == ("posta@ente.example", "se:greto")
    assert settings.mail.sender == "surveyapp@ente.example"
    assert settings.safeguarding == ("anna@ente.example", "bruno@ente.example")
    assert "greto" not in repr(settings)
    plain = read_settings(MAIL | {"SURVEYAPP_SMTP_URL": "smtp://127.0.0.1:2525"}).mail
    assert plain is not None
    assert (plain.port, plain.secure, plain.user) == (2525, False, "")


def test_without_mail_nothing_is_sent_and_two_days_are_given() -> None:
    settings = read_settings({})
    assert (settings.mail, settings.safeguarding, settings.safeguarding_days) == (None, (), 2)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"SURVEYAPP_SMTP_URL": ""}, "manca SURVEYAPP_SMTP_URL"),
        ({"SURVEYAPP_MAIL_FROM": ""}, "serve un indirizzo in SURVEYAPP_MAIL_FROM"),
        ({"SURVEYAPP_MAIL_FROM": "a@b.example, c@d.example"}, "serve un indirizzo in SURVEYAPP_MAIL_FROM"),
        ({"SURVEYAPP_MAIL_FROM": "x@y.example\r\nBcc: z@y.example"}, "SURVEYAPP_MAIL_FROM"),
        ({"SURVEYAPP_SAFEGUARDING": "anna"}, "SURVEYAPP_SAFEGUARDING ha «anna»"),
        ({"SURVEYAPP_SMTP_URL": "http://utente:segreto@mail.example"}, "SURVEYAPP_SMTP_URL non si legge"),
        ({"SURVEYAPP_SMTP_URL": "smtp://mail.example:x"}, "SURVEYAPP_SMTP_URL non si legge"),
        ({"SURVEYAPP_SMTP_URL": "mail.example"}, "SURVEYAPP_SMTP_URL non si legge"),
        ({"SURVEYAPP_SAFEGUARDING_DAYS": "0"}, "SURVEYAPP_SAFEGUARDING_DAYS"),
    ],
)
def test_mail_that_would_not_go_is_refused(wrong: dict[str, str], said: str) -> None:
    refused = refusal(MAIL | wrong)
    assert said in refused
    assert "segreto" not in refused
