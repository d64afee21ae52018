"""Long work apart from the pages: takes jobs from the database, each in a process of its own."""
