"""The files described for an archive: DDI-Codebook 2.5 (ddialliance.org), as XML.

Element order and attributes follow the 2.5 schema. What is described is the SPSS file of each frame.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from surveyapp.instruments.model import Instrument
from surveyapp.reports.cells import replace_file
from surveyapp.reports.exports.ddi_variables import add_variable
from surveyapp.reports.exports.frame import Frame
from surveyapp.reports.exports.release import FEWEST
from surveyapp.reports.exports.statistical import as_written

NAMESPACE = "ddi:codebook:2_5"
PROJECT = "OpenSource in Rete – Ecosistemi territoriali per l'inclusione"
UNIVERSE = (
    "Persone con disabilità prese in carico dal progetto; operatori, aziende, cooperative ed enti con loro"
)
CONFIDENTIAL = {
    False: "Dati de-identificati: nessun testo libero, chiavi al posto dei codici, date spostate.",
    True: "Dati identificati: codici, date e testi veri. Non si depositano e non si cedono.",
}


def write_ddi(
    instrument: Instrument, frames: Sequence[Frame], folder: Path, *, name: str, identified: bool
) -> Path:
    """Write the description of the frames of an instrument; counts of fewer than five are left out.

    Raises OSError.
    """
    root = Element("codeBook", {"xmlns": NAMESPACE, "version": "2.5", "xml:lang": "it"})
    _document(root, instrument)
    _study(root, instrument, frames, identified=identified)
    for number, frame in enumerate(frames, 1):
        _file(root, frame, f"F{number}")
    if frames:
        data = SubElement(root, "dataDscr")
        for number, frame in enumerate(frames, 1):
            for place, column in enumerate(as_written(frame), 1):
                add_variable(data, column, f"F{number}", f"F{number}_V{place}")
    return replace_file(folder / f"{name}.xml", _xml(root))


def _xml(root: Element) -> bytes:
    indent(root)
    out = BytesIO()
    ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)
    return out.getvalue() + b"\n"


def _add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    child = SubElement(parent, tag, attributes)
    child.text = text or None
    return child


def _title(parent: Element, title: str, number: str = "") -> Element:
    citation = _add(parent, "citation")
    statement = _add(citation, "titlStmt")
    _add(statement, "titl", title)
    if number:
        _add(statement, "IDNo", number)
    return citation


def _document(root: Element, instrument: Instrument) -> None:
    citation = _title(_add(root, "docDscr"), f"Descrizione dei dati: {instrument.title}")
    _add(_add(citation, "prodStmt"), "software", "surveyapp")


def _study(root: Element, instrument: Instrument, frames: Sequence[Frame], *, identified: bool) -> None:
    study = _add(root, "stdyDscr")
    citation = _title(study, f"{PROJECT}. {instrument.title}", instrument.id)
    versions = sorted({version for frame in frames for version in frame.versions}) or [instrument.version]
    _add(_add(citation, "verStmt"), "version", ", ".join(versions))
    info = _add(study, "stdyInfo")
    _add(info, "abstract", instrument.manual.get("purpose", instrument.title))
    for tag, text in _SUMMARY.items():
        _add(_last(info, "sumDscr"), tag, text)
    use = _add(_add(study, "dataAccs"), "useStmt")
    _add(use, "confDec", CONFIDENTIAL[identified])


def _last(parent: Element, tag: str) -> Element:
    found = parent.find(tag)
    return found if found is not None else _add(parent, tag)


# In the order of the schema.
_SUMMARY: Mapping[str, str] = {
    "nation": "Italia",
    "geogCover": "Lombardia",
    "geogUnit": "Provincia e Ambito",
    "anlyUnit": "Questionario compilato",
    "universe": UNIVERSE,
    "dataKind": "Dati da questionario",
}


def _file(root: Element, frame: Frame, file_id: str) -> None:
    about = _add(_add(root, "fileDscr", ID=file_id), "fileTxt")
    _add(about, "fileName", f"{frame.name}.sav")
    _add(about, "fileCont", f"{frame.title}. Una riga per questionario inviato.")
    size = _add(about, "dimensns")
    if frame.rows >= FEWEST:
        _add(size, "caseQnty", str(frame.rows))
    _add(size, "varQnty", str(len(as_written(frame))))
    _add(about, "fileType", "SPSS (.sav)")
    _add(_add(about, "verStmt"), "version", ", ".join(frame.versions))
