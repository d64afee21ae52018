"""Rules as sentences: each operator, its contrary, to who answers and in general."""

import pytest

from surveyapp.instruments.model import Instrument
from surveyapp.instruments.rule import Rule
from surveyapp.sheets.by_form import by_form
from surveyapp.sheets.words import Names, condition, names_by_id, only_if, own_words
from tests.sheets.instruments import EVERY


def is_(item: str, *codes: int) -> Rule:
    return Rule("is", item=item, codes=codes)


def where(**fields: str | tuple[str, ...]) -> Rule:
    among = [(name, (value,) if isinstance(value, str) else value) for name, value in fields.items()]
    return Rule("where", among=tuple(among))


def all_(*parts: Rule) -> Rule:
    return Rule("all", parts=parts)


def any_(*parts: Rule) -> Rule:
    return Rule("any", parts=parts)


def not_(part: Rule) -> Rule:
    return Rule("not", parts=(part,))


ANSWERED = Rule("answered", item="TUTTO_A1")
KNOWN = Rule("known", item="TUTTO_G1")

IN_GENERAL = [
    (ANSWERED, "c'è una risposta a TUTTO_A1"),
    (not_(ANSWERED), "non c'è una risposta a TUTTO_A1"),
    (KNOWN, "c'è già una risposta a TUTTO_G1 da una rilevazione precedente"),
    (not_(KNOWN), "non c'è ancora una risposta a TUTTO_G1 da una rilevazione precedente"),
    (is_("TUTTO_A1", 1), "la risposta a TUTTO_A1 è «Per niente»"),
    (is_("TUTTO_A1", 1, 2, 3), "la risposta a TUTTO_A1 è «Per niente», «Poco» o «Abbastanza»"),
    (not_(is_("TUTTO_A1", 1, 2)), "la risposta a TUTTO_A1 non è né «Per niente» né «Poco»"),
    (is_("TUTTO_A3", 2), "fra le risposte a TUTTO_A3 c'è «Lavoro»"),
    (not_(is_("TUTTO_A3", 2)), "fra le risposte a TUTTO_A3 non c'è «Lavoro»"),
    (is_("TUTTO_A7", 1, 2, 3, 4), "c'è una risposta a TUTTO_A7 diversa da «Nessuno»"),
    (Rule("at_least", item="TUTTO_A1", number=4), "la risposta a TUTTO_A1 è «Molto» o «=1+1»"),
    (Rule("at_most", item="TUTTO_A1", number=1), "la risposta a TUTTO_A1 è «Per niente»"),
    (Rule("at_least", item="TUTTO_A4", number=22.5), "il numero scritto a TUTTO_A4 è almeno 22,5"),
    (not_(Rule("at_most", item="TUTTO_A4", number=9)), "il numero scritto a TUTTO_A4 non è al massimo 9"),
    (where(ambito="Cremona"), "l'Ambito è Cremona"),
    (not_(where(ambito=("Cremona", "Crema"))), "l'Ambito non è né Cremona né Crema"),
    (
        where(placement_type=("TIS", "A14")),
        "il tipo di inserimento è «Tirocinio di inclusione sociale (TIS)» o «Convenzione ex art. 14»",
    ),
    (not_(where(paid="no")), "l'inserimento non risulta senza paga"),
    (where(host_type="cooperative"), "chi ospita è una cooperativa"),
    (where(occasion="T0"), "la rilevazione è «Inizio»"),
    (
        where(form="P", variant="easy"),
        "la scheda è P («La tua scheda») e si usa la versione semplice",
    ),
    (
        not_(where(form="P", variant="easy")),
        "la scheda non è P («La tua scheda») oppure non si usa la versione semplice",
    ),
    (all_(ANSWERED, KNOWN), f"c'è una risposta a TUTTO_A1 e {condition(KNOWN, names_by_id(EVERY))}"),
    (
        all_(where(ambito="Cremona"), any_(ANSWERED, is_("TUTTO_A2", 1))),
        "l'Ambito è Cremona e (c'è una risposta a TUTTO_A1 oppure la risposta a TUTTO_A2 è «Per niente»)",
    ),
    (
        not_(any_(ANSWERED, is_("TUTTO_A2", 1))),
        "non c'è una risposta a TUTTO_A1 e la risposta a TUTTO_A2 non è «Per niente»",
    ),
    (
        not_(all_(ANSWERED, not_(is_("TUTTO_A2", 1)))),
        "non c'è una risposta a TUTTO_A1 oppure la risposta a TUTTO_A2 è «Per niente»",
    ),
    (
        any_(*(is_(f"TUTTO_A{number}", 1) for number in (1, 2)), is_("TUTTO_R2", 1), is_("TUTTO_R1", 1)),
        "la risposta a TUTTO_A1 è «Per niente» oppure la risposta a TUTTO_A2 è «Per niente» "
        "oppure la risposta a TUTTO_R2 è «Sì» oppure la risposta a TUTTO_R1 è «No»",
    ),
]


