"""A folder of instruments in which versions are written, approved and published."""

from datetime import date
from pathlib import Path

from surveyapp.instruments.publication import Declaration, Publication, Signature, publish, set_status
from surveyapp.instruments.publication_files import VersionFile
from tests.instruments.two_versions import BEFORE, MODULE, Edit

DAY = date(2026, 12, 1)
NOTHING = Declaration()
CONSENT = """\
id: {id}
version: {version}
title: Consenso
variants:
  std:
    information: [Ti facciamo delle domande.]
    accept: Sì
    refuse: No
    talk: Voglio parlarne
"""
TEXT = ("std: Provo ansia., easy", "std: Provo ansia o agitazione., easy")
TYPO = Declaration({"PROVA_A2.text.P.std": "typo"})
SAME = Declaration({"PROVA_A2.text.P.std": "same meaning"})


def signed(author: str = "Anna", approver: str = "Bruno", note: str = "Perché.", on: date = DAY) -> Signature:
    return Signature(author, approver, note, on)


def write(folder: Path, name: str, text: str) -> VersionFile:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return VersionFile(folder, name)


def write_version(folder: Path, version: str, *edits: Edit) -> VersionFile:
    text = BEFORE.replace("version: 1.2.3", f"version: {version}")
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return write(folder, f"prova/{version}.yaml", text)


def write_consent(folder: Path, consent: str, version: str = "0.1.0") -> VersionFile:
    return write(folder, f"consents/{consent}/{version}.yaml", CONSENT.format(id=consent, version=version))


def write_module(folder: Path, version: str, *edits: Edit) -> VersionFile:
    text = MODULE.replace("version: 0.1.0", f"version: {version}")
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return write(folder, f"modules/mod/{version}.yaml", text)


def approved(version: VersionFile) -> VersionFile:
    for status in ("in_review", "approved"):
        set_status(version, status, DAY)
    return version


def published(version: VersionFile, declaration: Declaration = NOTHING, on: date = DAY) -> Publication:
    return publish(approved(version), signed(on=on), declaration)
