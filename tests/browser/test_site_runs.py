"""The web site's lessons in a real browser: every cell runs there, says what the notebook says, and
pictures move.
"""

import configparser
import re

import moves
import nbformat
import pytest
from lite import LESSONS, LiteLesson
from server import REPOSITORY, WINDOW

pytestmark = pytest.mark.site
# WebAssembly has no floating-point flags: NumPy in a browser neither raises nor reports an
# overflow. The site says so.
FLAGGED = re.compile(r"(.* encountered in \w+|NumPy reports: .*)\n")
NOT_TEXT = ("image/", "application/vnd.jupyter.widget")
COMPLETE = "code => lab.kernel.requestComplete({code, cursor_pos: code.length})"
CUT_OFF = """figure => [...figure.querySelectorAll('.widget-slider, .widget-dropdown, button')]
    .filter(control => control.getBoundingClientRect().right >
      figure.getBoundingClientRect().right + 1)
    .map(control => control.textContent)"""
STEPPED = "picture => /step [1-9]/.test(picture.getAttribute('aria-label'))"


@pytest.fixture(scope="module", params=LESSONS)
def ran(request, context, built_site):
    """Return a lesson that has run by itself, as it does when it is opened."""
    lesson = LiteLesson(context.new_page(), built_site, request.param)
    lesson.stem = request.param
    lesson.wait_until_run()
    yield lesson
    lesson.page.close()


@pytest.fixture(scope="module")
def masked():
    """Return a function that masks in a text what tests/sanitize.cfg says."""
    config = configparser.ConfigParser()
    config.read(REPOSITORY / "tests" / "sanitize.cfg")
    masks = [config[name] for name in config.sections()]

    def mask(text):
        for each in masks:
            text = re.sub(each["regex"], each["replace"], text)
        return FLAGGED.sub("", text)

    return mask


def texts(outputs):
    """Return what nbval compares of a cell's outputs: the text of each stream and of each kind of
    data, no picture.
    """
    found = {}
    for output in outputs:
        data = output.get("data", {})
        if output["output_type"] == "stream":
            data = {output["name"]: output["text"]}
        for kind, text in data.items():
            if not kind.startswith(NOT_TEXT):
                found[kind] = found.get(kind, "") + "".join(text)
    return found


def test_every_cell_runs_and_says_what_the_notebook_says(ran, masked):
    assert ran.failures() == []
    assert ran.complaints() == []
    path = REPOSITORY / "notebooks" / f"{ran.stem}.ipynb"
    outputs = ran.outputs()
    for number, cell in enumerate(nbformat.read(path, as_version=4).cells):
        here = texts(output for output in outputs if output["cell"] == number)
        there = texts(cell.get("outputs", []))
        for kind in here | there:
            says = masked(here.get(kind, ""))
            assert says == masked(there.get(kind, "")), f"cell {cell.id}, {kind}"


def test_tab_completes_what_the_cells_have_defined(ran):
    answer = ran.page.evaluate(COMPLETE, "helpers.expl")
    (match,) = answer["content"]["matches"]
    assert match.endswith("explore")


def test_a_slider_moves_its_picture_by_keyboard(ran):
    moving = [figure for figure in ran.figures() if figure.controls("slider")]
    assert moving
    for figure in moving:
        slider = figure.controls("slider")[0]
        moved = moves.changes(figure, moves.by_keyboard(slider)[0], 60)
        assert moved, f"The {slider} changes nothing."
    assert ran.complaints() == []


def test_on_a_phone_no_control_is_cut_off(ran):
    ran.page.set_viewport_size({"width": 390, "height": 844})
    cut = [figure.root.evaluate(CUT_OFF) for figure in ran.figures()]
    ran.page.set_viewport_size(WINDOW)
    assert not any(cut), cut


def test_a_race_starts_and_stops(ran):
    races = [figure for figure in ran.figures() if start_of(figure)]
    if not races:
        pytest.skip("No race in this lesson.")
    figure = races[0]
    button = start_of(figure)
    button.click()
    figure.root.get_by_text("stop", exact=True).wait_for()
    ran.page.wait_for_function(STEPPED, arg=figure.picture.element_handle())
    button.click()
    figure.root.get_by_text("go on", exact=True).wait_for()
    figure.settle(60)
    assert ": stopped" in figure.picture.get_attribute("aria-label")
    still = figure.svg()
    ran.page.wait_for_timeout(500)
    assert figure.svg() == still, "A race that was stopped goes on."
    assert ran.complaints() == []


def start_of(figure):
    """Return the button that starts a race, or None."""
    for control in figure.controls("toggle-button"):
        if control.label == "start":
            return control.root
    return None
