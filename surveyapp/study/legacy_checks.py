"""What a response gathered before the platform is about and answers, beside the register. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from surveyapp.instruments.answers import FULL, Answer
from surveyapp.instruments.catalogue import Catalogue, CatalogueError
from surveyapp.instruments.model import Form, Instrument, Window
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.source import Problem
from surveyapp.storage.pinned import context_of
from surveyapp.storage.register_rows import AdministrationRow, PathRow, Register
from surveyapp.study.answer_cells import read_answer
from surveyapp.study.cells import CellError
from surveyapp.study.csv_file import name_of, shortened
from surveyapp.study.planning import Subject
from surveyapp.study.register_checks import path_at, unknown_code
from surveyapp.study.responses_csv import OTHERS, SUBJECTS, ResponseRow
from surveyapp.study.subjects import path_end_rule, subjects

# What a form may be about, in words.
ABOUT: Mapping[str, str] = {
    "path": "il percorso",
    "placement": "l'inserimento",
    "agreement": "la convenzione",
    "accompaniment": "l'accompagnamento",
}
CLOSED: Mapping[str, str] = {
    "refused": "risulta un rifiuto",
    "withdrawn": "la persona si è ritirata",
    "impossible": "risulta non compilabile",
}

AGAIN = "lo stesso questionario è già alla riga {}"

Place = tuple[str, str, str, int, int]


@dataclass(frozen=True)
class Sent:
    """The answers of an administration that was sent, and the day."""

    day: date
    answers: Mapping[str, Answer]


@dataclass(frozen=True)
class Known:
    """What responses are compared with: the register, its administrations, and what was sent already.

    `paths` are by the code of their person, `keys` those of the other subjects, by kind and code.
    """

    catalogue: Catalogue
    instrument: str
    today: date
    paths: Mapping[str, Sequence[PathRow]]
    keys: Mapping[str, Mapping[str, str]]
    subjects: Mapping[str, Subject]
    there: Mapping[Place, AdministrationRow]
    sent: Mapping[int, Sent]


@dataclass(frozen=True)
class Found:
    """A row with what it is about and what it answers. `there` is its administration, if it is planned."""

    row: ResponseRow
    subject: Subject
    questionnaire: Questionnaire
    there: AdministrationRow | None
    answers: Mapping[str, Answer]

    @property
    def is_sent(self) -> bool:
        """Whether an administration was sent already."""
        return self.there is not None and self.there.state == "submitted"

    @property
    def place(self) -> Place:
        """What makes it one and the same administration."""
        asked = self.questionnaire
        return self.subject.key, asked.form, asked.occasion, self.row.number, self.row.rater


def known(
    catalogue: Catalogue, instrument: str, register: Register, sent: Mapping[int, Sent], today: date
) -> Known:
    """The register, as responses to an instrument are compared with it."""
    paths: dict[str, list[PathRow]] = {}
    for path in register.paths:
        paths.setdefault(path.person_code, []).append(path)
    others: Mapping[str, Sequence[Any]] = {
        "placement": register.placements,
        "agreement": register.agreements,
        "accompaniment": register.accompaniments,
    }
    return Known(
        catalogue=catalogue,
        instrument=instrument,
        today=today,
        paths=paths,
        keys={kind: {row.code: f"{kind}:{row.id}" for row in rows} for kind, rows in others.items()},
        subjects={subject.key: subject for subject in subjects(register, path_end_rule(catalogue))},
        there={
            (row.subject, row.form, row.occasion, row.number, row.rater): row
            for row in register.administrations
            if row.instrument == instrument
        },
        sent=sent,
    )


def resolved(rows: Sequence[ResponseRow], beside: Known) -> tuple[list[Found], list[Problem]]:
    """Each row with what it means, and everything that is wrong, line by line."""
    found: list[Found] = []
    wrong: list[Problem] = []
    first: dict[Place, int] = {}
    for row in rows:
        try:
            one = _found(row, beside, wrong)
        except _ColumnError as error:
            wrong.append(Problem(row.line, str(error)))
            continue
        line = first.setdefault(one.place, row.line)
        wrong += _against(one, beside) if line == row.line else [Problem(row.line, AGAIN.format(line))]
        found.append(one)
    return found, wrong


def window(occasion: Window, subject: Subject, number: int) -> dict[str, date | None]:
    """The window of an occasion for a subject, as columns; empty where its date is not known."""
    anchor = subject.anchors.get(occasion.anchor)
    days = {"due_from": occasion.from_days, "due_to": occasion.to_days, "late_to": occasion.late_days}
    if anchor is None:
        return dict.fromkeys(days)
    first = anchor + timedelta((number - 1) * occasion.every_days)
    return {column: first + timedelta(after) for column, after in days.items()}


class _ColumnError(Exception):
    """What is wrong with a cell on which the others hang."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(f"{column}: {sentence}")


