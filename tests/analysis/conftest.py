"""Property tests here take their time on a busy machine: no deadline for one example."""

from hypothesis import settings

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
