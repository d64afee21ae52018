"""A company with an inventory: three accommodations told when the accompaniment ended, asked again later."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.tables import Administration, Answer
from tests.factories import (
    NOW,
    create_accompaniment,
    create_administration,
    create_answer,
    create_organisation,
)

SENT: Mapping[str, Any] = {"state": "submitted", "variant": "std", "closed_at": NOW}
# What was told of each record: words, and whether it had been carried out (1 yes, 3 no).
TOLD = (("Pause più lunghe", 1), ("Un tutor in reparto", 1), ("Uno schermo più grande", 3))


def create_company(connection: Connection, catalogue: Catalogue, **values: Any) -> int:
    """A company that told its inventory at T1 (and its culture), and is asked again at T2 (or as given)."""
    of_company = values.pop("organisation", {})
    organisation = create_organisation(connection, **of_company)
    invented = of_company.get("demonstration", False)
    accompaniment = create_accompaniment(connection, organisation_id=organisation, demonstration=invented)
    about = {"instrument": "acc", "form": "C", "accompaniment_id": accompaniment}
    told = create_administration(connection, catalogue, **about, occasion="T1", **SENT)
    for number, (words, done) in enumerate(TOLD, 1):
        _tell(connection, told, number, words, done)
    create_answer(connection, told, "ACC_I01.4", value=2)
    create_answer(connection, told, "ACC_CUL1", value=3)
    return create_administration(connection, catalogue, **{**about, "occasion": "T2", **values})


def _tell(connection: Connection, administration: int, number: int, words: str, done: int) -> None:
    given: dict[str, dict[str, Any]] = {
        "ACC_I01": {"value": 1},
        "ACC_I04": {"text": words},
        "ACC_I02": {"value": number},
        "ACC_I03": {"value": 2},
        "ACC_I05": {"reason": "NS"},
        "ACC_I06": {"value": done},
    }
    if done == 1:
        given |= {"ACC_I07": {"text": "2026-03-01"}, "ACC_I08": {"value": 0}}
    for item, answer in given.items():
        create_answer(connection, administration, f"{item}.{number}", **answer)


def stored(connection: Connection, administration: int, *items: str) -> dict[str, Any]:
    """The current answers of an administration by item: value, text or reason."""
    query = (
        select(Answer.item, Answer.value, Answer.text, Answer.reason)
        .where(Answer.administration_id == administration)
        .order_by(Answer.revision)
    )
    found = {
        row.item: next(one for one in (row.value, row.text, row.reason) if one is not None)
        for row in connection.execute(query)
    }
    return {item: found.get(item) for item in items} if items else found


def repeated(connection: Connection, catalogue: Catalogue, administration: int) -> int:
    """The same questionnaire about the same company, once more."""
    about = select(Administration.accompaniment_id).where(Administration.id == administration)
    accompaniment = connection.execute(about).scalar_one()
    values = {"instrument": "acc", "form": "C", "occasion": "T2", "number": 2}
    return create_administration(connection, catalogue, accompaniment_id=accompaniment, **values)
