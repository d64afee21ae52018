"""Indicator I16: how dense the network of organisations is, and by how much that grew."""

from dataclasses import replace

from analysis.network import Growth, Network, density_change
from surveyapp.reports.numbers import OF_THINGS, Figure, Place, Row, placed
from surveyapp.reports.project.indicators import OUTCOMES

FULL, COMMON = "full_roster", "common_nodes"
TARGET = OUTCOMES["I16"][2]


def network_rows(before: Network, after: Network) -> list[Row]:
    """The density at both dates, on the full rosters and on the nodes that are on both (T16, T17)."""
    found = density_change(before, after, target=TARGET)
    place = Place(version="", scale="I16")
    return [
        *placed(replace(place, subset=FULL), _figures(found.full)),
        *placed(replace(place, subset=COMMON), _figures(found.common)),
    ]


def _figures(found: Growth) -> list[Figure]:
    nodes, reason = found.nodes_after, found.reason or ""
    numbers = {
        "nodes_before": found.nodes_before,
        "nodes_after": found.nodes_after,
        "ties_before": found.ties_before,
        "ties_after": found.ties_after,
        "density_before": found.before,
        "density_after": found.after,
        "growth": found.change,
        "reached": None if found.reached is None else float(found.reached),
    }
    return [
        Figure(name, value, nodes, estimator=OF_THINGS, reason="" if value is not None else reason)
        for name, value in numbers.items()
    ]
