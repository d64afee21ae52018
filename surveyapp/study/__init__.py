"""The register: people, paths, what is due, personal links; and the invented people of the demonstration."""