def _found(row: ResponseRow, beside: Known, wrong: list[Problem]) -> Found:
    """The row with what it means; what is wrong with its answers is noted. Raises _ColumnError."""
    subject = _subject(row, beside)
    instrument = _version(row, subject, beside)
    form = instrument.forms[
        _named("form", row.form, {code: one.title for code, one in instrument.forms.items()})
    ]
    occasion = _named(
        "occasion",
        row.occasion,
        {code: instrument.occasions[code].title for code in _asked_at(instrument, form)},
    )
    _check_subject(row, form, occasion, beside)
    there = beside.there.get((subject.key, form.code, occasion, row.number, row.rater))
    questionnaire = _questionnaire(row, subject, instrument, form, occasion, there)
    if row.day > beside.today:
        wrong.append(Problem(row.line, f"{OTHERS['day'][0]}: è nel futuro, controllala"))
    return Found(row, subject, questionnaire, there, _answers(row, questionnaire, wrong))


def _subject(row: ResponseRow, beside: Known) -> Subject:
    paths = beside.paths.get(row.code, ()) if row.kind == "path" else ()
    path = path_at(paths, row.day) or next(iter(paths), None)
    codes = beside.paths if row.kind == "path" else beside.keys[row.kind]
    if row.code not in codes:
        raise _ColumnError(SUBJECTS[row.kind][0], unknown_code(row.code, codes, "nel registro"))
    return beside.subjects[f"path:{path.id}" if path else beside.keys[row.kind][row.code]]


def _version(row: ResponseRow, subject: Subject, beside: Known) -> Instrument:
    """The version that the row says; else that of what was sent about the subject; else the one in force on
    its day. What is only planned was pinned later than the sheet, and says nothing."""
    if row.version:
        versions = {
            one.version: one
            for (name, _), one in beside.catalogue.instruments.items()
            if name == beside.instrument
        }
        return versions[_named("version", row.version, dict.fromkeys(versions, ""))]
    theirs = [
        made for made in beside.there.values() if made.subject == subject.key and made.id in beside.sent
    ]
    if not theirs:
        return _in_force(row, beside)
    first = min(theirs, key=lambda made: made.id)
    return beside.catalogue.pinned(first.instrument, first.version, first.digest)


def _in_force(row: ResponseRow, beside: Known) -> Instrument:
    try:
        return beside.catalogue.in_force(beside.instrument, row.day)
    except CatalogueError:
        sentence = f"manca, e il {row.day:%d/%m/%Y} nessuna versione era in uso: scrivi quella del foglio"
        raise _ColumnError(OTHERS["version"][0], sentence) from None


def _asked_at(instrument: Instrument, form: Form) -> list[str]:
    """The occasions of a form, its retests among them."""
    return [code for code, one in instrument.occasions.items() if {code, one.asked_as} & set(form.occasions)]


