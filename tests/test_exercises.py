"""The exercises: every solution in the notebooks passes, every mistake that a check claims to recognise is named."""

import ast
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from shared import LESSONS

from helpers.exercises import NOTHING, STUB, ChoiceTask, Exercises, FunctionTask, NumberTask, Verdict

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
TASKS = {name: task for lesson in LESSONS.values() for name, task in lesson.check.tasks.items()}
SOLUTION = re.compile(r"<details>\s*<summary>Solution</summary>.*?```python\n(.*?)```.*?</details>", re.S)
KEPT = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.Assign)  # of the code before an exercise


def checks_in(path):
    """Yield (name of the exercise, check call, code before it, solution) for every exercise of a notebook."""
    cells = nbformat.read(path, as_version=4).cells
    before = []
    for cell, after in zip(cells, [*cells[1:], None], strict=True):
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "check":
                found = SOLUTION.search(after.source) if after is not None else None
                yield node.args[0].value, node, list(before), found and found.group(1)
        before += [node for node in tree.body if isinstance(node, KEPT)]


def mistakes(task):
    """Return pairs of a wrong answer and the sentence that it is to get."""
    if isinstance(task, ChoiceTask):
        return list(task.reasons.items())
    several = [(wrong if isinstance(wrong, list) else [wrong], sentence) for sentence, wrong in task.mistakes.items()]
    return [(wrong, sentence) for answers, sentence in several for wrong in answers]


EXERCISES = [pytest.param(path, *parts, id=parts[0]) for path in NOTEBOOKS for parts in checks_in(path)]
MISTAKES = [
    pytest.param(task, wrong, sentence, id=f"{name}: {sentence[:40]}")
    for name, task in TASKS.items()
    for wrong, sentence in mistakes(task)
]


@pytest.mark.parametrize(("path", "name", "call", "before", "solution"), EXERCISES)
def test_solution_in_the_notebook_passes(path, name, call, before, solution):
    assert solution, f"{path.name}: no collapsed solution follows the exercise {name!r}"
    space = {}
    exec(compile(ast.Module(before, []), path.name, "exec"), space)
    exec(compile(solution, path.name, "exec"), space)
    verdict = eval(compile(ast.Expression(call), path.name, "eval"), space)
    assert verdict.passed, verdict.message


