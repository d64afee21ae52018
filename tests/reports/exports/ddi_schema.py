"""What DDI-Codebook 2.5 asks of the elements that are written: children in their order, attributes, values.

The schema itself is in no package that these tests may install: these rules were read from it by hand.
"""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

GLOBAL = frozenset({"ID", "{http://www.w3.org/XML/1998/namespace}lang", "source", "elementVersion"})
# Children in the order in which they must stand; those in ONCE come at most once.
CHILDREN: Mapping[str, str] = {
    "codeBook": "docDscr stdyDscr fileDscr dataDscr otherMat",
    "docDscr": "citation guide docStatus docSrc controlledVocabUsed notes",
    "stdyDscr": "citation studyAuthorization stdyInfo studyDevelopment method dataAccs othrStdyMat notes",
    "citation": "titlStmt rspStmt prodStmt distStmt serStmt verStmt biblCit holdings notes",
    "titlStmt": "titl subTitl altTitl parTitl IDNo",
    "prodStmt": "producer copyright prodDate prodPlac software fundAg grantNo",
    "verStmt": "version verResp notes",
    "stdyInfo": "studyBudget subject abstract sumDscr qualityStatement notes exPostEvaluation",
    "sumDscr": "timePrd collDate nation geogCover geogUnit geoBndBox boundPoly anlyUnit universe dataKind",
    "dataAccs": "setAvail useStmt notes",
    "useStmt": "confDec specPerm restrctn contact citReq deposReq conditions disclaimer",
    "fileDscr": "fileTxt locMap notes",
    "fileTxt": "fileName fileCitation dataFingerprint fileCont fileStrc dimensns fileType format filePlac"
    " dataChck ProcStat dataMsng software verStmt",
    "dimensns": "caseQnty varQnty logRecL recPrCas recNumTot",
    "dataDscr": "varGrp nCubeGrp var nCube notes",
    "var": "location labl imputation security embargo respUnit anlysUnit qstn valrng invalrng undocCod"
    " universe TotlResp sumStat txt stdCatgry catgryGrp catgry codInstr verStmt concept derivation varFormat"
    " geoMap catLevel notes",
    "qstn": "preQTxt qstnLit postQTxt forward backward ivuInstr",
    "valrng": "item range key notes",
    "invalrng": "item range key notes",
    "catgry": "catValu labl txt catStat mrow",
}
NEEDED_CHILDREN = {"citation": "titlStmt", "titlStmt": "titl", "codeBook": "stdyDscr", "stdyDscr": "citation"}
ONCE = frozenset(
    {"titlStmt", "titl", "prodStmt", "catValu", "derivation", "varFormat", "fileName", "dimensns"}
)
NEEDED = {"var": {"name"}}
ALLOWED: Mapping[str, frozenset[str]] = {
    "codeBook": frozenset({"version"}),
    "var": frozenset({"name", "files", "dcml", "intrvl", "nature"}),
    "item": frozenset({"VALUE", "UNITS"}),
    "range": frozenset({"min", "max", "minExclusive", "maxExclusive", "UNITS"}),
    "catgry": frozenset({"missing", "missType"}),
    "catStat": frozenset({"type"}),
    "varFormat": frozenset({"type", "formatname", "schema", "category"}),
}
VALUES: Mapping[tuple[str, str], frozenset[str]] = {
    ("var", "intrvl"): frozenset({"contin", "discrete"}),
    ("var", "nature"): frozenset({"nominal", "ordinal", "interval", "ratio", "percent", "other"}),
    ("catgry", "missing"): frozenset({"Y", "N"}),
    ("catStat", "type"): frozenset({"freq", "percent", "crosstab", "other"}),
    ("varFormat", "type"): frozenset({"numeric", "character"}),
    ("varFormat", "schema"): frozenset({"SAS", "SPSS", "IBM", "ANSI", "ISO", "XML-Data", "other"}),
    ("varFormat", "category"): frozenset({"date", "time", "currency", "other"}),
}
NAMESPACE = "{ddi:codebook:2_5}"


def problems(root: Element) -> list[str]:
    """Everything that the rules above refuse, ids that are there twice, and files that are not there."""
    ids = [one.get("ID") for one in root.iter() if one.get("ID")]
    found = [f"the id {one} is there twice" for one in set(ids) if ids.count(one) > 1]
    variables = root.iter(f"{NAMESPACE}var")
    found += [f"no file {one.get('files')}" for one in variables if one.get("files") not in ids]
    return found + [problem for one in root.iter() for problem in _of(one)]


def _of(one: Element) -> Iterator[str]:
    name = _name(one)
    if not one.tag.startswith(NAMESPACE):
        yield f"{one.tag} is of another namespace"
    children = [_name(child) for child in one]
    order = CHILDREN.get(name, "").split()
    if unknown := set(children) - set(order):
        yield f"{name} has {unknown}"
    elif children != sorted(children, key=order.index):
        yield f"{name} has its children in another order: {children}"
    yield from (f"{name} has two {child}" for child in ONCE if children.count(child) > 1)
    if name in NEEDED_CHILDREN and NEEDED_CHILDREN[name] not in children:
        yield f"{name} needs {NEEDED_CHILDREN[name]}"
    yield from _of_attributes(one, name)


def _of_attributes(one: Element, name: str) -> Iterator[str]:
    if one.attrib.keys() - ALLOWED.get(name, frozenset()) - GLOBAL:
        yield f"{name} has the attributes {set(one.attrib)}"
    if NEEDED.get(name, set()) - one.attrib.keys():
        yield f"{name} needs {NEEDED[name]}"
    for attribute, value in one.attrib.items():
        if value not in VALUES.get((name, attribute), frozenset({value})):
            yield f"{name} has {attribute} {value}"


def _name(one: Element) -> str:
    return one.tag.removeprefix(NAMESPACE)
