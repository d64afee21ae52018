"""The history of a question or criterion: its words, what was said of it, judged, decided and measured."""

from collections.abc import Mapping
from typing import Any

from flask import abort, render_template
from sqlalchemy import Connection, Row

from surveyapp.focus_groups.evidence import chains_of
from surveyapp.focus_groups.ledger import Chain
from surveyapp.focus_groups.version_ledger import Versions, versions_of
from surveyapp.instruments.model import Instrument
from surveyapp.storage import evidence as stored
from surveyapp.storage import excerpts, item_statistics, open_answers
from surveyapp.storage.engine import reading
from surveyapp.web.services import services
from surveyapp.web.staff import item_history_shown, shown
from surveyapp.web.staff.focus_words import AUDIENCES, KINDS
from surveyapp.web.staff.grounds import told_of
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.instruments_known import OTHER_YEAR
from surveyapp.web.staff.pages import blueprint
from surveyapp.web.staff.roles import may

NOTHING: Mapping[str, Instrument] = {}


@blueprint.get("/storia/<instrument>")
def item_histories(instrument: str) -> str:
    """Every question of an instrument, of all its versions, with how much is known of each."""
    versions = _versions(instrument)
    with reading(services().engine) as connection:
        counts = stored.counts(connection)
    return render_template(
        "staff/item_histories.html",
        title=versions.newest.title,
        instrument=instrument,
        lines=criteria_of(versions),
        gone=set(criteria_of(versions)) - set(versions.newest.declared),
        counts=counts,
    )


@blueprint.get("/storia/criteri")
def criterion_histories() -> str:
    """The criteria that no instrument has, with how much is known of each."""
    with reading(services().engine) as connection:
        lines, counts = excerpts.new_criteria(connection), stored.counts(connection)
    return render_template(
        "staff/item_histories.html", title="", instrument="", lines=lines, gone=set(), counts=counts
    )


@blueprint.get("/storia/<instrument>/<item>")
def item_history(instrument: str, item: str) -> str:
    """One question through time."""
    versions = _versions(instrument)
    title = criteria_of(versions).get(item)
    if title is None:
        abort(404)
    with reading(services().engine) as connection:
        (chain,) = chains_of(
            connection, instrument, [*versions.all.values()], {item: title}, signed_in().email
        )
        computed = item_statistics.computed_at(connection, instrument)
        told = {
            "computed": shown.moment(computed, services().settings.time_zone) if computed else "",
            "is_module": versions.is_module,
            "title": versions.newest.title,
            "is_gone": item not in versions.newest.declared,
        }
        return _page(connection, chain, versions.all, told)


@blueprint.get("/storia/criteri/<criterion>")
def criterion_history(criterion: str) -> str:
    """One criterion that no instrument has, through time."""
    with reading(services().engine) as connection:
        row = stored.criterion(connection, criterion) or abort(404)
        (chain,) = chains_of(connection, "", (), {row.code: row.title}, signed_in().email)
        return _page(connection, chain, NOTHING, {"criterion": row})


def criteria_of(versions: Versions) -> dict[str, str]:
    """Every item that a version has or had, with its newest criterion."""
    found = {item.id: item.criterion for one in versions.all.values() for item in one.declared.values()}
    return {item: found[item] for item in (*versions.newest.declared, *found)}


def _versions(instrument: str) -> Versions:
    return versions_of(services().catalogue, instrument) or abort(404)


def _page(
    connection: Connection, chain: Chain, versions: Mapping[str, Instrument], told: Mapping[str, object]
) -> str:
    return render_template(
        "staff/item_history.html",
        chain=chain,
        sections=list(item_history_shown.sections(chain)),
        wordings=item_history_shown.wordings(chain, versions),
        days={one.on: shown.day(one.on, OTHER_YEAR) for one in chain.said if one.on},
        judged=item_history_shown.judged(chain, versions),
        read=item_history_shown.read(chain, versions),
        answers=_answers(connection, chain.item),
        taken=item_history_shown.taken(chain.decided, told_of(connection, chain.decided)),
        measured=item_history_shown.measured(chain, versions),
        changed=item_history_shown.changed(chain, versions),
        columns=item_history_shown.STATISTICS,
        audiences=AUDIENCES,
        kinds=KINDS,
        **told,
    )


def _answers(connection: Connection, criterion: str) -> list[Row[Any]] | None:
    """The open answers coded to it, question by question; None for who may not read them."""
    account = signed_in()
    if not may(account.granted.role, "staff.coded_answers"):
        return None
    return open_answers.coded_to(account.scope, connection, criterion, account.email)
