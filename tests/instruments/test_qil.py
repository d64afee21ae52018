"""The quality of a placement with its two modules: what each form asks where, as ruled."""

import pytest

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.consents import read_consent
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.path import path
from surveyapp.instruments.rule import Context
from tests.instruments.placements import (
    A14_SCALES,
    ART14,
    CREMONA,
    CRITERIA,
    FOLDER,
    asked,
    assembled,
    ids,
    modules,
)

UNKNOWN_TO_THE_HOST = {"QIL_BEN2", "QIL_AUD1", "QIL_PDV1"}
STARS = "BEN1 BEN2 AUD1 AUD2 PDV1 PDV2 LAV1 LAV2 REL1 REL2 ORG1 ORG2 SOS1 SOS3 TER2 TER4"
STARRED = {f"QIL_{star}" for star in STARS.split()}
MINI = {"QIL_LAV1", "QIL_LAV3", "QIL_REL1", "QIL_PDV2"}
BEFORE_A_PLACEMENT = [f"MCR_{name}" for name in ("SOC2", "SOC4", "SOC5", "SOC6", "RLZ1", "RLZ5", "RLZ6")]
A14_STARS = "ECO1 ECO2 SCL1 SCL4 PRE1 PRE4 RLC1 RLC4 TRA1 TRA2"
A14_STARRED = {f"A14_{star}" for star in A14_STARS.split()}
DURING = ("INITINERE", "EXPOST", "FU6")


@pytest.fixture(scope="module")
def qil() -> Instrument:
    return assembled()


@pytest.mark.parametrize("occasion", DURING)
@pytest.mark.parametrize(
    ("form", "criteria"), [("P", CRITERIA), ("O", CRITERIA), ("C", CRITERIA - UNKNOWN_TO_THE_HOST)]
)
def test_three_forms_ask_the_same_criteria(
    qil: Instrument, form: str, criteria: set[str], occasion: str
) -> None:
    found = asked(qil, form, occasion)
    assert CRITERIA & set(ids(found)) == criteria
    assert ids(found)[-2:] == ["QIL_TXT1", "QIL_TXT2"]


def test_a_retest_asks_the_person_what_was_asked_during_the_placement(qil: Instrument) -> None:
    retest = qil.occasions["RETEST"]
    assert (retest.repeats, retest.window.anchor) == ("INITINERE", "submitted")
    assert (retest.window.from_days, retest.window.to_days) == (7, 14)
    assert ids(asked(qil, "P", "RETEST", CREMONA)) == ids(asked(qil, "P", "INITINERE", CREMONA))


def test_windows_are_those_ruled(qil: Instrument) -> None:
    found = {code: occasion.window for code, occasion in qil.occasions.items()}
    days = {code: (window.from_days, window.to_days, window.late_days) for code, window in found.items()}
    assert (found["EXPOST"].anchor, days["EXPOST"]) == ("placement_end", (-30, 0, 28))
    assert (found["INITINERE"].anchor, found["INITINERE"].every_days) == ("placement_start", 182)
    assert days["INITINERE"][:2] == (30, 91)
    assert found["POST"].anchor == "agreement_end"


def test_at_the_start_of_the_path_only_the_module_asks(qil: Instrument) -> None:
    for variant in ("easy", "std"):
        assert ids(asked(qil, "P", "EXANTE", CREMONA, variant=variant)) == BEFORE_A_PLACEMENT
    assert ids(asked(qil, "P", "EXANTE", Context(ambito="Crema"))) == []
    assert [code for code, form in qil.forms.items() if "EXANTE" in form.occasions] == ["P"]


def test_the_team_of_cremona_has_a_form_of_module_items_alone(qil: Instrument) -> None:
    assert qil.forms["ECIL"].respondent == "operator"
    for occasion in qil.forms["ECIL"].occasions:
        found = ids(asked(qil, "ECIL", occasion, CREMONA))
        assert [item_id[4:7] for item_id in found] == ["SOC"] * 6 + ["RLZ"] * 6 + ["INT"] * 6
    assert ids(asked(qil, "O", context=CREMONA), "MCR") == []
    assert len(ids(asked(qil, "P", context=CREMONA), "MCR")) == 12


def test_modules_are_asked_where_they_belong(qil: Instrument) -> None:
    elsewhere = asked(qil, "P", context=Context(ambito="Bergamo", placement_type="TIS"))
    assert {item_id.partition("_")[0] for item_id in ids(elsewhere)} == {"QIL"}
    assert len(ids(asked(qil, "P", context=ART14), "A14")) == 12
    for form in ("O", "C"):
        assert ids(asked(qil, form, context=ART14), "A14") == []


@pytest.mark.parametrize("occasion", ["INITINERE", "EXPOST", "POST"])
@pytest.mark.parametrize(("form", "counts"), [
    ("P", (0, 4, 4, 1, 3)), ("E", (4, 4, 4, 4, 4)), ("M", (4, 4, 3, 4, 3)), ("CM", (4, 4, 4, 3, 4)),
])  # fmt: skip
def test_each_party_of_an_agreement_is_asked_so_many(
    qil: Instrument, form: str, counts: tuple[int, ...], occasion: str
) -> None:
    found = asked(qil, form, occasion, ART14)
    assert tuple(len(ids(found, scale)) for scale in A14_SCALES) == counts
    if form != "P":
        assert ids(found, "QIL") == []


@pytest.mark.parametrize("form", ["P", "O", "C"])
@pytest.mark.parametrize(("context", "there"), [
    (Context(placement_type="LAB", paid="yes"), False), (Context(placement_type="TIS", paid="no"), False),
    (Context(placement_type="TIS", paid="yes"), True), (Context(), True),
])  # fmt: skip
def test_nobody_is_asked_about_pay_where_there_is_none(
    qil: Instrument, form: str, context: Context, there: bool
) -> None:
    found = asked(qil, form, context=context)
    assert ("QIL_LAV4" in ids(found)) is there


