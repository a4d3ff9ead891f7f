"""The exercises: their solutions pass, their mistakes are named, checks judge by what counts."""

import ast
import math
import re

import numpy as np
import pytest
from shared import FOLDER, LESSONS, read

from helpers.exercises import (
    NO_FUNCTION,
    NO_RESULT,
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


# What learners write


def shifted_softmax(shift):
    """Return a softmax that subtracts shift(z) from the scores."""

    def softmax(z):
        powers = np.exp(z - shift(z))
        return powers / powers.sum(axis=-1, keepdims=True)

    return softmax


def clipped_swish(x, beta):
    x = np.maximum(x, -80)
    return x / (1 + np.exp(-beta * x))


def swish_of_both_signs(x, beta):
    e = np.exp(-np.abs(beta * x))
    return x * np.where(beta * x > 0, 1, e) / (1 + e)


def slope_by_mask(a):
    slope = a.copy()
    slope[slope > 0] = 1
    return slope


def tent_by_cases(x):
    if x < 1:
        return max(0, x)
    return max(0, 2 - x)


RIGHT = {
    "ReLU slope from output": [
        lambda a: (a > 0).astype(float),
        lambda a: np.sign(a).round().reshape(a.shape),
        lambda a: [1 if each > 0 else 0 for each in a],
        slope_by_mask,
    ],
    "dead units": [
        lambda z: z.max(axis=0) <= 0,
        lambda z: [not (unit > 0).any() for unit in z.T],
    ],
    "tent": [
        lambda x: np.maximum(0, 1 - abs(x - 1)),
        lambda x: (1 - abs(x - 1)).clip(0),
    ],
    "logit": [
        lambda p: np.log(p) - np.log1p(-p),
        lambda p: [math.log(each / (1 - each)) for each in p],
    ],
    "memory update": [
        lambda c, f, i, g: c / (1 + math.exp(-f)) + math.tanh(g) / (1 + math.exp(-i)),
    ],
    "stable softmax": [
        shifted_softmax(lambda z: z.max(axis=-1, keepdims=True)),
        lambda z: np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True)),
    ],
    "swish for any beta": [
        swish_of_both_signs,
        lambda x, beta: x * (1 + np.tanh(beta * x / 2)) / 2,
    ],
    "SELU's two numbers": [(1.0507, 1.6733), (1.051, 1.673)],
    "two inputs of gelu": [(-1.502, -0.2489)],
    "a positive output": [
        lambda x: np.logaddexp(0, x) + 1e-6,
        lambda x: x.clip(0) + np.log1p(np.exp(-abs(x))),
    ],
}
LARGEST_SCORE = "only its largest score keeps every exp at 1 or below"
IF = "if decides once for the whole array; np.where(condition, then, else)"
OVERFLOW = "The values are right, but NumPy reports overflow at"
BOTH_SIDES = "np.where computes both sides for every input"
WRONG = [
    (
        "stable softmax",
        shifted_softmax(lambda z: 0),
        "subtract the largest score of each row",
    ),
    (
        "stable softmax",
        shifted_softmax(lambda z: z.min(axis=-1, keepdims=True)),
        LARGEST_SCORE,
    ),
    (
        "stable softmax",
        shifted_softmax(lambda z: z.mean(axis=-1, keepdims=True)),
        LARGEST_SCORE,
    ),
    (
        "stable softmax",
        shifted_softmax(lambda z: np.median(z, axis=-1, keepdims=True)),
        LARGEST_SCORE,
    ),
    ("stable softmax", shifted_softmax(lambda z: z[..., :1]), LARGEST_SCORE),
    ("stable softmax", shifted_softmax(lambda z: z[..., -1:]), LARGEST_SCORE),
    (
        "stable softmax",
        shifted_softmax(lambda z: abs(z).max(axis=-1, keepdims=True)),
        LARGEST_SCORE,
    ),
    (
        "stable softmax",
        shifted_softmax(lambda z: 700),
        "At z = -1000 your function returns nan",
    ),
    (
        "swish for any beta",
        clipped_swish,
        "Keep x as it is and limit only what exp gets",
    ),
    (
        "swish for any beta",
        lambda x, beta: x / (1 + np.exp(-beta * x)),
        f"{OVERFLOW} -1000. Give NumPy only inputs that it can take, for example with np.minimum.",
    ),
    (
        "ELU without overflow",
        lambda x, alpha: np.where(x > 0, x, alpha * np.expm1(x)),
        f"{OVERFLOW} 1000. {BOTH_SIDES}",
    ),
    (
        "SELU's two numbers",
        (1.05, 1.67),
        "1.05 is rightly rounded, but 4 digits are needed.",
    ),
    (
        "SELU's two numbers",
        (1.0507, 1.67),
        "1.67 is rightly rounded, but 4 digits are needed.",
    ),
    (
        "a positive output",
        lambda x: np.logaddexp(0, x) + 1e-3,
        "returns 0.001, but it should be 0",
    ),
    (
        "a positive output",
        lambda x: x.clip(0),
        "ReLU is exactly 0 for every negative input",
    ),
    ("two inputs of gelu", (-0.7517916, -6.5e-19), "search where gelu(x) + 0.1 is 0"),
    ("two inputs of gelu", (-1.5017, -1.5017), "these are one input twice"),
    ("tent", tent_by_cases, IF),
    ("ReLU slope from output", lambda a: 1.0 if a > 0 else 0.0, IF),
    ("leaky relu for any slope", lambda x, a: x if x > 0 else a * x, "if decides once"),
    ("ELU without overflow", lambda x, alpha: x if x > 0 else alpha * np.expm1(x), IF),
    (
        "ReLU slope from output",
        lambda a: max(0, a),
        "np.maximum, as in relu, works element by",
    ),
    ("logit", lambda p: p if p > 0 else 0, "np.where work element by element"),
    (
        "logit",
        lambda p: np.log((p + 1e-8) / (1 - p + 1e-8)),
        "That is close, but at p = 0.001 your function returns -6.9067, but it should be -6.9068.",
    ),
    (
        "scale for fifty layers",
        (0.12,),
        "0.12 is rightly rounded, but 3 digits are needed.",
    ),
    ("scale for fifty layers", ((0, 125),), "writes decimals with a point: 0.125."),
    ("two layers in one", ((0, 5), 9), "writes decimals with a point: 0.5."),
    ("two layers in one", ((-6, 9),), "not (-6, 9); write it without brackets."),
]


