"""Processes that start others: asked to stop they stop them, and none outlives its parent."""

import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

Process = subprocess.Popen[bytes]

# SIGHUP is the terminal that closes.
STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_TELL_ME_WHEN_MY_PARENT_ENDS = 1  # PR_SET_PDEATHSIG of Linux
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class StopRequest:
    """Whether this process was asked to stop. Who waits wakes at once when it is."""

    def __init__(self) -> None:
        # A pipe, because an Event set inside a signal handler can wait for itself for ever.
        self._reader, self._writer = os.pipe()

    def ask(self) -> None:
        """Ask to stop; it cannot be taken back."""
        os.write(self._writer, b".")

    def wait(self, seconds: float = 0) -> bool:
        """Wait for the request, at most so long; whether it came."""
        return bool(select.select([self._reader], [], [], seconds)[0])


def stop_on_signals() -> StopRequest:
    """A request that the signals in STOPS make, save those the process was started to ignore (nohup)."""
    stop = StopRequest()
    for number in STOPS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda *_: stop.ask())
    return stop


def start(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Process:
    """Start a process that shares our output and is told to stop (SIGTERM) when we end, however we end."""
    with_us = partial(_end_with, os.getpid())  # safe as preexec_fn: who calls this has no threads
    return subprocess.Popen(command, env=environment, preexec_fn=with_us)  # noqa: S603 - no shell


def end(processes: Iterable[Process], grace: float) -> None:
    """Tell processes to stop, wait for all of them, kill what is left after `grace` seconds."""
    running = list(processes)
    for process in running:
        process.terminate()
    deadline = time.monotonic() + grace
    for process in running:
        try:
            process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _end_with(parent: int) -> None:
    if _LIBC is not None:
        _LIBC.prctl(_TELL_ME_WHEN_MY_PARENT_ENDS, signal.SIGTERM)
    if os.getppid() != parent:  # it ended before we asked to be told
        os._exit(1)
