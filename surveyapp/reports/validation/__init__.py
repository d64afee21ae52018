"""The validation report of one instrument: how well it measures, from its answers, and how sure that is."""
