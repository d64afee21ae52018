"""A small reader of our XLSForms: which questions are asked, given what was filled in."""

import re
from collections.abc import Mapping
from functools import cached_property


class Text(str):
    """A value of a question: compared as text, ordered as a number (never where it is none)."""

    __slots__ = ()

    def __ge__(self, other: object) -> bool:
        return _number(self) >= _number(other)

    def __le__(self, other: object) -> bool:
        return _number(self) <= _number(other)


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return float("nan")


class Sheet:
    """The rows of the sheet `survey`, each with the tests of the groups around it."""

    def __init__(self, survey: list[tuple[str, ...]]) -> None:
        header, *rows = survey
        self.rows: dict[str, dict[str, str]] = {}
        self.around: dict[str, list[str]] = {}
        groups: list[str] = []
        for cells in rows:
            row = dict(zip(header, cells, strict=True))
            if row["type"].startswith("end_"):
                groups.pop()
                continue
            self.rows[row["name"]] = row
            self.around[row["name"]] = [*groups, row["relevant"]]
            if row["type"].startswith("begin_"):
                groups.append(row["relevant"])

    @cached_property
    def questions(self) -> list[str]:
        """The names of everything that is answered."""
        kinds = ("calculate", "note", "begin_group", "begin_repeat")
        return [name for name, row in self.rows.items() if row["type"] not in kinds]


class Filled:
    """A form with its answers, by the names of questions."""

    def __init__(self, sheet: Sheet, answers: Mapping[str, str]) -> None:
        self.sheet, self.answers = sheet, answers
        self._values: dict[str, Text] = {}

    def asked(self) -> set[str]:
        """The names of the questions that are shown."""
        return {name for name in self.sheet.questions if self.is_asked(name)}

    def is_asked(self, name: str) -> bool:
        """Whether a question is shown, with every group around it."""
        return all(self.holds(test) for test in self.sheet.around[name])

    def holds(self, test: str) -> bool:
        """Whether a test in XPath holds; an empty one does."""
        return bool(self._evaluated(test)) if test else True

    def value(self, name: str) -> Text:
        """What a question or calculation says; nothing where it is not shown."""
        if name not in self._values:
            row = self.sheet.rows[name]
            if row["type"] == "calculate":
                self._values[name] = Text(self._evaluated(row["calculation"]))
            else:
                self._values[name] = Text(self.answers.get(name, "") if self.is_asked(name) else "")
        return self._values[name]

    def _evaluated(self, xpath: str) -> object:
        names = {
            "V": self.value,
            "if_": lambda test, yes, no: yes if test else no,
            "not_": lambda test: not test,
            "selected": lambda value, code: code in value.split(),
            "record": lambda value, _section, _number: value,
            "concat": lambda *parts: "".join(parts),
        }
        return eval(_python(xpath), {"__builtins__": {}}, names)  # noqa: S307 - our own expressions


def _python(xpath: str) -> str:
    """The XPath that our forms are written in, as Python."""
    parts = re.split(r"('[^']*'|\"[^\"]*\")", xpath)
    return "".join(part if place % 2 else _code(part) for place, part in enumerate(parts))


def _code(part: str) -> str:
    part = part.replace("indexed-repeat(", "record(").replace("if(", "if_(").replace("not(", "not_(")
    part = re.sub(r"(?<![<>!])=", "==", part)
    part = re.sub(r"\$\{([^}]*)\}", lambda found: f"V({found[1]!r})", part)
    return part.replace("true()", "True").replace("false()", "False")
