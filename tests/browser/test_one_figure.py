"""One live figure in a real browser: grabbed by mouse and touch, in two views, while the kernel is
busy, after a restart, narrow and zoomed, by the keyboard alone.
"""

import re

import pytest
from access import obstacles
from figures import FIGURE, PICTURE
from lab import Lesson, write_notebook
from moves import drag_dot, expect_dot, expect_words, place
from playwright.sync_api import expect
from server import WINDOW

pytestmark = pytest.mark.browser
EXPLORE = "import helpers\nlive = helpers.explore(helpers.leaky_relu, x0=1.0)\nlive"
AGAIN = "live"
# Not the inline backend: whenever any slider is moved, ipykernel makes it show and close the
# figures of a cell that is still drawing them (ipython/ipykernel#1564), whoever owns that slider.
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
    assert plt.get_fignums() == [1] and len(plt.gca().lines) == 1
    assert str(number) in plt.gca().get_title()
    plt.close()
"""
ALIKE = "helpers.side_by_side(helpers.relu, x=(-1000, 1000, 1))"
SPOKEN = re.compile(".")  # a handle has its name once its script is there
CLEAR = "window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')"
ZOOM = "zoom => { document.documentElement.style.zoom = zoom; }"
START = "lab.running = true; void lab.run(2).finally(() => { lab.running = false; })"
WIDTHS = "parts => parts.map(part => part.getBoundingClientRect().width)"
# Presses a key, and says whether the words have changed before anything else could happen.
AT_ONCE = """handle => {
  const svg = handle.closest(".live-figure").querySelector("svg");
  const words = () => svg.getAttribute("aria-label");
  const before = words();
  handle.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}));
  return words() !== before;
}"""
IS_ACTIVE = "handle => handle === document.activeElement"


@pytest.fixture(scope="module")
def notebook(open_notebook, server):
    """Return a small notebook; its first cell shows a live figure."""
    write_notebook(server.files / "one.ipynb", EXPLORE, AGAIN, DRAW, ALIKE)
    return open_notebook("one.ipynb")


@pytest.fixture
def lesson(notebook):
    """Return the notebook with a new live figure, in a window of the usual size."""
    notebook.page.set_viewport_size(WINDOW)
    notebook.page.evaluate(ZOOM, 1)
    notebook.page.evaluate(CLEAR)
    show(notebook)
    return notebook


@pytest.fixture
def page(lesson):
    return lesson.page


@pytest.fixture
def picture(page):
    return page.locator(PICTURE)


@pytest.fixture
def handles(page):
    """Return the handles of the sliders: two of the range, the probe, the negative slope."""
    return page.locator(FIGURE).first.locator("[role=slider]")


def show(lesson):
    """Run the first cell, and wait for the figure and its script."""
    lesson.run(0)
    figures = lesson.page.locator(FIGURE)
    expect(figures).to_have_count(1)
    handle = figures.locator("[role=slider]").first
    expect(handle).to_have_attribute("aria-label", SPOKEN)


def cursor(picture):
    return picture.evaluate("picture => getComputedStyle(picture).cursor")


# Grabbing


def test_the_dot_follows_the_mouse_and_the_slider_follows_the_dot(
    lesson, picture, handles
):
    mouse = lesson.page.mouse
    mouse.move(*place(picture, 1))
    assert cursor(picture) == "ew-resize"
    mouse.down()
    for x in (-3, 2, 4):
        mouse.move(*place(picture, x), steps=8)
        expect_dot(picture, x)
    mouse.up()
    expect(handles.nth(2)).to_have_attribute("aria-valuenow", "4.0")
    mouse.move(*place(picture, 0))  # let go, it stays
    expect_dot(picture, 4)
    assert lesson.complaints() == []


def test_a_click_moves_the_dot_and_beside_the_panels_there_is_nothing_to_grab(
    page, picture
):
    page.mouse.click(*place(picture, -2))
    expect_dot(picture, -2)
    box = picture.bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    assert cursor(picture) in ("auto", "default")
    page.mouse.click(box["x"] + 10, box["y"] + 10)
    expect_dot(picture, -2)


def test_a_finger_moves_the_dot(page, picture):
    finger = page.context.new_cdp_session(page)
    x, y = place(picture, 3)
    for kind, places in (("touchStart", [{"x": x, "y": y}]), ("touchEnd", [])):
        touch = {"type": kind, "touchPoints": places}
        finger.send("Input.dispatchTouchEvent", touch)
    expect_dot(picture, 3)


def test_the_pointer_meets_the_dot_in_a_narrow_window_and_zoomed(page, picture):
    page.set_viewport_size({"width": 640, "height": 900})
    page.mouse.click(*place(picture, 2))
    expect_dot(picture, 2)
    page.set_viewport_size(WINDOW)
    page.evaluate(ZOOM, 2)
    page.mouse.click(*place(picture, 3))
    expect_dot(picture, 3)


def test_where_the_kernel_has_drawn_ahead_a_step_is_painted_at_once(
    lesson, page, handles
):
    for number in (2, 3, 1):  # x₀, the negative slope, one end of the range
        handle = handles.nth(number)
        handle.focus()
        for _ in range(60):
            if handle.evaluate(AT_ONCE):
                break
            page.keyboard.press("ArrowLeft")
            page.wait_for_timeout(500)
        else:
            pytest.fail("No frame was drawn ahead.")
        next(lesson.figures()).settle()  # the kernel's own frame is the same
    assert lesson.complaints() == []


# Views, kernels and files


def test_two_views_of_one_figure_show_the_same(lesson, handles):
    # JupyterLab takes away what is off the screen.
    lesson.page.set_viewport_size({"width": 1200, "height": 2000})
    lesson.run(1)
    views = lesson.page.locator(FIGURE)
    expect(views).to_have_count(2)
    second = views.nth(1).locator("[role=slider]").first
    expect(second).to_have_attribute("aria-label", SPOKEN)
    first, other = (views.nth(number).locator(PICTURE) for number in (0, 1))
    drag_dot(first, 1, 3)
    handles.first.press("ArrowRight")
    for picture in (first, other):
        expect_words(picture, "inputs from −5.9 to 6.0")
        expect_dot(picture, 3)
    handles.first.press("ArrowLeft")
    expect_words(other, "inputs from −6.0 to 6.0")
    drag_dot(other, 3, -2)
    for picture in (first, other):
        expect_dot(picture, -2)
    assert first.inner_html() == other.inner_html()


def test_a_cell_run_again_has_one_figure_and_the_pictures_before_it_are_gone(
    lesson, picture
):
    lesson.in_kernel("import gc, weakref\npictures = []")
    for _ in range(4):
        show(lesson)
        lesson.in_kernel("pictures.append(weakref.ref(live.figure))")
    drag_dot(picture, 1, 2)
    expect_dot(picture, 2)
    living = "gc.collect()\nprint([picture() is not None for picture in pictures])"
    last = "async code => (await lab.inKernel(code)).trim() === '[False, False, False, True]'"
    lesson.page.wait_for_function(last, arg=living, timeout=10_000)
    assert lesson.complaints() == []


def test_a_tab_that_was_hidden_shows_the_last_picture(context, lesson, picture):
    other = context.new_page()
    other.bring_to_front()
    for x in (2.0, 3.0):
        lesson.in_kernel(f"live.controls['x0'].value = {x}")
    lesson.page.bring_to_front()
    expect_dot(picture, 3)
    other.close()


def test_a_figure_and_a_drawing_cell_leave_each_other_alone(lesson, picture, handles):
    (figure,) = lesson.figures()
    # JupyterLab opens the side channel that serves a busy kernel when something is moved for the
    # first time.
    handles.nth(3).press("ArrowRight")
    drag_dot(picture, 1, 2)
    figure.settle()
    lesson.page.evaluate(START)
    lesson.page.wait_for_function("lab.kernel.status === 'busy'")
    stop = figure.watch()
    drag_dot(picture, 2, -4)
    presses = press_while_busy(lesson, handles.nth(3))
    seen = stop()
    assert presses > 5, "The cell ended before the slider had moved: let it draw more."
    assert seen["incomplete"] == []
    if lesson.page.evaluate("lab.kernel.supportsSubshells"):
        assert seen["repaints"] > 5, "The picture stood still while the cell ran."
    expect_dot(picture, -4)
    figure.settle()
    assert lesson.failures() == []
    assert lesson.complaints() == []


def press_while_busy(lesson, handle):
    """Move a handle to and fro until the kernel has done its work; return how often."""
    presses = 0
    while lesson.page.evaluate("lab.running"):
        handle.press("ArrowLeft" if presses // 40 % 2 else "ArrowRight")
        presses += 1
    return presses


def test_a_restarted_kernel_is_said_under_the_picture(lesson, page, picture):
    page.evaluate("lab.kernel.restart()")
    lines = page.locator(FIGURE).get_by_role("status")
    status = lines.filter(has_text="Run its cell again")
    expect(status).to_be_visible()
    expect(picture).to_be_visible()
    page.mouse.click(*place(picture, -2))
    expect_dot(picture, 1)
    page.wait_for_function("lab.kernel.status === 'idle'")
    show(lesson)
    drag_dot(picture, 1, -2)
    expect_dot(picture, -2)
    expect(status).to_have_count(0)


def test_without_the_script_the_sliders_move_the_picture(context, server):
    write_notebook(server.files / "without.ipynb", EXPLORE)
    page = context.new_page()
    page.route("**/anywidget/**", lambda route: route.abort())
    lesson = Lesson(page, server, "without.ipynb")
    lesson.run(0)
    expect(page.locator(PICTURE)).to_be_visible()
    page.locator("[role=slider]").nth(2).press("ArrowRight")
    expect_dot(page.locator(PICTURE), 1.1)
    lesson.close()


def test_jupyterlab_has_loaded_our_extension(server):
    log = server.log.read_text(encoding="utf-8")
    assert "activation_server | extension was successfully loaded" in log


# Sliders, and learners who do not see


def test_a_growing_number_does_not_move_the_track(page, picture, handles):
    tracks = page.locator(f"{FIGURE} .noUi-target")
    before = tracks.evaluate_all(WIDTHS)
    for _ in range(9):
        handles.nth(0).press("PageDown")
        handles.nth(1).press("PageUp")
    expect_words(picture, r"from −\d\d")
    assert tracks.evaluate_all(WIDTHS) == before


def test_the_probes_slider_reaches_as_far_as_the_range_when_the_hand_rests(
    picture, handles
):
    low, high, probe, _ = handles.all()
    low.press("PageUp")
    expect(picture).not_to_have_attribute("aria-label", re.compile("from −6"))
    for end, limit in ((low, "aria-valuemin"), (high, "aria-valuemax")):
        expect(probe).to_have_attribute(limit, end.get_attribute("aria-valuenow"))


def test_tab_leads_to_every_handle_and_a_screen_reader_says_its_name(page, handles):
    names = ["input range, lower end", "input range, upper end", "x₀", "negative_slope"]
    handles.first.focus()
    for handle, name in zip(handles.all(), names, strict=True):
        if not handle.evaluate(IS_ACTIVE):  # a slider's readout takes the focus too
            page.keyboard.press("Tab")
        expect(handle).to_be_focused()
        expect(handle).to_have_accessible_name(name)
        page.keyboard.press("Tab")
    assert obstacles(page, ".live-figure") == []


def test_words_change_where_the_picture_stays_alike(lesson):
    lesson.run(3)
    cell = lesson.cell(3)
    handle = cell.locator("[role=slider]").first
    expect(handle).to_have_attribute("aria-label", SPOKEN)
    for x in (-1, -2):  # ReLU gives 0 for both
        handle.press("ArrowLeft")
        expect_words(cell.locator(PICTURE), f"At x = {x}: ")
