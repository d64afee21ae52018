"""A version comes into use through two people, once, and stays for ever."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from surveyapp.instruments.catalogue import (
    load,
    record,
    recorded,
    sha256_of,
)
from surveyapp.instruments.publication import (
    Declaration,
    PublicationRefusedError,
    comparability,
    publish,
    set_status,
)
from surveyapp.instruments.publication_files import find
from tests.instruments.published_files import (
    CONSENT,
    DAY,
    NOTHING,
    SAME,
    TEXT,
    TYPO,
    approved,
    published,
    signed,
    write,
    write_consent,
    write_module,
    write_version,
)
from tests.instruments.two_versions import FEWER, ITEMS, line_of

A4 = (ITEMS, ITEMS.replace(", PROVA_A4, PROVA_A5", ""))
MINIMUM = ("min_valid_at: {T0: {P: 4}}", "min_valid_at: {T0: {P: 3}}")
STD = ("PROVA_A", "P", "std")
HELP = ("tutor: La persona", "tutor: Chi")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_version(tmp_path, "0.1.0")
    write_consent(tmp_path, "participant")
    write_consent(tmp_path, "operator")
    record(tmp_path)
    return tmp_path


def refusals(folder: Path, version: str, *, declaration: Declaration = NOTHING, **said: str) -> list[str]:
    with pytest.raises(PublicationRefusedError) as refused:
        publish(find(folder, version), signed(**said), declaration)  # type: ignore[arg-type]  # texts only
    return refused.value.problems


def test_a_version_goes_from_draft_to_use(folder: Path) -> None:
    version = write_version(folder, "0.2.0", TEXT)
    assert version.status() == "draft"
    set_status(version, "in_review", DAY)
    assert version.status() == "in_review"
    set_status(version, "approved", DAY)
    assert set(load(folder).instruments) == {("prova", "0.1.0")}
    done = publish(version, signed(" Anna ", "Bruno", "Domanda più chiara."), SAME)
    assert load(folder).newest("prova").version == "0.2.0"
    assert load(folder).publications["prova/0.2.0.yaml"] == done
    assert (done.author, done.approver, done.note) == ("Anna", "Bruno", "Domanda più chiara.")
    assert (done.published_on, done.previous, dict(done.kinds)) == (DAY, "0.1.0", dict(SAME.kinds))
    assert done.comparability[STD].level == "to justify"
    assert done.comparability["PROVA_A", "P", "easy"].level == "equal"


@pytest.mark.parametrize(
    ("statuses", "sentence"),
    [
        (["approved"], "prova 0.1.1 è in bozza: il passo che segue è «in_review»"),
        (["in_review", "retired"], "prova 0.1.1 è in revisione: il passo che segue è «approved»"),
        (["in_review", "in_review"], "prova 0.1.1 è in revisione: il passo che segue è «approved»"),
        (["in_review", "approved", "in_review"], "prova 0.1.1 è approvata: il passo che segue è «published»"),
        (["published"], "una versione si mette in uso con «surveyapp instruments publish»"),
    ],
)
def test_statuses_go_one_step_on(folder: Path, statuses: list[str], sentence: str) -> None:
    version = write_version(folder, "0.1.1", HELP)
    for status in statuses[:-1]:
        set_status(version, status, DAY)
    with pytest.raises(PublicationRefusedError) as refused:
        set_status(version, statuses[-1], DAY)
    assert refused.value.problems == [sentence]


def test_a_file_changed_after_its_approval_is_a_draft_again(folder: Path) -> None:
    version = approved(write_version(folder, "0.1.1", HELP))
    assert version.status() == "approved"
    write_version(folder, "0.1.1", ("tutor: La persona", "tutor: Colei"))
    assert version.status() == "draft"
    assert any("prima di pubblicarla va approvata" in one for one in refusals(folder, "prova@0.1.1"))
    set_status(version, "in_review", DAY)


def test_a_file_with_problems_is_not_reviewed(folder: Path) -> None:
    version = write_version(folder, "0.1.1", ("kind: reflective", "kind: boh"))
    with pytest.raises(PublicationRefusedError, match=r"prova/0\.1\.1\.yaml:\d+: «kind» può essere solo"):
        set_status(version, "in_review", DAY)


def test_every_reason_is_told_at_once(folder: Path) -> None:
    write_version(folder, "0.1.1", TEXT, MINIMUM)
    problems = refusals(folder, "prova@0.1.1", author="Anna Rossi", approver=" anna  ROSSI", note="x")
    assert problems == [
        "prova 0.1.1 è in bozza: prima di pubblicarla va approvata"
        " (surveyapp instruments status prova@0.1.1 ...)",
        "chi scrive e chi approva sono persone diverse, e qui è due volte «Anna Rossi»",
        "PROVA_A2, scheda P, versione std: il testo cambia da «Provo ansia.» a «Provo ansia o agitazione.»:"
        " scrivi di che tipo è, PROVA_A2.text.P.std: typo / same meaning / new meaning",
        "la versione 0.1.1 è un passo troppo piccolo: serve almeno 0.2.0 (MAJOR)",
    ]
    assert "prova/0.1.1.yaml" not in recorded(folder)


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({"author": " "}, "manca: chi ha scritto"),
        ({"approver": "", "note": ""}, "manca: chi approva, la nota"),
    ],
)
def test_two_people_and_a_note_are_needed(folder: Path, said: dict[str, str], missing: str) -> None:
    approved(write_version(folder, "0.1.1", HELP))
    assert refusals(folder, "prova@0.1.1", **said) == [missing]


def test_a_new_meaning_needs_a_new_id(folder: Path) -> None:
    approved(write_version(folder, "0.2.0", TEXT))
    declaration = Declaration({"PROVA_A2.text.P.std": "new meaning"})
    (problem,) = refusals(folder, "prova@0.2.0", declaration=declaration)
    assert problem.endswith("un significato nuovo vuole un id nuovo (PROVA_A2.text.P.std)")


def test_a_typo_needs_only_a_patch(folder: Path) -> None:
    done = published(write_version(folder, "0.1.1", TEXT), TYPO)
    assert {row.level for row in done.comparability.values()} == {"equal"}


def test_a_kind_for_a_text_that_did_not_change_is_told_with_what_was_meant(folder: Path) -> None:
    approved(write_version(folder, "0.1.1", TEXT))
    declaration = Declaration({**TYPO.kinds, "PROVA_A2.text.P.st": "typo"})
    assert refusals(folder, "prova@0.1.1", declaration=declaration) == [
        "PROVA_A2.text.P.st: qui nessun testo è cambiato (volevi dire «PROVA_A2.text.P.std»?)"
    ]


def test_what_is_in_use_is_not_published_again(folder: Path) -> None:
    assert refusals(folder, "prova@0.1.0") == [
        "prova 0.1.0 è già in uso: per cambiare qualcosa serve una versione nuova"
    ]


def test_a_version_must_be_above_the_last(folder: Path) -> None:
    published(write_version(folder, "0.3.0", HELP))
    approved(write_version(folder, "0.2.0"))
    assert refusals(folder, "prova@0.2.0") == [
        "la versione 0.2.0 viene prima di 0.3.0, già uscita: serve più alta"
    ]


def test_a_changed_published_file_stops_every_publication(folder: Path) -> None:
    version = approved(write_version(folder, "0.1.1", HELP))
    write(folder, "consents/participant/0.1.0.yaml", CONSENT.replace("Sì", "Va bene"))
    assert refusals(folder, f"prova@{version.version}") == [
        "consents/participant/0.1.0.yaml è in uso e non si può cambiare: rimetti il file com'era"
    ]


def test_a_file_with_problems_is_not_published(folder: Path) -> None:
    write_version(folder, "0.1.1", ("kind: reflective", "kind: boh"))
    problems = refusals(folder, "prova@0.1.1")
    assert problems[0].startswith("prova/0.1.1.yaml:")


def test_what_a_version_uses_is_in_use_before_it(folder: Path) -> None:
    write_consent(folder, "participant", "0.2.0")
    write_module(folder, "0.1.0")
    include = ("scales:\n", "include:\n  - {module: mod, version: 0.1.0}\n\nscales:\n")
    approved(write_version(folder, "0.2.0", ("participant@0.1.0", "participant@0.2.0"), include))
    assert refusals(folder, "prova@0.2.0") == [
        "prova 0.2.0 usa modules/mod/0.1.0.yaml, che non è in uso: pubblica prima quello",
        "prova 0.2.0 usa consents/participant/0.2.0.yaml, che non è in uso: pubblica prima quello",
    ]
    published(find(folder, "participant@0.2.0"))
    published(find(folder, "modules/mod@0.1.0"))
    publish(find(folder, "prova@0.2.0"), signed(), NOTHING)
    assert "MOD_1" in load(folder).newest("prova").items


def test_a_text_of_a_module_is_declared_once(folder: Path) -> None:
    def include(version: str) -> tuple[str, str]:
        return ("scales:\n", f"include:\n  - {{module: mod, version: {version}}}\n\nscales:\n")

    published(write_module(folder, "0.1.0"))
    published(write_version(folder, "0.2.0", include("0.1.0")))
    declaration = Declaration({"MOD_1.text.P.std": "typo"})
    published(write_module(folder, "0.1.1", ("Mi va bene.", "Mi va bene!")), declaration)
    done = published(write_version(folder, "0.2.1", include("0.1.1")))
    assert done.comparability["MOD_S", "P", "std"].level == "equal"
    assert dict(done.kinds) == dict(declaration.kinds)


def test_an_id_that_was_taken_away_does_not_come_back_as_another_question(folder: Path) -> None:
    line = line_of("PROVA_B3")
    published(write_version(folder, "0.2.0", (line, "")))
    approved(write_version(folder, "0.3.0", ("std: Ore?", "std: Giorni?")))
    assert refusals(folder, "prova@0.3.0") == [
        "PROVA_B3 era un'altra domanda nella versione 0.1.0, poi tolta: un id non si usa due volte,"
        " serve un id nuovo"
    ]
    published(write_version(folder, "0.3.0"))


def test_levels_may_be_lowered_and_never_raised(folder: Path) -> None:
    approved(write_version(folder, "0.2.0", TEXT))
    raised = Declaration(SAME.kinds, {STD: "equal", ("PROVA_A", "P", "stt"): "to justify"})
    assert refusals(folder, "prova@0.2.0", declaration=raised) == [
        "PROVA_A P std: è da motivare e non può diventare uguale",
        "PROVA_A P stt: questa scala, scheda e versione non c'è (volevi dire «PROVA_A P std» o"
        " «PROVA_B P std»?)",
    ]
    lowered = Declaration(SAME.kinds, {STD: "not comparable"})
    done = publish(find(folder, "prova@0.2.0"), signed(), lowered)
    assert done.comparability[STD].level == "not comparable"
    assert done.comparability[STD].reasons[-1] == "livello abbassato da chi pubblica"
    assert comparability(load(folder), "prova", "0.1.0", "0.2.0")[STD].level == "not comparable"


def test_versions_far_apart_are_compared_over_the_whole_way(folder: Path) -> None:
    published(write_version(folder, "0.2.0", FEWER, MINIMUM))
    published(write_version(folder, "0.3.0", A4, MINIMUM))
    catalogue = load(folder)
    near = comparability(catalogue, "prova", "0.2.0", "0.3.0")[STD]
    far = comparability(catalogue, "prova", "0.3.0", "0.1.0")[STD]
    assert (near.level, len(near.common)) == ("to justify", 4 - 1)
    assert (far.level, far.common) == ("to justify", ("PROVA_A1", "PROVA_A2", "PROVA_A3"))
    assert comparability(catalogue, "prova", "0.2.0", "0.2.0")[STD].level == "equal"


def test_a_typo_declared_on_the_way_stays_a_typo(folder: Path) -> None:
    published(write_version(folder, "0.1.1", TEXT), TYPO)
    published(write_version(folder, "0.1.2", TEXT, HELP))
    catalogue = load(folder)
    assert comparability(catalogue, "prova", "0.1.0", "0.1.2")[STD].level == "equal"
    published(write_version(folder, "0.2.0", (TEXT[0], "std: Ho ansia., easy")), SAME)
    assert comparability(load(folder), "prova", "0.1.0", "0.2.0")[STD].level == "to justify"


def test_a_version_never_published_this_way_is_compared_by_its_files(folder: Path) -> None:
    version = write_version(folder, "0.2.0", TEXT)
    known = recorded(folder) | {"prova/0.2.0.yaml": sha256_of(version.path)}
    (folder / "published.json").write_text(json.dumps(known), encoding="utf-8")
    assert comparability(load(folder), "prova", "0.1.0", "0.2.0")[STD].level == "to justify"


def test_the_version_in_force_is_the_last_published_and_not_retired(folder: Path) -> None:
    published(write_version(folder, "0.1.1", HELP), on=DAY)
    published(write_version(folder, "0.1.2", HELP), on=DAY + timedelta(30))
    catalogue = load(folder)
    days = {timedelta(-1): "0.1.0", timedelta(0): "0.1.1", timedelta(29): "0.1.1", timedelta(30): "0.1.2"}
    assert {after: catalogue.in_force("prova", DAY + after).version for after in days} == days
    set_status(find(folder, "prova@0.1.2"), "retired", DAY + timedelta(60))
    catalogue = load(folder)
    assert catalogue.in_force("prova", DAY + timedelta(59)).version == "0.1.2"
    assert catalogue.in_force("prova", DAY + timedelta(60)).version == "0.1.1"
