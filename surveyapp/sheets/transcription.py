"""What to write in the data for each answer on paper, where the options carry no codes themselves."""

from collections.abc import Iterable, Iterator

from surveyapp.sheets.choices import Choice
from surveyapp.sheets.paper_parts import in_a_row
from surveyapp.sheets.question import Question


def key(questions: Iterable[Question]) -> tuple[str, ...]:
    """The lines of a key: "No = 1, Un po' = 2, Sì = 3, Non lo so = NS.", for which questions if they differ.

    Questions whose options are numbered need none.
    """
    asked = list(questions)
    options: dict[str, list[int]] = {}
    for one in asked:
        if codes := _codes(one.options):
            options.setdefault(codes, []).append(one.number)
    reasons = _codes(reason for one in asked for reason in one.reasons)
    return tuple(_lines(options, reasons, several=any(one.kind == "multi" for one in asked)))


def _lines(options: dict[str, list[int]], reasons: str, *, several: bool) -> Iterator[str]:
    if len(options) == 1:
        yield f"{', '.join(filter(None, (*options, reasons)))}."
    else:
        for codes, numbers in options.items():
            yield f"{_at(numbers)}: {codes}."
        if reasons:
            yield f"Al posto di una risposta: {reasons}."
    if several:
        yield "Più risposte alla stessa domanda: 1+3."


def _at(numbers: list[int]) -> str:
    return f"{'Domanda' if len(numbers) == 1 else 'Domande'} {in_a_row(numbers)}"


def _codes(choices: Iterable[Choice]) -> str:
    return ", ".join(dict.fromkeys(f"{one.label} = {one.key}" for one in choices if one.key))
