"""10_cheatsheet: all functions in a table and on a page to print, which one to choose, and the
exercises.
"""

from lessons.cheatsheet.choose import choose
from lessons.cheatsheet.cost import cost
from lessons.cheatsheet.exercises import check
from lessons.cheatsheet.family import family
from lessons.cheatsheet.quiz import quiz
from lessons.cheatsheet.sheet import sheet
from lessons.cheatsheet.tables import six_questions
from lessons.cheatsheet.twice import softmax_twice

__all__ = [
    "check",
    "choose",
    "cost",
    "family",
    "quiz",
    "sheet",
    "six_questions",
    "softmax_twice",
]
