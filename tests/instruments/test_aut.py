"""The bundled self-assessment as data, against the content blueprint as ruled (4.a, R2, R3, R6)."""

from hashlib import sha256
from pathlib import Path

import pytest

from surveyapp.instruments.catalogue import Catalogue, files, problems_of, recorded
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.path import Questionnaire

FOLDER = Path(__file__).parents[2] / "instruments"

ALWAYS = ("EXANTE", "EXPOST", "FU6")
AFTER = ("EXPOST", "FU6")
# Ids in the order of the questionnaire, by occasion.
ITEMS = {
    "AUT_BEN1 AUT_BEN2 AUT_BEN3 AUT_BEN4 AUT_BEN5": ALWAYS,
    "AUT_INC1 AUT_INC2 AUT_INC3 AUT_INC4 AUT_INC5": ALWAYS,
    "AUT_OCC1 AUT_OCC2 AUT_OCC3 AUT_OCC4 AUT_OCC5": ALWAYS,
    "AUT_AUD1 AUT_AUD2 AUT_AUD3 AUT_AUD4 AUT_AUD5": ALWAYS,
    "AUT_PDV1 AUT_PDV2 AUT_PDV3 AUT_PDV4 AUT_PDV5": AFTER,
    "AUT_MIG0A AUT_MIG0B AUT_MIG1 AUT_MIG2 AUT_MIG3 AUT_MIG4 AUT_MIG5": AFTER,
    "AUT_MAN1": ("FU6",),
    "AUT_ASP1 AUT_OB1 AUT_OB2 AUT_OB3": ("EXANTE",),
    "AUT_OBR1 AUT_OBR2 AUT_OBR3": AFTER,
    "AUT_TXT1 AUT_TXT2": AFTER,
}
OCCASIONS = {item_id: occasions for ids, occasions in ITEMS.items() for item_id in ids.split()}
REVERSED = {"AUT_BEN3", "AUT_AUD5", "AUT_INC5"}
SHORT = {
    "AUT_BEN": "AUT_BEN1 AUT_BEN2 AUT_BEN4",
    "AUT_AUD": "AUT_AUD1 AUT_AUD2 AUT_AUD4",
    "AUT_OCC": "AUT_OCC1 AUT_OCC2 AUT_OCC4",
    "AUT_INC": "AUT_INC1 AUT_INC2 AUT_INC3",
    "AUT_PDV": "AUT_PDV1 AUT_PDV2 AUT_PDV4",
}
CORE = {item_id for ids in SHORT.values() for item_id in ids.split()} | {
    item_id for item_id in OCCASIONS if item_id.startswith("AUT_MIG")
}
# One wording of each section by hand, standard then easy; the whole table is in the blueprint.
TEXTS = {
    "AUT_BEN1": (
        "In questo periodo le mie giornate mi danno soddisfazione.",
        "Ti piacciono le tue giornate?",
    ),
    "AUT_BEN3": ("Provo ansia o agitazione.", "Ti senti in ansia?"),
    "AUT_INC5": ("Passo troppo tempo da solo o da sola.", "Passi troppo tempo da solo o da sola?"),
    "AUT_OCC5": (
        "So a chi rivolgermi per cercare o cambiare lavoro.",
        "Sai a chi chiedere aiuto per cercare lavoro?",
    ),
    "AUT_AUD5": ("Di solito gli altri scelgono al posto mio.", "Gli altri scelgono al posto tuo?"),
    "AUT_PDV3": (
        "Conosco gli obiettivi del mio progetto.",
        "Sai quali sono gli obiettivi del tuo progetto?",
    ),
    "AUT_MIG0A": (
        "Rispetto all'inizio del percorso, quanto partecipi alla vita sociale?",
        "Rispetto a prima, quanto stai con gli altri?",
    ),
    "AUT_MIG5": (
        "Nel complesso, quanto è migliorata la tua situazione personale grazie al percorso?",
        "In generale, la tua vita va meglio? Scegli un numero.",
    ),
    "AUT_MAN1": ("I miglioramenti ci sono ancora oggi?", "Le cose migliorate durano ancora?"),
    "AUT_ASP1": ("Che cosa ti aspetti da questo percorso?", "Che cosa vuoi da questo percorso?"),
    "AUT_TXT2": ("Che cosa ti è mancato?", "Che cosa ti è mancato?"),
}


