"""publiccode.yml keeps the standard's rules (version 0.4) as far as they can be checked without a network."""

import tomllib
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

SUPPORTED = ("0.2", "0.3", "0.4", "0.5")
STATUS = ("concept", "development", "beta", "stable", "obsolete")
TYPES = ("standalone/web", "standalone/desktop", "standalone/backend", "standalone/other", "addon", "library")
MAINTENANCE = ("internal", "contract", "community", "none")
# From the standard's lists: those that could be ours.
CATEGORIES = {
    "survey",
    "data-collection",
    "data-analytics",
    "data-visualization",
    "hr",
    "knowledge-management",
}
SCOPES = {"welfare", "employment", "research", "society", "healthcare", "local-authorities"}
MANDATORY = (
    "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
    "description", "legal", "maintenance", "localisation",
)  # fmt: skip


@pytest.fixture(scope="module")
def declared() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8")))


def test_every_mandatory_key_is_there(declared: dict[str, Any]) -> None:
    assert [key for key in MANDATORY if not declared.get(key)] == []
    assert declared["legal"]["license"] == "AGPL-3.0-or-later"
    assert isinstance(declared["localisation"]["localisationReady"], bool)
    assert declared["localisation"]["availableLanguages"] == ["it"]


def test_words_come_from_the_lists_of_the_standard(declared: dict[str, Any]) -> None:
    assert declared["publiccodeYmlVersion"] in SUPPORTED
    assert declared["developmentStatus"] in STATUS
    assert declared["softwareType"] in TYPES
    assert set(declared["categories"]) <= CATEGORIES
    assert set(declared["intendedAudience"]["scope"]) <= SCOPES
    assert declared["maintenance"]["type"] in MAINTENANCE


def test_the_description_has_the_lengths_asked_for(declared: dict[str, Any]) -> None:
    italian = declared["description"]["it"]
    assert len(italian["shortDescription"]) <= 150
    assert "\n" not in italian["shortDescription"]
    assert 150 <= len(italian["longDescription"]) <= 10_000
    assert 5 <= len(italian["features"]) <= 20
    assert all((ROOT / name).is_file() for name in italian["screenshots"])


def test_placeholders_stay_only_until_the_release(declared: dict[str, Any]) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    contacts = [contact["name"] for contact in declared["maintenance"]["contacts"]]
    assert all(contacts)
    assert "dev" in version or not ("DA COMPLETARE" in contacts or "da-completare" in declared["url"])


def test_nothing_unverified_is_declared(declared: dict[str, Any]) -> None:
    assert declared["IT"]["countryExtensionVersion"] == "1.0"
    assert not any((*declared["IT"]["conforme"].values(), *declared["IT"]["piattaforme"].values()))
