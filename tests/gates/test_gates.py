"""A deliberate break of each gate is caught: on a copy of the files it needs.

A published instrument file that was edited is caught in tests/instruments/test_catalogue.py.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.gates import files, ignores

BIN = Path(sys.executable).parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code and the settings of the tools, without tests and documents."""
    for name in ("surveyapp", "analysis"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "static"))
    for name in ("pyproject.toml", ".djlint_rules.yaml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def run(folder: Path, tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of `make check` in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}
    return subprocess.run(
        [BIN / tool, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def add(path: Path, line: str) -> None:
    """Write one more line at the end of a file."""
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")


IMPORTS = {
    "flask in scoring": ("scoring/scores.py", "import flask", "Instruments and scoring are pure"),
    "pandas in the web": ("web/pages.py", "import pandas", "never reaches pandas"),
    "reports in the web": ("web/pages.py", "from surveyapp.reports import frames", "never reaches pandas"),
    "pandas behind a use case": (
        "study/due.py",
        "def late() -> None:\n    import analysis.change",
        "Only the reports use the analysis",
    ),
    "web in storage": ("storage/engine.py", "import surveyapp.web.pages", "Imports run one way"),
    "flask in a use case": ("collection/saving.py", "import flask", "Flask and forms stay in the web"),
    "a package without a place": ("extra/__init__.py", "", "Imports run one way"),
}


@pytest.mark.parametrize("broken", IMPORTS)
def test_an_import_the_wrong_way_is_caught(copy: Path, broken: str) -> None:
    name, line, contract = IMPORTS[broken]
    path = copy / "surveyapp" / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    add(path, line)
    done = run(copy, "lint-imports", "--no-logo", "--no-cache")
    assert done.returncode == 1
    assert [text for text in done.stdout.splitlines() if contract in text and "BROKEN" in text], done.stdout


def test_the_contracts_hold_without_a_break(copy: Path) -> None:
    done = run(copy, "lint-imports", "--no-logo", "--no-cache")
    assert done.returncode == 0, done.stdout


def test_the_analysis_knows_nothing_of_the_application(copy: Path) -> None:
    add(copy / "analysis/change.py", "import surveyapp.settings")
    done = run(copy, "lint-imports", "--no-logo", "--no-cache")
    assert "The analysis knows nothing of surveyapp BROKEN" in done.stdout


PYTHON = {
    "an unused import": ("ruff", ["check", "broken.py"], "import os\n", "F401"),
    "code in another format": (
        "ruff",
        ["format", "--check", "broken.py"],
        "x = ( 1)\n",
        "would be reformatted",
    ),
    "a value of another type": ("mypy", ["--strict", "broken.py"], 'number: int = "one"\n', "assignment"),
    "a word misspelt": ("codespell", ["broken.py"], "# We recieve it.\n", "receive"),
    "a shell that runs any text": (
        "bandit",
        ["--configfile", "pyproject.toml", "--severity-level", "medium", "broken.py"],
        "import subprocess\n\nsubprocess.run(input(), shell=True)\n",
        "B602",
    ),
}


@pytest.mark.parametrize("broken", PYTHON)
def test_a_break_in_python_is_caught(copy: Path, broken: str) -> None:
    tool, arguments, source, expected = PYTHON[broken]
    (copy / "broken.py").write_text(source, encoding="utf-8")
    done = run(copy, tool, *arguments)
    assert done.returncode != 0
    assert expected in done.stdout + done.stderr


TEMPLATES = {
    "{{ text|safe }}": "OWN1",
    '<p onclick="go()">Vai</p>': "OWN2",
    '<label for="a">Testo</label><input id="a" name="a" type="text" required>': "OWN3",
    '<img src="https://example.org/a.png" alt="">': "OWN4",
    "<button>Vai</button>": "H043",
}


@pytest.mark.parametrize("markup", TEMPLATES)
def test_a_break_in_a_template_is_caught(copy: Path, markup: str) -> None:
    add(copy / "surveyapp/web/templates/macros/answers.html", markup)
    done = run(copy, "djlint", "surveyapp", "--lint", "--quiet")
    assert done.returncode != 0
    assert TEMPLATES[markup] in done.stdout


# The words are put together here, so that the check does not find them in this very file.
NOQA, TYPE, NOSEC, COVER = "# no" + "qa", "# type: ig" + "nore", "# no" + "sec", "# pragma: no " + "cover"


@pytest.mark.parametrize(
    "line",
    [
        f"x = 1  {NOQA}: F401",
        f"x = 1  {NOQA} - a reason without a rule",
        f"x = 1  {TYPE}[misc]",
        f"x = 1  {TYPE}  # a reason without a rule",
        f"x = 1  {NOSEC} B101",
        f"if x:  {COVER}",
        f"# ruff: {NOQA[2:]}",
        f"x = 1  {NOQA}: S101 - ok",
    ],
)
def test_an_ignore_without_a_reason_is_caught(line: str) -> None:
    assert ignores.problems(Path("broken.py"), f"{line}\n")


@pytest.mark.parametrize(
    "line",
    [
        f"x = 1  {NOQA}: S311 - invented data",
        f"x = 1  {TYPE}[misc]  # the point of the test",
        f"x = 1  {NOSEC} B704  {NOQA}: S704 - made by a template",
        f"text = '{NOQA}'",
        "# Each ignored rule has its reason.",
    ],
)
def test_an_ignore_with_its_reason_passes(line: str) -> None:
    assert ignores.problems(Path("good.py"), f"{line}\n") == []


@pytest.mark.parametrize(
    "settings",
    [
        'ignore = [\n  "E501",\n]\n',
        'ignore = ["E501"]\n',
        '[tool.ruff.lint.per-file-ignores]\n"tests/**" = ["S101"]\n',
        '[tool.ruff.lint.per-file-ignores]\n"tests/**" = [\n  "S101",\n]\n',
        "ignore_missing_imports = true\n",
        'skips = ["B101"]\n',
        'ignore = [\n  "E501", # Long.\n]\n',
    ],
)
def test_a_rule_switched_off_in_silence_is_caught(settings: str) -> None:
    assert ignores.problems(Path("pyproject.toml"), settings)


def test_a_template_says_why_a_rule_is_off() -> None:
    off = "djlint:" + "off H021"
    assert ignores.problems(Path("a.html"), f"<p>{{# {off} #}}</p>\n")
    assert ignores.problems(Path("a.html"), f"<p>{{# {off} drawn by the report #}}</p>\n") == []


def test_unfinished_files_are_caught() -> None:
    assert files.problems(Path("a.py"), "x = 1") == ["a.py: the last line has no end"]
    assert files.problems(Path("a.yml"), "a: [1\n")
    assert files.problems(Path("a.py"), "<<<<<<< ours\n")
    assert files.problems(Path("a.yml"), "a: [1]\n") == []


SKIPPED = """
import pytest


def test_skipped() -> None:
    pytest.skip("no Java")
"""


@pytest.mark.parametrize(("forbidden", "status"), [("1", 1), ("", 0)])
def test_a_skip_fails_where_it_is_forbidden(tmp_path: Path, forbidden: str, status: int) -> None:
    (tmp_path / "test_skipped.py").write_text(SKIPPED, encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tests.gates.no_skips",
            "-p",
            "no:cacheprovider",
            str(tmp_path),
        ],
        cwd=ROOT,
        env={**os.environ, "SURVEYAPP_NO_SKIPS": forbidden},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stdout
    assert ("no test may be skipped here" in done.stdout) == bool(status)
