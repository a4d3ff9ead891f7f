"""The exercises: their solutions pass, their mistakes are named, checks judge by what counts."""

import ast
import re

import numpy as np
import pytest
from shared import CHECKS, FOLDER, LESSONS, read

from helpers.exercises import (
    NO_FUNCTION,
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


@pytest.mark.parametrize("name", CHECKS)
def test_every_mistake_gets_its_own_plain_sentence(name):
    task = CHECKS[name].tasks[name]
    mistakes = wrong_answers(task)
    for sentence, answer in mistakes:
        numbers = answer if isinstance(answer, tuple) else [answer]
        assert task.judge(*numbers) == Verdict(False, sentence)
    sentences = {sentence for sentence, _ in mistakes}
    assert len(sentences) >= 2
    for sentence in {task.right, *sentences}:
        assert sentence.endswith(".")
        assert "!" not in sentence


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


# Verdicts on functions. What is typed: what the verdict says.

TWO = np.array([1.0, 2.0])
DOUBLE = FunctionTask(
    lambda x: 2 * x,
    (TWO, np.array([[3.0, 4.0], [5.0, 6.0]]), 7.0),
    "Right so.",
    [Mistake("A square.", lambda x: x**2), Mistake("Not by 0.", lambda x: 1 / 0)],
)
WRONG_FUNCTIONS = {
    "lambda x: 2 * x + (x == 2)": "At x = 2 your function returns 5, but it should be 4.",
    "lambda x: 2 * x + (x == 5)": "At x = 5 your function returns 11, but it should be 10.",
    "lambda x: 2 * x + (x == 7)": "At x = 7 your function returns 15, but it should be 14.",
    "lambda x: 2 * x + 6e-6 * (x == 2)": "That is close, but at x = 2 your function",
    "lambda x: x * np.nan": "returns nan, but it should be 2.",
    "lambda x: 2 * x if x.ndim < 2 else x[:1]": "For x of shape (2, 2) your function",
    "lambda x: x**2": "A square.",
    "lambda x: 3 / 0": "Not by 0.",
    "lambda x: 3 // 0": "For x = [1, 2] your function stops with ZeroDivisionError: integer",
    "lambda: 1": "stops with TypeError",
    "4.0": NO_FUNCTION,
}


@pytest.mark.parametrize("typed", WRONG_FUNCTIONS)
def test_wrong_functions_are_answered_in_words(typed):
    verdict = DOUBLE.judge(eval(typed))
    assert not verdict.passed
    assert WRONG_FUNCTIONS[typed] in verdict.message


def test_the_numbers_that_a_function_is_given_have_methods():
    assert DOUBLE.judge(lambda x: (x + x).copy()).passed


def nothing(x):
    return 0 * x


def message_on(answer, reference, *cases):
    """Return what the verdict on an answer says where the reference is right."""
    return FunctionTask(reference, cases, "Right.", []).judge(answer).message


@pytest.mark.parametrize(
    ("off", "passed"), [(0.9e-6, True), (-0.9e-6, True), (1.1e-6, False)]
)
def test_a_function_may_be_off_by_a_millionth(off, passed):
    assert DOUBLE.judge(lambda x: 2 * x * (1 + off)).passed is passed
    beside_0 = message_on(lambda x: 0 * x + 1e-6 * off, nothing, TWO)
    assert (beside_0 == "Right.") is passed


@pytest.mark.parametrize(
    ("more", "passed"), [(-2e-6, False), (0, True), (1e-6, True), (1.1e-6, False)]
)
def test_values_may_be_larger_by_above_but_not_smaller(more, passed):
    task = FunctionTask(nothing, (TWO,), "Right.", [], above=1e-6)
    assert task.judge(lambda x: 0 * x + more).passed is passed


def test_a_case_may_have_several_arguments_and_the_reference_names_the_first():
    message = message_on(
        lambda b, p: 8.0, lambda base, power: base**power, (2.0, 3.0), (3.0, 2.0)
    )
    assert message == "At base = 3 your function returns 8, but it should be 9."


def test_a_function_that_sums_up_is_shown_its_whole_input():
    at = "At a = [0, 1, 2, ..., 6, 7, 8] your function returns 8, but it should be 36."
    assert message_on(np.max, np.sum, np.arange(9.0)) == at


def test_nan_is_right_where_it_is_asked():
    def root(x):
        return np.where(x < 0, np.nan, np.abs(x) ** 0.5)

    assert message_on(root, root, np.array([-1.0, 4.0])) == "Right."


def test_a_report_of_numpy_names_the_first_input_that_causes_it():
    x = np.array([1.0, -1000.0, -2000.0])
    message = message_on(lambda x: 0 / np.exp(-x), nothing, x)
    assert "reports overflow at -1000." in message


# Verdicts on numbers and choices. What is typed: the whole verdict.

PAIR = NumberTask((2, 3.14159), "Good.", [Mistake("Swapped.", (3.14159, 2))])
ONE = NumberTask(-1e9, "Good.", [])
ZERO = NumberTask(0, "Good.", [])
CHOICE = ChoiceTask("b", "Good.", {"a": "No."})
OFF = " is not it yet; the hint above shows a way to compute it."
VERDICTS = {
    "PAIR.judge(2, 3.14159)": "Good.",
    "PAIR.judge(3.14159, 2.0)": "Swapped.",
    "PAIR.judge(2, 3.5)": f"3.5{OFF}",
    "PAIR.judge(2.1, 3.1)": f"2.1{OFF}",
    "PAIR.judge(np.nan, 3)": f"nan{OFF}",
    "PAIR.judge(None, 3)": NO_VALUE,
    "ONE.judge(-1e9 * 1.00099)": "Good.",
    "ONE.judge(-1e9 / 1.00099)": "Good.",
    "ONE.judge(-1e9 * 1.00104)": f"-1.001e+09{OFF}",
    "ONE.judge(-1e9 / 1.00104)": f"-9.99e+08{OFF}",
    "ONE.judge(True)": "A number is asked, not True.",
    "ONE.judge((0.5, 1))": "A number is asked, not (0.5, 1); hand over one number of it, such "
    "as answer[0].",
    "ONE.judge((3, 14))": "Python reads 3,14 as 2 numbers; it writes decimals with a point and "
    "thousands without a comma: 3.14.",
    "ZERO.judge(1e-9)": f"1e-09{OFF}",
    "CHOICE.judge(' B ')": "Good.",
    "CHOICE.judge('a')": "No.",
    "CHOICE.judge('b', 'b')": "Choose one of a, b, written as a text in quotes.",
    "CHOICE.judge(1)": "Choose one of a, b, written as a text in quotes.",
    "CHOICE.judge()": STUB,
}


@pytest.mark.parametrize("typed", VERDICTS)
def test_verdicts_on_numbers_and_choices(typed):
    verdict = eval(typed)
    assert verdict.message == VERDICTS[typed]
    assert verdict.passed is (verdict.message == "Good.")


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


def test_an_exercise_is_judged_by_its_name():
    check = Exercises(
        dict.fromkeys(["tent", "dead units", "slope from output"], DOUBLE)
    )
    assert check("tent", lambda x: 2 * x).passed
    with pytest.raises(ValueError, match="did you mean 'slope from output'"):
        check("slope of output", len)
    names = r"called 'qqqq'; .* 'dead units' or 'slope.*' or 'tent'"
    with pytest.raises(ValueError, match=names):
        check("qqqq")
