"""Every number of the project, in the order in which partners would miss it most, and how counts add up."""

from collections.abc import Iterator
from dataclasses import replace

from analysis.linked import Sum
from surveyapp.reports.improvement import improvement_rows
from surveyapp.reports.numbers import Numbers, Place, Row, count, placed
from surveyapp.reports.project.declared import declared_places, declared_sums
from surveyapp.reports.project.indicators import EVERY_COUNT
from surveyapp.reports.project.maintained import maintained_rows, maintained_sums
from surveyapp.reports.project.material import Material
from surveyapp.reports.project.network import network_rows
from surveyapp.reports.project.observed import observed_rows, observed_sums
from surveyapp.reports.project.placed_after import follow_up_rows, follow_up_sums
from surveyapp.reports.project.registered import VALUE, figure_of, place_of

PROJECT = Place(version="", scale="paths")


def project_numbers(material: Material) -> Numbers:
    """Every number of the report, and the sums by which those for partners are chosen."""
    counts = _counts(material)
    observed = _observed(material)
    followed = follow_up_rows(material.ended, material.today, material.version("fu6"))
    kept = maintained_rows(material.adapted, material.version("acc")) if material.adapted else []
    declared = improvement_rows(material.studies["aut"]) if "aut" in material.studies else []
    network = network_rows(*material.networks) if material.networks else []
    rows = (*counts, *observed, *followed, *kept, *declared, *network)
    sums = [*_count_sums(material), *follow_up_sums(material.version("fu6"))]
    sums += observed_sums(material.version("oss"), observed) if observed else []
    sums += maintained_sums(material.version("acc")) if kept else []
    sums += [one for place in declared_places(declared) for one in declared_sums(place)]
    return Numbers(rows, tuple(_known(rows, [*sums, *_across(material, rows)])))


def _counts(material: Material) -> list[Row]:
    """The counts that are known: what somebody entered goes before the register."""
    values = {**material.counted, **{code: one.value for code, one in material.entered.items()}}
    return [
        Row(place_of(code), figure_of(indicator, values[code]))
        for code, indicator in EVERY_COUNT.items()
        if code in values
    ]


def _observed(material: Material) -> list[Row]:
    if "oss" not in material.studies:
        return []
    people = {person.person for person in material.ended} | {pair.person for pair in material.observed}
    rows = observed_rows(material.observed, len(people), material.version("oss"), material.reliability)
    return [*rows, *placed(PROJECT, [count("ended", len(material.ended), len(people))])]


def _count_sums(material: Material) -> Iterator[Sum]:
    """Each count about somebody; those of the register are parts of each other."""
    for code, indicator in EVERY_COUNT.items():
        if indicator.sensitive:
            yield Sum((place_of(code), VALUE))
    own = material.counted.keys() - material.entered.keys()
    for whole, part in (("I1", "I1B"), ("I2", "I8"), ("I2", "A2"), ("A8", "I5")):
        if {whole, part} <= own:
            yield Sum((place_of(whole), VALUE), ((place_of(part), VALUE),))


def _across(material: Material, rows: tuple[Row, ...]) -> Iterator[Sum]:
    """What adds up between one indicator and another."""
    own = material.counted.keys() - material.entered.keys()
    followed = (Place(material.version("fu6"), "I13", occasion="FU6", form="O"), "ended")
    asked = (_first(rows, "I12", "asked"), "asked")
    if "I2" in own:
        yield Sum((place_of("I2"), VALUE), (followed,))
        yield Sum((place_of("I2"), VALUE), (asked,))
    if "A8" in own:
        accompanied = Place(material.version("acc"), "I14", occasion="T2", form="C", subset="accompanied")
        yield Sum((place_of("A8"), VALUE), ((accompanied, "n"),), whole=True)
    yield Sum(asked, ((PROJECT, "ended"),))
    yield Sum((PROJECT, "ended"), (followed,), whole=True)
    yield from _concluded(material, rows, followed)


def _concluded(material: Material, rows: tuple[Row, ...], followed: tuple[Place, str]) -> Iterator[Sum]:
    """Who concluded for I15 (their path has an end, or they answered at it) and whose path has ended."""
    places = [row.place for row in rows if row.figure.statistic == "concluded"]
    wholes = declared_places(rows)
    counts = {row.place: int(row.figure.value or 0) for row in rows if row.figure.statistic == "concluded"}
    if len(wholes) != 1 or not places:
        return
    concluded, ended = (wholes[0], "concluded"), len(material.ended)
    larger, smaller = (concluded, followed) if counts[wholes[0]] >= ended else (followed, concluded)
    yield Sum(larger, (smaller,))


def _first(rows: tuple[Row, ...], scale: str, statistic: str) -> Place:
    found = (row.place for row in rows if row.place.scale == scale and row.figure.statistic == statistic)
    return next(found, replace(PROJECT, subset="none"))


def _known(rows: tuple[Row, ...], sums: list[Sum]) -> Iterator[Sum]:
    """The sums of counts that are there: an indicator without data has none."""
    there = {(row.place, row.figure.statistic) for row in rows if row.figure.value is not None}
    return (one for one in sums if {one.total, *one.parts} <= there)
