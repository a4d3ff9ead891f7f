"""Exercises that check themselves: verdicts on a learner's answers that name the mistake."""

import copy
import difflib
import functools
import html
import inspect
import numbers
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from helpers.arguments import (
    as_float,
    as_floats,
    describe_error,
    is_number,
    numpy_reports,
    short_repr,
)

STUB = (
    "Not filled in yet: replace the three dots with your answer and run the cell again."
)
# The colour beside a verdict's words, which have the page's own: these can be read on any theme.
MARKS = {"To do": "#76808A", "Not yet": "#C43B08", "Right": "#009C6F"}
NO_FUNCTION = (
    "Hand over the function itself, by its name and without brackets behind it."
)
NO_VALUE = (
    "This is None, as print only shows a value: leave print out, so that the name holds "
    "the answer."
)
NO_RESULT = (
    "Nothing comes back, as print only shows a value: end the function with return and your "
    "answer, and run the cell again."
)
NO_RESULT_FOR_SOME = (
    "For some inputs nothing comes back: every branch has to end with return."
)
TURNED = "Right but for the sign, which is turned everywhere."
CUT_OFF = (
    "Your function cuts decimals off, as round, int and // do, and np.vectorize if its first "
    "result is a whole number (otypes=[float] keeps them)."
)
CLOSE = 1e-3  # relative difference up to which a wrong value is called close
ROUNDING = 1e-17  # what a search by halving leaves where it should find 0


class Exercises:
    """The exercises of a lesson, by their names: `check("tent", tent)` judges an answer."""

    def __init__(self, tasks):
        self.tasks = tasks

    def __call__(self, exercise, *answers):
        """Return the verdict on the answers to an exercise; it has `.passed` and `.message`.

        An answer is what the exercise asks for: a function, a number or a choice. A stub that is
        not filled in yet is told so and raises nothing. Raises ValueError for a name that no
        exercise has, TypeError for what is no name.
        """
        names = list(self.tasks)
        if not isinstance(exercise, str):
            raise TypeError(
                f"check begins with an exercise's name in quotes, not {short_repr(exercise)}; "
                f'for example check("{names[0]}", answer).'
            )
        if exercise not in self.tasks:
            near = difflib.get_close_matches(
                exercise, names, n=3, cutoff=0.3
            ) or sorted(names)
            meant = " or ".join(map(repr, near))
            raise ValueError(
                f"There is no exercise called {exercise!r}; did you mean {meant}?"
            )
        return self.tasks[exercise].judge(*answers)


@dataclass(frozen=True)
class Verdict:
    """What a check found: `passed`, and one sentence that says why or why not."""

    passed: bool
    message: str

    def __repr__(self):
        return self.message

    def _repr_html_(self):
        word = "Not yet"
        if self.message == STUB:
            word = "To do"
        elif self.passed:
            word = "Right"
        box = f"border-left:4px solid {MARKS[word]};padding:6px 12px;margin:4px 0;max-width:700px"
        return (
            f'<div role="status" style="{box};line-height:1.5">'
            f"<strong>{word}.</strong> {html.escape(self.message)}</div>"
        )


class Mistake:
    """Wrong answers that have one cause, and the sentence that helps those who give one of them."""

    def __init__(self, sentence, *answers):
        self.sentence = sentence
        self.answers = answers


class Task:
    """What an exercise asks for. `sentence_on` returns a sentence, which is `right` for right
    answers alone.
    """

    def judge(self, *answers):
        """Return the verdict on the answers."""
        if not answers or any(answer is ... for answer in answers):
            return Verdict(False, STUB)
        sentence = self.sentence_on(*answers)
        return Verdict(sentence == self.right, sentence)


