"""A form as its respondent meets it, to be read only: sections, questions, what is asked when."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from surveyapp.instruments.answers import ResponseFormat
from surveyapp.instruments.model import Item, Section
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.rule import Rule
from surveyapp.instruments.rules import settled
from surveyapp.sheets.words import Names, names_by_id
from surveyapp.web.languages import around, italian, later, ngettext
from surveyapp.web.languages import gettext as _
from surveyapp.web.question_page import QuestionPage, practice_items, question_page
from surveyapp.web.staff.instruments_words import rule_words

WRITTEN_BEFORE = later("[il testo scritto a {}]")
# What is written rather than chosen.
BLANKS: Mapping[str, Callable[[ResponseFormat], str]] = {
    "number": lambda declared: _number(declared),
    "date": lambda _declared: _("Si scrive una data."),
    "text": lambda declared: _text(declared),
}


@dataclass(frozen=True)
class Question:
    """A question with its page, its words here, and notes for who reads the form.

    `blank` says what is written where nothing is chosen.
    """

    id: str
    page: QuestionPage
    text: str
    guide: str
    blank: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A section with the questions asked here; `notes` are on the section as a whole."""

    id: str
    title: str
    notes: tuple[str, ...]
    questions: tuple[Question, ...]


def parts(questionnaire: Questionnaire) -> list[Part]:
    """The sections with anything to ask, those that repeat once."""
    names = names_by_id(questionnaire.instrument, questionnaire.form, questionnaire.variant)
    found = [
        Part(
            section.id,
            section.title,
            tuple(_notes_of_section(questionnaire, section, names)),
            tuple(
                _question(questionnaire, item, tuple(_notes(questionnaire, item, names)))
                for item in section.items
                if _as_asked(questionnaire, item)
            ),
        )
        for section in questionnaire.instrument.sections
    ]
    return [part for part in found if part.questions]


def practice(questionnaire: Questionnaire) -> list[Question]:
    """The questions to try the answers with."""
    return [_question(questionnaire, item, ()) for item in practice_items(questionnaire)]


def _as_asked(questionnaire: Questionnaire, item: Item) -> Item | None:
    """The item as it is asked; of a section that repeats, that of the first record."""
    asked = questionnaire.asked_by_id
    return asked.get(item.id) or asked.get(f"{item.id}.1")


def _question(questionnaire: Questionnaire, written: Item, notes: tuple[str, ...]) -> Question:
    item = _as_asked(questionnaire, written) or written
    page = question_page(questionnaire, item)
    texts = {page.repeats: WRITTEN_BEFORE.format(page.repeats.partition(".")[0])} if page.repeats else {}
    declared = questionnaire.wording(item).format
    blank = BLANKS[declared.kind](declared) if declared.kind in BLANKS else ""
    return Question(written.id, page, page.worded(texts), page.guide(texts), blank, notes)


def _text(declared: ResponseFormat) -> str:
    if declared.lines == 1:
        return _("Si scrive una riga, al massimo %(n)s caratteri.", n=declared.max_length)
    return _("Si scrive un testo, al massimo %(n)s caratteri.", n=declared.max_length)


def _number(declared: ResponseFormat) -> str:
    least, most, unit = declared.least, declared.most, declared.unit
    if not unit:
        return _("Si scrive un numero da %(least)s a %(most)s.", least=least, most=most)
    words = _("Si scrive un numero da {least} a {most} ({unit}).")
    return around(words, least=least, most=most, unit=italian(unit))


def _notes_of_section(questionnaire: Questionnaire, section: Section, names: Names) -> Iterator[str]:
    if section.module:
        yield around(_("È del modulo {module}."), module=italian(section.module))
    if section.repeat:
        yield ngettext(
            "Si ripete, al massimo %(num)s volta: qui sotto è scritta una volta sola.",
            "Si ripete, al massimo %(num)s volte: qui sotto è scritta una volta sola.",
            section.repeat.times,
        )
    if rule := _left(questionnaire, section.show_if):
        yield around(_("Si chiede solo se {rule}."), rule=rule_words(rule, names))


def _notes(questionnaire: Questionnaire, item: Item, names: Names) -> Iterator[str]:
    if rule := _left(questionnaire, item.show_if):
        yield around(_("Si chiede solo se {rule}."), rule=rule_words(rule, names))
    if item.carries:
        words = _("Si chiede solo se a una rilevazione precedente c'è un testo scritto a {}.")
        yield words.format(item.carries)
    if item.reversed:
        yield _("Nel punteggio è inversa.")


def _left(questionnaire: Questionnaire, rule: Rule | None) -> Rule | None:
    """What is left of a rule once the context is known; None where nothing is."""
    left = settled(rule, questionnaire.facts)
    return left if isinstance(left, Rule) else None
