"""Right answers pass however they are written; wrong ones get the sentence that helps.

tests/answers/ has a table for each lesson: {exercise: [code, …]} of RIGHT answers, and {exercise:
{words of the verdict: [code, …]}} of WRONG ones. The code stands in check("exercise", code), or
defines the function f first.
"""

import importlib
import math
from pathlib import Path

import numpy as np
import pytest
from shared import CHECKS, LESSONS

import helpers
from helpers import functions

ANSWERS = Path(__file__).parent / "answers"
TABLES = {
    path.stem: importlib.import_module(f"answers.{path.stem}")
    for path in sorted(ANSWERS.glob("*.py"))
}
RIGHT = [
    (exercise, code)
    for table in TABLES.values()
    for exercise, codes in table.RIGHT.items()
    for code in codes
]
WRONG = [
    (exercise, code, words)
    for table in TABLES.values()
    for exercise, kinds in table.WRONG.items()
    for words, codes in kinds.items()
    for code in codes
]


def rows(powers):
    return powers / powers.sum(axis=-1, keepdims=True)


def verdict_on(exercise, code):
    """Return the verdict on an answer, written with the names that a notebook has."""
    names = {**vars(functions), "math": math, "np": np, "helpers": helpers}
    names |= {"check": CHECKS[exercise], "rows": rows}
    if code.startswith("def "):
        exec(code, names)
        code = "f"
    return eval(f"check({exercise!r}, {code})", names)


@pytest.mark.parametrize(("exercise", "code"), RIGHT)
def test_a_right_answer_passes(exercise, code):
    verdict = verdict_on(exercise, code)
    assert verdict.passed, verdict.message


@pytest.mark.parametrize(("exercise", "code", "words"), WRONG)
def test_a_wrong_answer_gets_the_sentence_that_helps(exercise, code, words):
    verdict = verdict_on(exercise, code)
    assert not verdict.passed
    assert words in verdict.message


@pytest.mark.parametrize("lesson", LESSONS.keys() - {"sigmoid"})
def test_each_exercise_has_eight_right_and_twelve_wrong_answers(lesson):
    table = TABLES[lesson]
    for exercise in LESSONS[lesson].check.tasks:
        assert len(set(table.RIGHT[exercise])) >= 8
        assert sum(map(len, table.WRONG[exercise].values())) >= 12