@pytest.mark.parametrize(("path", "name", "call", "before", "solution"), EXERCISES)
def test_stub_is_told_gently(path, name, call, before, solution):
    cell = next(c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code" and f'"{name}"' in c.source)
    assert cell.outputs[0].data["text/plain"] == STUB


def test_every_exercise_stands_in_a_notebook_of_its_lesson():
    in_notebooks = sorted((path.stem[3:], name) for path in NOTEBOOKS for name, *_ in checks_in(path))
    in_modules = sorted((lesson, name) for lesson, module in LESSONS.items() for name in module.check.tasks)
    assert in_notebooks == in_modules


@pytest.mark.parametrize(("task", "wrong", "sentence"), MISTAKES)
def test_mistake_is_recognised(task, wrong, sentence):
    verdict = task.judge(*np.atleast_1d(wrong)) if isinstance(task, NumberTask) else task.judge(wrong)
    assert (verdict.passed, verdict.message) == (False, sentence)


@pytest.mark.parametrize("name", TASKS)
def test_mistakes_are_several_and_in_plain_sentences(name):
    task = TASKS[name]
    sentences = {sentence for _, sentence in mistakes(task)}
    assert len(sentences) >= 2
    for sentence in (*sentences, task.right):
        assert sentence.endswith(".")
        assert "!" not in sentence


DOUBLE = FunctionTask(lambda x: 2 * x, ((np.array([1.0, 2.0]),), (3.0,)), "Right so.", {"A square.": lambda x: x**2})


@pytest.mark.parametrize(
    ("answer", "part"),
    [
        (lambda x: 2 * x + (x == 2), "At x = 2 your function returns 5, but it should be 4"),
        (
            lambda x: x[:1] if np.ndim(x) else x,
            "of shape (2,) your function returns shape (1,); shape (2,) is asked",
        ),
        (lambda x: np.sum(x), "returns shape ()"),
        (lambda x: 1 / 0, "stops with ZeroDivisionError"),
        (lambda x: "two", "what it returns must be real numbers (a number, a list or a NumPy array), not 'two'"),
        (lambda: 1, "stops with TypeError"),
        (lambda x: x**2, "A square."),
        (lambda x: None, NOTHING),
        (lambda x: ..., STUB),
        (4.0, "function itself"),
    ],
)
def test_wrong_functions_are_answered_in_words(answer, part):
    verdict = DOUBLE.judge(answer)
    assert not verdict.passed
    assert part in verdict.message


def test_a_case_may_be_one_argument_or_several_and_the_reference_names_the_first():
    power = FunctionTask(lambda base, exponent: base**exponent, ((2.0, 3.0), (3.0, 2.0)), "Right.", {})
    assert power.judge(lambda base, exponent: base**exponent).passed
    assert power.judge(lambda base, exponent: 8.0).message == "At base = 3 your function returns 8, but it should be 9."
    half = FunctionTask(lambda p: p / 2, (np.array([4.0, 6.0]), 3.0), "Right.", {})
    assert half.judge(lambda p: p / 2).passed
    assert half.judge(lambda p: p - 2).message == "At p = 6 your function returns 4, but it should be 3."


def test_a_function_that_changes_its_input_is_told_so_and_spoils_no_later_check():
    def spoiling(x):
        x *= 2
        return x

    assert DOUBLE.judge(lambda x: x + x).passed
    verdict = DOUBLE.judge(spoiling)
    assert not verdict.passed
    assert "changes the array that it is given" in verdict.message
    assert DOUBLE.judge(lambda x: x + x).passed, "the inputs were changed by the answer before"


def test_right_values_with_an_overflow_are_not_yet_right():
    task = FunctionTask(lambda x: x * 0, ((np.array([1000.0]),),), "Right.", {})
    verdict = task.judge(lambda x: 1 / np.exp(x))
    assert not verdict.passed
    assert "overflow" in verdict.message


@pytest.mark.parametrize(
    ("answers", "passed", "part"),
    [
        ((2.0, 3.0), True, "Good."),
        ((2.0001, 3), True, "Good."),
        ((2.1, 3), False, "2.1 is not it yet"),
        ((3.0, 2.0), False, "Swapped."),
        ((2.0,), False, "2 numbers are asked, and 1 came"),
        (("two", 3), False, "A number is asked, not 'two'"),
        ((2.0, ...), False, STUB),
        ((None, 3), False, STUB),
        ((float("nan"), 3), False, "not it yet"),
    ],
)
def test_number_task(answers, passed, part):
    verdict = NumberTask((2, 3), "Good.", {"Swapped.": (3, 2)}).judge(*answers)
    assert verdict.passed is passed
    assert part in verdict.message


@pytest.mark.parametrize(
    ("answer", "passed", "part"),
    [("B", True, "Yes."), ("a", False, "No."), ("z", False, "a, b"), (..., False, STUB)],
)
def test_choice_task(answer, passed, part):
    verdict = ChoiceTask("b", "Yes.", {"a": "No."}).judge(answer)
    assert verdict.passed is passed
    assert part in verdict.message


@pytest.mark.parametrize(("off", "passed"), [(0.00099, True), (-0.00099, True), (0.00104, False), (-0.00104, False)])
def test_a_number_may_be_off_by_a_thousandth(off, passed):
    for answer in (1e-9, 2.0, -1e9):
        assert NumberTask(answer, "Good.", {}).judge(answer * (1 + off)).passed is passed
    assert not NumberTask(0, "Good.", {}).judge(1e-9).passed


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ((1, 2), "One number is asked, and 2 came."),
        ((), "One number is asked, and 0 came."),
        ((0.123456,), "0.1235 is not it yet; the hint above shows a way to compute it."),
        ((True,), "A number is asked, not True."),
        ((None,), STUB),
    ],
)
def test_one_number_is_asked(answers, message):
    assert NumberTask(5, "Good.", {}).judge(*answers).message == message


def test_the_wrong_one_of_several_numbers_is_named():
    task = NumberTask((1, 2, 3), "Good.", {})
    assert task.judge(1, 2.5, 3).message.startswith("2.5 is not it yet")
    assert task.judge(1, 2, 4).message.startswith("4 is not it yet")


@pytest.mark.parametrize(("off", "passed"), [(0.9e-6, True), (-0.9e-6, True), (1.05e-6, False), (-1.05e-6, False)])
def test_a_function_may_be_off_by_a_millionth(off, passed):
    assert DOUBLE.judge(lambda x: 2 * x * (1 + off)).passed is passed


@pytest.mark.parametrize(("off", "passed"), [(0.9e-12, True), (1.05e-12, False)])
def test_beside_0_a_function_may_be_off_by_a_billionth_of_a_thousandth(off, passed):
    assert FunctionTask(lambda x: 0 * x, (1.0,), "Right.", {}).judge(lambda x: 0 * x + off).passed is passed


