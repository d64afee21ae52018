"""A territory is a province or one of its Ambiti."""

import pytest

from surveyapp.study.territory import ambito_named, needs_ambito, province_named, territory


@pytest.mark.parametrize(("written", "province"), [("bg", "Bergamo"), (" CREMONA ", "Cremona"), ("TO", None)])
def test_a_province_is_found_by_name_or_letters(written: str, province: str | None) -> None:
    assert province_named(written) == province


@pytest.mark.parametrize(
    ("province", "written", "ambito"),
    [
        ("Cremona", "CREMA", "Crema"),
        ("Cremona", "Soresina", None),
        ("Cremona", "", ""),
        ("Lecco", "  Bellano ", "Bellano"),
    ],
)
def test_cremona_has_a_list_of_ambiti(province: str, written: str, ambito: str | None) -> None:
    assert ambito_named(province, written) == ambito


def test_bergamo_is_one_territory_crema_another() -> None:
    assert territory("Bergamo", "Dalmine") == "Provincia di Bergamo"
    assert territory("Cremona", "Crema") == "Ambito di Crema"
    assert territory("Lecco", "") == "Provincia di Lecco"
    assert [needs_ambito(province) for province in ("Bergamo", "Cremona")] == [False, True]
