"""The chain of a question, gathered from the database."""

import pytest
from sqlalchemy import Connection, Engine, select

from surveyapp.focus_groups.evidence import chains_of
from surveyapp.focus_groups.ledger import Chain, Ground
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import evidence, excerpts
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.focus_tables import Excerpt
from surveyapp.storage.revision_tables import Decision
from tests.factories import NOW, create_excerpt, create_focus_group
from tests.focus_groups.ledger_rows import (
    CODER,
    ITEM,
    OTHER,
    PLACE,
    create_chain,
    create_coded,
    create_decision,
    create_published,
    create_rating,
)


def chain(connection: Connection, catalogue: Catalogue, viewer: str = "", item: str = ITEM) -> Chain:
    (found,) = chains_of(connection, "aut", [catalogue.newest("aut")], {item: "Regole"}, viewer)
    return found


def test_nothing_is_known_of_a_question_at_first(engine: Engine, catalogue: Catalogue) -> None:
    with reading(engine) as connection:
        found = chain(connection, catalogue)
    assert len(found.wordings) == 2
    assert (*found.said, *found.rated, *found.understood, *found.decided, *found.measured) == ()


def test_words_are_quoted_only_of_who_agreed(engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        made = create_chain(connection)
        found = chain(connection, catalogue)
    assert [(one.excerpt, one.text) for one in found.said] == [
        (made.quoted, "«Regole» non si capisce."),
        (made.silent, ""),
    ]
    (read,) = found.understood
    assert (read.yes, read.partly, read.no, read.meanings) == (0, 1, 1, ("Obbedire.",))


def test_each_audience_is_judged_by_its_own_and_only_what_was_sent_counts(
    engine: Engine, catalogue: Catalogue
) -> None:
    with writing(engine) as connection:
        made = create_chain(connection)
        create_rating(connection, made.round, made.question, 1, "CM", submitted_at=None)
        found = chain(connection, catalogue)
    told = [(one.audience, one.validity.raters, one.validity.agreeing, one.round_id) for one in found.rated]
    assert told == [("CM", 3, 2, made.round), ("COOP", 1, 1, made.round)]
    assert [one.validity.value for one in found.rated] == [pytest.approx(2 / 3), None]


def test_a_decision_tells_what_it_rests_on_and_the_version_that_carries_it_out(
    engine: Engine, catalogue: Catalogue
) -> None:
    with writing(engine) as connection:
        made = create_chain(connection)
        decision = connection.scalar(select(Decision.id))
        assert decision
        create_published(connection, "0.2.0", {PLACE: (decision, "same meaning")})
        (decided,) = chain(connection, catalogue).decided
    assert (decided.code, decided.version) == (made.decision, "aut 0.2.0")
    assert set(decided.evidence) >= {
        Ground("excerpt", str(made.quoted)),
        Ground("rating", str(made.question)),
        Ground("reader_test", str(made.test)),
    }


def test_a_decision_on_something_else_that_changed_the_question_is_told_too(
    engine: Engine, catalogue: Catalogue
) -> None:
    with writing(engine) as connection:
        code = create_decision(connection, [], about="AUT_OCC")
        decision = connection.scalar(select(Decision.id))
        assert decision
        create_published(connection, "0.2.0", {PLACE: (decision, "")})
        assert [one.code for one in chain(connection, catalogue).decided] == [code]
        assert chain(connection, catalogue, item="AUT_OCC4").decided == ()


def test_a_note_drawn_for_a_second_coder_waits_until_it_is_coded_twice(
    engine: Engine, catalogue: Catalogue
) -> None:
    with writing(engine) as connection:
        meeting = create_focus_group(connection)
        made = create_coded(connection, meeting, (CODER,))
        for viewer, said in ((OTHER, 0), ("", 0), (CODER, 1)):
            found = chain(connection, catalogue, viewer)
            assert (len(found.said), found.withheld) == (said, 1 - said), viewer
        excerpts.code(connection, made, OTHER, "AUT_OCC4", "risk", NOW)
        assert len(chain(connection, catalogue, "administrator@study.example").said) == 1


def test_a_note_that_was_not_drawn_does_not_wait(engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        meeting = create_focus_group(connection)
        # With two notes one is drawn: by the digest of its key, this one.
        create_excerpt(connection, meeting, key="drawn-2")
        create_coded(connection, meeting, (CODER,), key="other")
        found = chain(connection, catalogue, OTHER)
        keys = connection.scalars(select(Excerpt.key)).all()
    assert len(keys) == 2
    assert (len(found.said), found.withheld) == (1, 0)


def test_how_much_is_known_is_counted(engine: Engine) -> None:
    with writing(engine) as connection:
        create_chain(connection)
        counts = evidence.counts(connection)
    assert {name: found.get(ITEM) for name, found in counts.items()} == {
        "excerpts": 2,
        "ratings": 5,
        "reader_tests": 2,
        "decisions": 1,
    }
