"""An export from beginning to end: read once, hide what must be hidden, write what was asked for."""

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.near import meant
from surveyapp.reports.cells import replace_file
from surveyapp.reports.change_report import Tell
from surveyapp.reports.exports.codes import write_codebooks
from surveyapp.reports.exports.context import by_subject
from surveyapp.reports.exports.ddi import write_ddi
from surveyapp.reports.exports.frame import Frame, frames_of, versions_of
from surveyapp.reports.exports.readme import readme
from surveyapp.reports.exports.release import FEWEST, Release, in_its_order, places_to_tell, release
from surveyapp.reports.exports.spreadsheet import write_frame
from surveyapp.reports.exports.statistical import write_dta, write_sav
from surveyapp.reports.exports.tidy import write_tidy
from surveyapp.reports.exports.valoris import FOLLOW_UP, write_valoris
from surveyapp.reports.exports.wide import write_r, write_wide
from surveyapp.reports.frames import Response, Study
from surveyapp.reports.reading import load
from surveyapp.storage import register_rows
from surveyapp.storage.register_rows import PlacementRow
from surveyapp.study.errors import RefusedError
from surveyapp.study.territory import territory as territory_of

ALL = "all"
README = "leggimi"


@dataclass(frozen=True)
class Order:
    """What is to be written where. `connection` and `catalogue` are for what few exports need."""

    connection: Connection
    catalogue: Catalogue
    study: Study
    placements: tuple[PlacementRow, ...]
    release: Release
    readme: tuple[str, ...]
    folder: Path

    @cached_property
    def frames(self) -> list[Frame]:
        """The frames, made once for all files."""
        return frames_of(self.study, self.release, by_subject(list(self.placements)))

    @property
    def instrument(self) -> str:
        """The id of the instrument."""
        return self.study.instrument.id


def write_exports(
    connection: Connection,
    catalogue: Catalogue,
    instrument_id: str,
    folder: Path,
    *,
    kinds: Collection[str],
    identified: bool = False,
    territory: str | None = None,
    key: bytes | None = None,
    tell: Tell = lambda _progress, _message: None,
) -> list[Path]:
    """Write the submitted questionnaires of an instrument in these KINDS (or "all"), and leggimi.txt.

    De-identified with `key`, or with a random one that nobody keeps; `identified` keeps codes, days, texts.
    `territory` takes those of one territory only; `tell` hears how far it is. Raises CatalogueError for an
    unknown instrument or a pinned version that is not here unchanged, RefusedError for a territory without
    anybody, or with fewer than five people where it is not identified, KeyError for an unknown kind, OSError
    where the folder cannot be written.
    """
    wanted = [kind for kind in KINDS if kind in kinds or ALL in kinds]
    if unknown := set(kinds) - {*KINDS, ALL}:
        raise KeyError(*unknown)
    tell(10, "Leggo le risposte.")
    order = _order(connection, catalogue, instrument_id, folder, territory=territory, keys=(identified, key))
    tell(30, "Scrivo.")
    written: list[Path] = []
    for number, kind in enumerate(wanted, 1):
        written += KINDS[kind](order)
        tell(30 + 70 * number // (len(wanted) + 1), "Scrivo.")
    text = "\n".join(order.readme)
    return [*written, replace_file(folder / f"{order.release.name(README)}.txt", text, "utf-8-sig")]


def _order(
    connection: Connection,
    catalogue: Catalogue,
    instrument_id: str,
    folder: Path,
    *,
    territory: str | None,
    keys: tuple[bool, bytes | None],
) -> Order:
    identified, key = keys
    study = _within(load(connection, catalogue, instrument_id, form=None), territory)
    _refuse_few(study, territory, identified=identified)
    how = release(study, None if identified else key or secrets.token_bytes(32))
    return Order(
        connection,
        catalogue,
        in_its_order(study, how),
        _placements(connection, territory),
        how,
        tuple(readme(how, stable=key is not None, demonstration=study.demonstration)),
        folder,
    )


def _within(study: Study, territory: str | None) -> Study:
    if territory is None:
        return study
    if territory not in study.territories:
        near = meant(territory, study.territories)
        raise RefusedError(
            f"nel territorio «{territory}» non c'è nessun questionario{near}; territori:"
            f" {', '.join(study.territories)}"
        )
    administrations = tuple(one for one in study.administrations if one.territory == territory)
    responses = tuple(one for one in study.responses if one.administration.territory == territory)
    return replace(study, administrations=administrations, responses=responses)


def _refuse_few(study: Study, territory: str | None, *, identified: bool) -> None:
    """An export of one territory tells the territory of everybody in it."""
    people = {response.administration.person_code for response in study.responses}
    if territory is not None and not identified and len(people) < FEWEST:
        raise RefusedError(
            f"nel territorio «{territory}» hanno risposto meno di {FEWEST} persone: si riconoscerebbero."
            " Si esportano insieme alle altre, senza --territory"
        )


def _placements(connection: Connection, territory: str | None) -> tuple[PlacementRow, ...]:
    rows = register_rows.placements(connection)
    return tuple(row for row in rows if territory in (None, territory_of(row.province, row.ambito)))


def _tidy(order: Order) -> list[Path]:
    return write_tidy(order.study, order.release, order.folder)


def _wide(order: Order) -> list[Path]:
    return [write_wide(frame, order.folder) for frame in order.frames]


def _xlsx(order: Order) -> list[Path]:
    return [write_frame(frame, order.folder, order.readme) for frame in order.frames]


def _sav(order: Order) -> list[Path]:
    return [write_sav(frame, order.folder) for frame in order.frames]


def _dta(order: Order) -> list[Path]:
    return [write_dta(frame, order.folder) for frame in order.frames]


def _r(order: Order) -> list[Path]:
    return write_r(order.frames, order.folder / "r")


def _ddi(order: Order) -> list[Path]:
    name = order.release.name(f"{order.instrument}-ddi")
    identified = order.release.identified
    return [write_ddi(order.study.instrument, order.frames, order.folder, name=name, identified=identified)]


def _codebook(order: Order) -> list[Path]:
    return write_codebooks(versions_of(order.study), order.frames, order.folder)


def _valoris(order: Order) -> list[Path]:
    places = places_to_tell(order.placements)
    how = replace(order.release, places=places)
    return write_valoris(order.placements, _follow_ups(order), how, order.folder, order.readme)


def _follow_ups(order: Order) -> tuple[Response, ...]:
    """The follow-ups after six months, where there is such an instrument."""
    if all(instrument_id != FOLLOW_UP for instrument_id, _ in order.catalogue.instruments):
        return ()
    return load(order.connection, order.catalogue, FOLLOW_UP, form=None).responses


KINDS: Mapping[str, Callable[[Order], list[Path]]] = {
    "csv": _tidy,
    "wide": _wide,
    "xlsx": _xlsx,
    "sav": _sav,
    "dta": _dta,
    "r": _r,
    "ddi": _ddi,
    "codebook": _codebook,
    "valoris": _valoris,
}
