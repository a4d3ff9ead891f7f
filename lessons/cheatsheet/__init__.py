"""10_cheatsheet: tables of all functions, the page to print, which one to choose, and the
exercises.
"""

from lessons.cheatsheet.choose import choose
from lessons.cheatsheet.cost import cost
from lessons.cheatsheet.exercises import check
from lessons.cheatsheet.family import family
from lessons.cheatsheet.quiz import quiz
from lessons.cheatsheet.sheet import sheet
from lessons.cheatsheet.tables import decisions, facts, six_questions

__all__ = [
    "check",
    "choose",
    "cost",
    "decisions",
    "facts",
    "family",
    "quiz",
    "sheet",
    "six_questions",
]
