"""Files and database hold the same versions; an open path keeps the version that it began with."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, insert

from surveyapp.instruments.catalogue import CatalogueError, load, record
from surveyapp.instruments.plan import VERSION_RULES, Entry
from surveyapp.instruments.publication import set_status
from surveyapp.instruments.publication_files import find
from surveyapp.instruments.rule import Context
from surveyapp.storage import versions as stored
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.tables import Consent, ConsentText
from surveyapp.study.errors import RefusedError
from surveyapp.study.planning import Made, Subject
from surveyapp.study.versions import SHARED, agree, by_plan, first_given, version_for
from tests.conftest import ROOT
from tests.factories import NOW, create_administration
from tests.instruments.published_files import (
    CONSENT,
    DAY,
    published,
    write,
    write_consent,
    write_module,
    write_version,
)

HELP = ("tutor: La persona", "tutor: Chi")
INCLUDE = ("scales:\n", "include:\n  - {module: mod, version: 0.1.0}\n\nscales:\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "instruments")


def make_folder(folder: Path) -> Path:
    write_version(folder, "0.1.0", INCLUDE)
    write_module(folder, "0.1.0")
    write_consent(folder, "participant")
    write_consent(folder, "operator")
    record(folder)
    return folder


def start(engine: Engine, folder: Path) -> int:
    with writing(engine) as connection:
        return agree(connection, folder, load(folder))


def kept(engine: Engine) -> dict[stored.Key, stored.Values]:
    with reading(engine) as connection:
        return stored.kept(connection)


def give(engine: Engine, folder: Path) -> None:
    """Somebody gets a questionnaire."""
    with writing(engine) as connection:
        create_administration(connection, load(folder), instrument="prova", occasion="T0")


def test_every_file_in_use_is_kept_once(engine: Engine, folder: Path) -> None:
    write_version(folder, "0.2.0", INCLUDE)
    assert start(engine, folder) == 4
    assert start(engine, folder) == 0
    assert set(kept(engine)) == {
        ("instrument", "prova", "0.1.0"),
        ("module", "mod", "0.1.0"),
        ("consent", "participant", "0.1.0"),
        ("consent", "operator", "0.1.0"),
    }


def test_the_document_is_what_the_digest_was_taken_of(engine: Engine, folder: Path) -> None:
    start(engine, folder)
    with reading(engine) as connection:
        for key, row in stored.kept(connection).items():
            document = stored.document(connection, key) or ""
            assert sha256(document.encode()).hexdigest() == row["digest"]


def test_the_bundled_files_are_kept_as_they_are(engine: Engine) -> None:
    assert start(engine, ROOT / "instruments") == len(load(ROOT / "instruments").publications)


def test_what_is_known_of_a_version_follows_the_record(engine: Engine, folder: Path) -> None:
    published(write_version(folder, "0.1.1", INCLUDE, HELP))
    start(engine, folder)
    row = kept(engine)["instrument", "prova", "0.1.1"]
    assert [row[name] for name in ("author", "approver", "published_on", "note", "status")] == [
        *("Anna", "Bruno", DAY, "Perché.", "published")
    ]
    set_status(find(folder, "prova@0.1.1"), "retired", DAY)
    assert start(engine, folder) == 0
    assert kept(engine)["instrument", "prova", "0.1.1"]["status"] == "retired"


def test_the_same_version_with_another_content_stops_the_start(
    engine: Engine, folder: Path, tmp_path: Path
) -> None:
    published(write_version(folder, "0.1.1", INCLUDE, HELP))
    start(engine, folder)
    elsewhere = make_folder(tmp_path / "elsewhere")
    published(write_version(elsewhere, "0.1.1", INCLUDE, ("tutor: La persona", "tutor: Colei")))
    with pytest.raises(RefusedError, match=r"^prova/0\.1\.1\.yaml non è quello che questo database conosce"):
        start(engine, elsewhere)


@pytest.mark.parametrize(
    "name", ["prova/0.1.1.yaml", "prova/0.1.0.yaml", "consents/operator/0.1.0.yaml", "modules/mod/0.1.0.yaml"]
)
def test_a_version_that_is_known_cannot_go_away(engine: Engine, folder: Path, name: str) -> None:
    """Neither its file nor its line in the record: what it asked could not be shown any more."""
    published(write_version(folder, "0.1.1", INCLUDE, HELP))
    start(engine, folder)
    catalogue = load(folder)
    without = {known: found for known, found in catalogue.publications.items() if known != name}
    with pytest.raises(RefusedError) as error, writing(engine) as connection:
        agree(connection, folder, replace(catalogue, publications=without))
    sentence = str(error.value)
    assert sentence.startswith(f"{name} non è più fra i file in uso, ma questo database conosce ")
    assert sentence.endswith("rimetti il file com'era, con la sua riga in published.json")


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda folder: write_version(folder, "0.1.0", INCLUDE, HELP), "prova/0.1.0.yaml"),
        (
            lambda folder: write_module(folder, "0.1.0", ("Mi va bene.", "Mi va bene!")),
            "modules/mod/0.1.0.yaml",
        ),
    ],
)
def test_a_first_draft_changes_until_somebody_was_given_it(
    engine: Engine, folder: Path, change: object, name: str
) -> None:
    start(engine, folder)
    before = kept(engine)
    change(folder)  # type: ignore[operator]  # one of two functions above
    record(folder)
    assert start(engine, folder) == 0
    assert kept(engine) != before
    give(engine, folder)
    start(engine, folder)
    write_module(folder, "0.1.0")
    write_version(folder, "0.1.0", INCLUDE)
    record(folder)
    with pytest.raises(RefusedError, match=f"^{name} è cambiato, ma nel database c'è chi ha già ricevuto"):
        start(engine, folder)


def test_a_database_from_before_the_table_is_looked_at_too(engine: Engine, folder: Path) -> None:
    give(engine, folder)
    write_version(folder, "0.1.0", INCLUDE, HELP)
    record(folder)
    with pytest.raises(RefusedError, match=r"^prova/0\.1\.0\.yaml è cambiato"):
        start(engine, folder)
    assert kept(engine) == {}


def test_a_consent_text_somebody_decided_about_does_not_change(engine: Engine, folder: Path) -> None:
    start(engine, folder)
    write(
        folder,
        "consents/operator/0.1.0.yaml",
        CONSENT.format(id="operator", version="0.1.0").replace("Sì", "Va bene"),
    )
    record(folder)
    start(engine, folder)
    with writing(engine) as connection:
        decide(connection, folder)
    write_consent(folder, "operator")
    record(folder)
    with pytest.raises(RefusedError, match=r"^consents/operator/0\.1\.0\.yaml è cambiato"):
        start(engine, folder)


def decide(connection: Connection, folder: Path) -> None:
    """Somebody accepts the text for operators."""
    administration = create_administration(connection, load(folder), instrument="prova", occasion="T0")
    text = {"digest": "c" * 64, "consent": "operator", "version": "0.1.0", "variant": "std", "text": "Sì"}
    connection.execute(insert(ConsentText), text)
    decision = {"administration_id": administration, "text_digest": "c" * 64, "decision": "accepted"}
    connection.execute(insert(Consent), decision | {"decided_at": NOW})


def test_what_was_pinned_of_a_version_without_file_is_left_alone(engine: Engine, folder: Path) -> None:
    with writing(engine) as connection:
        catalogue = load(folder)
        create_administration(connection, catalogue, instrument="prova", occasion="T0", version="0.9.0")
    assert start(engine, folder) == 4


def test_servers_that_start_together_keep_each_version_once(engine: Engine, folder: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(lambda _: start(engine, folder), range(4))) == [0, 0, 0, 4]


@dataclass(frozen=True)
class Earlier:
    """An administration that is there already."""

    id: int
    subject: str
    series: str
    version: str
    instrument: str = "qil"
    begun: bool = True
    state: str = "open"


THERE = [
    Earlier(4, "placement:2", "path:1", "0.2.0"),
    Earlier(1, "path:1", "path:1", "0.1.0"),
    Earlier(2, "placement:1", "path:1", "0.1.5"),
    Earlier(3, "accompaniment:1", "accompaniment:1", "0.1.7"),
    Earlier(5, "path:2", "path:2", "0.9.0", "aut"),
    Earlier(6, "path:3", "path:3", "0.1.0", begun=False),
    Earlier(7, "path:4", "path:4", "0.1.0", begun=False, state="submitted"),
]


@pytest.mark.parametrize(
    ("rule", "subject", "series", "version"),
    [
        pytest.param("path", "path:1", "path:1", "0.1.0", id="a path keeps its first version"),
        pytest.param("path", "placement:9", "path:1", "0.1.0", id="also where a placement is asked about"),
        pytest.param("path", "path:2", "path:2", None, id="another instrument says nothing"),
        pytest.param("path", "path:3", "path:3", None, id="nobody has begun"),
        pytest.param("path", "path:4", "path:4", "0.1.0", id="it came on paper"),
        pytest.param("series", "placement:1", "path:1", "0.1.5", id="a placement keeps its own"),
        pytest.param("series", "placement:2", "path:1", "0.2.0", id="another placement keeps another"),
        pytest.param("series", "placement:3", "path:1", None, id="a new placement begins anew"),
        pytest.param("accompaniment", "accompaniment:1", "accompaniment:1", "0.1.7", id="a company keeps T0"),
        pytest.param("accompaniment", "accompaniment:2", "accompaniment:2", None, id="another company"),
        pytest.param("in_force", "path:1", "path:1", None, id="in force: nothing is kept"),
    ],
)
def test_which_version_an_open_path_gets(rule: str, subject: str, series: str, version: str | None) -> None:
    found = version_for(rule, "qil", subject, series, first_given(THERE))
    assert (found.version if found else None) == version


def test_the_rules_are_those_of_the_plan() -> None:
    assert tuple(SHARED) == VERSION_RULES
    with pytest.raises(KeyError):
        version_for("boh", "qil", "path:1", "path:1", {})


ENTRY = Entry("E", "prova", "P", "path", ("T0",), "path")
PERSON = Subject("path", "path:1", "path:1", "BG-1", {}, Context(), {})


def made(folder: Path, version: str) -> Made:
    instrument = load(folder).instruments["prova", version]
    return Made(
        1,
        "path:1",
        "path:1",
        "prova",
        version,
        instrument.digest,
        "P",
        "T0",
        1,
        1,
        "open",
        None,
        None,
        None,
        True,
    )


def test_the_plan_gives_what_is_in_force_and_keeps_it(folder: Path) -> None:
    published(write_version(folder, "0.1.1", INCLUDE, HELP), on=DAY)
    catalogue = load(folder)
    assert by_plan(catalogue, [], DAY)(ENTRY, PERSON).version == "0.1.1"
    assert by_plan(catalogue, [], DAY - timedelta(1))(ENTRY, PERSON).version == "0.1.0"
    there = [made(folder, "0.1.0")]
    assert by_plan(catalogue, there, DAY)(ENTRY, PERSON).version == "0.1.0"
    assert by_plan(catalogue, there, DAY)(replace(ENTRY, version="in_force"), PERSON).version == "0.1.1"


def test_a_path_keeps_a_retired_version_and_a_new_one_does_not_get_it(folder: Path) -> None:
    published(write_version(folder, "0.1.1", INCLUDE, HELP), on=DAY)
    set_status(find(folder, "prova@0.1.0"), "retired", DAY)
    catalogue, there = load(folder), [made(folder, "0.1.0")]
    assert by_plan(catalogue, there, DAY)(ENTRY, PERSON).version == "0.1.0"
    assert by_plan(catalogue, [], DAY)(ENTRY, PERSON).version == "0.1.1"


def test_a_pinned_version_that_changed_is_refused(folder: Path) -> None:
    there = [replace(made(folder, "0.1.0"), digest="0" * 64)]
    with pytest.raises(CatalogueError, match="è cambiato dopo l'uso"):
        by_plan(load(folder), there, date(2026, 12, 1))(ENTRY, PERSON)
