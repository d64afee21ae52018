"""Files that are right by themselves and wrong beside the others."""

from pathlib import Path

from surveyapp.instruments.catalogue import problems_of
from tests.instruments.published_files import write, write_module, write_version

INCLUDE = ("scales:\n", "include:\n  - {module: mod, version: 0.1.0}\n\nscales:\n")
PLAN = """\
id: plan
version: 0.1.0
title: Piano
parameters:
  share: {title: Quanti, value: "20"}
entries:
  - {id: E, instrument: prova, form: P, subject: path, occasions: [T0], version: path}
"""


def test_a_module_is_checked_inside_the_instruments_that_include_it(tmp_path: Path) -> None:
    module = write_module(tmp_path, "0.1.0")
    write_version(tmp_path, "0.1.0", INCLUDE)
    assert problems_of(module.path) == []
    write_version(tmp_path, "0.1.0", INCLUDE, ("kind: formative", "kind: boh"))
    assert problems_of(module.path) == []
    write_version(tmp_path, "0.1.0", INCLUDE)
    clash = write_module(tmp_path, "0.1.0", ("  - id: MOD\n", "  - id: COME\n"))
    (problem,) = problems_of(clash.path)
    assert "«COME»" in problem.message
    assert "c'è già nello strumento o in un altro modulo" in problem.message
    assert problem.file == ""


def test_a_plan_is_checked_against_the_newest_instruments(tmp_path: Path) -> None:
    write_version(tmp_path, "0.1.0")
    plan = write(tmp_path, "plan/0.1.0.yaml", PLAN)
    assert problems_of(plan.path) == []
    write(tmp_path, "plan/0.1.0.yaml", PLAN.replace("form: P", "form: X"))
    (problem,) = problems_of(plan.path)
    assert problem.message == "E: prova non ha la scheda «X»"