@pytest.mark.parametrize(("rule", "sentence"), IN_GENERAL)
def test_a_rule_is_a_clause_after_if(rule: Rule, sentence: str) -> None:
    assert condition(rule, names_by_id(EVERY, "P", "std")) == sentence


def test_conditions_alike_are_said_once() -> None:
    alike = [is_(name, 1) for name in ("TUTTO_R2", "TUTTO_L0.1", "TUTTO_L3.1")]
    said = "almeno una delle risposte a TUTTO_R2, TUTTO_L0.1, TUTTO_L3.1 è «Sì»"
    assert condition(any_(*alike), by_id()) == said
    assert condition(any_(ANSWERED, *alike), by_id()) == f"{said} oppure c'è una risposta a TUTTO_A1"
    assert condition(all_(*alike), by_id()).count(" e la risposta a ") == 2


def by_id() -> Names:
    return names_by_id(EVERY, "P", "std")


def test_the_person_is_spoken_to() -> None:
    names = Names(lambda _item: "alla domanda 12", by_id().format_of, own_words(EVERY), to_person=True)
    assert only_if(is_("TUTTO_A1", 5), names) == "Rispondi solo se hai risposto «=1+1» alla domanda 12."
    said = [
        condition(rule, names)
        for rule in (
            ANSWERED,
            KNOWN,
            is_("TUTTO_A3", 1),
            not_(is_("TUTTO_A1", 1, 2)),
            is_("TUTTO_A7", 1, 2, 3, 4),
        )
    ]
    assert said == [
        "hai risposto alla domanda 12",
        "avevi già risposto alla domanda 12 la volta scorsa",
        "hai scelto «Casa» alla domanda 12",
        "non hai risposto né «Per niente» né «Poco» alla domanda 12",
        "hai risposto alla domanda 12 qualcosa di diverso da «Nessuno»",
    ]


def test_to_others_the_instruction_is_impersonal() -> None:
    assert only_if(ANSWERED, by_id()) == "Rispondere solo se c'è una risposta a TUTTO_A1."


def test_labels_are_those_of_the_form_and_variant() -> None:
    rule = is_("TUTTO_A1", 2)
    assert "«Un po'»" in condition(rule, names_by_id(EVERY, "P", "easy"))
    assert "«Poco»" in condition(rule, names_by_id(EVERY, "C", "std"))


def test_a_rule_of_the_whole_is_said_for_each_form() -> None:
    said = {alert.id: by_form(alert.rule, EVERY) for alert in EVERY.alerts}
    assert said["TUTTO_FATICA"] == (
        "P easy: se la risposta a TUTTO_A2 è «Sì»; "
        "P std, C std: se la risposta a TUTTO_A2 è «Abbastanza», «Molto» o «=1+1»"
    )
    assert said["TUTTO_NOTA"] == "se c'è una risposta a TUTTO_A6"


def test_every_rule_of_every_instrument_can_be_said(instrument: Instrument) -> None:
    names = names_by_id(instrument)
    rules = [item.show_if for item in instrument.items.values() if item.show_if]
    rules += [alert.rule for alert in instrument.alerts] + [
        fact.rule for fact in instrument.derived if fact.rule
    ]
    for rule in rules:
        said = condition(rule, names)
        assert said
        assert not set("{}") & set(said)