def test_the_first_case_and_the_first_number_that_differ_are_named():
    task = FunctionTask(lambda x: 2 * x, (np.array([1.0, 2.0, 3.0]), 5.0), "Right.", {})
    assert task.judge(lambda x: 2 * x + (x >= 2)).message.startswith("At x = 2 your function returns 5, ")
    assert task.judge(lambda x: 2 * x + (x == 5)).message.startswith("At x = 5 your function returns 11, ")
    rows = FunctionTask(lambda x: 2 * x, (np.array([[1.0, 2.0], [3.0, 4.0]]),), "Right.", {})
    assert rows.judge(lambda x: 2 * x + (x == 3)).message == "At x = 3 your function returns 7, but it should be 6."


def test_where_the_result_has_another_shape_the_whole_argument_is_shown():
    task = FunctionTask(np.sum, (np.array([1.0, 2.34567]),), "Right.", {})
    verdict = task.judge(lambda x: np.sum(x) + 1)
    assert verdict.message == "At a = [1.    , 2.3457] your function returns 4.346, but it should be 3.346."
    long = FunctionTask(np.sum, (np.arange(9.0),), "Right.", {}).judge(np.max)
    assert long.message.startswith("At a = [0., 1., 2., ..., 6., 7., 8.] your function returns 8,")
    short = FunctionTask(np.sum, (np.arange(8.0),), "Right.", {}).judge(np.max)
    assert short.message.startswith("At a = [0., 1., 2., 3., 4., 5., 6., 7.] your function returns 7,")


def test_nan_is_right_where_it_is_asked_and_wrong_elsewhere():
    def root(x):
        return np.where(x < 0, np.nan, np.abs(x) ** 0.5)

    task = FunctionTask(root, (np.array([-1.0, 4.0]),), "Right.", {})
    assert task.judge(root).passed
    assert "At x = 4 your function returns nan" in task.judge(lambda x: x * np.nan).message


def test_a_mistake_may_be_an_error_of_its_kind():
    task = FunctionTask(lambda x: x, (1.0,), "Right.", {"Not by 0.": lambda x: 1 / 0})
    assert task.judge(lambda x: [][x]).message.startswith("For x = 1 your function stops with TypeError")
    assert task.judge(lambda x: 3 // 0).message == "Not by 0."


def test_the_place_that_is_named_is_the_one_that_is_wrong_however_little():
    task = FunctionTask(lambda x: x, (np.array([1.0, 2.0, 3.0]),), "Right.", {})
    assert task.judge(lambda x: x + 3e-6 * (x == 2)).message.startswith("At x = 2 your function returns 2")


def test_a_function_is_handed_over_alone():
    for answers in ((), (len, len), (3,)):
        assert DOUBLE.judge(*answers).message.startswith("Hand over the function itself")


def test_the_first_report_of_numpy_is_told_with_its_place():
    task = FunctionTask(lambda x: 0 * x, (1.0, -1000.0), "Right.", {})
    verdict = task.judge(lambda x: 0 / np.exp(-x))
    assert verdict.message == "The values are right, but NumPy reports overflow at -1000."


def test_a_choice_is_one_letter_in_any_case():
    task = ChoiceTask("b", "Yes.", {"a": "No."})
    assert task.judge(" B ").passed
    for answers in (("b", "a"), ("b", "b"), (1,)):
        assert task.judge(*answers).message == "Choose one of a, b, written as a text in quotes."
    for answers in ((), (None,), (...,)):
        assert task.judge(*answers).message == STUB


def test_verdict_is_shown_as_words_and_escaped():
    verdict = Verdict(False, "x < 0 & more")
    assert repr(verdict) == "x < 0 & more"
    assert "x &lt; 0 &amp; more" in verdict._repr_html_()
    assert "Not yet" in verdict._repr_html_()
    assert "Right" in Verdict(True, "Fine.")._repr_html_()
    assert "To do" in Verdict(False, STUB)._repr_html_()


CHECK = Exercises(dict.fromkeys(["tent", "dead units", "slope from output", "slope from gate"], DOUBLE))


def test_an_exercise_is_judged_by_its_name():
    assert CHECK("tent", lambda x: 2 * x).passed
    assert not CHECK("dead units", lambda x: x).passed


def test_a_name_like_no_other_gets_them_all_and_a_near_one_three_at_most():
    with pytest.raises(ValueError, match="There is no exercise called 'qqqq'") as raised:
        CHECK("qqqq")
    assert all(repr(name) in str(raised.value) for name in CHECK.tasks)
    with pytest.raises(ValueError, match="did you mean 'slope from output' or 'slope from gate'"):
        CHECK("slope of output", len)


@pytest.mark.parametrize("wrong", [None, 3, [], len])
def test_what_is_no_name_gets_an_example(wrong):
    with pytest.raises(TypeError, match=r"begins with an exercise's name in quotes, not .*; for example check\("):
        CHECK(wrong, len)
