"""What the request path must never load, and how big and how silent code may be.

Who may import whom is written in pyproject.toml (import-linter, `make check`).
"""

import ast
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.gates.files import project_files

HEAVY = ("pandas", "numpy", "scipy", "statsmodels", "pingouin", "matplotlib", "alembic", "docx", "lxml")


def test_the_web_never_loads_pandas() -> None:
    code = (
        "import pkgutil, importlib, sys, surveyapp.web, surveyapp.study, surveyapp.collection\n"
        "for package in (surveyapp.web, surveyapp.study, surveyapp.collection):\n"
        "    for found in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "        importlib.import_module(found.name)\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


def test_no_file_names_a_machine_or_registry() -> None:
    forbidden = ("/wo" + "rk/", "/ro" + "ot/", "pypi." + "org", "registry.npm" + "js")
    for name in project_files():
        text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
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
            last = body[-1].end_lineno or 0 if body else 0
            found.append((node.name, last - body[0].lineno + 1 if body else 0))
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
