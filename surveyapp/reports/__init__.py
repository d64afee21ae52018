"""The report on observed change and the exports: from the database to files, never in a request."""
