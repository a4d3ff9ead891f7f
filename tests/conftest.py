"""What all tests share: how hypothesis looks for examples, and what keeps them quick and small."""

import gc
import importlib
import os

import hypothesis
import ipywidgets
import pytest

# A slow machine is no failure. On CI the same examples every time, so that a red run can be
# repeated.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")

# Matplotlib makes so many objects that at Python's usual threshold a fifth of the time goes into
# looking for rubbish.
gc.set_threshold(50_000, 20, 20)

# NumPy's threads wait for each other much longer than they compute when other programs have the
# processors. The number is read once, here; the kernels of notebooks have the usual one, as for a
# learner.
with pytest.MonkeyPatch.context() as environment:
    environment.setenv("OPENBLAS_NUM_THREADS", "1")
    importlib.import_module("numpy")


@pytest.fixture(autouse=True, scope="module")
def close_widgets():
    """Close the live figures of a file when it is through: ipywidgets keeps all that are open."""
    yield
    ipywidgets.Widget.close_all()
    gc.collect()
