"""The site and the worker side by side: `python -m surveyapp.worker.together WEB COMMAND ...`.

Imports nothing heavy: this process stays for as long as the site is up.
"""

import sys

from surveyapp.worker.processes import Process, StopRequest, end, start, stop_on_signals

WORKER = (sys.executable, "-m", "surveyapp.cli", "worker")
# The web server gives requests under way 30 seconds, then needs a moment to end.
GRACE_SECONDS = 32.0
LOOK_SECONDS = 0.2
RESTART_SECONDS = 5.0


def main() -> int:
    """Keep both running until asked to stop, then end both. The exit code: 0 only when asked to stop.

    The site's end is everybody's end. The worker's is not: it is started again after a pause, because people
    must be able to answer also while no report can be made.
    """
    stop = stop_on_signals()
    web = start(sys.argv[1:])
    worker = start(WORKER)
    try:
        while not stop.wait(LOOK_SECONDS) and web.poll() is None:
            worker = _kept_running(worker, stop)
    finally:
        end([web, worker], GRACE_SECONDS)
    return 0 if stop.wait() else 1


def _kept_running(worker: Process, stop: StopRequest) -> Process:
    if worker.poll() is None:
        return worker
    sys.stderr.write("Chi prepara i rapporti si è fermato: riparte tra poco.\n")
    return worker if stop.wait(RESTART_SECONDS) else start(WORKER)


if __name__ == "__main__":
    sys.exit(main())
