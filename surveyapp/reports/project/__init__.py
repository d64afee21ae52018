"""The report over the whole project: its sixteen indicators, for the team and for partners."""