@dataclass(frozen=True)
class ChoiceTask(Task):
    """Asks for one of several answers; `reasons` says for each wrong one why it is not the right
    one.
    """

    answer: str
    right: str
    reasons: dict

    def sentence_on(self, *answers):
        sentences = {self.answer: self.right, **self.reasons}
        if len(answers) == 1:
            answer = answers[0]
            if answer is None:
                return NO_VALUE
            if is_tuple_of_one(answer):
                return without_comma(answer)
            chosen = str(answer).strip(" ().").lower()
            if chosen in sentences:
                return sentences[chosen]
        return f"Choose one of {', '.join(sorted(sentences))}, written as a text in quotes."


@dataclass(frozen=True)
class NumberTask(Task):
    """Asks for one or more numbers; `mistakes` are Mistakes with wrong numbers."""

    answer: float | tuple
    right: str
    mistakes: list
    tolerance: float = 1e-3  # relative, so that a rounded answer counts

    def sentence_on(self, *answers):
        answers = [as_plain(answer) for answer in answers]
        wanted = np.atleast_1d(self.answer)
        for answer in answers:
            if not is_number(answer):
                return no_number(answer, pair=len(answers) < wanted.size)
        given = np.array([as_float(answer) for answer in answers])
        if given.size != wanted.size:
            asked = (
                "One number is" if wanted.size == 1 else f"{wanted.size} numbers are"
            )
            return f"{asked} asked, and {given.size} came."
        if self._close(given, wanted).all():
            return self.right
        for mistake in self.mistakes:
            if any(self._close(given, answer).all() for answer in mistake.answers):
                return mistake.sentence
        if self._close(np.abs(given), np.abs(wanted)).all():
            return "Right but for the sign."
        place = np.argmin(self._close(given, wanted))
        return self._off(given[place], wanted[place])

    def _close(self, given, wanted):
        return np.isclose(given, wanted, rtol=self.tolerance, atol=ROUNDING)

    def _off(self, given, wanted):
        """Return the sentence on a wrong number."""
        rounded = [float(f"{wanted:.{digits}g}") for digits in range(1, 18)]
        enough = self._close(rounded, wanted).argmax() + 1
        if given in rounded and given % 1:
            return f"{short(given)} is rightly rounded, but {enough} digits are needed."
        text, *_ = apart(given, wanted)
        return f"{text} is not it yet; the hint above shows a way to compute it."


def as_plain(answer):
    """Return the number in an array of one or in a Decimal, and other answers as they are."""
    if isinstance(answer, np.ndarray) and answer.size == 1:
        return answer.item()
    if isinstance(answer, Decimal):
        return float(answer)
    return answer


def is_number_in_quotes(answer):
    """Return whether an answer is a text that Python reads as a number."""
    if not isinstance(answer, str):
        return False
    try:
        float(answer)
    except ValueError:
        return False
    return True


def is_tuple_of_one(answer):
    """Return whether an answer is a tuple because of a comma behind it: `answer = 15,`."""
    return isinstance(answer, tuple) and len(answer) == 1


def without_comma(answer):
    """Return the sentence on a tuple of one."""
    value = short_repr(answer[0])
    return f"The comma behind {value} makes a tuple of it; write {value} without the comma."


def from_several(answer, pair):
    """Return what to do with a list, a tuple or an array; `pair` tells whether two are asked."""
    if isinstance(answer, (list, tuple)) and (pair or len(answer) == 1):
        return "write it without brackets"
    if pair:
        return "hand over its numbers one by one, such as answer[0], answer[1]"
    place = "[0]" * getattr(answer, "ndim", 1)
    return f"hand over one number of it, such as answer{place}"


def no_number(answer, pair):
    """Return the sentence on an answer that is no number; `pair` tells whether it may hold two."""
    if answer is None:
        return NO_VALUE
    if is_tuple_of_one(answer):
        return without_comma(answer)
    if callable(answer):
        return (
            "A number is asked, not a function; call it, with brackets behind its name."
        )
    advice = ""
    if is_number_in_quotes(answer):
        advice = "; write it without quotes"
    if isinstance(answer, (list, tuple, np.ndarray)) and len(answer):
        advice = f"; {from_several(answer, pair)}"
    if isinstance(answer, tuple) and not pair and answer:
        whole, *rest = answer
        if is_number(whole, int) and all(is_number(n, int) and n >= 0 for n in rest):
            digits = ",".join(map(str, answer))
            written = digits.replace(",", "" if rest[1:] else ".")
            return (
                f"Python reads {digits} as {len(answer)} numbers; it writes decimals with a point "
                f"and thousands without a comma: {written}."
            )
    return f"A number is asked, not {short_repr(answer)}{advice}."


