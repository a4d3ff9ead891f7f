"""check: verdicts on a learner's answers that name the mistake, and the tasks that judge them."""

import copy
import difflib
import html
import inspect
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from helpers.lessons import rooms

STUB = "Not filled in yet: replace the three dots by your answer and run the cell again."
NOTHING = "Nothing comes back: end the function with return and your answer, and run the cell again."


def check(exercise, *answers):
    """Return the verdict on the answers to the exercise of that name; it has `.passed` and `.message`.

    An answer is what the exercise asks for: a function, a number or a choice. A stub that is not filled in yet is told
    so and raises nothing. Raises ValueError for a name that no exercise has.
    """
    exercises = all_exercises()
    if exercise not in exercises:
        near = difflib.get_close_matches(str(exercise), exercises, n=3, cutoff=0.3) or sorted(exercises)
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
        if any(part.value is ... for part in got):
            return STUB
        if any(part.value is None and not part.trouble for part in got):
            return NOTHING
        if all(map(same, got, wanted)):
            return next((part.complaint for part in got if part.complaint), self.right)
        for sentence, wrong in self.mistakes.items():
            for function in wrong if isinstance(wrong, list) else [wrong]:
                if all(map(same, got, self._outcomes(function))):
                    return sentence
        return self._difference(got, wanted)

    def _outcomes(self, function):
        return [outcome(function, case if isinstance(case, tuple) else (case,)) for case in self.cases]

    def _difference(self, got, wanted):
        """Return a sentence about the first input at which the answer differs."""
        name = next(iter(inspect.signature(self.reference).parameters))
        mine, right = next(pair for pair in zip(got, wanted, strict=True) if not same(*pair))
        if mine.trouble:
            said = (str(mine.trouble).splitlines() or [""])[0]
            return f"For {name} = {_short(mine.given)} your function stops with {type(mine.trouble).__name__}: {said}"
        given, came, asked = map(np.shape, (mine.given, mine.value, right.value))
        if came != asked:
            return f"For {name} of shape {given} your function returns shape {came}; shape {asked} is asked."
        place = np.unravel_index(np.argmin(np.isclose(mine.value, right.value)), asked)
        at = np.asarray(mine.given)[place] if given == asked else mine.given
        return (
            f"At {name} = {_short(at)} your function returns {_short(mine.value[place])}, "
            f"but it should be {_short(right.value[place])}."
        )


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
        try:
            given = np.array([float(answer) for answer in answers])
        except (TypeError, ValueError):
            return f"A number is asked, not {_short(answers[0])}."
        if given.size != np.size(self.answer):
            return f"{np.size(self.answer)} numbers are asked, and {given.size} came."
        right = self._close(given, self.answer)
        if right.all():
            return self.right
        for sentence, wrong in self.mistakes.items():
            if self._close(given, wrong).all():
                return sentence
        return f"{_short(given[np.argmin(right)])} is not it yet; the hint above shows a way to compute it."

    def _close(self, given, numbers):
        return np.isclose(given, numbers, rtol=self.tolerance, atol=0)


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
        return says.get(str(answers[0]).strip().lower(), unknown)


@dataclass(frozen=True)
class Outcome:
    """What a function did with the arguments of a case: a value, or trouble, and what there is to complain of."""

    given: object  # the first argument
    value: object = None  # the three dots from an exercise that is not filled in
    trouble: Exception | None = None
    complaint: str = ""


def outcome(function, case):
    """Return the Outcome of calling a function on copies of a case's arguments."""
    complaints = []
    given = copy.deepcopy(case)
    try:
        with np.errstate(all="call", under="ignore", call=lambda kind, _: complaints.append(kind)):
            value = function(*given)
            if value is not None and value is not ...:
                value = np.array(value, dtype=float)
    except Exception as trouble:  # a learner's function may raise anything; the verdict tells it
        return Outcome(case[0], trouble=trouble)
    complaint = ""
    if complaints:
        complaint = f"The values are right, but NumPy reports {complaints[0]} at {_short(case[0])}."
    elif not all(np.array_equal(one, other, equal_nan=True) for one, other in zip(given, case, strict=True)):
        complaint = (
            "The values are right, but the function changes the array that it is given; let it return a new one."
        )
    return Outcome(case[0], value, complaint=complaint)


def same(one, other):
    """Return whether two outcomes agree: the same trouble, or values of one shape that are close."""
    if one.trouble or other.trouble:
        return type(one.trouble) is type(other.trouble)
    return one.value.shape == other.value.shape and np.allclose(
        one.value, other.value, rtol=1e-6, atol=1e-12, equal_nan=True
    )


def _short(value):
    """Return a value as a short text."""
    if isinstance(value, np.ndarray) and value.ndim:
        return np.array2string(value, precision=4, threshold=8, separator=", ").replace("\n", "")
    return f"{float(value):.4g}" if np.isscalar(value) and not isinstance(value, str) else repr(value)
