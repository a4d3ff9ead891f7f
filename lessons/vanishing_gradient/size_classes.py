"""What becomes of a gradient: four classes of sizes, in parts of what enters at the top."""

from typing import NamedTuple

from helpers.figures.style import (
    GREEN,
    ORANGE,
    PALE,
    PURPLE,
    SOFT,
    ink,
    number,
    power_of_ten,
)


class SizeClass(NamedTuple):
    """A word for gradients of such sizes, and their colour, which never speaks alone."""

    word: str
    colour: str  # of areas
    ink: str  # of words, darker
    marker: str
    meaning: str


GONE = SizeClass("gone", PALE, SOFT, "X", "below 10⁻⁶")
SHRINKING = SizeClass("shrinking", ORANGE, ink(ORANGE), "v", "below 0.1")
ALIVE = SizeClass("alive", GREEN, ink(GREEN), "o", "0.1 to 10")
EXPLODING = SizeClass("exploding", PURPLE, ink(PURPLE), "^", "above 10")
SIZE_CLASSES = (GONE, SHRINKING, ALIVE, EXPLODING)
THRESHOLDS = (1e-6, 0.1, 10.0)  # between one class and the next


def classify(size):
    """Return the SizeClass of a gradient of which so many parts of 1 have come through."""
    lowest, middle, highest = THRESHOLDS
    if size < lowest:
        return GONE
    if size < middle:
        return SHRINKING
    if size <= highest:
        return ALIVE
    return EXPLODING


def power_label(exponent, tick):
    """Return the words at the tick of an axis that counts powers of ten."""
    return power_of_ten(exponent) if exponent else "1"


def size_in_words(value):
    """Return a number with four decimals, or with one if its size is 10 or more; 0 is written 0."""
    if value == 0:
        return "0"
    return number(value, 4 if abs(value) < 10 else 1)
