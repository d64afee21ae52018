"""The ledger of a version on paper."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from surveyapp.instruments.catalogue import Catalogue, CatalogueError
from surveyapp.reports.ledger import write_ledger
from surveyapp.storage.engine import reading, writing
from tests.focus_groups.ledger_rows import NOW_WORDED, create_second_version, two_versions

DAY = date(2027, 1, 7)
pytestmark = pytest.mark.parametrize("database", ["sqlite"])


def test_changes_reasons_and_evidence_are_on_the_page(
    engine: Engine, catalogue: Catalogue, tmp_path: Path
) -> None:
    with writing(engine) as connection:
        made = create_second_version(connection)
        write_ledger(connection, two_versions(catalogue), "aut", "0.2.0", tmp_path, today=DAY)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for said in (
        "Registro della versione 0.2.0: Come va",
        NOW_WORDED,
        made.decision,
        "Tre su otto non la capiscono.",
        f"estratto {made.quoted}; giudizio {made.question}",
        "«Regole» non si capisce.",
        "parole non citate, perché manca il consenso",
        "I-CVI 0,67, 3 giudizi, d&#39;accordo 2",
        "I-CVI non calcolato, 1 giudizio",
        "nessuna decisione",
        "7 gennaio 2027",
    ):
        assert said in page, said
    assert "Non lo direi fuori di qui." not in page
    if (tmp_path / "report.pdf").exists():
        assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_a_version_that_is_not_there_is_named(engine: Engine, catalogue: Catalogue, tmp_path: Path) -> None:
    with reading(engine) as connection, pytest.raises(CatalogueError, match=r"aut 9\.9\.9"):
        write_ledger(connection, catalogue, "aut", "9.9.9", tmp_path)
