"""check: verdicts on a learner's answers that name the mistake, and the tasks that judge them."""

import copy
import difflib
import html
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from helpers.arguments import as_float, as_floats, describe_error, is_number, short_repr
from helpers.lessons import rooms

STUB = "Not filled in yet: replace the three dots with your answer and run the cell again."
SUPERFLUOUS = {str: "quotes", list: "brackets", tuple: "brackets"}  # what a number stands in
NOTHING = "Nothing comes back: end the function with return and your answer, and run the cell again."


def check(exercise, *answers):
    """Return the verdict on the answers to the exercise of that name; it has `.passed` and `.message`.

    An answer is what the exercise asks for: a function, a number or a choice. A stub that is not filled in yet is told
    so and raises nothing. Raises ValueError for a name that no exercise has, TypeError for what is no name.
    """
    exercises = all_exercises()
    if not isinstance(exercise, str):
        raise TypeError(
            f"check begins with an exercise's name in quotes, not {short_repr(exercise)}; for example "
            'check("fifty layers", "a").'
        )
    if exercise not in exercises:
        near = difflib.get_close_matches(exercise, exercises, n=3, cutoff=0.3) or sorted(exercises)
        raise ValueError(f"There is no exercise called {exercise!r}; did you mean {' or '.join(map(repr, near))}?")
    return exercises[exercise].judge(*answers)


def all_exercises():
    """Return every exercise of every lesson by its name."""
    return {name: task for room in rooms() for name, task in getattr(room, "EXERCISES", {}).items()}


@dataclass(frozen=True)
class Verdict:
    """What a check found: `passed`, and one sentence that says why or why not."""

    passed: bool
    message: str

    def __repr__(self):
        return self.message

    def _repr_html_(self):
        todo = self.message == STUB
        word, colour = ("To do", "#57606A") if todo else ("Right", "#00664B") if self.passed else ("Not yet", "#A33B00")
        box = f"border-left:4px solid {colour};padding:6px 12px;margin:4px 0;max-width:700px;line-height:1.5"
        return (
            f'<div role="status" style="{box}"><strong style="color:{colour}">{word}.</strong> '
            f"{html.escape(self.message)}</div>"
        )


class Task:
    """What an exercise asks for; `_says` returns the sentence on the answers, which is `right` for right ones alone."""

    def judge(self, *answers):
        """Return the verdict on the answers."""
        sentence = self._says(*answers)
        return Verdict(sentence == self.right, sentence)


@dataclass(frozen=True)
class FunctionTask(Task):
    """Asks for a function that does the same as `reference` in all `cases`.

    A case is the one argument, or a tuple of several. Sentences call the first one as `reference` does. `mistakes` has
    for each sentence the wrong function that it answers, or a list of such functions.
    """

    reference: Callable
    cases: tuple
    right: str
    mistakes: dict

    def _says(self, *answers):
        if len(answers) != 1 or not callable(answers[0]):
            return "Hand over the function itself, by its name and without brackets behind it."
        got, wanted = self._outcomes(answers[0]), self._outcomes(self.reference)
        for blank, sentence in ((..., STUB), (None, NOTHING)):
            if any(outcome.value is blank for outcome in got):
                return sentence
        if got == wanted:
            return next((outcome.complaint for outcome in got if outcome.complaint), self.right)
        for sentence, wrong in self.mistakes.items():
            for function in wrong if isinstance(wrong, list) else [wrong]:
                if got == self._outcomes(function):
                    return sentence
        name = next(iter(inspect.signature(self.reference).parameters))
        return next(mine.difference(right, name) for mine, right in zip(got, wanted, strict=True) if mine != right)

    def _outcomes(self, function):
        return [Outcome(function, case if isinstance(case, tuple) else (case,)) for case in self.cases]