@dataclass(frozen=True)
class FunctionTask(Task):
    """Asks for a function that does the same as `reference` in all `cases`.

    A case is the one argument, or a tuple of several. Sentences call the first one as `reference`
    does. `mistakes` are Mistakes with wrong functions. Values may be off by a millionth, and
    larger by `above`.
    """

    reference: Callable
    cases: tuple
    right: str
    mistakes: list
    above: float = 0.0

    def sentence_on(self, *answers):
        if len(answers) != 1 or not callable(answers[0]):
            return NO_FUNCTION
        given = self._outcomes(answers[0])
        wanted = self._outcomes(self.reference)
        if any(outcome.value is ... for outcome in given):
            return STUB
        nothing = [outcome.value is None for outcome in given]
        if any(nothing):
            return NO_RESULT if all(nothing) else NO_RESULT_FOR_SOME
        if given == wanted:
            complaints = [outcome.complaint for outcome in given if outcome.complaint]
            return complaints[0] if complaints else self.right
        for mistake in self.mistakes:
            if any(given == self._outcomes(wrong) for wrong in mistake.answers):
                return mistake.sentence
        if self._is_spoilt(given, np.negative):
            return TURNED
        if self._is_cut_off(given):
            return CUT_OFF
        argument = next(iter(inspect.signature(self.reference).parameters))
        for mine, right in zip(given, wanted, strict=True):
            if mine != right:
                return mine.difference(right, argument)

    def _is_cut_off(self, given):
        """Return whether the outcomes are the right ones without their decimals, or some of them.

        A constant or a step may have the same values, and cuts nothing off.
        """
        values = [np.ravel(outcome.value) for outcome in given]
        kinds = set(np.concatenate(values))
        if self._is_spoilt(given, np.trunc):
            return len(kinds) > 1
        rounding = [functools.partial(np.round, decimals=n) for n in range(6)]
        is_step = kinds <= {-1, 0, 1}
        return not is_step and any(self._is_spoilt(given, cut) for cut in rounding)

    def _is_spoilt(self, given, spoil):
        """Return whether the outcomes are the right ones, each put through `spoil`."""
        return given == self._outcomes(
            lambda *case: spoil(np.asarray(self.reference(*case), dtype=float))
        )

    def _outcomes(self, function):
        cases = [case if isinstance(case, tuple) else (case,) for case in self.cases]
        return [Outcome(function, case, self.above) for case in cases]


def as_numpy(part):
    """Return a number as NumPy's own, so that array methods such as .astype work on it too, and
    other parts of a case as they are.
    """
    if is_number(part, numbers.Integral):
        # It may be an index, which np.float64 cannot.
        return np.int64(part)
    if is_number(part):
        return np.float64(part)
    return part


