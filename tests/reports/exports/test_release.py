"""What leaves: keys, moved days, places that are large enough, and none of the words."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.exports.release import FEWEST, Release, key_of, places_to_tell
from surveyapp.reports.exports.write import KINDS, write_exports
from surveyapp.settings import DEVELOPMENT_KEY
from surveyapp.storage.engine import reading
from surveyapp.study.errors import RefusedError
from tests.reports.exports.conftest import KEY, Export
from tests.reports.exports.people import CANARIES, ENDED, STARTED
from tests.reports.exports.read import contents, files, rows

# The PDF is the HTML page of the same name, packed.
ALL_BUT_PDF = [".csv", ".xlsx", ".sav", ".dta", ".xml", ".html", ".txt", ".R"]


@pytest.fixture(scope="module")
def hidden(export: Export) -> dict[str, Path]:
    kinds = [kind for kind in KINDS if kind != "codebook"]
    return {instrument: export(instrument, *kinds) for instrument in ("aut", "tutto")}


def test_nothing_that_tells_who_or_when_is_in_any_byte(hidden: dict[str, Path]) -> None:
    found = [
        (path.name, canary)
        for folder in hidden.values()
        for path in files(folder)
        for canary in CANARIES
        if canary.encode() in contents(path) or canary.encode("utf-16-le") in contents(path)
    ]
    assert found == []
    assert {path.suffix for folder in hidden.values() for path in files(folder)} == set(ALL_BUT_PDF) - {
        ".html"
    }


def test_nothing_that_tells_who_or_when_is_in_the_cells_of_packed_files(hidden: dict[str, Path]) -> None:
    for path in (path for folder in hidden.values() for path in files(folder)):
        read = {".sav": pyreadstat.read_sav, ".dta": pyreadstat.read_dta}.get(path.suffix)
        if read:
            frame, about = read(path)
            told = f"{frame.to_csv()} {about.column_names_to_labels} {about.file_label}"
            assert [canary for canary in CANARIES if canary in told] == [], path.name


def test_the_canaries_are_there_where_it_is_identified(export: Export) -> None:
    folder = export("aut", "csv", "xlsx", "valoris", identified=True)
    everything = b"".join(contents(path) for path in files(folder))
    missing = [canary for canary in CANARIES if canary.encode() not in everything]
    # Who withdrew or refused is nowhere; the day of 2031 is an answer of another instrument.
    assert missing == ["RITIRATA", "RIFIUTATA", "2031-02-03"]
    assert all("identificato" in path.name for path in files(folder))
    assert "IDENTIFICATO" in (folder / "leggimi-identificato.txt").read_text(encoding="utf-8-sig")


def test_who_withdrew_or_refused_is_in_no_file_of_answers(export: Export, hidden: dict[str, Path]) -> None:
    people = {
        row["person_code"] for row in rows(export("aut", "csv", identified=True) / "answers-identificato.csv")
    }
    assert people == {f"ROSSI-MARIO-{number:02}" for number in range(14)}
    assert len(rows(hidden["aut"] / "administrations.csv")) == 14


def test_one_key_for_one_code_in_all_files(hidden: dict[str, Path]) -> None:
    keys = [
        {row["person_code"] for row in rows(path)}
        for path in (
            hidden["aut"] / "administrations.csv",
            hidden["tutto"] / "tutto-C-std.csv",
            hidden["tutto"] / "answers.csv",
        )
    ]
    assert keys[0] == keys[1] == keys[2]
    assert all(len(key) == 16 and key.startswith("k") for key in keys[0])
    assert {row["placement_code"] for row in rows(hidden["tutto"] / "tutto-C-std.csv")} == {
        row["placement_code"] for row in rows(hidden["aut"] / "valoris.csv")
    }


def test_rows_stand_in_the_order_of_the_keys(hidden: dict[str, Path]) -> None:
    for name in ("administrations.csv", "aut-P-std.csv", "valoris.csv", "answers.csv"):
        keys = [row["person_code"] for row in rows(hidden["aut"] / name)]
        assert keys == sorted(keys), name


def test_days_are_moved_by_one_number_for_a_person_and_intervals_stay(hidden: dict[str, Path]) -> None:
    sent = {row["person_code"]: row["submitted_on"] for row in rows(hidden["tutto"] / "tutto-C-std.csv")}
    for row in rows(hidden["aut"] / "valoris.csv"):
        if row["person_code"] in sent:
            started, ended = (date.fromisoformat(row[name]) for name in ("started_on", "ended_on"))
            assert ended - started == ENDED - STARTED
            moved = started - STARTED
            assert timedelta(days=30) <= abs(moved) <= timedelta(days=365)
            assert date.fromisoformat(sent[row["person_code"]]) == date(2033, 3, 17) + moved


def test_a_small_ambito_is_told_as_its_province(hidden: dict[str, Path]) -> None:
    places = pd.read_csv(hidden["aut"] / "administrations.csv", keep_default_na=False)
    assert places.groupby(["ambito", "territory"]).size().to_dict() == {
        ("", "Provincia di Cremona"): 5,
        ("Cremona", "Ambito di Cremona"): 9,
    }


def _people(*sizes: tuple[str, int]) -> Iterator[SimpleNamespace]:
    for ambito, size in sizes:
        for number in range(size):
            yield SimpleNamespace(province="Lodi", ambito=ambito, person_code=f"{ambito}{number}")


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6))
def test_no_rest_of_a_province_is_small(sizes: list[int]) -> None:
    told = places_to_tell(_people(*((f"A{place}", size) for place, size in enumerate(sizes))))
    kept = [size for place, size in enumerate(sizes) if ("Lodi", f"A{place}") in told]
    assert all(size >= FEWEST for size in kept)
    assert sum(sizes) - sum(kept) == 0 or sum(sizes) - sum(kept) >= FEWEST or not kept


def test_the_key_everybody_knows_makes_no_key_of_exports() -> None:
    assert key_of(DEVELOPMENT_KEY) is None
    assert key_of("x" * 40) not in (None, b"x" * 40)


def test_without_a_key_every_export_has_its_own(export: Export) -> None:
    one, other = (rows(export("aut", "csv", key=None) / "administrations.csv") for _ in range(2))
    assert not {row["person_code"] for row in one} & {row["person_code"] for row in other}


def test_a_key_tells_nothing_without_the_secret() -> None:
    one, other = Release(b"a"), Release(b"b")
    assert one.code("ROSSI") != other.code("ROSSI")
    assert one.code("") == one.code(None) == ""


def test_a_territory_can_be_exported_alone_unless_it_is_small(
    study: Engine, everything: Catalogue, export: Export, tmp_path: Path
) -> None:
    alone = rows(export("aut", "csv", territory="Ambito di Cremona") / "administrations.csv")
    assert {row["territory"] for row in alone} == {"Ambito di Cremona"}
    assert (
        len(
            rows(
                export("aut", "csv", territory="Ambito di Crema", identified=True)
                / "administrations-identificato.csv"
            )
        )
        == 3
    )
    with reading(study) as connection:
        for territory, told in (("Ambito di Crema", "meno di 5 persone"), ("Ambito di Crem", "volevi dire")):
            with pytest.raises(RefusedError, match=told):
                write_exports(
                    connection, everything, "aut", tmp_path, kinds=["csv"], key=KEY, territory=territory
                )
    assert files(tmp_path) == []
