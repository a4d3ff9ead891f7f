"""Ways to move a figure: a control by key and mouse, and the dot of `explore`.

A part of a control has several actions, of which one at least must change the picture: a slider at
its end stop moves in one direction only.
"""

import math
import re
import time
from functools import partial

from playwright.sync_api import expect

KEYS = {
    "slider": ("ArrowRight", "ArrowLeft"),
    "dropdown": ("ArrowDown", "ArrowUp"),
    "select": ("ArrowDown", "ArrowUp"),
    "text": ("ArrowUp", "ArrowDown"),
}
AMPLITUDE = 0.15  # of the slider's length
# The panels of `explore`, in pixels of the picture.
LEFT = 54
WIDE = 652
SIZE = 720


def by_keyboard(control):
    """Return for each part the actions that press a key three times, or press a button once."""
    keys = KEYS.get(control.kind, ["Space"])
    times = 3 if control.kind in KEYS else 1
    return [
        [partial(_press, part, key, times) for key in keys] for part in control.parts
    ]


def by_mouse(control):
    """Return for each part the actions that drag it, click it, or choose in it."""
    parts = control.parts
    if control.kind == "slider":
        ways = (AMPLITUDE, -AMPLITUDE)
        return [[partial(_drag, part, way) for way in ways] for part in parts]
    # The system draws the open list, where no test can click.
    if control.kind in ("dropdown", "select"):
        choices = range(parts[0].locator("option").count())
        return [[partial(parts[0].select_option, index=index) for index in choices]]
    return [[part.click] for part in parts]


def changes(figure, actions, seconds=15):
    """Return whether one of the actions changes the picture, after seeing the right one behind
    each of them.
    """
    before = figure.svg()
    for action in actions:
        action()
        figure.settle(seconds)
        if figure.svg() != before:
            return True
    return False


def drag_over(seconds, handle):
    """Drag a slider's handle to and fro over the whole slider, once in two seconds, and release it
    near its place.
    """
    mouse = handle.page.mouse
    x, y, slider = grab(handle)
    reach = slider["width"] / 2
    middle = slider["x"] + reach
    started = time.monotonic()
    while (elapsed := time.monotonic() - started) < seconds:
        mouse.move(middle + reach * math.sin(math.pi * elapsed), y)
    mouse.move(x + (3 if x < middle else -3), y)
    mouse.up()


def _press(part, key, times):
    for _ in range(times):
        part.press(key)


def _drag(handle, share):
    mouse = handle.page.mouse
    x, y, slider = grab(handle)
    mouse.move(x + share * slider["width"], y, steps=6)
    mouse.up()


def grab(handle):
    """Press the mouse on a handle; return its middle, x and y in pixels, and the slider's box."""
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    x = box["x"] + box["width"] / 2
    y = box["y"] + box["height"] / 2
    handle.page.mouse.move(x, y)
    handle.page.mouse.down()
    slider = "xpath=ancestor::*[contains(@class, 'noUi-target')]"
    return x, y, handle.locator(slider).bounding_box()


def place(picture, x, low=-6, high=6):
    """Return where the value x is in the upper panel of `explore`, in pixels of the page."""
    picture.evaluate("picture => picture.scrollIntoView({block: 'nearest'})")
    box = picture.bounding_box()
    scale = box["width"] / SIZE
    across = LEFT + WIDE * (x - low) / (high - low)
    return box["x"] + scale * across, box["y"] + scale * 150


def drag_dot(picture, start, end, low=-6, high=6):
    """Drag the dot from one value of x to another one."""
    mouse = picture.page.mouse
    mouse.move(*place(picture, start, low, high))
    mouse.down()
    mouse.move(*place(picture, end, low, high), steps=12)
    mouse.up()


def expect_words(picture, pattern):
    """Wait until the words for the picture match a pattern."""
    expect(picture).to_have_attribute("aria-label", re.compile(pattern))


def expect_dot(picture, x):
    """Wait until the words for the picture say that its dot stands at x."""
    expect_words(picture, f"slope at {x:.2f} =".replace("-", "−"))
