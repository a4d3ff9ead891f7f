"""In each of JupyterLab's own themes all words around the pictures can be read."""

import pytest
from access import obstacles
from figures import FIGURE
from lab import write_notebook
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
THEMES = ("JupyterLab Light", "JupyterLab Dark", "JupyterLab Dark High Contrast")
# One cell, as JupyterLab leaves out those that are not in view: a message below a picture, names
# beside sliders, a link, and a verdict of each kind.
WORDS = """
import numpy as np
from helpers import LiveFigure
from helpers.exercises import Exercises, NumberTask
from helpers.figures.controls import slider
from lessons.cheatsheet import choose
from lessons.start_here import three_units

def draw(page, x):
    page.panel(20, 60).line([0, 1], np.exp([0.0, 1000.0]) < 1)
    return "A line."

display(LiveFigure(draw, {"x": slider("x", 1, 0, 2, 1)}, 100))
display(three_units([(-3, 0), (-2, 0), (0, 2), (3, 2)]), choose())
check = Exercises({"two": NumberTask(answer=2, right="It is 2.", mistakes=[])})
for answer in (..., 2, 3):
    display(check("two", answer))
"""
KINDS = ["kernel has gone", "NumPy reports", "To do", "Not yet", "Right", "unit 1"]
# The contrast of what is written in each element of that role with the nearest background.
CONTRAST = """
elements => elements.map(element => {
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  let below = element;
  while (numbers(getComputedStyle(below).backgroundColor)[3] === 0) below = below.parentElement;
  const ground = numbers(getComputedStyle(below).backgroundColor).slice(0, 3);
  const [r, g, b, opacity = 1] = numbers(getComputedStyle(element).color);
  const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const weights = [0.2126, 0.7152, 0.0722];
  const light = rgb => rgb.reduce((sum, v, n) => sum + weights[n] * linear(v / 255), 0.05);
  const seen = [r, g, b].map((v, n) => opacity * v + (1 - opacity) * ground[n]);
  const both = [light(seen), light(ground)];
  return [element.textContent, Math.max(...both) / Math.min(...both)];
})
"""


@pytest.fixture(scope="module")
def lesson(open_notebook, server):
    """Return a notebook with words of every kind, the last ones of a kernel that has gone."""
    write_notebook(server.files / "themes.ipynb", WORDS)
    lesson = open_notebook("themes.ipynb")
    lesson.run(0)
    assert lesson.failures() == []
    expect(lesson.page.locator(FIGURE)).to_have_count(3)
    lesson.page.evaluate("lab.kernel.restart()")
    expect(lesson.page.get_by_text("The kernel has gone")).to_have_count(3)
    return lesson


@pytest.mark.parametrize("theme", THEMES)
def test_words_can_be_read_in_each_theme(lesson, theme):
    page = lesson.page
    change = "theme => jupyterapp.commands.execute('apputils:change-theme', {theme})"
    page.evaluate(change, theme)
    expect(page.locator(f'body[data-jp-theme-name="{theme}"]')).to_have_count(1)
    words = page.locator(
        ".jp-OutputArea [role=status], .jp-OutputArea strong, .live-figure a"
    )
    seen = words.evaluate_all(CONTRAST)
    said = " ".join(text for text, _ in seen)
    for part in KINDS:
        assert part in said
    assert [pair for pair in seen if pair[1] < 4.5] == []
    assert obstacles(page, ".jp-Notebook .jp-OutputArea") == []
