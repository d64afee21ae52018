"""Information and consent texts, with the gaps the settings fill."""

import pytest

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.consents import GAPS, Consent, as_shown, filled, read_consent
from surveyapp.instruments.fields import CODE_IN_WORDS
from surveyapp.instruments.source import InvalidFileError

TEXT = """\
# Bozza.
id: participant
version: 0.1.0
title: Consenso
variants:
  easy:
    information:
      - Ti facciamo delle domande.
      - Le tue risposte le leggono {chi}.
    accept: Sì, voglio rispondere
    refuse: No
    talk: Voglio parlarne con {nome}
    optional:
      contact: Fra 6 mesi possiamo chiamarti. Va bene?
  std:
    information: ["Scrivi a {contatto}."]
    accept: Accetto
    refuse: Non accetto
    talk: Voglio parlarne
"""


def problems(text: str) -> list[str]:
    with pytest.raises(InvalidFileError) as raised:
        read_consent(text.encode())
    return [f"{problem.line}: {problem.message}" for problem in raised.value.problems]


@pytest.fixture
def consent() -> Consent:
    return read_consent(TEXT.encode())


def test_a_consent_keeps_its_variants_in_order(consent: Consent) -> None:
    assert list(consent.variants) == ["easy", "std"]
    assert dict(consent.variants["easy"].optional) == {"contact": "Fra 6 mesi possiamo chiamarti. Va bene?"}
    assert dict(consent.variants["std"].optional) == {}


def test_the_ledger_keeps_the_text_as_shown(consent: Consent) -> None:
    assert as_shown(consent.variants["easy"], {"chi": "le ricercatrici", "nome": "Anna"}).splitlines() == [
        "Ti facciamo delle domande.",
        "Le tue risposte le leggono le ricercatrici.",
        "Fra 6 mesi possiamo chiamarti. Va bene?",
        "Sì, voglio rispondere",
        "No",
        "Voglio parlarne con Anna",
    ]


def test_a_gap_nobody_fills_stays_visible() -> None:
    assert filled("{chi} e {nome}", {"chi": "Anna", "nome": ""}) == "Anna e {nome}"
    assert filled("{ e } {x", {"chi": "Anna"}) == "{ e } {x"


def test_filling_does_not_fill_twice() -> None:
    assert filled("{chi}", {"chi": "{nome}", "nome": "Anna"}) == "{nome}"


def test_an_unknown_gap_is_told_at_its_line() -> None:
    text = (
        TEXT.replace("{chi}", "{chì}").replace("Non accetto", "Non {accetto}").replace("chiamarti", "{ chi }")
    )
    admitted = ", ".join(GAPS)
    assert problems(text) == [
        f"9: nessuno riempie lo spazio {{chì}}; spazi ammessi: {admitted}",
        f"14: nessuno riempie lo spazio {{ chi }}; spazi ammessi: {admitted}",
        f"18: nessuno riempie lo spazio {{accetto}}; spazi ammessi: {admitted}",
    ]


def test_every_fault_of_a_consent_is_told() -> None:
    text = TEXT.replace("id: p", "id: P").replace("0.1.0", "1").replace("    refuse: No\n", "")
    text = text.replace('["Scrivi a {contatto}."]', "[]").replace("contact:", "contact now:")
    assert problems(text) == [
        "2: «Participant» non va bene per «id»: servono lettere minuscole, cifre o _",
        "3: «1» non va bene per «version»: serve una versione come 0.1.0",
        "7: manca la voce «refuse»",
        f"13: «contact now» non va bene: {CODE_IN_WORDS}",
        "15: in «information» serve almeno un testo",
    ]


def test_a_colon_in_a_line_needs_quotes() -> None:
    assert problems(TEXT.replace("Ti facciamo delle domande.", "Nota: leggi bene.")) == [
        "8: in «information» serve un testo; se contiene «: » mettilo fra virgolette"
    ]


def test_a_consent_that_is_not_yaml_is_refused() -> None:
    assert problems("id: [") == ["1: qui manca un valore: controlla virgole e parentesi"]


def test_bundled_consents_have_both_variants(catalogue: Catalogue) -> None:
    assert set(catalogue.consent("participant@0.1.0").variants) == {"easy", "std"}
    assert set(catalogue.consent("operator@0.1.0").variants) == {"std"}


def test_every_form_finds_its_consent_and_variants(catalogue: Catalogue) -> None:
    for instrument in catalogue.instruments.values():
        for form in instrument.forms.values():
            assert set(form.variants) <= set(catalogue.consent(form.consent).variants)
