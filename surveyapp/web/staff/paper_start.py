"""The first page of a sheet: its day, its version, how it was filled in, the consent that is ticked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import render_template, request
from sqlalchemy import Connection

from surveyapp.collection.paper import Agreed, Declared, in_variant, noon_of
from surveyapp.collection.response import Response
from surveyapp.instruments.consents import filled
from surveyapp.sheets.paper import footer
from surveyapp.storage import paper as stored
from surveyapp.study.cells import CellError, day
from surveyapp.web.languages import around, italian
from surveyapp.web.languages import gettext as _
from surveyapp.web.pages import gaps
from surveyapp.web.services import now, services
from surveyapp.web.staff import paper_words
from surveyapp.web.staff.pages import today_here
from surveyapp.web.staff.paper_opened import OnPaper, consent_of, consent_text, printed_text


@dataclass(frozen=True)
class Start:
    """The fields of the page as they were filled in; what is not known was dropped."""

    day: str = ""
    variant: str = ""
    mode: str = ""
    helper: str = ""
    help_kinds: tuple[str, ...] = ()
    decision: str = ""
    optional: tuple[str, ...] = ()

    @property
    def filled_on(self) -> date | None:
        """The day of the sheet; None when that is no date."""
        try:
            return day(self.day)
        except CellError:
            return None


def sent(response: Response) -> Start:
    """What the page sent."""
    form = request.form
    start = Start(
        day=form.get("day", "").strip(),
        variant=_known(form.get("variant", ""), response.form.variants),
        mode=_known(form.get("mode", ""), paper_words.MODES),
        helper=_known(form.get("helper", ""), paper_words.HELPERS),
        help_kinds=tuple(kind for kind in paper_words.HELP_KINDS if kind in form.getlist("help_kinds")),
        decision=form.get("decision", ""),
        optional=tuple(code for code in _optional(response) if code in form.getlist("optional")),
    )
    only = next(iter(response.form.variants)) if len(response.form.variants) == 1 else start.variant
    # Only the form of a person asks how it was filled in.
    return replace(start, variant=only, mode=start.mode if response.is_participants else "paper")


def proposed(connection: Connection, on_paper: OnPaper) -> Start:
    """What stands on the page at first: what was written before, else the version that the path keeps."""
    response, sheet = on_paper.response, on_paper.sheet
    if sheet is None:
        kept = response.variant_is_kept or len(response.form.variants) == 1
        return Start(variant=response.questionnaire.variant if kept else "")
    last = stored.last_consent(connection, response.administration_id)
    return Start(
        day=f"{sheet.filled_on:%d/%m/%Y}",
        variant=response.questionnaire.variant,
        mode=response.answering.mode or "",
        helper=response.answering.helper or "",
        help_kinds=stored.help_kinds(connection, response.administration_id),
        decision=paper_words.ACCEPTED if last and last.decision == "accepted" else "",
        optional=tuple(filter(None, last.optional.split(","))) if last else (),
    )


def errors(start: Start, response: Response, *, variant_is_fixed: bool) -> Mapping[str, str]:
    """What is wrong, by field: the sentence to show."""
    found = dict(_problems(start, response, variant_is_fixed))
    return {field: paper_words.ERRORS[words] for field, words in found.items()}


def declared(start: Start) -> Declared:
    """What the sheet says, once there are no errors."""
    moment = noon_of(start.filled_on or today_here(), services().settings.time_zone)
    return Declared(moment, start.variant, start.mode, start.helper or None, start.help_kinds)


def agreed(start: Start, response: Response) -> Agreed:
    """The consent that is ticked, with its text in the version printed."""
    printed = in_variant(response, start.variant)
    offered = consent_text(printed).optional
    ticked = tuple(code for code in start.optional if code in offered)
    return Agreed(consent_of(printed), printed_text(printed), ticked)


def shown(connection: Connection, on_paper: OnPaper, start: Start, wrong: Mapping[str, str]) -> str:
    """The page."""
    response = on_paper.response
    return render_template(
        "staff/paper_start.html",
        line=on_paper.line,
        response=response,
        begun=on_paper.sheet is not None,
        start=start,
        errors=wrong,
        words=paper_words,
        variants=_printed(response),
        decisions=_decisions(response),
        optional=_optional(response),
        elsewhere=len(stored.given_elsewhere(connection, response.administration_id)),
        live=stored.live_links(connection, response.administration_id, now()),
    )


def variant_is_fixed(connection: Connection, response: Response) -> bool:
    """Whether answers were typed already: they belong to the version in which they were typed."""
    return bool(stored.readings(connection, response.administration_id, 1))


def _problems(start: Start, response: Response, variant_is_fixed: bool) -> Iterator[tuple[str, str]]:
    if start.filled_on is None:
        yield "day", "no_day"
    elif start.filled_on > today_here():
        yield "day", "future"
    if not start.variant:
        yield "variant", "no_variant"
    elif variant_is_fixed and start.variant != response.questionnaire.variant:
        yield "variant", "variant_kept"
    yield from _of_decision(start)


def _of_decision(start: Start) -> Iterator[tuple[str, str]]:
    """A sheet with a no need not say how it was filled in."""
    if start.decision not in (paper_words.ACCEPTED, paper_words.REFUSED):
        yield "decision", "not_agreed" if start.decision == paper_words.NOTHING else "no_decision"
    elif start.decision == paper_words.ACCEPTED and not start.mode:
        yield "mode", "no_mode"
    elif start.mode == "self" and (start.helper or start.help_kinds):
        yield "mode", "alone_with_help"


def _known(value: str, options: Mapping[str, Any]) -> str:
    return value if value in options else ""


def _printed(response: Response) -> dict[str, str]:
    """Each version with what stands at the foot of its sheets."""
    return {
        code: italian(f"{variant.title.capitalize()}: {footer(in_variant(response, code).questionnaire)}")
        for code, variant in response.form.variants.items()
    }


def _decisions(response: Response) -> dict[str, str]:
    text, ticked = consent_text(response), _("Su «{words}»")
    return {
        paper_words.ACCEPTED: around(ticked, words=italian(text.accept)),
        paper_words.REFUSED: around(ticked, words=italian(text.refuse)),
        paper_words.NOTHING: paper_words.NOT_TICKED,
    }


def _optional(response: Response) -> dict[str, str]:
    """The optional consents of every version, each in the words of the one that has it first."""
    found: dict[str, str] = {}
    for variant in response.form.variants:
        for code, words in consent_text(in_variant(response, variant)).optional.items():
            found.setdefault(code, italian(filled(words, gaps())))
    return found
