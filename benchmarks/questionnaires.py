"""CPU of the server for a whole questionnaire: ours beside the yardstick, in turns, on the same core.

    python -m benchmarks.questionnaires [--rounds 5] [--count 40]

Both servers have one gthread worker with four threads, pinned to one core; the walkers use the other. Turns
are interleaved, so that whatever else the machine does falls on both.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.walker import Tally, walk_all

TOGETHER = 4
SERVER_CORE, WALKER_CORE = 0, 1
GUNICORN = [
    "--worker-class",
    "gthread",
    "--workers",
    "1",
    "--threads",
    "4",
    "--no-control-socket",
    "--log-level",
    "warning",
]


@dataclass(frozen=True)
class Turn:
    """One turn of one server."""

    cpu: float
    seconds: float
    tally: Tally


@dataclass(frozen=True)
class Server:
    """A running server with a way to get fresh addresses."""

    name: str
    url: str
    process: psutil.Process
    environment: dict[str, str]

    def addresses(self, count: int, occasion: str) -> Iterator[str]:
        """So many start addresses."""
        if self.name == "yardstick":
            return iter([self.url] * count)
        command = [
            sys.executable,
            "-m",
            "surveyapp.cli",
            "links",
            "--occasion",
            occasion,
            "--count",
            str(count),
        ]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True)
        return iter(done.stdout.split())

    def cpu(self) -> float:
        """Seconds of CPU used so far by the server and its workers."""
        return sum(sum(process.cpu_times()[:2]) for process in self._processes())

    def memory(self) -> float:
        """Resident MB of the largest worker."""
        return max(process.memory_info().rss for process in self._processes()) / 1e6

    def _processes(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]


@contextmanager
def serving(name: str, target: str, environment: dict[str, str]) -> Iterator[Server]:
    """A gunicorn for `target` on a free port of this machine, pinned to the server's core."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {**os.environ, **environment, "PORT": str(port)}
    command = [sys.executable, "-m", "gunicorn", *GUNICORN, "--bind", f"127.0.0.1:{port}", target]
    process = subprocess.Popen(command, env=environment)
    try:
        _pin(process.pid, SERVER_CORE)
        _wait(port)
        yield Server(name, url, psutil.Process(process.pid), environment)
    finally:
        process.terminate()
        process.wait(30)


def turn(server: Server, count: int, occasion: str) -> Turn:
    """So many questionnaires on one server."""
    addresses = server.addresses(count, occasion)
    cpu, started = server.cpu(), time.perf_counter()
    tally = walk_all(addresses, TOGETHER)
    return Turn(server.cpu() - cpu, time.perf_counter() - started, tally)


def main() -> None:
    """Run the turns and print the table."""
    arguments = _arguments()
    _pin(os.getpid(), WALKER_CORE)
    with tempfile.TemporaryDirectory() as folder:
        ours = {"SURVEYAPP_DATABASE_URL": f"sqlite:///{Path(folder) / 'ours.db'}"}
        subprocess.run(
            [sys.executable, "-m", "surveyapp.cli", "init"],
            env={**os.environ, **ours},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        yard = {"YARD_DB": str(Path(folder) / "yard.db"), "YARD_PAGES": str(_posts(arguments.occasion))}
        with (
            serving("yardstick", "benchmarks.yardstick:app", yard) as yardstick,
            serving("surveyapp", "surveyapp.web.app:create_app()", ours) as app,
        ):
            servers = (yardstick, app)
            for server in servers:
                turn(server, TOGETHER, arguments.occasion)
            turns: dict[str, list[Turn]] = {server.name: [] for server in servers}
            for _ in range(arguments.rounds):
                for server in servers:
                    turns[server.name].append(turn(server, arguments.count, arguments.occasion))
            for server in servers:
                _print(server, turns[server.name])
    _print_ratio(turns)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--occasion", default="EXANTE", choices=["EXANTE", "EXPOST"])
    return parser.parse_args()


def _posts(occasion: str) -> int:
    """Pages that a walk posts on average: start, practice, questions, pauses offered, who helped, review."""
    return {"EXANTE": 32, "EXPOST": 46}[occasion]


def _print(server: Server, turns: list[Turn]) -> None:
    pages = sorted(page for each in turns for page in each.tally.pages)
    sizes = [size for each in turns for size in each.tally.sizes]
    errors = [error for each in turns for error in each.tally.errors]
    posts = len(pages) / max(1, sum(each.tally.finished for each in turns))
    print(
        f"{server.name:10} CPU {statistics.median(_per_questionnaire(turns)) * 1000:7.1f} ms a questionnaire"
        f" ({posts:.1f} posts), page p50 {pages[len(pages) // 2] * 1000:5.1f} p95"
        f" {pages[int(len(pages) * 0.95)] * 1000:5.1f} ms, {statistics.mean(sizes) / 1000:.1f} kB a page"
        f" (largest {max(sizes) / 1000:.1f}), {server.memory():.0f} MB, errors {len(errors)} {errors[:1]}"
    )


def _print_ratio(turns: dict[str, list[Turn]]) -> None:
    pairs = zip(*(_per_questionnaire(turns[name]) for name in ("yardstick", "surveyapp")), strict=True)
    ratios = sorted(ours / bare for bare, ours in pairs)
    print(f"ratio      {statistics.median(ratios):.2f} (from {ratios[0]:.2f} to {ratios[-1]:.2f})")


def _per_questionnaire(turns: list[Turn]) -> list[float]:
    return [each.cpu / each.tally.finished for each in turns if each.tally.finished]


def _pin(pid: int, core: int) -> None:
    if core in os.sched_getaffinity(pid):
        os.sched_setaffinity(pid, {core})


def _wait(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing listens on port {port}")


if __name__ == "__main__":
    main()
