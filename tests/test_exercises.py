"""The exercises: their solutions pass, their mistakes are named, checks judge by what counts."""

import ast
import re

import numpy as np
import pytest
from shared import FOLDER, LESSONS, read

from helpers.exercises import (
    NO_FUNCTION,
    NO_RESULT,
    NO_VALUE,
    STUB,
    ChoiceTask,
    Exercises,
    FunctionTask,
    Mistake,
    NumberTask,
    Verdict,
)

NOTEBOOKS = [path.stem for path in sorted(FOLDER.glob("*.ipynb"))]
TASKS = {
    name: task
    for lesson in LESSONS.values()
    for name, task in lesson.check.tasks.items()
}
SOLUTION = re.compile(r"<summary>Solution</summary>.*?```python\n(.*?)```", re.DOTALL)
DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.Assign)


# The exercises of the lessons


def wrong_answers(task):
    """Return (sentence, wrong answer) for each mistake that a task knows."""
    if isinstance(task, ChoiceTask):
        return [(reason, choice) for choice, reason in task.reasons.items()]
    return [
        (each.sentence, answer) for each in task.mistakes for answer in each.answers
    ]


def judge(task, answer):
    """Return the verdict on an answer; that to a task of several numbers is a tuple."""
    return task.judge(*answer) if isinstance(answer, tuple) else task.judge(answer)


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_stubs_are_told_gently_and_solutions_pass(notebook):
    cells = read(notebook).cells
    space = {}
    found = []
    for cell, after in zip(cells, [*cells[1:], None], strict=True):
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        calls = [
            node for node in ast.walk(tree) if ast.unparse(node).startswith("check(")
        ]
        definitions = [node for node in tree.body if isinstance(node, DEFINITIONS)]
        exec(compile(ast.Module(definitions, []), notebook, "exec"), space)
        if calls:
            call = ast.unparse(calls[-1])
            assert cell.outputs[0].data["text/plain"] == repr(eval(call, space)) == STUB
            exec(SOLUTION.search(after.source)[1], space)
            verdict = eval(call, space)
            assert verdict.passed, verdict.message
            found.append(calls[-1].args[0].value)
    assert sorted(found) == sorted(LESSONS[notebook[3:]].check.tasks)


@pytest.mark.parametrize("name", TASKS)
def test_every_mistake_gets_its_own_plain_sentence(name):
    task = TASKS[name]
    mistakes = wrong_answers(task)
    assert len(dict(mistakes)) >= 2
    for sentence, answer in mistakes:
        assert (judge(task, answer).passed, judge(task, answer).message) == (
            False,
            sentence,
        )
    for sentence in (task.right, *dict(mistakes)):
        assert sentence.endswith(".")
        assert "!" not in sentence


# Verdicts on functions

TWO = np.array([1.0, 2.0])
DOUBLE = FunctionTask(
    lambda x: 2 * x,
    (TWO, np.array([[3.0, 4.0], [5.0, 6.0]]), 7.0),
    "Right so.",
    [Mistake("A square.", lambda x: x**2), Mistake("Not by 0.", lambda x: 1 / 0)],
)


def spoiling(x):
    x *= 2
    return x


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            lambda x: 2 * x + (x == 2),
            "At x = 2 your function returns 5, but it should be 4.",
        ),
        (
            lambda x: 2 * x + (x == 5),
            "At x = 5 your function returns 11, but it should be 10.",
        ),
        (
            lambda x: 2 * x + (x == 7),
            "At x = 7 your function returns 15, but it should be 14.",
        ),
        (
            lambda x: 2 * x + 6e-6 * (x == 2),
            "That is close, but at x = 2 your function returns",
        ),
        (lambda x: x * np.nan, "returns nan, but it should be 2."),
        (
            lambda x: x[:1],
            "For x of shape (2,) your function returns shape (1,); shape (2,) is",
        ),
        (
            lambda x: 2 * x if x.ndim < 2 else x[:1],
            "For x of shape (2, 2) your function returns",
        ),
        (lambda x: x**2, "A square."),
        (lambda x: 3 / 0, "Not by 0."),
        (
            lambda x: 3 // 0,
            "For x = [1, 2] your function stops with ZeroDivisionError: integer",
        ),
        (lambda x: [][x], "stops with TypeError"),
        (lambda: 1, "stops with TypeError"),
        (lambda x: "two", "what it returns must be real numbers"),
        (lambda x: None, NO_RESULT),
        (lambda x: ..., STUB),
        (spoiling, "changes the array that it is given"),
        (4.0, NO_FUNCTION),
        (..., STUB),
    ],
)
def test_wrong_functions_are_answered_in_words(answer, words):
    verdict = DOUBLE.judge(answer)
    assert not verdict.passed
    assert words in verdict.message
    unspoilt = DOUBLE.judge(
        lambda x: (x + x).copy()
    )  # NumPy's numbers have methods too
    assert unspoilt.passed


@pytest.mark.parametrize(
    ("off", "passed"), [(0.9e-6, True), (-0.9e-6, True), (1.1e-6, False)]
)
def test_a_function_may_be_off_by_a_millionth(off, passed):
    assert DOUBLE.judge(lambda x: 2 * x * (1 + off)).passed is passed
    nothing = FunctionTask(lambda x: 0 * x, (TWO,), "Right.", [])
    assert nothing.judge(lambda x: 0 * x + 1e-6 * off).passed is passed


@pytest.mark.parametrize(
    ("more", "passed"), [(-2e-6, False), (0, True), (1e-6, True), (1.1e-6, False)]
)
def test_values_may_be_larger_by_above_but_not_smaller(more, passed):
    nothing = FunctionTask(lambda x: 0 * x, (TWO,), "Right.", [], above=1e-6)
    assert nothing.judge(lambda x: 0 * x + more).passed is passed


