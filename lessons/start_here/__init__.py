"""00_start_here: a network that reads digits, nudges, one unit and many, the exercises."""

from lessons.start_here.exercises import check
from lessons.start_here.nudge import nudge
from lessons.start_here.read_digit import read_digit
from lessons.start_here.stack import stack
from lessons.start_here.three_units import three_units
from lessons.start_here.two_ways import two_ways
from lessons.start_here.unit import unit

__all__ = [
    "check",
    "nudge",
    "read_digit",
    "stack",
    "three_units",
    "two_ways",
    "unit",
]