@pytest.mark.parametrize(("name", "answers"), RIGHT.items(), ids=RIGHT)
def test_right_answers_pass_however_they_are_written(name, answers):
    for answer in answers:
        assert judge(TASKS[name], answer).message == TASKS[name].right


@pytest.mark.parametrize(("name", "answer", "words"), WRONG)
def test_wrong_answers_get_the_sentence_that_helps(name, answer, words):
    verdict = judge(TASKS[name], answer)
    assert not verdict.passed
    assert words in verdict.message


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
            "For x = [1., 2.] your function stops with ZeroDivisionError: integer",
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
def test_a_function_may_be_off_by_a_millionth_and_by_atol(off, passed):
    assert DOUBLE.judge(lambda x: 2 * x * (1 + off)).passed is passed
    nothing = FunctionTask(lambda x: 0 * x, (TWO,), "Right.", [])
    assert nothing.judge(lambda x: 0 * x + 1e-6 * off).passed is passed
    loose = FunctionTask(lambda x: 0 * x, (TWO,), "Right.", [], atol=1e-6)
    assert loose.judge(lambda x: 0 * x + off).passed is passed


def test_a_case_may_have_several_arguments_and_the_reference_names_the_first():
    task = FunctionTask(
        lambda base, power: base**power, ((2.0, 3.0), (3.0, 2.0)), "Right.", []
    )
    assert task.judge(lambda base, power: base**power).passed
    words = "At base = 3 your function returns 8, but it should be 9."
    assert task.judge(lambda base, power: 8.0).message == words


def test_a_function_that_sums_up_is_shown_its_whole_input():
    task = FunctionTask(np.sum, (np.arange(9.0),), "Right.", [])
    words = "At a = [0., 1., 2., ..., 6., 7., 8.] your function returns 8, but it should be 36."
    assert task.judge(np.max).message == words


def test_nan_is_right_where_it_is_asked():
    def root(x):
        return np.where(x < 0, np.nan, np.abs(x) ** 0.5)

    assert FunctionTask(root, (np.array([-1.0, 4.0]),), "Right.", []).judge(root).passed


def test_a_report_of_numpy_names_the_first_input_that_causes_it():
    task = FunctionTask(
        lambda x: 0 * x, (np.array([1.0, -1000.0, -2000.0]),), "Right.", []
    )
    assert f"{OVERFLOW} -1000." in task.judge(lambda x: 0 / np.exp(-x)).message


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
        (PAIR, (2, 3.1), "3.1 is rightly rounded, but 3 digits are needed."),
        (PAIR, (2.0,), "2 numbers are asked, and 1 came."),
        (PAIR, ("two", 3), "A number is asked, not 'two'; write it without quotes."),
        (PAIR, (2, ...), STUB),
        (PAIR, (None, 3), STUB),
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
            "A number is asked, not (0.5, 1); write it without brackets.",
        ),
        (
            ONE,
            ((3, 14),),
            "Python reads 3,14 as two numbers; it writes decimals with a point: 3.14.",
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
