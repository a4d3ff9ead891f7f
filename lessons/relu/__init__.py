"""03_relu: curves from pieces, dead units, a unit followed through its training, the exercises."""

from lessons.relu.dead_units import dead_units
from lessons.relu.exercises import check
from lessons.relu.follow import follow
from lessons.relu.pieces import pieces

__all__ = ["check", "dead_units", "follow", "pieces"]