@dataclass(frozen=True)
class NumberTask(Task):
    """Asks for one or more numbers; `mistakes` has for each sentence the wrong numbers that it answers."""

    answer: float | tuple
    right: str
    mistakes: dict
    tolerance: float = 1e-3  # relative, so that a rounded answer counts

    def _says(self, *answers):
        if any(answer is ... or answer is None for answer in answers):
            return STUB
        answers = [each.item() if isinstance(each, np.ndarray) and each.size == 1 else each for each in answers]
        other = [answer for answer in answers if not is_number(answer)]
        if other:
            cure = SUPERFLUOUS.get(type(other[0]), "")
            return f"A number is asked, not {short_repr(other[0])}{cure and f'; write it without {cure}'}."
        given = np.array([as_float(answer) for answer in answers])
        if given.size != np.size(self.answer):
            asked = "One number is" if np.size(self.answer) == 1 else f"{np.size(self.answer)} numbers are"
            return f"{asked} asked, and {given.size} came."
        close = partial(np.isclose, given, rtol=self.tolerance, atol=0)
        for sentence, numbers in {self.right: self.answer, **self.mistakes}.items():
            if close(numbers).all():
                return sentence
        wrong = given[np.argmin(close(self.answer))]
        return f"{_short(wrong)} is not it yet; the hint above shows a way to compute it."


@dataclass(frozen=True)
class ChoiceTask(Task):
    """Asks for one of several answers; `reasons` says for each wrong one why it is not the right one."""

    answer: str
    right: str
    reasons: dict

    def _says(self, *answers):
        if not answers or answers[0] is ... or answers[0] is None:
            return STUB
        says = {self.answer: self.right, **self.reasons}
        unknown = f"Choose one of {', '.join(sorted(says))}, written as a text in quotes."
        return says.get(str(answers[0]).strip().lower(), unknown) if len(answers) == 1 else unknown


class Outcome:
    """What a function makes of a case: `value` is an array, or what stops it, or the dots of an unfinished exercise."""

    def __init__(self, function, case):
        """Call the function on copies of the arguments; `complaint` says what is wrong apart from the value."""
        self.given, self.complaint = case[0], ""
        arguments, reports = copy.deepcopy(case), []
        try:
            with np.errstate(all="call", under="ignore", call=lambda kind, _: reports.append(kind)):
                value = function(*arguments)
                blank = value is None or value is ...
                self.value = value if blank else as_floats(value, "what it returns").astype(float)
        except Exception as trouble:  # a learner's function may raise anything; the verdict tells it
            self.value = trouble
        if reports:
            self.complaint = f"The values are right, but NumPy reports {reports[0]} at {_short(self.given)}."
        elif not all(np.array_equal(one, other, equal_nan=True) for one, other in zip(arguments, case, strict=True)):
            self.complaint = (
                "The values are right, but the function changes the array that it is given; let it return a new one."
            )

    def __eq__(self, other):
        """Return whether both are stopped by the same kind of trouble, or have values of one shape that are close."""
        mine, theirs = self.value, other.value
        if isinstance(mine, np.ndarray) and isinstance(theirs, np.ndarray):
            return mine.shape == theirs.shape and _close(mine, theirs).all()
        return type(mine) is type(theirs)

    def difference(self, right, name):
        """Return a sentence about the first number that is not as in `right`; `name` is that of the argument."""
        if isinstance(self.value, Exception):
            return f"For {name} = {_short(self.given)} your function stops with {describe_error(self.value)}"
        given, came, asked = map(np.shape, (self.given, self.value, right.value))
        if came != asked:
            return f"For {name} of shape {given} your function returns shape {came}; shape {asked} is asked."
        place = np.unravel_index(np.argmin(_close(self.value, right.value)), asked)
        at = np.asarray(self.given)[place] if given == asked else self.given
        return (
            f"At {name} = {_short(at)} your function returns {_short(self.value[place])}, "
            f"but it should be {_short(right.value[place])}."
        )


_close = partial(np.isclose, rtol=1e-6, atol=1e-12, equal_nan=True)


def _short(value):
    """Return a value as a short text."""
    if isinstance(value, np.ndarray) and value.ndim:
        return np.array2string(value, precision=4, threshold=8, separator=", ").replace("\n", "")
    return f"{float(value):.4g}" if is_number(value) else repr(value)
