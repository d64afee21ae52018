"""Dependent interviewing: what an inventory told before is confirmed or corrected, never asked again."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.tables import Answer
from tests.factories import create_link, create_path
from tests.web import inventories
from tests.web.conftest import Ask
from tests.web.inventories import create_company
from tests.web.page import Page
from tests.web.pages import send, visit, words
from tests.web.sections import filled, problems, questions, save, saved

RIGHT = "È giusto quello che è stato detto?"
TODAY = {"ACC_I09.1": "1", "ACC_I14.1": "4"}
FACTS = ("ACC_I04.1", "ACC_I02.1", "ACC_I03.1", "ACC_I05.1", "ACC_I06.1", "ACC_I07.1", "ACC_I08.1")

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def company(engine: Engine, catalogue: Catalogue) -> int:
    with writing(engine) as connection:
        return create_company(connection, catalogue)


@pytest.fixture
def now(client: FlaskClient, engine: Engine, company: int) -> Page:
    """Its first page at T2."""
    return opened(client, engine, company)


@pytest.fixture
def first(client: FlaskClient, now: Page) -> Page:
    """The page of the first accommodation, told at the end of the accompaniment."""
    return save(client, now, {"ACC_Q1": "1"})


def opened(client: FlaskClient, engine: Engine, administration: int) -> Page:
    with writing(engine) as connection:
        token = create_link(connection, administration)
    return send(client, visit(client, f"/r/{token}"))


def stored(engine: Engine, administration: int, *items: str) -> dict[str, Any]:
    with reading(engine) as connection:
        return inventories.stored(connection, administration, *items)


def told(page: Page) -> dict[str, str]:
    """What the page says was told before."""
    lists = list(page.main.iter("dl"))
    return {words(one.find("dt")): words(one.find("dd")) for one in lists[0]} if lists else {}


def test_a_known_record_shows_what_was_said_and_asks_whether_it_is_right(first: Page) -> None:
    assert first.h1 == "Gli adattamenti, numero 1"
    assert "Detto l'altra volta «Pause più lunghe»" in first.words
    assert told(first) == {
        "Che cosa riguarda?": "Orario e pause",
        "A che livello è l'adattamento?": "Organizzativo (resta per chiunque)",
        "Chi ha proposto l'adattamento?": "Non so",
        "Alla fine dell'accompagnamento, l'adattamento era realizzato?": "Realizzato",
        "Da quando c'è?": "01/03/2026",
        "Quanto è costato?": "Nessun costo",
    }
    assert questions(first) == [
        RIGHT,
        "«Pause più lunghe»: com'è oggi?",
        "«Pause più lunghe»: l'adattamento ci è stato utile.",
    ]
    assert first.checked == []


def test_what_is_confirmed_is_an_answer_of_now(
    client: FlaskClient, engine: Engine, company: int, first: Page
) -> None:
    assert stored(engine, company, *FACTS) == dict.fromkeys(FACTS)
    page = save(client, first, {"confirm": "yes", **TODAY})
    assert list(stored(engine, company, *FACTS).values()) == [
        "Pause più lunghe",
        1,
        2,
        "NS",
        1,
        "2026-03-01",
        0,
    ]
    assert RIGHT not in questions(page)
    assert "Detto l'altra volta e ricontrollato adesso" in page.words
    with reading(engine) as connection:
        query = select(Answer.mode, Answer.revision).where(Answer.administration_id == company).distinct()
        assert [tuple(row) for row in connection.execute(query)] == [("self", 1)]


def test_confirming_twice_adds_nothing(
    client: FlaskClient, engine: Engine, company: int, first: Page
) -> None:
    save(client, first, {"confirm": "yes", **TODAY})
    before = stored(engine, company)
    save(client, first, {"confirm": "yes", **TODAY})
    assert stored(engine, company) == before


def test_not_saying_is_asked_once_and_confirms_nothing(
    client: FlaskClient, engine: Engine, company: int, first: Page
) -> None:
    page = save(client, first, TODAY)
    assert problems(page) == [f"{RIGHT} – Manca la risposta."]
    more = save(client, page)
    assert questions(more)[2:5] == [
        "«Pause più lunghe»: chi lo mantiene oggi?",
        "«Pause più lunghe»: è previsto anche per i prossimi 12 mesi?",
        "«Pause più lunghe»: è scritto in una procedura, in un accordo o in un mansionario?",
    ]
    assert stored(engine, company, *FACTS) == dict.fromkeys(FACTS)


def test_questions_that_came_up_stand_on_the_same_page(client: FlaskClient, first: Page) -> None:
    page = save(client, first, {"confirm": "yes", **TODAY})
    assert page.h1 == first.h1
    assert "Ora c'è da rispondere anche a queste domande:" in page.words
    reply = saved(client, first, {"confirm": "yes", **TODAY})
    assert "#ACC_I10.1-a1" in reply.location
    after = save(client, page, {"ACC_I10.1": "1", "ACC_I11.1": "1", "ACC_I12.1": "2"})
    assert after.h1 == "Gli adattamenti, numero 2"


def test_what_leaves_the_path_is_neither_asked_nor_counted(
    client: FlaskClient, engine: Engine, company: int, first: Page
) -> None:
    page = save(client, first, {"confirm": "yes", **TODAY})
    # The accommodation lapsed after all: who keeps it up is no question any more, even if it was answered.
    after = save(client, page, {"ACC_I09.1": "6", "ACC_I10.1": "1"})
    assert after.h1 == "Gli adattamenti, numero 2"
    back = visit(client, after.links["Torna indietro"])
    assert "chi lo mantiene oggi" not in back.words


def test_what_is_corrected_is_filled_in_and_says_so(client: FlaskClient, first: Page) -> None:
    page = save(client, first, {"confirm": "no", **TODAY})
    assert questions(page)[0] == "Descrivete l'adattamento in poche parole."
    assert filled(page)["answer.ACC_I04.1"] == ["Pause più lunghe"]
    assert filled(page)["answer.ACC_I07.1"] == ["01/03/2026"]
    assert filled(page)["answer.ACC_I05.1"] == ["NS"]
    assert page.words.count("Detto l'altra volta: ") == len(FACTS)
    assert "Detto l'altra volta: Orario e pause" in page.words


def test_a_correction_counts_from_here_on(
    client: FlaskClient, engine: Engine, company: int, first: Page
) -> None:
    page = save(client, first, {"confirm": "no"})
    page = save(client, page, {"ACC_I04.1": "Pause quando servono", "ACC_I03.1": "1"})
    assert stored(engine, company, "ACC_I04.1", "ACC_I03.1", "ACC_I02.1") == {
        "ACC_I04.1": "Pause quando servono",
        "ACC_I03.1": 1,
        "ACC_I02.1": 1,
    }
    assert questions(page) == [
        "«Pause quando servono»: com'è oggi?",
        "«Pause quando servono»: l'adattamento ci è stato utile.",
    ]
    # Corrected once more: it had never been carried out, so nothing is asked of today.
    again = visit(client, page.links["Correggi quello che è stato detto"])
    assert filled(again)["answer.ACC_I04.1"] == ["Pause quando servono"]
    assert save(client, again, {"ACC_I06.1": "3"}).h1 == "Gli adattamenti, numero 2"


def test_a_correction_can_bring_questions_back(client: FlaskClient, now: Page) -> None:
    third = visit(client, skip_to(client, now, "INV.3"))
    assert questions(third) == [RIGHT]
    page = save(client, save(client, third, {"confirm": "no"}), {"ACC_I06.3": "1"})
    assert questions(page)[0] == "«Uno schermo più grande»: com'è oggi?"


def test_a_fact_that_is_emptied_stays_as_it_was(
    client: FlaskClient, engine: Engine, company: int, first: Page
) -> None:
    page = save(client, first, {"confirm": "no"})
    save(client, page, {"ACC_I04.1": "", "ACC_I07.1": ""})
    assert stored(engine, company, "ACC_I04.1", "ACC_I07.1", "ACC_I02.1") == {
        "ACC_I04.1": None,
        "ACC_I07.1": None,
        "ACC_I02.1": 1,
    }


def test_a_wrong_correction_loses_no_other(
    client: FlaskClient, engine: Engine, company: int, first: Page
) -> None:
    page = save(client, first, {"confirm": "no"})
    wrong = save(client, page, {"ACC_I07.1": "ieri", "ACC_I02.1": "3"}, status=422)
    assert len(problems(wrong)) == 1
    assert stored(engine, company, "ACC_I02.1", "ACC_I07.1") == {"ACC_I02.1": 3, "ACC_I07.1": None}
    save(client, wrong, {"ACC_I07.1": "2/4/2026"})
    assert stored(engine, company, "ACC_I07.1") == {"ACC_I07.1": "2026-04-02"}


def test_a_correction_and_a_confirmation_at_once_are_a_correction(
    client: FlaskClient, engine: Engine, company: int, first: Page
) -> None:
    page = save(client, first, {"confirm": "no"})
    save(client, page, {"confirm": "yes", "ACC_I02.1": "3"})
    assert stored(engine, company, "ACC_I02.1") == {"ACC_I02.1": 3}


def test_a_new_record_starts_empty(client: FlaskClient, engine: Engine, company: int, now: Page) -> None:
    gate = visit(client, skip_to(client, now, "INV.4"))
    assert questions(gate) == ["C'è un adattamento da descrivere?"]
    assert gate.checked == []
    page = save(client, gate, {"ACC_I01.4": "1"})
    assert page.h1 == "Gli adattamenti, numero 4"
    page = save(
        client, page, {"ACC_I04.4": "Un armadietto", "ACC_I02.4": "3", "ACC_I03.4": "1", "ACC_I05.4": "1"}
    )
    assert "«Un armadietto»: da quando c'è?" in page.words


def test_a_long_record_goes_on_to_a_second_page(client: FlaskClient, now: Page) -> None:
    gate = visit(client, skip_to(client, now, "INV.4"))
    page = save(client, save(client, save(client, gate, {"ACC_I01.4": "1"})))
    assert page.path.partition("?")[0].endswith("/parte/INV.4-2")
    assert page.h1 == "Gli adattamenti, numero 4"
    assert "Parte 2 di 5, continua" in page.words


def test_a_long_section_is_two_parts(client: FlaskClient, now: Page) -> None:
    page = visit(client, skip_to(client, now, "AFTER"))
    assert "Parte 4 di 5" in page.words
    second = visit(client, skip_to(client, now, "AFTER-2"))
    assert second.title == "Dopo l'accompagnamento – Parte 5 di 5, continua – OpenSource in Rete"


def test_measures_start_empty(client: FlaskClient, now: Page) -> None:
    page = visit(client, skip_to(client, now, "CUL"))
    assert page.checked == []
    assert "Detto l'altra volta" not in page.words


def test_the_review_lists_what_was_confirmed(
    client: FlaskClient, engine: Engine, company: int, first: Page
) -> None:
    page = save(client, first, {"confirm": "yes", "ACC_I09.1": "6", "ACC_I14.1": "4"})
    review = visit(client, skip_to(client, page, None))
    assert "«Pause più lunghe»: che cosa riguarda?Orario e pause" in review.words
    assert "«Un tutor in reparto»: che cosa riguarda?" not in review.words
    assert 'id="grazie"' in send(client, review).text


def test_what_was_corrected_is_what_was_told_the_next_time(
    client: FlaskClient, engine: Engine, catalogue: Catalogue
) -> None:
    with writing(engine) as connection:
        again = create_company(connection, catalogue, occasion="T2", number=1)
        later = inventories.repeated(connection, catalogue, again)
    first = save(client, opened(client, engine, again), {"ACC_Q1": "1"})
    page = save(client, save(client, first, {"confirm": "no"}), {"ACC_I04.1": "Pause quando servono"})
    send(client, visit(client, skip_to(client, page, None)))
    first = save(client, opened(client, engine, later), {"ACC_Q1": "1"})
    assert "Detto l'altra volta «Pause quando servono»" in first.words


def skip_to(client: FlaskClient, page: Page, name: str | None) -> str:
    """The address of a part, everything before it left empty; without a name, of the review."""
    for _ in range(60):
        address = page.path.partition("?")[0]
        if address.endswith(f"/parte/{name}" if name else "/riepilogo"):
            return address
        page = save(client, page)
    raise AssertionError(f"{name} never came")


def test_a_question_that_is_asked_again_is_filled_in(
    app: Flask, kinds_client: FlaskClient, engine: Engine, ask: Ask, start: Ask
) -> None:
    with writing(engine) as connection:
        path = create_path(connection)
    page = send(kinds_client, start("C", path_id=path))
    for answers in (
        {"KINDS_MUN": "1"},
        {"KINDS_INT": "1"},
        {"KINDS_TXN": "Niente"},
        {"KINDS_R1.1": "1"},
        {"KINDS_R2.1": "Un tutor", "KINDS_R3.1": "1/2/2026"},
        {"KINDS_R1.2": "2"},
        {"KINDS_END": "Niente"},
    ):
        page = save(kinds_client, page, answers)
    send(kinds_client, page)
    skipped = ("KINDS_MUN", "KINDS_INT", "KINDS_TXN")
    later = send(kinds_client, start("C", path_id=path, occasion="T1", skip=skipped))
    assert questions(later) == [RIGHT, "«Un tutor»: da quando c'è?"]
    assert filled(later)["answer.KINDS_R3.1"] == ["01/02/2026"]
    assert "Detto l'altra volta: 01/02/2026" in later.words
    assert dates(engine) == ["2026-02-01"]
    save(kinds_client, later, {"confirm": "yes"})
    assert dates(engine) == ["2026-02-01", "2026-02-01"]


def dates(engine: Engine) -> list[str | None]:
    with reading(engine) as connection:
        query = select(Answer.text).where(Answer.item == "KINDS_R3.1").order_by(Answer.id)
        return list(connection.execute(query).scalars())
