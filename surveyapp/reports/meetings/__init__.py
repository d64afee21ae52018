"""The syntheses of focus groups: of one meeting, and of the criteria over all of them."""
