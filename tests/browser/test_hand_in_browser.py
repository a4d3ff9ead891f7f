"""The picture in a real browser: grabbed by mouse and touch, in two views, after a restart, narrow and zoomed."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from figures import FIGURE, PICTURE
from lab import Lesson, write_notebook
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
EXPLORE = "import helpers\nlive = helpers.explore(helpers.leaky_relu, x0=1.0)\nlive"
AGAIN = "live"
BUSY = "import time\nend = time.monotonic() + 3\nwhile time.monotonic() < end:\n    time.sleep(0.01)"
LEFT, WIDE, SIZE = 54, 652, 720  # of the panels of `explore`, in pixels of the picture


@pytest.fixture
def lesson(page, server):
    """Return a small notebook whose first cell, a live figure, has been run."""
    write_notebook(server.files / "hand.ipynb", EXPLORE, AGAIN, BUSY)
    lesson = Lesson(page, server, "hand.ipynb")
    run(lesson, 0)
    expect(figures(lesson).locator("svg .moving")).to_have_count(1)
    expect(handles(lesson).first).to_have_attribute("aria-label", re.compile("."))  # the script is there
    return lesson


def run(lesson, index):
    lesson.page.evaluate("index => lab.run(index)", index)


def figures(lesson):
    return lesson.page.locator(FIGURE)


def handles(lesson):
    return figures(lesson).first.locator("[role=slider]")


def place(picture, x, lo=-6, hi=6):
    """Return where the value x is in the upper panel, in pixels of the page."""
    picture.evaluate("picture => picture.scrollIntoView({block: 'nearest'})")
    box = picture.bounding_box()
    scale = box["width"] / SIZE
    return box["x"] + scale * (LEFT + WIDE * (x - lo) / (hi - lo)), box["y"] + 150 * scale


def drag(page, picture, start, end, steps=12):
    page.mouse.move(*place(picture, start))
    page.mouse.down()
    page.mouse.move(*place(picture, end), steps=steps)
    page.mouse.up()


def says(x):
    """Return a pattern for the words of the picture whose probe stands at x."""
    return re.compile(rf"slope at {f'{x:.2f}'.replace('-', '−')} =")


def test_the_dot_follows_the_mouse_and_the_slider_follows_the_dot(lesson):
    picture = lesson.page.locator(PICTURE)
    lesson.page.mouse.move(*place(picture, 1))
    assert picture.evaluate("picture => getComputedStyle(picture).cursor") == "ew-resize"
    lesson.page.mouse.down()
    for x in (-3, 2, 4):
        lesson.page.mouse.move(*place(picture, x), steps=8)
        expect(picture).to_have_attribute("aria-label", says(x))
    lesson.page.mouse.up()
    expect(handles(lesson).nth(2)).to_have_attribute("aria-valuenow", "4.0")
    lesson.page.mouse.move(*place(picture, 0))  # let go, it stays
    expect(picture).to_have_attribute("aria-label", says(4))
    assert lesson.complaints() == []


def test_a_click_moves_the_dot_and_beside_the_panels_there_is_nothing_to_grab(lesson):
    picture = lesson.page.locator(PICTURE)
    lesson.page.mouse.click(*place(picture, -2))
    expect(picture).to_have_attribute("aria-label", says(-2))
    box = picture.bounding_box()
    lesson.page.mouse.move(box["x"] + 10, box["y"] + 10)
    assert picture.evaluate("picture => getComputedStyle(picture).cursor") in ("auto", "default")
    lesson.page.mouse.click(box["x"] + 10, box["y"] + 10)
    expect(picture).to_have_attribute("aria-label", says(-2))


def test_a_finger_moves_the_dot(context, page, server):
    write_notebook(server.files / "touch.ipynb", EXPLORE)
    phone = context.browser.new_context(viewport={"width": 900, "height": 1000}, has_touch=True)
    lesson = Lesson(phone.new_page(), server, "touch.ipynb")
    run(lesson, 0)
    expect(handles(lesson).first).to_have_attribute("aria-label", re.compile("."))
    picture = lesson.page.locator(PICTURE)
    lesson.page.touchscreen.tap(*place(picture, 3))
    expect(picture).to_have_attribute("aria-label", says(3))
    phone.close()


def test_two_views_of_one_figure_show_the_same(lesson):
    lesson.page.set_viewport_size({"width": 1200, "height": 2000})  # JupyterLab takes away what is off the screen
    run(lesson, 1)
    expect(figures(lesson)).to_have_count(2)
    first, second = (figures(lesson).nth(n).locator(PICTURE) for n in (0, 1))
    expect(figures(lesson).nth(1).locator("[role=slider]").first).to_have_attribute("aria-label", re.compile("."))
    drag(lesson.page, first, 1, 3)
    for picture in (first, second):
        expect(picture).to_have_attribute("aria-label", says(3))
    handles(lesson).nth(0).press("ArrowRight")  # other ticks: the whole picture
    for picture in (first, second):
        expect(picture).to_have_attribute("aria-label", re.compile("inputs from −5.9 to 6.0"))
    handles(lesson).nth(0).press("ArrowLeft")
    expect(second).to_have_attribute("aria-label", re.compile("inputs from −6.0 to 6.0"))
    drag(lesson.page, second, 3, -2)
    for picture in (first, second):
        expect(picture).to_have_attribute("aria-label", says(-2))
    moving = [picture.locator(".moving").inner_html() for picture in (first, second)]
    assert moving[0] == moving[1]


def test_a_cell_run_twice_has_one_figure_that_moves(lesson):
    run(lesson, 0)
    expect(figures(lesson)).to_have_count(1)
    expect(handles(lesson).first).to_have_attribute("aria-label", re.compile("."))
    drag(lesson.page, lesson.page.locator(PICTURE), 1, 2)
    expect(lesson.page.locator(PICTURE)).to_have_attribute("aria-label", says(2))
    assert lesson.complaints() == []


def test_a_tab_that_was_hidden_shows_the_last_picture(context, lesson):
    other = context.new_page()
    other.bring_to_front()
    for x in (2.0, 3.0):
        lesson.page.evaluate("code => lab.inKernel(code)", f"live.controls['x0'].value = {x}")
    lesson.page.bring_to_front()
    expect(lesson.page.locator(PICTURE)).to_have_attribute("aria-label", says(3))
    other.close()


def test_a_drag_while_the_kernel_is_busy_arrives(lesson):
    drag(lesson.page, lesson.page.locator(PICTURE), 1, 2)  # opens the side channel that serves a busy kernel
    lesson.page.evaluate("void lab.run(2)")
    lesson.page.wait_for_function("lab.kernel.status === 'busy'")
    drag(lesson.page, lesson.page.locator(PICTURE), 2, -4)
    expect(lesson.page.locator(PICTURE)).to_have_attribute("aria-label", says(-4), timeout=15_000)


def test_a_restarted_kernel_is_said_under_the_picture(lesson):
    lesson.page.evaluate("lab.kernel.restart()")
    status = figures(lesson).get_by_role("status").filter(has_text="Run its cell again")
    expect(status).to_be_visible()
    expect(lesson.page.locator(PICTURE)).to_be_visible()
    lesson.page.mouse.click(*place(lesson.page.locator(PICTURE), -2))
    expect(lesson.page.locator(PICTURE)).to_have_attribute("aria-label", says(1))
    lesson.page.wait_for_function("lab.kernel.status === 'idle'")
    run(lesson, 0)
    expect(handles(lesson).first).to_have_attribute("aria-label", re.compile("."))
    drag(lesson.page, lesson.page.locator(PICTURE), 1, -2)
    expect(lesson.page.locator(PICTURE)).to_have_attribute("aria-label", says(-2))
    expect(status).to_have_count(0)


@pytest.mark.parametrize("way", ["narrow", "zoomed"])
def test_the_pointer_meets_the_dot_in_a_narrow_window_and_zoomed(lesson, way):
    if way == "narrow":
        lesson.page.set_viewport_size({"width": 640, "height": 900})
    else:
        lesson.page.evaluate("document.documentElement.style.zoom = 2")
    picture = lesson.page.locator(PICTURE)
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    lesson.page.mouse.click(*place(picture, 2))
    expect(picture).to_have_attribute("aria-label", says(2))


def widths(parts):
    """Return the width of each part in pixels."""
    return parts.evaluate_all("parts => parts.map(part => part.getBoundingClientRect().width)")


def test_a_growing_number_does_not_move_the_track(lesson):
    tracks = figures(lesson).locator(".noUi-target")
    before = widths(tracks)
    for _ in range(9):
        handles(lesson).nth(0).press("PageDown")
        handles(lesson).nth(1).press("PageUp")
    expect(lesson.page.locator(PICTURE)).to_have_attribute("aria-label", re.compile(r"from −\d\d"))
    assert widths(tracks) == before


def test_the_probes_slider_reaches_as_far_as_the_range_when_the_hand_rests(lesson):
    ends = ["aria-valuemin", "aria-valuemax"]
    handles(lesson).nth(0).press("PageUp")
    expect(lesson.page.locator(PICTURE)).not_to_have_attribute("aria-label", re.compile("from −6"))
    low, high = handles(lesson).nth(0), handles(lesson).nth(1)
    for end, handle in zip(ends, (low, high), strict=True):
        expect(handles(lesson).nth(2)).to_have_attribute(end, handle.get_attribute("aria-valuenow"))
    expect(handles(lesson).nth(2)).to_have_accessible_name("x₀")


def test_a_screen_reader_says_the_names_of_all_handles(lesson):
    names = ["input range, lower end", "input range, upper end", "x₀", "negative_slope"]
    for handle, name in zip(handles(lesson).all(), names, strict=True):
        expect(handle).to_have_accessible_name(name)


def test_axe_finds_nothing_serious_in_a_live_figure(lesson):
    figures(lesson).evaluate("figure => { figure.id = 'figure-under-test'; }")
    found = Axe().run(lesson.page, context="#figure-under-test").response["violations"]
    serious = [f"{v['id']}: {v['help']}" for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []


def test_without_the_script_the_sliders_move_the_picture(page, server):
    write_notebook(server.files / "without.ipynb", EXPLORE)
    page.route("**/anywidget/**", lambda route: route.abort())
    lesson = Lesson(page, server, "without.ipynb")
    run(lesson, 0)
    expect(page.locator(PICTURE)).to_be_visible()
    figures(lesson).locator("[role=slider]").nth(2).press("ArrowRight")
    expect(page.locator(PICTURE)).to_have_attribute("aria-label", says(1.1))


def test_words_change_where_the_picture_stays_alike(page, server):
    call = "import helpers\nhelpers.side_by_side(helpers.relu, x=(-1000, 1000, 1))"
    write_notebook(server.files / "alike.ipynb", call)
    lesson = Lesson(page, server, "alike.ipynb")
    run(lesson, 0)
    expect(handles(lesson).first).to_have_attribute("aria-label", re.compile("."))
    for x in (-1, -2):  # ReLU gives 0 for both
        handles(lesson).first.press("ArrowLeft")
        expect(page.locator(PICTURE)).to_have_attribute("aria-label", re.compile(f"At x = {x}: "))