@pytest.mark.parametrize(("kind", "words"), [
    ("TIS", "il tirocinio"), ("TIR", "il tirocinio"), ("LAB", "il laboratorio"), ("A14", "questo contratto"),
    ("SFA", "questo periodo"), ("", "questo periodo"),
])  # fmt: skip
def test_the_placement_is_called_by_its_name(qil: Instrument, kind: str, words: str) -> None:
    found = asked(qil, "P", context=Context(placement_type=kind), variant="easy")
    text = found.wording(qil.items["QIL_SOS1"]).text
    assert found.words(text) == f"Dopo {words} resterai a lavorare qui?"


@pytest.mark.parametrize(("form", "extra"), [
    ("P", {"QIL_REL4", "QIL_REL4R"}), ("O", {"QIL_REL4", "QIL_REL4T", "QIL_REL4R"}),
    ("C", {"QIL_REL4", "QIL_REL4T", "QIL_REL4R"}),
])  # fmt: skip
def test_shorter_forms_ask_the_starred_and_always_ill_treatment(
    qil: Instrument, form: str, extra: set[str]
) -> None:
    left_out = UNKNOWN_TO_THE_HOST if form == "C" else set()
    assert set(ids(asked(qil, form, length="short"))) == (STARRED - left_out) | extra
    assert set(ids(asked(qil, form, length="mini"))) == MINI | extra


@pytest.mark.parametrize("form", ["P", "E", "M", "CM"])
def test_the_short_form_of_an_agreement_has_ten_criteria(qil: Instrument, form: str) -> None:
    found = set(ids(asked(qil, form, context=ART14, length="short"), "A14"))
    assert found == {item_id for item_id in A14_STARRED if (form, "std") in qil.items[item_id].wordings}


@pytest.mark.parametrize(("form", "variant", "code", "more"), [
    ("P", "std", 2, []), ("P", "std", 3, ["QIL_REL4R"]),
    ("P", "easy", 1, []), ("P", "easy", 2, ["QIL_REL4R"]),
    ("O", "std", 0, []), ("O", "std", 1, ["QIL_REL4T", "QIL_REL4R"]),
    ("C", "std", 1, ["QIL_REL4T", "QIL_REL4R"]),
])  # fmt: skip
def test_reasons_are_asked_when_something_happened(
    qil: Instrument, form: str, variant: str, code: int, more: list[str]
) -> None:
    found = asked(qil, form, variant=variant)
    on_path = [item.id for item in path(found, {"QIL_REL4": Answer(value=code)})]
    assert [item_id for item_id in on_path if item_id.startswith("QIL_REL4")] == ["QIL_REL4", *more]
    assert len(found.wording(qil.items["QIL_REL4R"]).format.options) == 6


def test_adjustments_have_a_date_and_an_owner(qil: Instrument) -> None:
    for form in ("O", "C"):
        for codes, more in (("1,6", ["QIL_AZ1", "QIL_AZ2", "QIL_AZ3"]), ("8", ["QIL_AZ1"])):
            on_path = path(asked(qil, form), {"QIL_AZ1": Answer(text=codes)})
            assert [item.id for item in on_path if item.id.startswith("QIL_AZ")] == more
    assert ids(asked(qil, "P"), "QIL_AZ") == []


@pytest.mark.parametrize("form", ["E", "CM"])
def test_facts_of_an_agreement_are_kept_up_to_date_by_one(qil: Instrument, form: str) -> None:
    found = asked(qil, form, "POST", ART14)
    rows = {f"A14_D{number:02}" for number in range(1, 19)} - ({"A14_D11"} if form == "E" else set())
    answers = {name: Answer(value=code) for name, code in (("A14_D12", 1), ("A14_D13B", 2), ("A14_D16", 5))}
    for said, kept in ((1, rows), (0, {row for row in rows if row >= "A14_D13"})):
        on_path = {item.id for item in path(found, {**answers, "A14_D00": Answer(value=said)})}
        assert {item_id[:7] for item_id in on_path if item_id.startswith("A14_D")} - {"A14_D00"} == kept
    assert ids(asked(qil, "M", "POST", ART14), "A14_D") == []


def test_reasons_for_no_answer_fit_who_is_asked(qil: Instrument) -> None:
    for code, form in qil.forms.items():
        labels = {label for (reason, _), label in form.no_value.items() if reason == "NA"}
        assert labels == {"Non mi riguarda" if code == "P" else "Non applicabile"}
    consents = {code: form.consent for code, form in qil.forms.items()}
    assert consents.pop("P") == "participant@0.1.0"
    assert {code for code, consent in consents.items() if consent == "company@0.1.0"} == {"C", "E", "M"}
    company = read_consent((FOLDER / "consents" / "company" / "0.1.0.yaml").read_bytes())
    assert list(company.variants) == ["std"]


def test_each_file_has_its_manual(qil: Instrument) -> None:
    for part in (qil, *(module.instrument for module in modules().values())):
        assert len(part.manual) == 6
    assert len(qil.forms["P"].practice["easy"]) == 2


def test_easy_sentences_have_twelve_words(qil: Instrument) -> None:
    easy = [item.wordings["P", "easy"] for item in qil.items.values() if ("P", "easy") in item.wordings]
    for sentence in [part for wording in easy for part in (wording.text, *(wording.hint or "").split("."))]:
        assert len(sentence.split()) <= 12, sentence
