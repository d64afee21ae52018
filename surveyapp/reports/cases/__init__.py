"""Sheets to sit around a table with: of one person, and of the network of one territory."""
