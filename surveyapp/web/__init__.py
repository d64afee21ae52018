"""Pages: short stories over collection. Nothing here queries a table or computes a score."""
