"""A questionnaire as a form on paper: what stands on it, in order; the template only lays it out."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveyapp.instruments.consents import ConsentText, filled
from surveyapp.instruments.path import Questionnaire
from surveyapp.sheets.choices import Choice, options
from surveyapp.sheets.labels import LENGTHS
from surveyapp.sheets.paper_parts import Block, Sheet
from surveyapp.sheets.question import Piece, pieces
from surveyapp.sheets.transcription import key


@dataclass(frozen=True)
class Consent:
    """Information and the boxes to tick, gaps filled or left as lines to write on."""

    information: tuple[tuple[Piece, ...], ...]
    boxes: tuple[tuple[Piece, ...], ...]
    optional: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class Practice:
    """A question to try the answers with."""

    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Paper:
    """One form on paper. `easy` asks for larger type; `to_person` speaks to who answers.

    `key` are the codes of the answers for who transcribes them, where they do not stand beside the options.
    """

    title: str
    about: str
    footer: str
    minutes: int
    count: int
    easy: bool
    to_person: bool
    codes: tuple[str, ...]
    consent: Consent
    practice: tuple[Practice, ...]
    blocks: tuple[Block, ...]
    key: tuple[str, ...] = ()

    @property
    def prepared(self) -> bool:
        """Whether something must be written on it before it is given out."""
        blank = any(
            piece.kind == "blank" for block in self.blocks for one in block.questions for piece in one.text
        )
        return blank or any(block.prepared for block in self.blocks)


def paper(
    questionnaire: Questionnaire, consent: ConsentText, gaps: Mapping[str, str], codes: tuple[str, ...]
) -> Paper:
    """The form of a questionnaire.

    `gaps` fill the consent text (what nobody filled becomes a line to write on), `codes` name the codes to
    write on the first page.
    """
    sheet = Sheet(questionnaire)
    form = questionnaire.instrument.forms[questionnaire.form]
    blocks, easy = tuple(sheet.blocks()), questionnaire.variant == "easy"
    return Paper(
        title=form.title,
        about=_about(questionnaire),
        footer=footer(questionnaire),
        minutes=questionnaire.minutes,
        count=len(sheet.numbers),
        easy=easy,
        to_person=sheet.to_person,
        codes=codes,
        consent=_consent(consent, gaps),
        practice=tuple(
            Practice(one.text, options(one.format)) for one in form.practice.get(questionnaire.variant, ())
        ),
        blocks=blocks,
        key=key(one for block in blocks for one in block.questions) if easy else (),
    )


def _about(asked: Questionnaire) -> str:
    instrument = asked.instrument
    variants = instrument.forms[asked.form].variants
    told = [instrument.occasions[asked.occasion].title]
    told += [variants[asked.variant].title] if len(variants) > 1 else []
    told += [f"scheda {LENGTHS[asked.length].lower()}"] if asked.length != "full" else []
    return ", ".join(told)


def footer(asked: Questionnaire) -> str:
    """What stands at the foot of each page: which questionnaire it is, for who types it afterwards."""
    found = asked.instrument
    return f"{found.id} {found.version} · {found.digest[:12]} · {asked.form} {asked.variant} {asked.occasion}"


def _consent(text: ConsentText, gaps: Mapping[str, str]) -> Consent:
    def written(lines: tuple[str, ...]) -> tuple[tuple[Piece, ...], ...]:
        return tuple(pieces(filled(line, gaps), lambda _name: Piece("blank")) for line in lines)

    return Consent(
        written(text.information),
        written((text.accept, text.refuse, text.talk)),
        written(tuple(text.optional.values())),
    )
