"""Tasks that can judge an answer: a function compared on given inputs, numbers, or a choice."""

import copy
import html
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

STUB = "Not filled in yet: replace the three dots by your answer and run the cell again."
NOTHING = "Nothing comes back: end the function with return and your answer, and run the cell again."


@dataclass(frozen=True)
class Verdict:
    """What a check found: `passed`, and one sentence that says why or why not."""

    passed: bool
    message: str

    def __repr__(self):
        return self.message

    def _repr_html_(self):
        right, todo = self.passed, self.message == STUB
        word, colour = ("Right", "#00664B") if right else ("To do", "#57606A") if todo else ("Not yet", "#A33B00")
        box = f"border-left:4px solid {colour};padding:6px 12px;margin:4px 0;max-width:700px;line-height:1.5"
        return (
            f'<div role="status" style="{box}"><strong style="color:{colour}">{word}.</strong> '
            f"{html.escape(self.message)}</div>"
        )


@dataclass(frozen=True)
class FunctionTask:
    """Asks for a function; `cases` are argument tuples, `mistakes` pairs of a wrong function and what to say of it."""

    reference: Callable
    cases: tuple
    right: str
    mistakes: tuple = ()
    inputs: str = "x"

    def judge(self, *answers):
        """Return the verdict on one function."""
        if len(answers) != 1 or not callable(answers[0]):
            return Verdict(False, "Hand over the function itself, by its name and without brackets behind it.")
        got = [outcome(answers[0], case) for case in self.cases]
        if any(part.stub for part in got):
            return Verdict(False, STUB)
        if any(part.value is None and not part.trouble for part in got):
            return Verdict(False, NOTHING)
        wanted = [outcome(self.reference, case) for case in self.cases]
        if all(map(same, got, wanted)):
            warned = [part for part in got if part.complaint]
            return Verdict(not warned, warned[0].complaint if warned else self.right)
        for wrong, sentence in self.mistakes:
            if all(map(same, got, (outcome(wrong, case) for case in self.cases))):
                return Verdict(False, sentence)
        return Verdict(False, self._difference(got, wanted))

    def _difference(self, got, wanted):
        """Return a sentence about the first input at which the answer differs."""
        case, mine, right = next(
            triple for triple in zip(self.cases, got, wanted, strict=True) if not same(triple[1], triple[2])
        )
        if mine.trouble:
            return f"For {self.inputs} = {_short(case[0])} your function stops with {mine.trouble}"
        if np.shape(mine.value) != np.shape(right.value):
            return (
                f"For {self.inputs} of shape {np.shape(case[0])} your function returns shape {np.shape(mine.value)}; "
                f"shape {np.shape(right.value)} is asked."
            )
        place = np.unravel_index(np.argmin(np.isclose(mine.value, right.value)), np.shape(right.value))
        at = np.asarray(case[0])[place] if np.shape(case[0]) == np.shape(right.value) else case[0]
        return (
            f"At {self.inputs} = {_short(at)} your function returns {_short(np.asarray(mine.value)[place])}, "
            f"but it should be {_short(np.asarray(right.value)[place])}."
        )


@dataclass(frozen=True)
class NumberTask:
    """Asks for one or more numbers; `mistakes` are pairs of wrong numbers and what to say of them."""

    answer: float | tuple
    right: str
    mistakes: tuple = ()
    tolerance: float = 1e-3  # relative, so that a rounded answer counts

    def judge(self, *answers):
        """Return the verdict on the numbers."""
        wanted = np.atleast_1d(self.answer).astype(float)
        if any(answer is ... or answer is None for answer in answers):
            return Verdict(False, STUB)
        try:
            given = np.array([float(answer) for answer in answers])
        except (TypeError, ValueError):
            return Verdict(False, f"A number is asked, not {_short(answers[0])}.")
        if given.shape != wanted.shape:
            return Verdict(False, f"{wanted.size} numbers are asked, and {given.size} came.")
        if np.allclose(given, wanted, rtol=self.tolerance, atol=0):
            return Verdict(True, self.right)
        for wrong, sentence in self.mistakes:
            if np.allclose(given, np.atleast_1d(wrong), rtol=self.tolerance, atol=0):
                return Verdict(False, sentence)
        off = given[np.argmin(np.isclose(given, wanted, rtol=self.tolerance, atol=0))]
        return Verdict(False, f"{_short(off)} is not it yet; the hint above shows a way to compute it.")


@dataclass(frozen=True)
class ChoiceTask:
    """Asks for one of several answers; `reasons` says for each wrong one why it is not the right one."""

    answer: str
    right: str
    reasons: dict

    def judge(self, *answers):
        """Return the verdict on the choice."""
        if not answers or answers[0] is ... or answers[0] is None:
            return Verdict(False, STUB)
        given = str(answers[0]).strip().lower()
        if given == self.answer:
            return Verdict(True, self.right)
        choices = ", ".join(sorted([self.answer, *self.reasons]))
        return Verdict(False, self.reasons.get(given, f"Choose one of {choices}, written as a text in quotes."))


@dataclass(frozen=True)
class Outcome:
    """What a function did with one case: a value, or trouble, and what there is to complain of."""

    value: object = None
    trouble: str = ""
    complaint: str = ""
    stub: bool = False  # it returns the three dots of an exercise that is not filled in


def outcome(function, case):
    """Return the Outcome of calling a function on copies of a case's arguments."""
    complaints = []
    try:
        with np.errstate(all="call", under="ignore", call=lambda kind, _: complaints.append(kind)):
            given = copy.deepcopy(case)
            value = function(*given)
            if value is ...:
                return Outcome(stub=True)
            value = None if value is None else np.array(value, dtype=float)
    except Exception as trouble:  # a learner's function may raise anything; the verdict tells it
        return Outcome(trouble=f"{type(trouble).__name__}: {str(trouble).splitlines()[0] if str(trouble) else ''}")
    if complaints:
        return Outcome(
            value, complaint=f"The values are right, but NumPy reports {complaints[0]} at {_short(case[0])}."
        )
    kept = all(np.array_equal(one, other, equal_nan=True) for one, other in zip(given, case, strict=True))
    said = "The values are right, but the function changes the array that it is given; let it return a new one."
    return Outcome(value, complaint="" if kept else said)


def same(one, other):
    """Return whether two outcomes agree: the same trouble, or values of one shape that are close."""
    if one.trouble or other.trouble:
        return one.trouble.split(":")[0] == other.trouble.split(":")[0]
    if one.value is None or other.value is None or one.value.shape != other.value.shape:
        return False
    return np.allclose(one.value, other.value, rtol=1e-6, atol=1e-12, equal_nan=True)


def _short(value):
    """Return a value as a short text."""
    if isinstance(value, np.ndarray) and value.ndim:
        return np.array2string(value, precision=4, threshold=8, separator=", ").replace("\n", "")
    return f"{float(value):.4g}" if np.isscalar(value) and not isinstance(value, str) else repr(value)