def test_a_case_may_have_several_arguments_and_the_reference_names_the_first():
    task = FunctionTask(
        lambda base, power: base**power, ((2.0, 3.0), (3.0, 2.0)), "Right.", []
    )
    assert task.judge(lambda base, power: base**power).passed
    words = "At base = 3 your function returns 8, but it should be 9."
    assert task.judge(lambda base, power: 8.0).message == words


def test_a_function_that_sums_up_is_shown_its_whole_input():
    task = FunctionTask(np.sum, (np.arange(9.0),), "Right.", [])
    words = (
        "At a = [0, 1, 2, ..., 6, 7, 8] your function returns 8, but it should be 36."
    )
    assert task.judge(np.max).message == words


def test_nan_is_right_where_it_is_asked():
    def root(x):
        return np.where(x < 0, np.nan, np.abs(x) ** 0.5)

    assert FunctionTask(root, (np.array([-1.0, 4.0]),), "Right.", []).judge(root).passed


def test_a_report_of_numpy_names_the_first_input_that_causes_it():
    task = FunctionTask(
        lambda x: 0 * x, (np.array([1.0, -1000.0, -2000.0]),), "Right.", []
    )
    assert "reports overflow at -1000." in task.judge(lambda x: 0 / np.exp(-x)).message


# Verdicts on numbers and choices

PAIR = NumberTask((2, 3.14159), "Good.", [Mistake("Swapped.", (3.14159, 2))])
ONE = NumberTask(-1e9, "Good.", [])


@pytest.mark.parametrize(
    ("task", "answers", "message"),
    [
        (PAIR, (2, 3.14159), "Good."),
        (PAIR, (np.array([2]), np.float32(3.1416)), "Good."),
        (PAIR, (3.14159, 2.0), "Swapped."),
        (
            PAIR,
            (2, 3.5),
            "3.5 is not it yet; the hint above shows a way to compute it.",
        ),
        (
            PAIR,
            (2.1, 3.1),
            "2.1 is not it yet; the hint above shows a way to compute it.",
        ),
        (PAIR, (-2, 3.14159), "Right but for the sign."),
        (
            PAIR,
            (20, 3.14159),
            "20 is not it yet; the hint above shows a way to compute it.",
        ),
        (PAIR, (2, 3.1), "3.1 is rightly rounded, but 3 digits are needed."),
        (PAIR, (2.0,), "2 numbers are asked, and 1 came."),
        (PAIR, ("two", 3), "A number is asked, not 'two'; write it without quotes."),
        (PAIR, (2, ...), STUB),
        (PAIR, (None, 3), NO_VALUE),
        (
            PAIR,
            (float("nan"), 3),
            "nan is not it yet; the hint above shows a way to compute it.",
        ),
        (ONE, (-1e9 * 1.00099,), "Good."),
        (ONE, (-1e9 / 1.00099,), "Good."),
        (ONE, (1, 2), "One number is asked, and 2 came."),
        (ONE, (True,), "A number is asked, not True."),
        (ONE, ([1],), "A number is asked, not [1]; write it without brackets."),
        (
            ONE,
            ((0.5, 1),),
            "A number is asked, not (0.5, 1); hand over one number of it, such as answer[0].",
        ),
        (
            ONE,
            ((3, 14),),
            "Python reads 3,14 as 2 numbers; it writes decimals with a point and thousands "
            "without a comma: 3.14.",
        ),
    ],
)
def test_verdicts_on_numbers(task, answers, message):
    verdict = task.judge(*answers)
    assert verdict.message == message
    assert verdict.passed is (message == "Good.")


def test_a_number_may_be_off_by_a_thousandth():
    for off in (1.00104, 1 / 1.00104):
        assert not ONE.judge(-1e9 * off).passed
    assert not NumberTask(0, "Good.", []).judge(1e-9).passed


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ((" B ",), "Yes."),
        (("a",), "No."),
        (("z",), "Choose one of a, b, written as a text in quotes."),
        (("b", "b"), "Choose one of a, b, written as a text in quotes."),
        ((1,), "Choose one of a, b, written as a text in quotes."),
        ((...,), STUB),
        ((), STUB),
    ],
)
def test_a_choice_is_one_letter_in_any_case(answers, message):
    verdict = ChoiceTask("b", "Yes.", {"a": "No."}).judge(*answers)
    assert (verdict.passed, verdict.message) == (message == "Yes.", message)


# What a notebook shows, and the names of exercises


@pytest.mark.parametrize(
    ("verdict", "word"),
    [
        (Verdict(False, "x < 0 & more"), "Not yet."),
        (Verdict(True, "x < 0 & more"), "Right."),
        (Verdict(False, STUB), "To do."),
    ],
)
def test_a_verdict_is_words_that_a_notebook_shows(verdict, word):
    assert repr(verdict) == verdict.message
    shown = verdict._repr_html_()
    assert word in shown
    assert verdict.message.replace("x < 0 &", "x &lt; 0 &amp;") in shown


CHECK = Exercises(dict.fromkeys(["tent", "dead units", "slope from output"], DOUBLE))


def test_an_exercise_is_judged_by_its_name():
    assert CHECK("tent", lambda x: 2 * x).passed
    with pytest.raises(ValueError, match="did you mean 'slope from output'"):
        CHECK("slope of output", len)
    with pytest.raises(
        ValueError, match=r"called 'qqqq'; .* 'dead units' or 'slope.*' or 'tent'"
    ):
        CHECK("qqqq")
    for wrong in (None, len):
        with pytest.raises(
            TypeError, match=r"name in quotes, not .*; for example check"
        ):
            CHECK(wrong, len)
