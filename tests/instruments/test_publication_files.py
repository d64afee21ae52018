"""What is known of each file, how files are found, and what people declare of a new version."""

from pathlib import Path

import pytest

from surveyapp.instruments.catalogue import CatalogueError, load, publications, record, recorded
from surveyapp.instruments.publication import set_status
from surveyapp.instruments.publication_checks import Declaration, read_declaration
from surveyapp.instruments.publication_files import find, instrument_named
from surveyapp.instruments.publication_record import Publication
from surveyapp.instruments.source import InvalidFileError
from tests.instruments.published_files import (
    DAY,
    SAME,
    TEXT,
    published,
    write,
    write_consent,
    write_module,
    write_version,
)
from tests.instruments.two_versions import FEWER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_version(tmp_path, "0.1.0")
    write_consent(tmp_path, "participant")
    write_consent(tmp_path, "operator")
    record(tmp_path)
    return tmp_path


def test_what_was_declared_is_read_again_as_it_was(folder: Path) -> None:
    done = published(write_version(folder, "0.2.0", TEXT, FEWER), SAME)
    assert publications(folder)["prova/0.2.0.yaml"] == done
    assert publications(folder)["prova/0.1.0.yaml"] == Publication(recorded(folder)["prova/0.1.0.yaml"])


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        '{"prova/0.1.0.yaml": 3}',
        '{"prova/0.1.0.yaml": {"sha256": "x", "boh": 1}}',
        '{"prova/0.1.0.yaml": {"sha256": "x", "status": "boh"}}',
        '{"prova/0.1.0.yaml": {"sha256": "x", "published_on": "domani"}}',
        '{"prova/0.1.0.yaml": {"sha256": "x", "kinds": {"a": "boh"}}}',
        '{"prova/0.1.0.yaml": {"sha256": "x", "comparability": {"A P std": {"level": "boh"}}}}',
        '{"prova/0.1.0.yaml": {"sha256": "x", "comparability": {"A P std": {}}}}',
        '{"prova/0.1.0.yaml": {"sha256": "x", "comparability": {"A": {"level": "equal"}}}}',
    ],
)
def test_a_record_written_by_hand_is_refused(folder: Path, content: str) -> None:
    (folder / "published.json").write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"published\.json non si legge"):
        load(folder)


def test_versions_are_found_by_what_people_write(folder: Path) -> None:
    write_module(folder, "0.1.0")
    write(folder, "modules/prova/0.4.0.yaml", "boh")
    write(folder, "prova/note.yaml", "boh")
    assert find(folder, "prova@0.1.0").name == "prova/0.1.0.yaml"
    assert find(folder, "modules/prova@0.4.0").name == "modules/prova/0.4.0.yaml"
    assert find(folder, "mod@0.1.0").kind == "module"
    assert find(folder, "participant@0.1.0").kind == "consent"


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        ("prva@0.1.0", "«prva» non c'è (volevi dire «prova»?); ci sono: operator, participant, prova"),
        ("qil@0.1.0", "«qil» non c'è; ci sono: operator, participant, prova"),
        ("prova@0.1", "prova 0.1 non c'è (volevi dire «0.1.0»?); versioni: 0.1.0"),
        ("prova", "scrivi anche la versione, come prova@0.1.0"),
    ],
)
def test_near_names_are_proposed(folder: Path, reference: str, sentence: str) -> None:
    with pytest.raises(CatalogueError) as refused:
        find(folder, reference)
    assert str(refused.value) == sentence


def test_an_instrument_is_named_by_its_version_its_path_or_its_id_alone(folder: Path, tmp_path: Path) -> None:
    assert instrument_named(folder, "prova@0.1.0").name == "prova/0.1.0.yaml"
    assert instrument_named(folder, str(folder / "prova/0.1.0.yaml")).name == "prova/0.1.0.yaml"
    elsewhere = write_module(tmp_path / "elsewhere", "0.1.0")
    named = instrument_named(folder, str(elsewhere.path))
    assert (named.folder, named.kind) == (tmp_path / "elsewhere", "module")
    outside = write_version(tmp_path / "elsewhere", "0.3.0")
    assert instrument_named(folder, str(outside.path)).folder == tmp_path / "elsewhere"


def test_an_id_alone_means_the_newest_version_in_use_before_any_draft(folder: Path) -> None:
    draft = write_version(folder, "0.2.0", TEXT)
    write_module(folder, "0.1.0")
    write_module(folder, "0.2.0")
    assert instrument_named(folder, "prova").version == "0.1.0"
    assert instrument_named(folder, "mod").version == "0.2.0"
    published(draft, SAME)
    assert instrument_named(folder, "prova").version == "0.2.0"
    set_status(draft, "retired", DAY)
    assert instrument_named(folder, "prova").version == "0.1.0"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("prva", "«prva» non c'è (volevi dire «prova»?); ci sono: operator, participant, prova"),
        ("prova@0.2.0", "prova 0.2.0 non c'è (volevi dire «0.1.0»?); versioni: 0.1.0"),
        ("operator", "operator 0.1.0 non è uno strumento: non ha domande"),
    ],
)
def test_what_is_no_instrument_is_refused_in_words(folder: Path, name: str, sentence: str) -> None:
    with pytest.raises(CatalogueError) as refused:
        instrument_named(folder, name)
    assert str(refused.value) == sentence


def test_kinds_and_levels_are_read_from_a_file() -> None:
    declaration = read_declaration(
        b"kinds:\n  AUT_BEN1.text.P.std: typo\n  words.il tirocinio: same meaning\n"
        b"comparability:\n  AUT_BEN P std: not comparable\n"
    )
    assert dict(declaration.kinds) == {"AUT_BEN1.text.P.std": "typo", "words.il tirocinio": "same meaning"}
    assert dict(declaration.levels) == {("AUT_BEN", "P", "std"): "not comparable"}
    assert read_declaration(b"kinds: {}") == Declaration({}, {})


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b"kinds:\n  A.text.P.std: refuso\n",
            "«A.text.P.std» può essere solo: typo, same meaning",
        ),
        (b"comparability:\n  A: equal\n", "«A»: servono scala, scheda e versione, come «AUT_BEN P std»"),
        (b"boh: {}\n", "la voce «boh» non è prevista qui"),
        (b"kinds: &a {}\n", "le ancore YAML non sono ammesse"),
    ],
)
def test_a_file_of_kinds_with_problems_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(InvalidFileError) as refused:
        read_declaration(content)
    assert refused.value.problems[0].message.startswith(sentence)
