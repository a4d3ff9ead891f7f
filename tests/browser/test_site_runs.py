"""The web site's lessons in a real browser: every cell runs there, says what the notebook says, and
pictures move.
"""

import configparser
import re

import nbformat
import pytest
from lite import LESSONS, LiteLesson
from server import REPOSITORY

pytestmark = pytest.mark.site
# WebAssembly has no floating-point flags: NumPy in a browser neither raises nor reports an
# overflow. The site says so.
FLAGGED = re.compile(r"(.* encountered in \w+|NumPy reports: .*)\n")
SLOW = (
    240  # seconds in which a lesson has run, on a machine that has other things to do
)


@pytest.fixture(scope="module", params=LESSONS)
def ran(request, context, built_site):
    """Return a lesson that has run by itself, as it does when it is opened."""
    page = context.new_page()
    lesson = LiteLesson(page, built_site, request.param)
    lesson.stem = request.param
    lesson.wait_until_run(SLOW)
    yield lesson
    page.close()


def sanitised(text):
    """Return a text with what tests/sanitize.cfg masks."""
    config = configparser.ConfigParser()
    config.read(REPOSITORY / "tests" / "sanitize.cfg")
    for section in config.sections():
        text = re.sub(config[section]["regex"], config[section]["replace"], text)
    return text


def compared(outputs):
    """Return what nbval compares of a cell's outputs: the text of each stream and of each kind of
    data, no picture.
    """
    texts = {}
    for output in outputs:
        if output["output_type"] == "stream":
            found = {output["name"]: output["text"]}
        else:
            found = output.get("data", {})
        for kind, text in found.items():
            if not kind.startswith(("image/", "application/vnd.jupyter.widget")):
                text = "".join(text) if isinstance(text, list) else text
                texts[kind] = texts.get(kind, "") + FLAGGED.sub("", sanitised(text))
    return {kind: text for kind, text in texts.items() if text}


def test_every_cell_runs_and_says_what_the_notebook_says(ran):
    assert ran.failures() == []
    assert ran.complaints() == []
    notebook = nbformat.read(
        REPOSITORY / "notebooks" / f"{ran.stem}.ipynb", as_version=4
    )
    outputs = ran.outputs()
    differ = {}
    for number, cell in enumerate(notebook.cells):
        here = compared(output for output in outputs if output["cell"] == number)
        there = compared(cell.get("outputs", []))
        if here != there:
            differ[cell.id] = (here, there)
    assert differ == {}


def test_tab_completes_what_the_cells_have_defined(ran):
    ask = "content => lab.panel.sessionContext.session.kernel.requestComplete(content)"
    answer = ran.page.evaluate(ask, {"code": "helpers.expl", "cursor_pos": 12})
    assert [match.rpartition(".")[2] for match in answer["content"]["matches"]] == [
        "explore"
    ]


def test_a_slider_moves_its_picture_by_keyboard(ran):
    moved = 0
    for figure in ran.figures():
        for slider in [
            control for control in figure.controls() if control.kind == "slider"
        ][:1]:
            before = figure.svg()
            for key in ("ArrowRight", "ArrowLeft", "PageUp", "PageDown"):
                slider.parts[0].press(key)
                figure.settle(60)  # a busy machine
                if figure.svg() != before:
                    break
            assert figure.svg() != before, f"The {slider} changes nothing."
            moved += 1
            assert key.startswith("Arrow"), f"Arrow keys do not move the {slider}."
    assert moved
    assert ran.complaints() == []


def test_on_a_phone_no_control_is_cut_off(ran):
    window = ran.page.viewport_size
    ran.page.set_viewport_size({"width": 390, "height": 844})
    cut = """figure => [...figure.querySelectorAll('.widget-slider, .widget-dropdown, button')]
        .filter(control => control.getBoundingClientRect().right >
          figure.getBoundingClientRect().right + 1)
        .map(control => control.textContent)"""
    found = [figure.root.evaluate(cut) for figure in ran.figures()]
    ran.page.set_viewport_size(window)
    assert found == [[] for _ in found]


def test_a_race_starts_and_stops(ran):
    races = [figure for figure in ran.figures() if _has_race(figure)]
    if not races:
        pytest.skip("No race in this lesson.")
    figure, button = races[0], _button(races[0], "start")
    button.parts[0].click()
    figure.root.get_by_text("stop", exact=True).wait_for()
    steps = "picture => /step [1-9]/.test(picture.getAttribute('aria-label'))"
    ran.page.wait_for_function(steps, arg=figure.picture.element_handle())
    button.parts[0].click()
    figure.root.get_by_text("go on", exact=True).wait_for()
    figure.settle(60)
    assert ": stopped" in figure.picture.get_attribute("aria-label")
    still = figure.svg()
    ran.page.wait_for_timeout(500)
    assert figure.svg() == still, "A race that was stopped goes on."
    assert ran.complaints() == []


def _has_race(figure):
    return "race" in str(figure.controls()) or _button(figure, "start")


def _button(figure, label):
    for control in figure.controls():
        if control.kind == "toggle-button" and control.label == label:
            return control
    return None
