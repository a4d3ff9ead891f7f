"""Every lesson in a real JupyterLab: it runs, each control moves its picture, and pictures need
no kernel.
"""

import moves
import pytest
from lab import WIDGET_VIEW
from lite import LESSONS

pytestmark = pytest.mark.browser
DRAG = 2  # seconds, once to and fro
REPAINTS = 3  # at least, in a drag, even on a busy machine
# Controls that lie below another thing, or in a box that is too small for them.
HIDDEN = """figure => [...figure.querySelectorAll(
    '.widget-slider, .widget-dropdown, .widget-toggle-buttons, button')]
    .filter(control => {
      control.scrollIntoView({block: 'center'});
      const {left, top, width, height} = control.getBoundingClientRect();
      const middle = document.elementFromPoint(left + width / 2, top + height / 2);
      return !control.contains(middle);
    }).map(control => control.textContent)"""


# To open and run a lesson takes longer than its tests: they share it.
@pytest.fixture(scope="module", params=LESSONS)
def lesson(request, open_notebook):
    """Return a lesson that is open; nothing has been run."""
    return open_notebook(f"notebooks/{request.param}.ipynb")


@pytest.fixture(scope="module")
def stored(lesson):
    """Return the indices of the cells that have a picture in the notebook's file."""
    return cells_with(lesson, "image/png")


@pytest.fixture(scope="module")
def ran(lesson, stored):
    """Return the lesson after all cells have run; its tests leave the sliders where they are."""
    lesson.run_all()
    return lesson


def cells_with(lesson, kind):
    """Return the indices of the cells whose output has something of that MIME type."""
    return {output["cell"] for output in lesson.outputs(kind)}


def test_runs_and_says_what_it_shows(ran, stored):
    assert ran.failures() == []
    figures = list(ran.figures())
    assert figures, "There is no live figure in this lesson."
    for figure in figures:
        assert_words(figure)
        assert figure.root.evaluate(HIDDEN) == []
        assert_sharp(figure)
    live = cells_with(ran, WIDGET_VIEW)
    assert live <= cells_with(ran, "image/png"), "A live figure brings no picture."
    assert live <= stored, "A live figure has no picture stored in the notebook's file."
    assert ran.complaints() == []


def assert_words(figure):
    """Assert that the picture says what the kernel does, and that every control has a label."""
    kernel = figure.kernel()
    words = kernel["alt"]
    assert figure.picture.get_attribute("aria-label") == words
    assert any(letter.isdigit() for letter in words), f"No value is said: {words}"
    labels = [control.label for control in figure.controls()]
    assert len(set(labels)) == len(labels), f"Two controls have one label: {labels}."
    assert set(kernel["values"]) <= set(labels), "A control has no label."


def assert_sharp(figure):
    """Assert that the picture is SVG, and that images in it have enough pixels."""
    assert figure.root.evaluate("() => devicePixelRatio") == 2
    rasters = figure.root.locator("img, canvas")
    assert rasters.count() == 0, "A picture is not drawn as SVG."
    assert figure.coarse_images() == []


# Before the buttons are pressed: a race that one of them starts would keep the kernel busy.
def test_a_drag_moves_the_largest_picture_all_the_way(ran):
    moving = [figure for figure in ran.figures() if figure.controls("slider")]
    if not moving:
        return
    figure = max(moving, key=lambda figure: len(figure.svg()))
    figure.picture.scroll_into_view_if_needed()
    stop = figure.watch()
    moves.drag_over(DRAG, figure.controls("slider")[0].parts[0])
    figure.settle()
    seen = stop()
    assert_calm(seen)
    assert seen["repaints"] >= REPAINTS, "The picture stood still in the drag."
    assert ran.complaints() == []


def assert_calm(seen):
    """Assert that a figure never was half a picture, and never changed its height."""
    assert seen["incomplete"] == []
    heights = seen["heights"]
    assert len(heights) == 1, f"The figure's height jumps: {heights} pixels."


def test_every_control_moves_its_picture(ran):
    tried = set()
    for figure in ran.figures():
        stop = figure.watch()
        for control in figure.controls():
            assert_moves(figure, control, moves.by_keyboard)
            # One of each kind by mouse, and every toggle button: that stops what the key started.
            if control.kind not in tried or control.kind == "toggle-button":
                assert_moves(figure, control, moves.by_mouse)
            tried.add(control.kind)
        assert_calm(stop())
    assert ran.complaints() == []


def assert_moves(figure, control, way):
    """Assert that each handle of a slider changes the picture, or one part of another control."""
    changed = [moves.changes(figure, actions) for actions in way(control)]
    # One button of a row is already down.
    moved = all(changed) if control.kind == "slider" else any(changed)
    assert moved, f"Moved {way.__name__}, the {control} changes nothing."


def test_a_lesson_shows_its_pictures_without_a_kernel(open_notebook):
    lesson = open_notebook(f"notebooks/{LESSONS[1]}.ipynb")
    lesson.show_the_file()
    pictures = lesson.outputs("image/png")
    assert pictures
    for output in pictures:
        # JupyterLab 4.6 does not hand this on to the page; nbconvert does, and screen readers get
        # it from there.
        assert output["metadata"]["image/png"]["alt"] == output["data"]["text/plain"]
        picture = lesson.cell(output["cell"]).locator(".jp-OutputArea img")
        width = "picture => picture.decode().then(() => picture.naturalWidth)"
        assert picture.evaluate(width) > 0
    assert lesson.page.get_by_text("model not found").count() == 0
