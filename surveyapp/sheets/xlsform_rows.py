"""The rows of an XLSForm: questions with their lists of choices."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass, field, fields

from surveyapp.instruments.answers import ResponseFormat
from surveyapp.sheets.choices import Choice
from surveyapp.sheets.xpath import both, string

LISTED = {"choice": "select_one", "steps": "select_one", "multi": "select_multiple"}


@dataclass(frozen=True)
class Row:
    """One row of the sheet `survey`; its columns are the fields, in this order."""

    type: str
    name: str = ""
    label: str = ""
    hint: str = ""
    required: str = ""
    relevant: str = ""
    constraint: str = ""
    constraint_message: str = ""
    calculation: str = ""
    appearance: str = ""
    default: str = ""


SURVEY_COLUMNS = tuple(column.name for column in fields(Row))
CHOICE_COLUMNS = ("list_name", "name", "label")


@dataclass
class Lists:
    """The lists of choices that questions have used so far, each under its name."""

    choices: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def use(self, name: str, choices: Iterable[tuple[str, str]]) -> str:
        """The name of a list, which is there from now on."""
        self.choices.setdefault(name, tuple(choices))
        return name

    def rows(self) -> list[tuple[str, ...]]:
        """The sheet `choices`, without its header."""
        return [
            (name, code, literal(label)) for name, listed in self.choices.items() for code, label in listed
        ]


@dataclass(frozen=True)
class Asked:
    """What a question needs beside its words: the list of its format, options and reasons."""

    list_name: str
    declared: ResponseFormat
    options: tuple[Choice, ...]
    reasons: tuple[Choice, ...]


def question(name: str, label: str, hint: str, asked: Asked, lists: Lists, **more: str) -> Row:
    """A question of any kind; `more` are other columns."""
    declared = asked.declared
    if declared.kind in LISTED:
        named = lists.use(asked.list_name, _choices((*asked.options, *asked.reasons)))
        more |= _alone(asked) if declared.kind == "multi" else {}
        return Row(f"{LISTED[declared.kind]} {named}", name, label, hint, **more)
    return Row(
        name=name,
        label=label,
        hint=_with_limits(hint, declared),
        **(_WRITTEN[declared.kind](declared) | more),
    )


def reason(name: str, asked: Asked, lists: Lists, **more: str) -> Row | None:
    """The question for the reasons of no value beside a number, date or text; None without reasons."""
    if asked.declared.kind in LISTED or not asked.reasons:
        return None
    named = lists.use(f"{asked.list_name}.reasons", _choices(asked.reasons))
    return Row(f"select_one {named}", name, "Oppure", **more)


def _choices(choices: tuple[Choice, ...]) -> list[tuple[str, str]]:
    return [(choice.code, f"{choice.number} {choice.label}".strip()) for choice in choices]


def _alone(asked: Asked) -> dict[str, str]:
    """A reason for no value goes with no other answer."""
    if not asked.reasons:
        return {}
    tests = [f"not(selected(., {string(choice.code)}) and count-selected(.) > 1)" for choice in asked.reasons]
    named = " o ".join(f"«{choice.label}»" for choice in asked.reasons)
    return {"constraint": both(tests), "constraint_message": literal(f"{named} non va con altre risposte.")}


def _number(declared: ResponseFormat) -> dict[str, str]:
    tests = [f". >= {declared.least}", f". <= {declared.most}"]
    if declared.decimals:
        tests.append(f"round(., {declared.decimals}) = .")
    said = f"Serve un numero da {declared.least} a {declared.most}"
    said += f", con al massimo {declared.decimals} decimali." if declared.decimals else "."
    kind = "decimal" if declared.decimals else "integer"
    return {"type": kind, "constraint": " and ".join(tests), "constraint_message": said}


def _text(declared: ResponseFormat) -> dict[str, str]:
    return {
        "type": "text",
        "constraint": f"string-length(.) <= {declared.max_length}",
        "constraint_message": f"Al massimo {declared.max_length} caratteri.",
        "appearance": "" if declared.lines == 1 else "multiline",
    }


_WRITTEN: Mapping[str, Callable[[ResponseFormat], dict[str, str]]] = {
    "number": _number,
    "text": _text,
    "date": lambda _declared: {"type": "date"},
}


def _with_limits(hint: str, declared: ResponseFormat) -> str:
    if declared.kind != "number":
        return hint
    limits = f"Da {declared.least} a {declared.most} {declared.unit or ''}".strip()
    return " ".join(filter(None, (hint, f"{literal(limits)}.")))


def literal(text: str) -> str:
    """A text in which nothing is taken for the name of a question."""
    return text.replace("${", "$ {")


def sheets(
    survey: Iterable[Row], lists: Lists, settings: Mapping[str, str]
) -> dict[str, list[tuple[str, ...]]]:
    """The three sheets of an XLSForm, each with its header."""
    return {
        "survey": [SURVEY_COLUMNS, *(astuple(row) for row in survey)],
        "choices": [CHOICE_COLUMNS, *lists.rows()],
        "settings": [tuple(settings), tuple(settings.values())],
    }


def group(name: str, label: str, relevant: str, rows: list[Row], kind: str = "group") -> list[Row]:
    """Rows within a group or a repeat; nothing where there are no rows."""
    return (
        [Row(f"begin_{kind}", name, label, relevant=relevant), *rows, Row(f"end_{kind}", name)]
        if rows
        else []
    )
