"""The folder of instruments: what is recorded is for ever, what is not is a draft."""

import json
from pathlib import Path

import pytest

from surveyapp.instruments.catalogue import (
    CatalogueError,
    load,
    problems_of,
    record,
    recorded,
    sha256_of,
)
from tests.instruments.files import SMALL

CONSENT = """\
id: participant
version: 0.1.0
title: Consenso
variants:
  easy:
    information: [Ti facciamo delle domande.]
    accept: Sì
    refuse: No
    talk: Voglio parlarne
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "prova/0.1.0.yaml", SMALL)
    write(tmp_path, "consents/participant/0.1.0.yaml", CONSENT)
    record(tmp_path)
    return tmp_path


def write(folder: Path, name: str, content: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(content, encoding="utf-8")


def write_version(folder: Path, version: str) -> None:
    write(folder, f"prova/{version}.yaml", SMALL.replace("version: 0.1.0", f"version: {version}"))


def put_in_use(folder: Path, version: str) -> None:
    """A later version in use, as a publication leaves it."""
    write_version(folder, version)
    name = f"prova/{version}.yaml"
    known = recorded(folder) | {name: sha256_of(folder / name)}
    (folder / "published.json").write_text(json.dumps(known), encoding="utf-8")


def test_recorded_files_are_loaded_by_id_and_version(folder: Path) -> None:
    catalogue = load(folder)
    assert set(catalogue.instruments) == {("prova", "0.1.0")}
    assert catalogue.consent("participant@0.1.0").title == "Consenso"


def test_an_edited_file_is_refused_by_name(folder: Path) -> None:
    write(folder, "prova/0.1.0.yaml", SMALL.replace("Provo ansia", "Provo paura"))
    with pytest.raises(CatalogueError, match=r"prova/0\.1\.0\.yaml è in uso e non si può cambiare"):
        load(folder)


def test_even_an_added_comment_is_refused(folder: Path) -> None:
    write(folder, "consents/participant/0.1.0.yaml", f"{CONSENT}# nota\n")
    with pytest.raises(CatalogueError, match=r"consents/participant/0\.1\.0\.yaml è in uso"):
        load(folder)


def test_a_missing_file_is_refused_by_name(folder: Path) -> None:
    (folder / "prova/0.1.0.yaml").unlink()
    with pytest.raises(CatalogueError, match=r"prova/0\.1\.0\.yaml è in uso ma il file manca"):
        load(folder)


def test_an_invalid_recorded_file_is_refused(folder: Path) -> None:
    write(folder, "prova/0.1.0.yaml", "")
    sha256_of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    (folder / "published.json").write_text(json.dumps({"prova/0.1.0.yaml": sha256_of_nothing}))
    with pytest.raises(CatalogueError, match=r"prova/0\.1\.0\.yaml:1: il file è vuoto"):
        load(folder)


def test_a_folder_without_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"manca published\.json"):
        load(tmp_path)


def test_a_record_that_is_not_json_is_refused(folder: Path) -> None:
    (folder / "published.json").write_text("<<<<<<< HEAD")
    with pytest.raises(CatalogueError, match=r"published\.json non si legge"):
        load(folder)


def test_a_draft_is_not_loaded(folder: Path) -> None:
    write_version(folder, "0.2.0")
    assert set(load(folder).instruments) == {("prova", "0.1.0")}


def test_the_newest_version_is_the_highest_number(folder: Path) -> None:
    for version in ("0.2.0", "0.10.0"):
        put_in_use(folder, version)
    assert load(folder).newest("prova").version == "0.10.0"


def test_an_unknown_instrument_names_the_known(folder: Path) -> None:
    with pytest.raises(CatalogueError, match="lo strumento «qil» non esiste; strumenti: prova"):
        load(folder).newest("qil")


def test_a_pinned_version_must_be_the_same(folder: Path) -> None:
    catalogue = load(folder)
    instrument = catalogue.newest("prova")
    assert catalogue.pinned("prova", "0.1.0", instrument.digest) is instrument
    with pytest.raises(CatalogueError, match=r"prova 0\.1\.0 è cambiato dopo l'uso"):
        catalogue.pinned("prova", "0.1.0", "0" * 64)
    with pytest.raises(CatalogueError, match=r"prova 0\.3\.0 non è fra i file"):
        catalogue.pinned("prova", "0.3.0", instrument.digest)


def test_an_unknown_consent_is_refused_by_name(folder: Path) -> None:
    for reference in ("participant@9.9.9", "participant", ""):
        with pytest.raises(CatalogueError, match=f"il testo di consenso «{reference}» non esiste"):
            load(folder).consent(reference)


def test_recording_leaves_a_later_draft_a_draft(folder: Path) -> None:
    write_version(folder, "0.2.0")
    assert set(record(folder)) == {"consents/participant/0.1.0.yaml", "prova/0.1.0.yaml"}
    assert set(load(folder).instruments) == {("prova", "0.1.0")}


def test_recording_keeps_what_is_in_use(folder: Path) -> None:
    put_in_use(folder, "0.2.0")
    assert "prova/0.2.0.yaml" in record(folder)


def test_recording_refuses_an_invalid_file(folder: Path) -> None:
    before = recorded(folder)
    write(folder, "prova/0.2.0.yaml", "id: prova\n")
    with pytest.raises(CatalogueError, match=r"prova/0\.2\.0\.yaml:1: manca la voce «formats»"):
        record(folder)
    assert recorded(folder) == before


def test_recording_again_takes_a_changed_first_draft(folder: Path) -> None:
    write(folder, "prova/0.1.0.yaml", SMALL.replace("Provo ansia", "Provo paura"))
    record(folder)
    wording = load(folder).newest("prova").items["PROVA_A2"].wordings["P", "std"]
    assert wording.text == "Provo paura."


def test_recording_refuses_a_changed_later_version(folder: Path) -> None:
    put_in_use(folder, "0.2.0")
    write(folder, "prova/0.2.0.yaml", SMALL.replace("0.1.0\ntitle", "0.2.0\ntitle").replace("ansia", "paura"))
    with pytest.raises(CatalogueError, match=r"prova/0\.2\.0\.yaml è pubblicato e non si può cambiare"):
        record(folder)


def test_recording_refuses_a_lost_later_version(folder: Path) -> None:
    put_in_use(folder, "0.2.0")
    (folder / "prova/0.2.0.yaml").unlink()
    with pytest.raises(CatalogueError, match=r"prova/0\.2\.0\.yaml è pubblicato"):
        record(folder)


@pytest.mark.parametrize("name", ["prova/1.0.0.yaml", "altra/0.1.0.yaml"])
def test_a_file_is_named_after_its_content(folder: Path, name: str) -> None:
    write(folder, name, SMALL)
    (problem,) = problems_of(folder / name)
    assert problem.line == 1
    assert problem.message == f"il file si chiama {name}, ma dentro è prova/0.1.0.yaml"


def test_problems_of_a_consent_are_told_too(folder: Path) -> None:
    write(folder, "consents/participant/0.1.0.yaml", CONSENT.replace("accept: Sì", "accept: Sì, {boh}"))
    (problem,) = problems_of(folder / "consents/participant/0.1.0.yaml")
    assert problem.line == 7


def test_what_is_recorded_can_be_read_by_people(folder: Path) -> None:
    lines = (folder / "published.json").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4
    assert list(recorded(folder)) == ["consents/participant/0.1.0.yaml", "prova/0.1.0.yaml"]


def test_a_folder_without_plan_says_so(folder: Path) -> None:
    with pytest.raises(CatalogueError, match="manca il piano di rilevazione"):
        load(folder).plan()
