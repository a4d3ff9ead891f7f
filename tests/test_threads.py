"""Sliders are moved in several threads, while a cell may draw with pyplot in the main one."""

import io
import re
import sys
import threading

import frames
import matplotlib
import numpy as np
import pytest

from helpers import explore


def sigmoid(x, steepness=1.0):
    return 1 / (1 + np.exp(-steepness * x))


@pytest.fixture(autouse=True)
def hasty():
    """Let Python change between threads a hundred times as often as usual."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 100)
    yield
    sys.setswitchinterval(usual)


@pytest.fixture
def pyplot():
    """Return pyplot, drawing into files."""
    matplotlib.use("agg")
    from matplotlib import pyplot

    yield pyplot
    pyplot.close("all")


def draw_with_mathtext(pyplot, number):
    """Draw as a learner's cell does, and see that nobody else drew on the same figure."""
    pyplot.figure(figsize=(3, 2))
    title = rf"$\sigma(x) = \frac{{1}}{{1 + e^{{-x}}}}, \sqrt{{{number}}}$"
    pyplot.title(title)
    pyplot.plot(range(number))
    pyplot.savefig(io.BytesIO())
    assert pyplot.gca().get_title() == title
    assert len(pyplot.gca().lines) == 1
    pyplot.close()


X0 = np.linspace(-5, 5, 15).round(1).tolist()
SEVERAL = {
    "x0": X0,
    "x_range": [(-6 - n / 5, 6 + n / 10) for n in range(15)],
    "steepness": np.linspace(0.5, 2, 15).round(2).tolist(),
}


@pytest.mark.parametrize(
    "moves",
    [list(SEVERAL.items()), [("x0", X0[n:] + X0[:n]) for n in range(4)]],
    ids=["a thread for each slider", "four threads for one slider"],
)
def test_sliders_in_threads_beside_a_cell_that_draws(pyplot, moves):
    live = explore(sigmoid, steepness=(0.5, 2.0, 0.1))
    together = threading.Barrier(len(moves))
    pictures = []
    errors = []
    live.children[0].observe(lambda change: pictures.append(change.new), names="value")

    def move(name, values):
        try:
            for value in values:
                together.wait(60)
                live.controls[name].value = value
        except Exception as error:  # else it would vanish with the thread
            together.abort()
            errors.append(error)

    threads = [threading.Thread(target=move, args=each) for each in moves]
    for thread in threads:
        thread.start()
    number = 0
    while number < 10 or any(thread.is_alive() for thread in threads):
        number += 1
        draw_with_mathtext(pyplot, number)
    assert errors == []
    assert live.message == ""
    assert len(pictures) > 15
    for picture in pictures:
        assert_of_one_piece(picture)
    assert_shows_its_values(live)


def assert_of_one_piece(picture):
    """See that the words and the readouts of a picture are of the same values."""
    words = re.search(r'aria-label="([^"]*)"', picture)[1]
    for name in ("value", "slope", "peak"):
        readout = re.search(rf'data-name="{name}"[^>]*>([^<]*)<', picture)[1]
        assert readout.lower() in words.lower()


def assert_shows_its_values(live):
    """See that words and picture are those of the values at which the sliders stand in the end."""
    fresh = explore(sigmoid, steepness=(0.5, 2.0, 0.1))
    for name, control in live.controls.items():
        fresh.controls[name].value = control.value
    assert live.alt == fresh.alt
    pictures = [frames.anonymous(frames.markup(each)) for each in (live, fresh)]
    assert pictures[0] == pictures[1]
