"""Right answers pass however they are written; wrong ones get the sentence that helps.

tests/answers/ has a text for each lesson. Below "# exercise" stand the RIGHT answers, then the
wrong ones, each kind below words of its verdict. An answer is a line of code, indented: it stands
in check("exercise", answer), or defines the function f first.
"""

import math
from pathlib import Path

import numpy as np
import pytest
from shared import CHECKS, LESSONS

import helpers
from helpers import functions

RIGHT = "RIGHT"


def answers_in(path):
    """Return a table as (exercise, words of the verdict, answer) for each of its answers."""
    found = []
    exercise = ""
    words = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            exercise = line.removeprefix("# ")
        elif line.startswith("    "):
            found.append((exercise, words, line.strip()))
        elif line:
            words = line
    return found


TABLES = {
    path.stem: answers_in(path)
    for path in sorted((Path(__file__).parent / "answers").glob("*.txt"))
}
ANSWERS = [answer for table in TABLES.values() for answer in table]


def rows(powers):
    return powers / powers.sum(axis=-1, keepdims=True)


def verdict_on(exercise, answer):
    """Return the verdict on an answer, written with the names that a notebook has."""
    names = {**vars(functions), "math": math, "np": np, "helpers": helpers}
    names |= {"check": CHECKS[exercise], "rows": rows}
    if answer.startswith("def "):
        exec(answer, names)
        answer = "f"
    return eval(f"check({exercise!r}, {answer})", names)


@pytest.mark.parametrize(("exercise", "words", "answer"), ANSWERS)
def test_the_verdict_on_an_answer(exercise, words, answer):
    verdict = verdict_on(exercise, answer)
    assert verdict.passed == (words == RIGHT), verdict.message
    assert verdict.passed or words in verdict.message


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_exercise_has_eight_right_and_twelve_wrong_answers(lesson):
    for task in LESSONS[lesson].check.tasks:
        table = {answer for answer in TABLES[lesson] if answer[0] == task}
        right = [answer for _, words, answer in table if words == RIGHT]
        assert len(right) >= 8
        assert len(table) - len(right) >= 12
