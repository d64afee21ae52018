"""What an instrument is: model, strict reader, checks, path, catalogue. Pure: no database, no pages."""
