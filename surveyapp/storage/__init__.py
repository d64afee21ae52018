"""The database: typed tables, engine settings, named queries, migrations. SQLAlchemy only lives here."""
