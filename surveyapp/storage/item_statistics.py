"""What the answers say of each question: kept when a validation report is made, read by the pages."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from surveyapp.storage.statistic_tables import ItemStatistic


def keep(
    connection: Connection,
    instrument: str,
    rows: Iterable[Mapping[str, Any]],
    data_digest: str,
    now: datetime,
) -> None:
    """Keep the numbers of an instrument in the place of those kept before."""
    connection.execute(delete(ItemStatistic).where(ItemStatistic.instrument == instrument))
    about = {"instrument": instrument, "data_digest": data_digest, "computed_at": now}
    made = [{**row, **about} for row in rows]
    if made:
        connection.execute(insert(ItemStatistic), made)


def forget(connection: Connection) -> None:
    """Delete every number: somebody who is counted in them must not be any more."""
    connection.execute(delete(ItemStatistic))


def of_items(connection: Connection, instrument: str, items: Iterable[str]) -> dict[str, list[Row[Any]]]:
    """The numbers of some questions of an instrument, by question, in the order in which they were kept."""
    table = ItemStatistic
    wanted = (table.instrument == instrument, table.item.in_(list(items)))
    found: dict[str, list[Row[Any]]] = {}
    for row in connection.execute(select(table.__table__).where(*wanted).order_by(table.id)):
        found.setdefault(row.item, []).append(row)
    return found


def computed_at(connection: Connection, instrument: str) -> datetime | None:
    """When the numbers of an instrument were computed; None where there are none."""
    moment = func.max(ItemStatistic.computed_at)
    return connection.scalar(select(moment).where(ItemStatistic.instrument == instrument))
