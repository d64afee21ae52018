"""An invented meeting with everything in it, and words that no file may hold."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, insert

from surveyapp.storage import decisions
from surveyapp.storage.excerpts import add_criterion, code
from surveyapp.storage.focus_tables import FocusVersion, Rating, ReaderTest, Vote
from tests.factories import NOW, create_excerpt, create_focus_group, create_focus_participant
from tests.focus_groups.factories import create_clarity, create_rater, create_relevance, create_round

TODAY = date(2026, 11, 27)
# Words that must stay in the database: of who did not accept, of nobody, with a name, of judges and readers.
CANARIES = (
    "zafferano proibito",
    "cinabro senza voce",
    "lavanda di Martina",
    "ginepro del giudice",
    "mirtillo del lettore",
    "P-SEGRETO",
    "L-SEGRETO",
    "ente-segreto",
    "anna@study.example",
)
QUOTED = "Il tutor fa la differenza quando c'è tempo per spiegare due volte."
FIRST, SECOND = "anna@study.example", "bruna@study.example"


def create_whole_meeting(connection: Connection) -> int:
    """FG2, held, with its notes, codes, votes, judgements, decisions and readers."""
    meeting = create_focus_group(
        connection,
        code="FG2",
        title="Criteri delle cooperative",
        held_on=date(2026, 11, 20),
        place="Milano, sala riunioni",
        moderator="una ricercatrice",
        observer="un osservatore",
        minutes=115,
        recorded=True,
        closed_at=NOW,
    )
    connection.execute(
        insert(FocusVersion),
        {"focus_group_id": meeting, "instrument": "aut", "version": "0.1.0"},
    )
    people = _people(connection, meeting)
    notes = _notes(connection, meeting, people)
    _votes(connection, meeting, people)
    question = _round(connection, meeting)
    _readers(connection, meeting)
    _decisions(connection, notes, question)
    return meeting


def _people(connection: Connection, meeting: int) -> list[int]:
    """Six of cooperatives, four of consortia; two of them did not accept to be quoted."""
    rows: list[dict[str, Any]] = [
        {"role": "coop di tipo B" if number < 6 else "consorzio", "quotable": number not in (5, 7)}
        for number in range(10)
    ]
    return [
        create_focus_participant(
            connection,
            meeting,
            code=f"P-SEGRETO{number}",
            recordable=True,
            organisation="ente-segreto",
            **row,
        )
        for number, row in enumerate(rows)
    ]


def _notes(connection: Connection, meeting: int, people: list[int]) -> list[int]:
    add_criterion(connection, "N-1", "Tempo per spiegare", meeting, NOW)
    said = (
        (QUOTED, people[0], (("N-1", "new_criterion"), ("QIL_BEN1", "confirmation"))),
        ("Serve lo zafferano proibito.", people[5], (("N-1", "risk"),)),
        ("Un cinabro senza voce.", None, (("QIL_BEN1", "context"),)),
        ("La lavanda di Martina aiuta.", people[1], (("QIL_BEN1", "good_practice"),)),
        ("Le parole della domanda 3 sono difficili.", people[6], (("AUT_OCC3", "wording"),)),
        ("Nessuno lo ha codificato.", people[2], ()),
    )
    found = []
    for number, (text, speaker, codes) in enumerate(said, 1):
        note = create_excerpt(
            connection, meeting, position=number, text=text, speaker_id=speaker, minute=number
        )
        found.append(note)
        for criterion, kind in codes:
            code(connection, note, FIRST, criterion, kind, NOW)
    for criterion, kind in said[0][2]:
        code(connection, found[0], SECOND, criterion, kind, NOW)
    code(connection, found[4], SECOND, "QIL_BEN1", "wording", NOW)
    return found


def _votes(connection: Connection, meeting: int, people: list[int]) -> None:
    for person in people[:6]:
        for criterion, points in (("QIL_BEN1", 3), ("N-1", 2)):
            row = {"focus_group_id": meeting, "participant_id": person}
            connection.execute(insert(Vote), row | {"criterion": criterion, "points": points})
    row = {"focus_group_id": meeting, "participant_id": people[6], "criterion": "N-1", "points": 5}
    connection.execute(insert(Vote), row)


def _round(connection: Connection, meeting: int) -> int:
    made = create_round(connection, meeting, title="Rilevanza e parole")
    relevance, clarity = create_relevance(connection, made), create_clarity(connection, made)
    for audience, values, sent in (("CM", "44444424", NOW), ("COOP", "4422", NOW), ("COOP", "1", None)):
        for value in values:
            rater, _token = create_rater(
                connection, made, audience=audience, submitted_at=sent, organisation="ente-segreto"
            )
            for question, comment in ((relevance, "Il ginepro del giudice."), (clarity, "")):
                row = {"rater_id": rater, "question_id": question, "revision": 1, "rated_at": NOW}
                connection.execute(insert(Rating), row | {"value": int(value), "comment": comment})
    return relevance


def _readers(connection: Connection, meeting: int) -> None:
    create_focus_participant(connection, meeting, code="L-SEGRETO1", role="persona", quotable=True)
    tests = (
        ("L-SEGRETO1", "yes", "Che so che cosa fare."),
        ("L-SEGRETO2", "partly", "Il mirtillo del lettore."),
        ("L-SEGRETO3", "no", ""),
    )
    for reader, understood, meaning in tests:
        wording = {
            "instrument": "aut",
            "version": "0.1.0",
            "item": "AUT_OCC3",
            "form": "P",
            "variant": "easy",
        }
        row = {"focus_group_id": meeting, "reader": reader, "understood": understood, "meaning": meaning}
        about = {"written_by": "anna@study.example", "written_at": NOW}
        connection.execute(insert(ReaderTest), {**wording, **row, **about})


def _decisions(connection: Connection, notes: list[int], question: int) -> None:
    about = {"instrument": "aut", "object_kind": "item", "proposed_by": FIRST, "proposed_at": NOW}
    grounds = [("excerpt", str(notes[4])), ("note", "lo dicono anche i lettori")]
    taken = decisions.propose(connection, grounds, object_id="AUT_OCC3", proposal="Altre parole.", **about)
    decisions.decide(connection, taken, "accepted", "Troppo difficile.", FIRST, date(2026, 11, 21))
    rating = [("rating", str(question))]
    later = decisions.propose(connection, rating, object_id="AUT_OCC3", proposal="Un esempio.", **about)
    decisions.decide(
        connection, later, "postponed", "Si aspetta il prossimo incontro.", FIRST, date(2026, 11, 21)
    )
    decisions.propose(connection, rating, object_id="AUT_OCC4", proposal="Togliere la domanda.", **about)
    decisions.propose(connection, [("note", "altrove")], object_id="AUT_BEN1", proposal="Di altri.", **about)
