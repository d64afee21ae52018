"""The process of one job: `python -m surveyapp.worker.job ID WORKER FOLDER`. Its memory ends with it."""

import logging
import os
import secrets
import shutil
import signal
import sys
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from surveyapp.instruments.catalogue import Catalogue, CatalogueError
from surveyapp.settings import read_settings
from surveyapp.storage import jobs
from surveyapp.storage.engine import open_engine, reading, writing
from surveyapp.storage.jobs import File, HeldJob
from surveyapp.study.errors import RefusedError
from surveyapp.study.library import read_library
from surveyapp.worker.kinds import KINDS, MEDIA_TYPES, keep
from surveyapp.worker.notices import NotSentError

_LOG = logging.getLogger("surveyapp.worker")
# Pages come first: a report may wait, a person who answers may not.
_NICENESS = 5
# An e-mail that could not be handed over is tried again, until it goes or nobody needs it any more.
_LATER = timedelta(minutes=5)
_REFUSED = "Non è andato a buon fine: {error}."
_BROKEN = (
    "Non è andato a buon fine. Riprova; se succede ancora, dai questo codice a chi gestisce il sito: {code}."
)


class MustStopError(Exception):
    """The job was cancelled, or another worker took it over."""


def main() -> None:
    """Carry out the job named on the command line, if its worker still holds it.

    The folder goes in any case: it holds answers, and a worker that was killed cannot remove it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches us too: the worker decides
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = Path(sys.argv[3])
    try:
        _main(int(sys.argv[1]), sys.argv[2], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _main(job_id: int, worker: str, folder: Path) -> None:
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    os.nice(_NICENESS)
    settings = read_settings()
    engine = open_engine(settings.database_url)
    with reading(engine) as connection:
        job = jobs.held(connection, job_id, worker)
    if job:
        carry_out(engine, read_library(engine, settings.instruments).catalogue, job, folder)


def carry_out(engine: Engine, catalogue: Catalogue, job: HeldJob, folder: Path) -> None:
    """Do the work in a folder, keep its files in the database, or say in words why it failed.

    Raises OperationalError when the database does not answer: the job is then tried again.
    """
    try:
        files = _make(engine, catalogue, job, folder)
    except MustStopError:
        return
    except OperationalError:
        raise
    except NotSentError as error:
        _LOG.warning("job %d (%s) waits: %s", job.id, job.kind, error)
        with writing(engine) as connection:
            jobs.postpone(connection, job, _now() + _LATER)
    except (CatalogueError, RefusedError) as error:
        _fail(engine, job, _REFUSED.format(error=error))
    except Exception as error:
        _fail(engine, job, _BROKEN.format(code=_logged(job, error)))
    else:
        with writing(engine) as connection:
            if jobs.finish(connection, job, files, _now()):
                keep(connection, job.arguments, files, _now())
                jobs.tidy(connection)


def _make(engine: Engine, catalogue: Catalogue, job: HeldJob, folder: Path) -> list[File]:
    def tell(progress: int, message: str) -> None:
        with writing(engine) as connection:
            if not jobs.report_progress(connection, job, _now(), progress, message):
                raise MustStopError

    with reading(engine) as connection:
        paths = KINDS[job.kind](connection, catalogue, job.arguments, folder, tell)
    return [File(path.name, MEDIA_TYPES[path.suffix], path.read_bytes()) for path in paths]


def _fail(engine: Engine, job: HeldJob, message: str) -> None:
    with writing(engine) as connection:
        jobs.fail(connection, job, message, _now())


def _logged(job: HeldJob, error: Exception) -> str:
    """Log where it broke, never the error's own words: they may hold an answer. The code to find it by."""
    code = secrets.token_hex(4)
    where = "".join(traceback.format_tb(error.__traceback__))
    _LOG.error("%s job %d (%s) broke: %s\n%s", code, job.id, job.kind, type(error).__name__, where)
    return code


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