@pytest.fixture(scope="module")
def aut(catalogue: Catalogue) -> Instrument:
    return catalogue.instruments["aut", "0.1.0"]


def labels(aut: Instrument, format_id: str) -> dict[int, str]:
    return {option.code: option.label for option in aut.formats[format_id].options}


def test_a_published_file_never_changes() -> None:
    written = recorded(FOLDER)
    actual = {name: sha256((FOLDER / name).read_bytes()).hexdigest() for name in written}
    assert actual == written


def test_every_bundled_file_is_valid_and_recorded() -> None:
    assert {path.relative_to(FOLDER).as_posix() for path in files(FOLDER)} == set(recorded(FOLDER))
    assert [problem for path in files(FOLDER) for problem in problems_of(path)] == []


def test_every_item_is_asked_when_ruled(aut: Instrument) -> None:
    assert {item.id: item.occasions for item in aut.items.values()} == OCCASIONS
    assert list(aut.items) == list(OCCASIONS)


def test_sections_keep_the_sensitive_ones_late(aut: Instrument) -> None:
    assert [section.id for section in aut.sections] == [
        "BEN", "INC", "OCC", "AUD", "PDV", "MIG", "GOALS", "RESULTS", "OPEN",
    ]  # fmt: skip


def test_reversed_and_core_items_are_the_starred(aut: Instrument) -> None:
    assert {item.id for item in aut.items.values() if item.reversed} == REVERSED
    assert {item.id for item in aut.items.values() if item.core} == CORE


@pytest.mark.parametrize("variant", ["std", "easy"])
@pytest.mark.parametrize(("occasion", "number"), [("EXANTE", 24), ("EXPOST", 37), ("FU6", 38)])
def test_an_occasion_has_so_many_questions(aut: Instrument, occasion: str, number: int, variant: str) -> None:
    assert len(Questionnaire(aut, "P", variant, occasion).items()) == number


def test_the_operator_rates_only_the_goals(aut: Instrument) -> None:
    assert aut.forms["O"].occasions == AFTER
    for occasion in AFTER:
        items = Questionnaire(aut, "O", "std", occasion).items()
        assert [item.id for item in items] == ["AUT_OBR1", "AUT_OBR2", "AUT_OBR3"]
    assert [item.carries for item in items] == ["AUT_OB1", "AUT_OB2", "AUT_OB3"]
    assert Questionnaire(aut, "O", "std", "EXANTE").items() == []


def test_forms_and_their_respondents(aut: Instrument) -> None:
    assert {code: form.respondent for code, form in aut.forms.items()} == {
        "P": "participant",
        "O": "operator",
    }
    assert [variant.title for variant in aut.forms["P"].variants.values()] == [
        "versione semplice",
        "versione standard",
    ]
    assert aut.forms["P"].occasions == ALWAYS


@pytest.mark.parametrize("item_id", TEXTS)
def test_wordings_are_those_of_the_blueprint(aut: Instrument, item_id: str) -> None:
    wordings = aut.items[item_id].wordings
    assert (wordings["P", "std"].text, wordings["P", "easy"].text) == TEXTS[item_id]


def test_five_scales_and_two_of_improvement(aut: Instrument) -> None:
    for scale_id, short in SHORT.items():
        scale = aut.scale(scale_id)
        assert scale.items == tuple(f"{scale_id}{number}" for number in range(1, 6))
        assert (scale.kind, scale.method, dict(scale.min_valid)) == ("reflective", "pomp_mean", {"P": 4})
        assert scale.short is not None
        assert (scale.short.items, scale.short.min_valid) == (tuple(short.split()), 3)
    assert [scale.id for scale in aut.scales] == [*SHORT, "MIG_IND", "MIG_DICHIARA"]