def _named(column: str, written: str, options: Mapping[str, str]) -> str:
    """The code meant, by itself or by its title."""
    named = {name_of(word): code for code, title in options.items() for word in (title, code) if word}
    found = named.get(name_of(written))
    if found is None:
        wrong = f"«{shortened(written)}» non c'è" if written else "manca"
        raise _ColumnError(OTHERS[column][0], f"{wrong}; ci sono {', '.join(options)}")
    return found


def _check_subject(row: ResponseRow, form: Form, occasion: str, beside: Known) -> None:
    """Raise _ColumnError where the study plan asks this form about something else."""
    plan = beside.catalogue.plan() if beside.catalogue.plans else None
    theirs = [
        entry
        for entry in (plan.entries if plan else ())
        if (entry.instrument, entry.form) == (beside.instrument, form.code)
    ]
    then = [entry for entry in theirs if occasion in entry.occasions]
    kinds = {entry.subject for entry in then or theirs}
    if kinds and row.kind not in kinds:
        about = " o ".join(f"{ABOUT[kind]} (colonna {SUBJECTS[kind][0]})" for kind in sorted(kinds))
        raise _ColumnError(SUBJECTS[row.kind][0], f"la scheda {form.code}, {occasion}, riguarda {about}")


def _questionnaire(
    row: ResponseRow,
    subject: Subject,
    instrument: Instrument,
    form: Form,
    occasion: str,
    there: AdministrationRow | None,
) -> Questionnaire:
    context = subject.context.only(instrument.context_fields)
    if there and there.digest == instrument.digest:
        context = context_of(there.context)
    length = row.length or (there.length if there else FULL)
    return Questionnaire(instrument, form.code, _variant(row, form), occasion, context, length)


def _variant(row: ResponseRow, form: Form) -> str:
    if not row.variant and len(form.variants) == 1:
        return form.default_variant
    titles = {code: one.title.removeprefix("versione ") for code, one in form.variants.items()}
    return _named("variant", row.variant.removeprefix("versione "), titles)


def _answers(row: ResponseRow, questionnaire: Questionnaire, wrong: list[Problem]) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for item_id, written in row.cells.items():
        item = questionnaire.asked_by_id.get(item_id)
        if item is None:
            form, occasion = questionnaire.form, questionnaire.occasion
            sentence = f"{item_id}: non si chiede nella scheda {form} alla rilevazione {occasion}"
            wrong.append(Problem(row.line, sentence))
            continue
        try:
            answers[item_id] = read_answer(written, questionnaire.wording(item).format)
        except CellError as error:
            wrong.append(Problem(row.line, f"{item_id}: {error}"))
    if not row.cells:
        wrong.append(Problem(row.line, "non c'è nessuna risposta: togli la riga"))
    return answers


def _against(one: Found, beside: Known) -> Iterator[Problem]:
    """What stands against taking in the answers of a row, in the administration that is there."""
    there = one.there
    if there is None:
        return
    if there.state in CLOSED:
        yield Problem(one.row.line, f"per questo questionario {CLOSED[there.state]}: controlla la riga")
    elif there.state == "open" and there.opened_at:
        yield Problem(one.row.line, "qualcuno ha già cominciato a rispondere sul sito: finisci lì")
    elif there.state == "submitted" and (differs := _differences(one, there, beside.sent[there.id])):
        yield Problem(one.row.line, f"è già stato inviato, e dice altro in: {', '.join(differs)}")


def _differences(one: Found, there: AdministrationRow, sent: Sent) -> list[str]:
    """The columns that say something else than what was sent."""
    pairs: dict[str, tuple[object, object]] = {
        OTHERS["day"][0]: (one.row.day, sent.day),
        OTHERS["variant"][0]: (one.questionnaire.variant, there.variant),
        OTHERS["length"][0]: (one.questionnaire.length, there.length),
    }
    items = dict.fromkeys([*one.answers, *sent.answers])
    pairs |= {item: (one.answers.get(item), sent.answers.get(item)) for item in items}
    return [column for column, (written, kept) in pairs.items() if written != kept]
