"""Who may import whom, and what the request path must never load."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

GIT_FILES = ["/usr/bin/env", "git", "ls-files"]
LAYERS = {
    "analysis": (),
    "surveyapp.instruments": (),
    "surveyapp.scoring": ("instruments",),
    "surveyapp.storage": ("scoring", "instruments"),
    "surveyapp.study": ("storage", "scoring", "instruments", "settings"),
    "surveyapp.collection": ("storage", "scoring", "instruments"),
    "surveyapp.reports": ("study", "storage", "scoring", "instruments"),
    "surveyapp.web": ("collection", "study", "storage", "scoring", "instruments", "settings"),
}
STATISTICS = {"pandas", "numpy", "scipy", "statsmodels"}
FRAMEWORKS = STATISTICS | {"flask", "flask_wtf", "wtforms", "sqlalchemy", "click"}
MAY_USE = {
    "analysis": STATISTICS,
    "surveyapp.storage": {"sqlalchemy"},
    "surveyapp.study": {"sqlalchemy"},
    "surveyapp.collection": {"sqlalchemy"},
    "surveyapp.reports": {"sqlalchemy", "pandas", "numpy"},
    "surveyapp.web": {"flask", "flask_wtf", "wtforms", "sqlalchemy"},
}


def imports(package: str) -> set[str]:
    """Every module that the files of a package import, wherever in the file."""
    found = set()
    for path in (ROOT / package.replace(".", "/")).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                found |= {node.module or "", *(f"{node.module}.{name.name}" for name in node.names)}
    return found


@pytest.mark.parametrize("package", LAYERS)
def test_imports_run_one_way(package: str) -> None:
    own = package.removeprefix("surveyapp.")
    known = {name.removeprefix("surveyapp.") for name in LAYERS} | {"settings", "cli"}
    used = {name.split(".")[1] for name in imports(package) if name.startswith("surveyapp.")} & known
    allowed = {own, *LAYERS[package]} | ({"analysis"} if package == "surveyapp.reports" else set())
    assert used <= allowed
    if package not in ("analysis", "surveyapp.reports"):
        assert not any(name.split(".")[0] == "analysis" for name in imports(package))


@pytest.mark.parametrize("package", LAYERS)
def test_each_package_uses_its_own_frameworks(package: str) -> None:
    used = {name.split(".")[0] for name in imports(package)} & FRAMEWORKS
    assert used <= MAY_USE.get(package, set())


def test_the_web_never_loads_pandas() -> None:
    code = (
        "import sys, surveyapp.web.app, surveyapp.study.links, surveyapp.study.demonstration;"
        "print([name for name in ('pandas', 'numpy', 'scipy', 'pingouin', 'alembic') if name in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


def test_no_file_names_a_machine_or_registry() -> None:
    forbidden = ("/wo" + "rk/", "/ro" + "ot/", "pypi." + "org", "registry.npm" + "js")
    tracked = subprocess.run(GIT_FILES, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in tracked.stdout.split():
        path = ROOT / name
        if path.suffix not in (".woff2", ".png") and path.exists():
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not [word for word in forbidden if word in text], name


def test_files_and_functions_stay_small() -> None:
    lengths = []
    for path in [*(ROOT / "surveyapp").rglob("*.py"), *(ROOT / "analysis").rglob("*.py")]:
        if "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        assert source.count("\n") <= 300, path
        lengths += [(length, f"{path.name}:{name}") for name, length in _functions(source)]
    lengths.sort()
    assert lengths[-1][0] <= 40, lengths[-3:]
    assert lengths[len(lengths) // 2][0] <= 8
    assert lengths[int(len(lengths) * 0.9)][0] <= 25


def _functions(source: str) -> list[tuple[str, int]]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            found.append((node.name, body[-1].end_lineno - body[0].lineno + 1 if body else 0))  # type: ignore[operator]
    return found


def test_public_functions_say_what_they_do() -> None:
    silent = []
    for path in [*(ROOT / "surveyapp").rglob("*.py"), *(ROOT / "analysis").rglob("*.py")]:
        if "migrations" not in path.parts:
            silent += [f"{path}:{name}" for name in _silent(path)]
    assert silent == []


def _silent(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tops = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    public = [node for node in tops if not node.name.startswith("_")]
    for top in [node for node in public if isinstance(node, ast.ClassDef)]:
        public += [
            node for node in top.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        ]
    return [node.name for node in public if not ast.get_docstring(node)]
