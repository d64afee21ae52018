"""The demonstration is the same each time, looks real, and goes away without a trace."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path as FilePath

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, func, select

from surveyapp.collection.safeguarding import raise_alert
from surveyapp.instruments.answers import SKIPPED, Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.path import Questionnaire, first_unanswered, path
from surveyapp.scoring.scores import keyed_values
from surveyapp.settings import DEMONSTRATION_GAPS
from surveyapp.storage import register as stored
from surveyapp.storage import schema
from surveyapp.storage.alert_tables import Alert
from surveyapp.storage.answering import carried_answers
from surveyapp.storage.engine import open_engine, reading, writing
from surveyapp.storage.responses import administrations, submitted_answers
from surveyapp.storage.tables import Answer as AnswerRow
from surveyapp.storage.tables import Base, Consent, ConsentText, Person
from surveyapp.study import demonstration
from surveyapp.study.errors import RefusedError
from surveyapp.study.people_cells import PersonRow
from surveyapp.study.register import import_people
from tests.study.conftest import NOW

Response = tuple[Questionnaire, dict[str, Answer], dict[str, Answer]]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Engine]:
    """One demonstration for the tests that only look at it."""
    engine = new_database(tmp_path_factory.mktemp("demonstration"))
    with writing(engine) as connection:
        demonstration.fill(connection, catalogue, NOW)
    yield engine
    engine.dispose()


def new_database(folder: FilePath) -> Engine:
    engine = open_engine(f"sqlite:///{folder / 'demonstration.db'}")
    schema.upgrade(engine)
    return engine


@pytest.fixture(scope="module")
def people(filled: Engine) -> pd.DataFrame:
    """What the people of the two territories of the trial were asked themselves, once."""
    with reading(filled) as connection:
        found = pd.DataFrame(administrations(connection, "aut"))
    theirs = found.person_code.str.fullmatch(r"DEMO-(BG|CR)-\d{3}")
    return found[theirs & (found.form == "P") & (found.occasion != "RETEST")]


@pytest.fixture(scope="module")
def answers(filled: Engine, people: pd.DataFrame) -> pd.DataFrame:
    with reading(filled) as connection:
        given = pd.DataFrame(submitted_answers(connection, "aut"))
    about = people[["id", "key", "path_id", "person_code", "occasion", "opened_at", "closed_at"]]
    return given.merge(about, left_on="administration_id", right_on="id")


@pytest.fixture(scope="module")
def responses(filled: Engine, people: pd.DataFrame, catalogue: Catalogue) -> list[Response]:
    """Each submitted response as the pure core sees it."""
    given: dict[int, dict[str, Answer]] = defaultdict(dict)
    with reading(filled) as connection:
        for row in submitted_answers(connection, "aut"):
            given[row.administration_id][row.item] = Answer(row.value, row.text, row.reason)
        return [
            (questionnaire, given[row.id], carried_answers(connection, row.subject, questionnaire))
            for row in administrations(connection, "aut")
            if row.id in given and row.id in set(people.id)
            for questionnaire in [Questionnaire(catalogue.newest("aut"), "P", row.variant, row.occasion)]
        ]


def keyed(responses: list[Response]) -> pd.DataFrame:
    """Values with reversed items turned round, one row a response."""
    rows = [
        {
            "variant": questionnaire.variant,
            "occasion": questionnaire.occasion,
            **keyed_values(questionnaire, given, carried),
        }
        for questionnaire, given, carried in responses
    ]
    return pd.DataFrame(rows)


def alpha(items: pd.DataFrame) -> float:
    complete = items.dropna()
    count = complete.shape[1]
    return float(count / (count - 1) * (1 - complete.var().sum() / complete.sum(axis=1).var()))


def test_sixty_people_of_each_territory_are_invented(people: pd.DataFrame) -> None:
    codes = people.drop_duplicates("person_code")
    assert codes.groupby(["province", "ambito"]).size().to_dict() == {
        ("Bergamo", ""): 60,
        ("Cremona", "Cremona"): 60,
    }
    assert codes.demonstration.all()
    assert codes.person_code.str.fullmatch(r"DEMO-(BG|CR)-\d{3}").all()


def test_one_in_ten_does_not_answer_at_the_end(people: pd.DataFrame) -> None:
    states = people.groupby(["occasion", "state"]).size().to_dict()
    assert states == {
        ("EXANTE", "submitted"): 120,
        ("EXPOST", "open"): 12,
        ("EXPOST", "submitted"): 108,
        ("FU6", "open"): 120,
    }


def test_paths_run_in_the_months_of_the_first_trial(people: pd.DataFrame) -> None:
    assert people.started_on.between(date(2026, 6, 1), date(2026, 8, 31)).all()
    assert people.ended_on.between(date(2026, 9, 1), date(2026, 11, 30)).all()
    assert people[people.occasion == "FU6"].due_from.min() > date(2027, 1, 1)


def test_a_few_responses_are_late_and_none_is_to_come(people: pd.DataFrame) -> None:
    closed = people[people.state == "submitted"]
    late = closed.closed_at.dt.date > closed.due_to
    assert 3 <= late.sum() <= 20
    assert (closed.closed_at.dt.date <= closed.late_to).all()
    assert (closed.opened_at.dt.date >= closed.due_from).all()
    assert closed.closed_at.max() < NOW


def test_answers_come_one_after_the_other(answers: pd.DataFrame) -> None:
    for _, rows in answers.groupby("administration_id"):
        assert rows.answered_at.is_monotonic_increasing
        assert rows.opened_at.iloc[0] < rows.answered_at.min()
        assert rows.answered_at.max() < rows.closed_at.iloc[0]


def test_most_people_choose_the_easy_version(people: pd.DataFrame) -> None:
    share = (people[people.occasion == "EXANTE"].variant == "easy").mean()
    assert 0.6 < share < 0.8


def test_every_answer_is_offered_by_its_format(responses: list[Response]) -> None:
    for questionnaire, given, carried in responses:
        for item in path(questionnaire, given, carried):
            asked = questionnaire.wording(item).format
            allowed = {Answer(value=option.code) for option in asked.options}
            allowed |= {Answer(reason=reason) for reason in (*asked.no_value, SKIPPED)}
            written = given[item.id].text
            assert given[item.id] in allowed or (asked.kind == "text" and written)
            assert len(written or "") <= asked.max_length or asked.kind != "text"


def test_exactly_the_items_on_the_path_are_answered(responses: list[Response]) -> None:
    for questionnaire, given, carried in responses:
        asked = path(questionnaire, given, carried)
        assert first_unanswered(asked, given) is None
        assert set(given) == {item.id for item in asked}


def test_reliability_looks_real(responses: list[Response], catalogue: Catalogue) -> None:
    table = keyed(responses)
    for scale in catalogue.newest("aut").scales:
        if scale.method != "pomp_mean":
            continue
        for (_, occasion), rows in table.groupby(["variant", "occasion"]):
            if scale.id != "AUT_PDV" or occasion == "EXPOST":
                assert 0.65 < alpha(rows[list(scale.items)]) < 0.9


def test_most_people_improve_and_some_worsen(answers: pd.DataFrame) -> None:
    table = answers.assign(value=answers.value.astype(float))
    scored = table[table.item.str.contains("BEN[1245]|OCC|AUD[1234]|INC[1234]")]
    means = scored.pivot_table(index="person_code", columns="occasion", values="value", aggfunc="mean")
    change = (means["EXPOST"] - means["EXANTE"]).dropna()
    assert 0.55 < (change > 0).mean() < 0.85
    assert (change < 0).mean() > 0.1
    gates = table[table.item.isin(["AUT_MIG0A", "AUT_MIG0B"])].value.value_counts()
    assert gates[1.0] > gates[0.0] > 0
    assert gates[-1.0] > 5


def test_perceived_improvement_follows_the_change(answers: pd.DataFrame) -> None:
    wide = answers.pivot(index=["person_code", "occasion"], columns="item", values="value").reset_index()
    after = wide[wide.occasion == "EXPOST"]
    numbers = after[["AUT_MIG1", "AUT_MIG2", "AUT_MIG3", "AUT_MIG4"]].astype(float).mean(axis=1)
    assert 7 < numbers.mean() < 8
    assert 0.15 < (numbers > 8).mean() < 0.5
    by_gate = after.astype({"AUT_MIG3": float}).groupby("AUT_MIG0A").AUT_MIG3.mean()
    assert by_gate[-1.0] < by_gate[0.0] < by_gate[1.0]


def test_few_answers_are_missing_more_at_some_items(answers: pd.DataFrame) -> None:
    closed = answers[~answers.item.str.contains("OB[123]|ASP|TXT|OBR")]
    missing = closed.groupby("item").value.apply(lambda values: values.isna().mean())
    assert 0.01 < missing.mean() < 0.07
    assert missing.max() > 2 * missing.median() or missing.max() - missing.min() > 0.04


def test_people_write_many_different_sentences(answers: pd.DataFrame) -> None:
    for pattern in ("OB[123]", "ASP1", "TXT1", "TXT2"):
        written = answers[answers.item.str.contains(f"AUT_{pattern}$")].text.dropna()
        assert written.nunique() >= 18


def test_every_response_has_the_consent_as_shown(filled: Engine, answers: pd.DataFrame) -> None:
    with reading(filled) as connection:
        query = select(Consent.administration_id, Consent.decision, ConsentText.text).join(ConsentText)
        consents = connection.execute(query).all()
    assert {row.administration_id for row in consents} >= set(answers.administration_id)
    assert {row.decision for row in consents} == {"accepted"}
    gaps = (DEMONSTRATION_GAPS["nome"], DEMONSTRATION_GAPS["titolare"])
    theirs = [row for row in consents if row.administration_id in set(answers.administration_id)]
    assert all(any(gap in row.text for gap in gaps) for row in theirs)


def test_the_same_seed_gives_the_same_database(
    tmp_path: FilePath, filled: Engine, catalogue: Catalogue
) -> None:
    again = new_database(tmp_path)
    with writing(again) as connection:
        demonstration.fill(connection, catalogue, NOW + timedelta(3))
    assert exported(again) == exported(filled)
    again.dispose()


def test_another_seed_gives_other_answers(tmp_path: FilePath, filled: Engine, catalogue: Catalogue) -> None:
    other = new_database(tmp_path)
    with writing(other) as connection:
        demonstration.fill(connection, catalogue, NOW, seed=1)
    assert exported(other) != exported(filled)
    other.dispose()


def exported(engine: Engine) -> list[tuple[object, ...]]:
    with reading(engine) as connection:
        rows = [*administrations(connection, "aut"), *submitted_answers(connection, "aut")]
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("database", ["sqlite"])
def test_the_summary_counts_what_is_there(connection: Connection, catalogue: Catalogue) -> None:
    summary = demonstration.fill(connection, catalogue, NOW)
    assert summary.people == 120 + 27
    assert summary.administrations > summary.submitted > 1000
    assert summary.answers > len(submitted_answers(connection, "aut"))
    assert stored.holds_demonstration(connection)
    assert not stored.holds_real_people(connection)


def test_a_database_with_people_is_not_filled(connection: Connection, catalogue: Catalogue) -> None:
    import_people(connection, catalogue, [PersonRow(2, "BG-1", "Bergamo", "", date(2026, 6, 1))], NOW)
    with pytest.raises(RefusedError, match="database vuoto"):
        demonstration.fill(connection, catalogue, NOW)


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_demonstration_is_not_filled_twice(connection: Connection, catalogue: Catalogue) -> None:
    demonstration.fill(connection, catalogue, NOW)
    with pytest.raises(RefusedError, match="--clear"):
        demonstration.fill(connection, catalogue, NOW)


def test_clearing_leaves_nothing_behind(connection: Connection, catalogue: Catalogue) -> None:
    demonstration.fill(connection, catalogue, NOW)
    assert demonstration.clear(connection) == 147
    for table in Base.metadata.sorted_tables:
        assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0
    assert demonstration.fill(connection, catalogue, NOW).people == 147


def test_clearing_takes_alerts_along(connection: Connection, catalogue: Catalogue) -> None:
    demonstration.fill(connection, catalogue, NOW)
    answer = connection.execute(select(AnswerRow.__table__).limit(1)).one()
    raise_alert(connection, answer.administration_id, "by_staff", answer.item, answer.revision, NOW)
    assert demonstration.clear(connection) == 147
    assert connection.execute(select(func.count()).select_from(Alert)).scalar_one() == 0


def test_clearing_deletes_no_real_person(connection: Connection, catalogue: Catalogue) -> None:
    import_people(connection, catalogue, [PersonRow(2, "BG-1", "Bergamo", "", date(2026, 6, 1))], NOW)
    assert demonstration.clear(connection) == 0
    assert connection.execute(select(Person.code)).scalars().all() == ["BG-1"]
    assert {row.person_code for row in administrations(connection, "aut")} == {"BG-1"}
