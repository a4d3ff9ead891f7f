"""One explorer of a learner's own function in a small notebook: busy kernels, saved files, the keyboard alone."""

import pytest
from figures import FIGURE
from lab import Lesson, write_notebook
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
EXPLORE = """
import numpy as np
import helpers

def sigmoid(x, steepness=1.0):
    return 1 / (1 + np.exp(-steepness * x))

helpers.explore(sigmoid, steepness=(0.5, 2.0, 0.1))
"""
# Not the inline backend: whenever any slider is moved, ipykernel makes it show and close the figures of a cell that is
# still drawing them (ipython/ipykernel#1564), whoever owns that slider.
DRAW = r"""
import io, time
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt

number, end = 0, time.monotonic() + 4
while number < 20 or time.monotonic() < end:
    number += 1
    plt.figure(figsize=(3, 2))
    plt.title(rf"$\sigma(x) = \frac{{1}}{{1 + e^{{-x}}}}, \sqrt{{{number}}}$")
    plt.plot(range(number))
    plt.savefig(io.BytesIO())
    assert plt.get_fignums() == [1] and len(plt.gca().lines) == 1 and str(number) in plt.gca().get_title()
    plt.close()
"""


@pytest.fixture
def lesson(page, server):
    """Return the small notebook, open and not yet run: a live figure, then a cell that draws for a while."""
    write_notebook(server.files / "small.ipynb", EXPLORE, DRAW)
    return Lesson(page, server, "small.ipynb")


def test_jupyterlab_has_loaded_our_extension(server):
    assert "activation_server | extension was successfully loaded" in server.log.read_text(encoding="utf-8")


def test_sliders_and_a_drawing_cell_leave_each_other_alone(lesson):
    lesson.page.evaluate("lab.run(0)")
    (figure,) = lesson.figures()
    handles = [handle for control in figure.controls() for handle in control.parts]
    # JupyterLab opens the side channel that serves a busy kernel's sliders when one is moved for the first time.
    for handle in handles:
        handle.press("ArrowRight")
    figure.settle()
    lesson.page.evaluate("lab.running = true; void lab.run(1).finally(() => { lab.running = false; })")
    lesson.page.wait_for_function("lab.kernel.status === 'busy'")
    repaints = _move_while_busy(lesson, figure, handles)
    figure.settle()
    assert lesson.failures() == []
    assert lesson.complaints() == []
    if lesson.page.evaluate("lab.kernel.supportsSubshells"):
        assert repaints > 5, "The picture stood still while the cell ran."


def _move_while_busy(lesson, figure, handles):
    """Move the handles in turn until the kernel has done its work; return how often the picture changed."""
    watcher, presses = figure.watch(), 0
    while lesson.page.evaluate("lab.running"):
        key = "ArrowRight" if presses // 40 % 2 else "ArrowLeft"
        handles[presses % len(handles)].press(key)
        presses += 1
    seen = watcher.stop()
    assert presses > 5, "The cell ended before the sliders had moved much: let it draw more."
    assert seen["incomplete"] == []
    return len(seen["repaints"])


def test_the_picture_stands_in_a_saved_notebook(lesson, server):
    lesson.page.evaluate("lab.run(0)")
    expect(lesson.page.locator(FIGURE)).to_be_visible()
    lesson.page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    lesson.page.evaluate("window.jupyterapp.serviceManager.sessions.shutdownAll()")
    again = Lesson(lesson.page, server, "small.ipynb")
    expect(again.cell(0).locator(".jp-OutputArea img")).to_be_visible()


def test_tab_leads_to_every_control(lesson):
    lesson.page.evaluate("lab.run(0)")
    (figure,) = lesson.figures()
    handles = [handle for control in figure.controls() for handle in control.parts]
    handles[0].focus()
    for handle in handles[1:]:
        for _ in range(3):  # a slider's readout takes the focus too
            lesson.page.keyboard.press("Tab")
            if handle.evaluate("handle => handle === document.activeElement"):
                break
        expect(handle).to_be_focused()
