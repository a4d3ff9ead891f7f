"""What becomes of a gradient on its way back: four fates, each with a word, a colour and a mark of its own."""

from typing import NamedTuple

from helpers.style import GREEN, ORANGE, PURPLE, SOFT, label


class Fate(NamedTuple):
    """A word, a colour for areas, a darker one for text, and a mark, so that colour never speaks alone."""

    word: str
    colour: str
    ink: str
    marker: str


GONE = Fate("gone", "#8C959F", SOFT, "X")
SHRINKING = Fate("shrinking", ORANGE, "#8A5A00", "v")
ALIVE = Fate("alive", GREEN, "#00664B", "o")
EXPLODING = Fate("exploding", PURPLE, "#8C4A73", "^")
FATES = (GONE, SHRINKING, ALIVE, EXPLODING)
BORDERS = (1e-6, 0.1, 10.0)  # between one fate and the next
LEGEND = ("gone: below 10⁻⁶", "shrinking: below 0.1", "alive: 0.1 to 10", "exploding: above 10")


def fate_of(size):
    """Return the fate of a gradient of which so many parts of 1 have come through."""
    return FATES[sum(size >= border for border in BORDERS[:2]) + (size > BORDERS[2])]


def legend(axes, place, step):
    """Write the four words with what they mean beside each other, `step` apart, from `place` in axes coordinates."""
    for n, (fate, words) in enumerate(zip(FATES, LEGEND, strict=True)):
        label(axes, (place[0] + n * step, place[1]), words, color=fate.ink, fontsize=11)
