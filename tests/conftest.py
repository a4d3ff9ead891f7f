"""What all tests share: how hypothesis looks for examples."""

import os

import hypothesis

# A slow machine is no failure. On CI the same examples every time, so that a red run can be repeated.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")