class Outcome:
    """What a function makes of a case: `value` is an array, an error that stops it, or ... or None.

    `complaint` says what is wrong apart from the value.
    """

    def __init__(self, function, case, above):
        self.above = above
        case = tuple(as_numpy(part) for part in case)
        arguments = copy.deepcopy(case)
        self.given = case[0]
        self.complaint = ""
        self.value, self.reports = call(function, arguments)
        if isinstance(self.value, (TypeError, ValueError)):
            # (-1) ** (y - 1), (a, b)[y == 1], (y == 0) - (y == 1) work with Python's own numbers.
            plain = (
                part.item() if isinstance(part, np.generic) else part for part in case
            )
            arguments = copy.deepcopy(tuple(plain))
            value, reports = call(function, arguments)
            if not isinstance(value, Exception):
                self.value, self.reports = value, reports
        if self.reports:
            self.complaint = complaint_of(function, case, self.reports[0])
        elif not all(
            np.array_equal(one, other, equal_nan=True)
            for one, other in zip(arguments, case, strict=True)
        ):
            self.complaint = (
                "The values are right, but the function changes the array that it is given; "
                "let it return a new one."
            )

    def __eq__(self, other):
        """Return whether both are stopped by the same error, or have values of one shape that are
        close.
        """
        values = self.value, other.value
        if all(isinstance(value, np.ndarray) for value in values):
            return (
                np.shape(values[0]) == np.shape(values[1]) and self._close(other).all()
            )
        if all(isinstance(value, Exception) for value in values):
            return repr(values[0]) == repr(values[1])
        return values[0] is values[1]

    def _close(self, other):
        """Return where the numbers are those of the other outcome, but for what is allowed."""
        middle = other.value + self.above / 2
        atol = self.above / 2 + 1e-12
        return np.isclose(self.value, middle, rtol=1e-6, atol=atol, equal_nan=True)

    def difference(self, right, argument):
        """Return a sentence about the first number that is not as in `right`."""
        if isinstance(self.value, Exception):
            place = f"{argument} = {short(self.given)}"
            return f"For {place} your function stops with {describe_error(self.value)}"
        given = np.shape(self.given)
        came = np.shape(self.value)
        asked = np.shape(right.value)
        if came != asked:
            hint = ""
            if came == (1, *asked):
                hint = " Is there a comma behind the result, or are there brackets around it?"
            return (
                f"For {argument} of shape {given} your function returns shape {came}; "
                f"shape {asked} is asked.{hint}"
            )
        place = np.unravel_index(np.argmin(self._close(right)), asked)
        at = np.asarray(self.given)[place] if given == asked else self.given
        mine, wanted, near = apart(self.value[place], right.value[place])
        almost = "That is close, but " if near else ""
        verb = "at" if near else "At"
        reason = ""
        if self.reports and not np.isfinite(self.value[place]):
            reason = f"; NumPy reports {self.reports[0]} on the way"
        return (
            f"{almost}{verb} {argument} = {short(at)} your function returns {mine}, "
            f"but it should be {wanted}{reason}."
        )


def call(function, arguments):
    """Return what the function returns, as an array, or the error that it raises, and what NumPy
    reports.
    """
    with numpy_reports() as reports:
        try:
            value = function(*arguments)
            if value is not None and value is not ...:
                value = as_floats(value, "what it returns").astype(float)
        except Exception as error:
            # A learner's function may raise anything; the verdict tells it.
            value = error
    return value, reports


def complaint_of(function, case, report):
    """Return a sentence on what NumPy reports although the values are right, and at which input."""
    first, *others = case
    place = short(first)
    for element in np.ravel(first):
        _, reports = call(function, (np.array([element]), *others))
        if reports:
            place = short(element)
            break
    cure = "Give NumPy only inputs that it can take, for example with np.minimum."
    if report in ("invalid value", "divide by zero"):
        cure = "Do not divide where the divisor is 0, and take no logarithm of 0."
    code = getattr(function, "__code__", None)
    if code and "where" in code.co_names:
        cure = (
            "np.where computes both sides for every input, also the one that it throws away. Give "
            "each side only inputs that it can take."
        )
    return f"The values are right, but NumPy reports {report} at {place}. {cure}"


def apart(one, other):
    """Return two numbers as texts, with so many digits that they differ, and whether they are
    close.
    """
    near = np.isclose(one, other, rtol=CLOSE, atol=0)
    for digits in range(4, 18):
        texts = f"{one:.{digits}g}", f"{other:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return *texts, near


def short(value):
    """Return a value as a short text."""
    if isinstance(value, np.ndarray) and value.ndim:
        look = {"float": "{:.4g}".format}
        text = np.array2string(value, threshold=8, separator=", ", formatter=look)
        return text.replace("\n", "")
    return f"{float(value):.4g}" if is_number(value) else repr(value)
