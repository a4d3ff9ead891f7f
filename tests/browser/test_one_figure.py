"""One live figure in a real browser: grabbed by mouse and touch, in two views, while the kernel is
busy, after a restart, narrow and zoomed, by the keyboard alone.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from figures import FIGURE, PICTURE
from lab import Lesson, write_notebook
from moves import at, drag, expect_words, place
from playwright.sync_api import expect

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


@pytest.fixture(scope="module")
def notebook(open_notebook, server):
    """Return a small notebook; its first cell shows a live figure."""
    write_notebook(server.files / "one.ipynb", EXPLORE, AGAIN, DRAW, ALIKE)
    return open_notebook("one.ipynb")


@pytest.fixture
def lesson(notebook):
    """Return the notebook with a new live figure, in a window of the usual size."""
    notebook.page.set_viewport_size({"width": 1200, "height": 1000})
    notebook.page.evaluate("document.documentElement.style.zoom = 1")
    notebook.page.evaluate(
        "window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')"
    )
    show(notebook)
    return notebook


def show(lesson):
    """Run the first cell, and wait for the figure and its script."""
    lesson.run(0)
    expect(figures(lesson)).to_have_count(1)
    expect(handles(lesson).first).to_have_attribute("aria-label", re.compile("."))


def figures(lesson):
    return lesson.page.locator(FIGURE)


def handles(lesson):
    return figures(lesson).first.locator("[role=slider]")


def cursor(picture):
    return picture.evaluate("picture => getComputedStyle(picture).cursor")


def in_kernel(lesson, code):
    return lesson.page.evaluate("code => lab.inKernel(code)", code)


# Grabbing


def test_the_dot_follows_the_mouse_and_the_slider_follows_the_dot(lesson):
    picture = lesson.page.locator(PICTURE)
    lesson.page.mouse.move(*place(picture, 1))
    assert cursor(picture) == "ew-resize"
    lesson.page.mouse.down()
    for x in (-3, 2, 4):
        lesson.page.mouse.move(*place(picture, x), steps=8)
        expect_words(picture, at(x))
    lesson.page.mouse.up()
    expect(handles(lesson).nth(2)).to_have_attribute("aria-valuenow", "4.0")
    lesson.page.mouse.move(*place(picture, 0))  # let go, it stays
    expect_words(picture, at(4))
    assert lesson.complaints() == []


def test_a_click_moves_the_dot_and_beside_the_panels_there_is_nothing_to_grab(lesson):
    picture = lesson.page.locator(PICTURE)
    lesson.page.mouse.click(*place(picture, -2))
    expect_words(picture, at(-2))
    box = picture.bounding_box()
    lesson.page.mouse.move(box["x"] + 10, box["y"] + 10)
    assert cursor(picture) in ("auto", "default")
    lesson.page.mouse.click(box["x"] + 10, box["y"] + 10)
    expect_words(picture, at(-2))


def test_a_finger_moves_the_dot(context, server):
    write_notebook(server.files / "touch.ipynb", EXPLORE)
    phone = context.browser.new_context(
        viewport={"width": 900, "height": 1000}, has_touch=True
    )
    lesson = Lesson(phone.new_page(), server, "touch.ipynb")
    show(lesson)
    picture = lesson.page.locator(PICTURE)
    lesson.page.touchscreen.tap(*place(picture, 3))
    expect_words(picture, at(3))
    lesson.page.evaluate("lab.panel.context.sessionContext.shutdown()")
    phone.close()


def test_the_pointer_meets_the_dot_in_a_narrow_window_and_zoomed(lesson):
    picture = lesson.page.locator(PICTURE)
    lesson.page.set_viewport_size({"width": 640, "height": 900})
    lesson.page.mouse.click(*place(picture, 2))
    expect_words(picture, at(2))
    lesson.page.set_viewport_size({"width": 1200, "height": 1000})
    lesson.page.evaluate("document.documentElement.style.zoom = 2")
    lesson.page.mouse.click(*place(picture, 3))
    expect_words(picture, at(3))


# Views, kernels and files


def test_two_views_of_one_figure_show_the_same(lesson):
    # JupyterLab takes away what is off the screen.
    lesson.page.set_viewport_size({"width": 1200, "height": 2000})
    lesson.run(1)
    expect(figures(lesson)).to_have_count(2)
    second_handle = figures(lesson).nth(1).locator("[role=slider]").first
    expect(second_handle).to_have_attribute("aria-label", re.compile("."))
    pictures = [figures(lesson).nth(number).locator(PICTURE) for number in (0, 1)]
    drag(pictures[0], 1, 3)
    for picture in pictures:
        expect_words(picture, at(3))
    handles(lesson).nth(0).press("ArrowRight")
    for picture in pictures:
        expect_words(picture, "inputs from −5.9 to 6.0")
    handles(lesson).nth(0).press("ArrowLeft")
    expect_words(pictures[1], "inputs from −6.0 to 6.0")
    drag(pictures[1], 3, -2)
    for picture in pictures:
        expect_words(picture, at(-2))
    assert pictures[0].inner_html() == pictures[1].inner_html()


def test_a_cell_run_again_has_one_figure_and_the_pictures_before_it_are_gone(lesson):
    in_kernel(lesson, "import gc, weakref\npictures = []")
    for _ in range(4):
        show(lesson)
        in_kernel(lesson, "pictures.append(weakref.ref(live.figure))")
    drag(lesson.page.locator(PICTURE), 1, 2)
    expect_words(lesson.page.locator(PICTURE), at(2))
    count = "gc.collect()\nprint([number for number, picture in enumerate(pictures) if picture()])"
    last = "async code => (await lab.inKernel(code)).trim() === '[3]'"
    lesson.page.wait_for_function(last, arg=count, timeout=10_000)
    assert lesson.complaints() == []


def test_a_tab_that_was_hidden_shows_the_last_picture(context, lesson):
    other = context.new_page()
    other.bring_to_front()
    for x in (2.0, 3.0):
        in_kernel(lesson, f"live.controls['x0'].value = {x}")
    lesson.page.bring_to_front()
    expect_words(lesson.page.locator(PICTURE), at(3))
    other.close()


def test_a_figure_and_a_drawing_cell_leave_each_other_alone(lesson):
    picture = lesson.page.locator(PICTURE)
    (figure,) = lesson.figures()
    # JupyterLab opens the side channel that serves a busy kernel when something is moved for the
    # first time.
    handles(lesson).nth(3).press("ArrowRight")
    drag(picture, 1, 2)
    figure.settle()
    start = (
        "lab.running = true; void lab.run(2).finally(() => { lab.running = false; })"
    )
    lesson.page.evaluate(start)
    lesson.page.wait_for_function("lab.kernel.status === 'busy'")
    watcher = figure.watch()
    drag(picture, 2, -4)
    presses = press_while_busy(lesson, handles(lesson).nth(3))
    seen = watcher.stop()
    assert presses > 5, (
        "The cell ended before the slider had moved much: let it draw more."
    )
    assert seen["incomplete"] == []
    if lesson.page.evaluate("lab.kernel.supportsSubshells"):
        assert seen["repaints"] > 5, "The picture stood still while the cell ran."
    expect_words(picture, at(-4))
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


def test_a_restarted_kernel_is_said_under_the_picture(lesson):
    picture = lesson.page.locator(PICTURE)
    lesson.page.evaluate("lab.kernel.restart()")
    status = figures(lesson).get_by_role("status").filter(has_text="Run its cell again")
    expect(status).to_be_visible()
    expect(picture).to_be_visible()
    lesson.page.mouse.click(*place(picture, -2))
    expect_words(picture, at(1))
    lesson.page.wait_for_function("lab.kernel.status === 'idle'")
    show(lesson)
    drag(picture, 1, -2)
    expect_words(picture, at(-2))
    expect(status).to_have_count(0)


def test_the_picture_stands_in_a_saved_notebook(lesson):
    lesson.page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    lesson.open("one.ipynb")
    expect(lesson.cell(0).locator(".jp-OutputArea img")).to_be_visible()


def test_without_the_script_the_sliders_move_the_picture(page, server):
    write_notebook(server.files / "without.ipynb", EXPLORE)
    page.route("**/anywidget/**", lambda route: route.abort())
    lesson = Lesson(page, server, "without.ipynb")
    lesson.run(0)
    expect(page.locator(PICTURE)).to_be_visible()
    handles(lesson).nth(2).press("ArrowRight")
    expect_words(page.locator(PICTURE), at(1.1))


def test_jupyterlab_has_loaded_our_extension(server):
    log = server.log.read_text(encoding="utf-8")
    assert "activation_server | extension was successfully loaded" in log


# Sliders, and learners who do not see


def widths(parts):
    """Return the width of each part in pixels."""
    return parts.evaluate_all(
        "parts => parts.map(part => part.getBoundingClientRect().width)"
    )


def test_a_growing_number_does_not_move_the_track(lesson):
    tracks = figures(lesson).locator(".noUi-target")
    before = widths(tracks)
    for _ in range(9):
        handles(lesson).nth(0).press("PageDown")
        handles(lesson).nth(1).press("PageUp")
    expect_words(lesson.page.locator(PICTURE), r"from −\d\d")
    assert widths(tracks) == before


def test_the_probes_slider_reaches_as_far_as_the_range_when_the_hand_rests(lesson):
    low, high, probe = (handles(lesson).nth(number) for number in (0, 1, 2))
    low.press("PageUp")
    picture = lesson.page.locator(PICTURE)
    expect(picture).not_to_have_attribute("aria-label", re.compile("from −6"))
    expect(probe).to_have_attribute("aria-valuemin", low.get_attribute("aria-valuenow"))
    expect(probe).to_have_attribute(
        "aria-valuemax", high.get_attribute("aria-valuenow")
    )
    expect(probe).to_have_accessible_name("x₀")


def test_a_screen_reader_says_the_names_of_all_handles(lesson):
    names = ["input range, lower end", "input range, upper end", "x₀", "negative_slope"]
    for handle, name in zip(handles(lesson).all(), names, strict=True):
        expect(handle).to_have_accessible_name(name)


def test_tab_leads_to_every_handle(lesson):
    handles(lesson).first.focus()
    for handle in handles(lesson).all()[1:]:
        for _ in range(3):  # a slider's readout takes the focus too
            lesson.page.keyboard.press("Tab")
            if handle.evaluate("handle => handle === document.activeElement"):
                break
        expect(handle).to_be_focused()


def test_axe_finds_nothing_serious_in_a_live_figure(lesson):
    figures(lesson).evaluate("figure => { figure.id = 'figure-under-test'; }")
    found = Axe().run(lesson.page, context="#figure-under-test").response["violations"]
    grave = [rule for rule in found if rule["impact"] in ("serious", "critical")]
    assert [f"{rule['id']}: {rule['help']}" for rule in grave] == []


def test_words_change_where_the_picture_stays_alike(lesson):
    lesson.run(3)
    cell = lesson.cell(3)
    handle = cell.locator("[role=slider]").first
    expect(handle).to_have_attribute("aria-label", re.compile("."))
    for x in (-1, -2):  # ReLU gives 0 for both
        handle.press("ArrowLeft")
        expect_words(cell.locator(PICTURE), f"At x = {x}: ")
