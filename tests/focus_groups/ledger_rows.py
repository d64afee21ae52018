"""Something of every kind about one question, as a whole revision leaves it, for tests."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Instrument, Item
from surveyapp.instruments.publication_record import Publication
from surveyapp.storage import decisions, excerpts, item_statistics
from surveyapp.storage.focus_tables import Rating, ReaderTest
from surveyapp.storage.revision_tables import Decision, Draft, DraftReason
from tests.factories import NOW, create_excerpt, create_focus_group, create_focus_participant
from tests.focus_groups.factories import create_clarity, create_rater, create_round

ITEM = "AUT_OCC3"
PLACE = f"{ITEM}.text.P.easy"
NOW_WORDED = "Riesci a seguire le regole al lavoro?"
CODER, OTHER = "socialis@study.example", "lead_partner@study.example"


@dataclass(frozen=True)
class Rows:
    """The ids of what was made."""

    meeting: int
    quoted: int
    silent: int
    round: int
    question: int
    test: int
    decision: str


def create_chain(connection: Connection, code: str = "FG3") -> Rows:
    """A meeting with two notes coded twice, a round judged by four, a reader, a decision on all of them."""
    meeting = create_focus_group(connection, code=code, held_on=date(2026, 12, 10))
    speaker = create_focus_participant(connection, meeting, code="P1", quotable=True)
    quoted = create_coded(connection, meeting, text="«Regole» non si capisce.", speaker_id=speaker)
    silent = create_coded(connection, meeting, text="Non lo direi fuori di qui.", position=2)
    judged = create_round(connection, meeting, title="Chiarezza")
    question = create_clarity(connection, judged)
    for value, audience in ((4, "CM"), (3, "CM"), (2, "CM"), (4, "COOP"), (None, "COOP")):
        create_rating(connection, judged, question, value, audience)
    test = create_test(connection, meeting, "P1", "partly", "Obbedire.")
    create_test(connection, meeting, "P9", "no", "Non lo so.")
    grounds = [
        ("excerpt", str(quoted)),
        ("rating", str(question)),
        ("reader_test", str(test)),
        ("note", "FG2"),
    ]
    decision = create_decision(connection, grounds)
    return Rows(meeting, quoted, silent, judged, question, test, decision)


def create_coded(
    connection: Connection, meeting: int, coders: tuple[str, ...] = (CODER, OTHER), **values: Any
) -> int:
    """A note that some people say is about the question."""
    made = create_excerpt(connection, meeting, **values)
    for coder in coders:
        excerpts.code(connection, made, coder, ITEM, "wording", NOW)
    return made


def create_rating(
    connection: Connection, round_id: int, question: int, value: int | None, audience: str, **values: Any
) -> int:
    """A judgement of somebody new, who has sent."""
    rater, _token = create_rater(connection, round_id, audience=audience, **{"submitted_at": NOW} | values)
    row = {"rater_id": rater, "question_id": question, "revision": 1, "value": value, "rated_at": NOW}
    connection.execute(insert(Rating), [row])
    return rater


def create_test(connection: Connection, meeting: int, reader: str, understood: str, meaning: str) -> int:
    """What a reader understood of the easy wording."""
    wording = {"instrument": "aut", "version": "0.1.0", "item": ITEM, "form": "P", "variant": "easy"}
    said = {"reader": reader, "understood": understood, "meaning": meaning}
    row = {"focus_group_id": meeting, "written_by": CODER, "written_at": NOW, **wording, **said}
    return int(connection.execute(insert(ReaderTest).values(row).returning(ReaderTest.id)).scalar_one())


def create_decision(connection: Connection, grounds: list[tuple[str, str]], about: str = ITEM) -> str:
    """An accepted decision; its code."""
    proposed = {"instrument": "aut", "object_kind": "item", "object_id": about, "proposal": "Altre parole."}
    code = decisions.propose(connection, grounds, **proposed, proposed_by=CODER, proposed_at=NOW)
    decisions.decide(connection, code, "accepted", "Tre su otto non la capiscono.", OTHER, date(2026, 12, 20))
    return code


def create_published(connection: Connection, version: str, reasons: dict[str, tuple[int, str]]) -> int:
    """A draft of the self-assessment that was published, with the decision and kind behind each place."""
    row = {
        "kind": "instrument",
        "instrument": "aut",
        "based_on": "0.1.0",
        "based_on_digest": "",
        "version": version,
        "document": "",
        "status": "published",
        "author": CODER,
        "approver": OTHER,
        "opened_at": NOW,
        "changed_at": NOW,
        "closed_at": NOW,
    }
    draft = int(connection.execute(insert(Draft).values(row).returning(Draft.id)).scalar_one())
    about = [
        {"draft_id": draft, "place": place, "decision_id": decision, "kind": kind}
        for place, (decision, kind) in reasons.items()
    ]
    if about:
        connection.execute(insert(DraftReason), about)
    return draft


def create_numbers(connection: Connection) -> None:
    """What a validation report says of the question: enough answers in one variant, too few in the other."""
    here = {"item": ITEM, "version": "0.1.0", "form": "P", "length": "", "occasion": "EXANTE", "scale": ""}
    easy, std = here | {"variant": "easy"}, here | {"variant": "std"}
    scaled = easy | {"scale": "AUT_OCC"}
    rows = [
        easy | {"statistic": "missing", "value": 5, "n": 95},
        easy | {"statistic": "not_known", "value": 4, "n": 95},
        easy | {"statistic": "floor", "value": 18, "n": 90},
        easy | {"statistic": "ceiling", "value": 45, "n": 90},
        scaled | {"statistic": "item_rest", "value": 0.414, "n": 90},
        scaled | {"statistic": "alpha_if_dropped", "value": 0.72, "n": 85},
        scaled | {"occasion": "EXANTE-EXPOST", "statistic": "scale_change", "value": -0.5, "n": 40},
        std | {"statistic": "missing", "value": 1, "n": 7},
        std | {"statistic": "floor", "value": None, "n": 6},
    ]
    item_statistics.keep(connection, "aut", rows, "d" * 64, NOW)


def reworded(instrument: Instrument, version: str, text: str) -> Instrument:
    """The next version, with another easy wording of the item."""

    def item(one: Item) -> Item:
        words = dict(one.wordings)
        words["P", "easy"] = replace(words["P", "easy"], text=text)
        return replace(one, wordings=words) if one.id == ITEM else one

    sections = tuple(replace(one, items=tuple(map(item, one.items))) for one in instrument.sections)
    return replace(instrument, version=version, sections=sections)


def two_versions(catalogue: Catalogue) -> Catalogue:
    """The same instruments, with a second version of the self-assessment: other words and another title."""
    second = replace(reworded(catalogue.newest("aut"), "0.2.0", NOW_WORDED), title="Come va")
    told = Publication("", author="Anna", approver="Bruno", note="Dopo FG3", previous="0.1.0")
    return replace(
        catalogue,
        instruments={**catalogue.instruments, ("aut", "0.2.0"): second},
        publications={**catalogue.publications, "aut/0.2.0.yaml": told},
    )


def create_second_version(connection: Connection) -> Rows:
    """Everything about the question, and the draft that carried its decision out in the second version."""
    made = create_chain(connection)
    decision = connection.scalar(select(Decision.id).where(Decision.code == made.decision))
    assert decision
    create_published(connection, "0.2.0", {PLACE: (decision, "same meaning")})
    return made
