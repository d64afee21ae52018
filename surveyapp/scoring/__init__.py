"""From answers to scores. Pure: scores are recomputed whenever they are needed, never stored."""
