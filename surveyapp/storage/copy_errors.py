"""The refusal that every kind of backup shares."""


class BackupError(Exception):
    """A backup was not made or not put back; the message says why, in Italian."""