def test_improvement_is_scored_without_the_check_item(aut: Instrument) -> None:
    mean, declares = aut.scale("MIG_IND"), aut.scale("MIG_DICHIARA")
    assert (mean.items, mean.method) == (("AUT_MIG1", "AUT_MIG2", "AUT_MIG3", "AUT_MIG4"), "mean")
    assert dict(mean.min_valid) == {"P": 3}
    assert (declares.items, declares.method) == (("AUT_MIG0A", "AUT_MIG0B"), "any_positive")
    assert (declares.kind, dict(declares.min_valid)) == ("derived", {"P": 1})


def test_five_options_and_three_in_easy(aut: Instrument) -> None:
    assert labels(aut, "R5") == {1: "Per niente", 2: "Poco", 3: "Abbastanza", 4: "Molto", 5: "Moltissimo"}
    assert labels(aut, "R3") == {1: "No", 2: "Un po'", 3: "Sì"}
    for item in aut.items.values():
        if item.id[:7] in SHORT:
            formats = {variant: wording.format.id for (_, variant), wording in item.wordings.items()}
            assert formats == {"std": "R5", "easy": "R3"}


def test_every_scored_question_offers_no_answer(aut: Instrument) -> None:
    for declared in aut.formats.values():
        assert declared.kind == "text" or "NS" in declared.no_value
    for format_id in ("R5", "R3"):
        assert aut.formats[format_id].no_value == ("NA", "NS")
    item = aut.items["AUT_BEN1"]
    easy = Questionnaire(aut, "P", "easy", "EXANTE")
    assert [easy.no_value_label(item, reason) for reason in ("NA", "NS")] == ["Non mi riguarda", "Non lo so"]


def test_improvement_goes_from_one_to_ten(aut: Instrument) -> None:
    ten = aut.formats["N10"]
    assert (ten.minimum, ten.maximum, len(ten.options)) == (1, 10, 10)
    named = {code: label for code, label in labels(aut, "N10").items() if label != str(code)}
    assert named == {1: "per niente", 5: "abbastanza", 10: "moltissimo"}
    assert [list(labels(aut, gate)) for gate in ("G3_INC", "G3_OCC")] == [[-1, 0, 1], [-1, 0, 1]]


def test_easy_formats_have_three_options(aut: Instrument) -> None:
    longer = {
        item.id
        for item in aut.items.values()
        if ("P", "easy") in item.wordings and len(item.wordings["P", "easy"].format.options) not in (0, 3)
    }
    assert longer == {f"AUT_MIG{number}" for number in range(1, 6)}


def test_easy_sentences_have_twelve_words(aut: Instrument) -> None:
    for item in aut.items.values():
        easy = item.wordings["P", "easy"]
        for sentence in (easy.text, *(easy.hint or "").split(".")):
            assert len(sentence.split()) <= 12, f"{item.id}: {sentence}"


def test_windows_are_those_ruled(aut: Instrument) -> None:
    windows = {
        code: (found.window.anchor, found.window.from_days, found.window.to_days, found.window.late_days)
        for code, found in aut.occasions.items()
    }
    assert windows["EXANTE"] == ("path_start", 0, 30, 60)
    assert windows["EXPOST"] == ("path_end", 0, 28, 60)
    # 6 months after, 30 days before and after.
    assert windows["FU6"][:3] == ("path_end", 153, 213)


def test_goals_say_that_the_operator_reads(aut: Instrument) -> None:
    for item_id in ("AUT_OB1", "AUT_OB2", "AUT_OB3"):
        for wording in aut.items[item_id].wordings.values():
            assert wording.hint is not None
            assert "operatore legge" in wording.hint


def test_results_repeat_the_words_of_the_goal(aut: Instrument) -> None:
    for number in (1, 2, 3):
        for wording in aut.items[f"AUT_OBR{number}"].wordings.values():
            assert f"{{AUT_OB{number}}}" in wording.text
