"""What 10_cheatsheet needs: the page to print, tables, advice, curves side by side, a quiz, and the exercises."""

from lessons.cheatsheet.choose import choose
from lessons.cheatsheet.exercises import check
from lessons.cheatsheet.family import cost, family
from lessons.cheatsheet.quiz import quiz
from lessons.cheatsheet.sheet import sheet
from lessons.cheatsheet.tables import decisions, facts, six_questions

__all__ = ["check", "choose", "cost", "decisions", "facts", "family", "quiz", "sheet", "six_questions"]
