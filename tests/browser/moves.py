"""Ways to move a control: for each of its parts a list of actions, of which one at least must
change the picture.

There are several because a slider at its end stop moves in one direction only.
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
LEFT = 54  # of the panels of `explore`, in pixels of the picture
WIDE = 652
SIZE = 720


def by_keyboard(control):
    """Return for each part the actions that press a key three times, or press a button once."""
    keys = KEYS.get(control.kind, ("Space",))
    return [
        [partial(_press, part, key, 3 if len(keys) > 1 else 1) for key in keys]
        for part in control.parts
    ]


def by_mouse(control):
    """Return for each part the actions that drag it, click it, or choose in it."""
    if control.kind == "slider":
        return [
            [partial(_drag, part, way) for way in (AMPLITUDE, -AMPLITUDE)]
            for part in control.parts
        ]
    if control.kind in (
        "dropdown",
        "select",
    ):  # the system draws the open list, where no test can click
        choices = range(control.parts[0].locator("option").count())
        return [
            [
                partial(control.parts[0].select_option, index=choice)
                for choice in choices
            ]
        ]
    return [[part.click] for part in control.parts]


def drag_for(seconds, handle):
    """Drag a slider's handle to and fro for that long, and release it nearer to the slider's middle
    than it was.
    """
    mouse = handle.page.mouse
    (x, y), slider = _place(handle)
    reach = AMPLITUDE * slider["width"]
    mouse.move(x, y)
    mouse.down()
    started = time.monotonic()
    while (elapsed := time.monotonic() - started) < seconds:
        mouse.move(x + reach * math.sin(2 * math.pi * elapsed), y)
    mouse.move(x + math.copysign(reach / 2, slider["x"] + slider["width"] / 2 - x), y)
    mouse.up()


def drag_over(seconds, handle):
    """Drag a slider's handle to and fro over the whole slider, once in two seconds, and release it
    near its place.
    """
    mouse = handle.page.mouse
    (x, y), slider = _place(handle)
    reach = 0.5 * slider["width"]
    middle = slider["x"] + reach
    mouse.move(x, y)
    mouse.down()
    started = time.monotonic()
    while (elapsed := time.monotonic() - started) < seconds:
        mouse.move(middle + reach * math.sin(math.pi * elapsed), y)
    mouse.move(x + (3 if x < middle else -3), y)
    mouse.up()


def _press(part, key, times):
    part.focus()
    expect(part).to_be_focused()
    for _ in range(times):
        part.page.keyboard.press(key)


def _drag(handle, share):
    mouse = handle.page.mouse
    (x, y), slider = _place(handle)
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + share * slider["width"], y, steps=6)
    mouse.up()


def _place(handle):
    """Return (the middle of a handle, the box of its slider) in pixels."""
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    slider = handle.locator(
        "xpath=ancestor::*[contains(@class, 'noUi-target')]"
    ).bounding_box()
    return (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2), slider


# The dot of `explore`


def place(picture, x, low=-6, high=6):
    """Return where the value x is in the upper panel, in pixels of the page."""
    picture.evaluate("picture => picture.scrollIntoView({block: 'nearest'})")
    box = picture.bounding_box()
    scale = box["width"] / SIZE
    across = LEFT + WIDE * (x - low) / (high - low)
    return box["x"] + scale * across, box["y"] + scale * 150


def drag(picture, start, end, low=-6, high=6):
    """Drag the dot from one value of x to another one."""
    mouse = picture.page.mouse
    mouse.move(*place(picture, start, low, high))
    mouse.down()
    mouse.move(*place(picture, end, low, high), steps=12)
    mouse.up()


def expect_words(picture, pattern, **options):
    """Wait until the words for the picture match a pattern."""
    expect(picture).to_have_attribute("aria-label", re.compile(pattern), **options)


def at(x):
    """Return a pattern for the words of the picture whose probe stands at x."""
    number = f"{x:.2f}".replace("-", "−")
    return f"slope at {number} ="
