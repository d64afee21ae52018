"""The guide to the register shows files that come in as they are, and names every column."""

import re

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.study.legacy_import import import_responses, read_file
from surveyapp.study.register_cells import KINDS, SIZES
from surveyapp.study.register_files import LAYOUTS, read_files
from surveyapp.study.register_import import import_files
from surveyapp.study.register_words import KIND_WORDS, SIZE_WORDS
from surveyapp.study.responses_csv import OTHERS, SUBJECTS
from tests.conftest import ROOT
from tests.study.conftest import NOW
from tests.study.test_legacy_import import ROME

GUIDE = (ROOT / "docs/guide/registro.md").read_text(encoding="utf-8")


def examples() -> list[bytes]:
    blocks = re.findall(r"(?:^    .*\n)+", GUIDE, flags=re.MULTILINE)
    return [re.sub("^    ", "", block, flags=re.MULTILINE).encode() for block in blocks if ";" in block]


def test_the_examples_of_the_guide_come_in(connection: Connection, catalogue: Catalogue) -> None:
    *register, responses = examples()
    files = read_files({f"{number}.csv": data for number, data in enumerate(register)})
    assert {file.kind for file in files} == set(LAYOUTS)
    import_files(connection, catalogue, files, NOW)
    rows = read_file(responses, catalogue, "aut")
    assert import_responses(connection, catalogue, "aut", rows, NOW, ROME).answers == 5


def test_the_guide_names_every_column_in_both_languages() -> None:
    columns = [names for layout in LAYOUTS.values() for names in layout.columns.values()]
    columns += [*SUBJECTS.values(), *OTHERS.values()]
    assert [name for names in columns for name in names if f"`{name}`" not in GUIDE] == []


def test_the_guide_names_what_an_organisation_may_be() -> None:
    assert set(KIND_WORDS) == set(KINDS.values())
    assert set(SIZE_WORDS) == set(SIZES.values())
    assert [word for word in (*KIND_WORDS.values(), *SIZE_WORDS.values()) if word not in GUIDE] == []
