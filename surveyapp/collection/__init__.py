"""Use cases of answering: open, consent, save, review, submit. Knows the database, not the pages."""
