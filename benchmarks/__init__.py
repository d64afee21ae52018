"""Ratio benchmarks: what our pages and statistics cost beside the bare minimum. Run by `make bench`."""
