"""quiz: ten cases, and what each wrong choice confuses."""

import textwrap
from typing import NamedTuple

from helpers.activations import ACTIVATIONS
from helpers.figures.controls import choice, slider
from helpers.figures.live import LiveFigure
from helpers.figures.style import GREEN, INK, ORANGE, VERMILION, ink

GOOD = ink(GREEN)  # as beside the verdicts of an exercise
BAD = ink(VERMILION)


class Case(NamedTuple):
    """What is asked, and functions to choose from: {right one: reason}, {wrong one: what it
    confuses}.
    """

    asked: str
    right: dict
    wrong: dict

    @property
    def names(self):
        """The functions to choose from, in the order of the lessons."""
        known = self.right | self.wrong
        return [f.name for f in ACTIVATIONS.values() if f.name in known]


CASES = [
    Case(
        "The output of a network that says whether an email is spam.",
        {
            "sigmoid": "One output between 0 and 1, trained with binary cross-entropy.",
            "softmax": (
                "With two scores it is one sigmoid, of their difference, in other clothes: the "
                "same answer with twice the outputs."
            ),
        },
        {
            "ReLU": "The outputs of ReLU have no upper end, so that they cannot be probabilities.",
            "tanh": (
                "tanh reaches down to −1, and a probability is never negative. Brought into (0, "
                "1) it is a sigmoid."
            ),
        },
    ),
    Case(
        "The output for the tags of a photo: beach, dog, evening. Several may hold at once.",
        {"sigmoid": "One for each tag: each gets an answer of its own."},
        {
            "softmax": "With softmax the outputs sum to 1: beach and dog could not both be at 0.9.",
            "identity": (
                "Without a bound the outputs are scores. As probabilities they need "
                "the range (0, 1)."
            ),
            "tanh": "The range of tanh is (−1, 1), and a probability is never negative.",
        },
    ),
    Case(
        "The output for the price of a house.",
        {
            "identity": (
                "Scale the prices before the training. As they are positive, softplus or the "
                "exponential is possible too."
            ),
            "softplus": (
                "A price is positive. The exponential is as common (the sum is then its "
                "logarithm), and so is no activation at all."
            ),
        },
        {
            "sigmoid": (
                "It answers between 0 and 1. Even with prices scaled into that range it would be "
                "flat at both ends."
            ),
            "ReLU": (
                "Prices are positive, but where the sum is negative the slope of ReLU is 0 and "
                "nothing is learned."
            ),
        },
    ),
    Case(
        "The output for a picture of exactly one of ten digits.",
        {"softmax": "Ten outputs that sum to 1, trained with cross-entropy."},
        {
            "sigmoid": (
                "Ten sigmoids answer ten questions: two digits could both be at 0.9. Take them "
                "when none may hold as well. Here one does."
            ),
            "ReLU": (
                "ReLU gives no probabilities: its outputs have no upper end and do not sum to 1."
            ),
            "identity": (
                "These are the scores that softmax receives. Their order is right, but they are "
                "no probabilities."
            ),
        },
    ),
    Case(
        "The hidden layers of a plain convolutional network, your first try.",
        {
            "ReLU": "Cheap and well tried. Change it last, and measure whether that helps."
        },
        {
            "sigmoid": (
                "Its slope is 0.25 at the most: after ten such layers little is left of a gradient."
            ),
            "softmax": (
                "Softmax makes the units of a layer compete for a sum of 1. It belongs "
                "at the output."
            ),
            "identity": "Without a bend all layers together are worth no more than one.",
        },
    ),
    Case(
        "Hidden layers with ReLU. Many units give 0 for every example, with a small "
        "learning rate too.",
        {
            "leaky ReLU": "A negative input keeps a share of its gradient: a unit can come back."
        },
        {
            "sigmoid": (
                "A sigmoid is almost flat on both sides, so that units get stuck there too."
            ),
            "identity": "No unit dies then, but no unit bends either.",
            "softmax": (
                "Softmax makes the units of a layer compete for a sum of 1. It belongs "
                "at the output."
            ),
        },
    ),
    Case(
        "A gate of an LSTM: which share of the memory is kept?",
        {"sigmoid": "A share lies between 0 and 1."},
        {
            "tanh": (
                "tanh is the candidate and the output of the cell. A gate at −1 would flip the "
                "sign of the memory."
            ),
            "ReLU": "A gate must not exceed 1. At 2 the memory would double in each step.",
            "softmax": "Then the gates of all units would share 1. Each gate decides for itself.",
        },
    ),
    Case(
        "The feed-forward block of BERT, whose trained weights you load.",
        {
            "GELU": "BERT was trained with GELU, and its weights expect the same function."
        },
        {
            "ReLU": (
                "The first transformer had ReLU. These weights were trained with another function."
            ),
            "SiLU": (
                "It looks almost the same, but these weights were trained with another function."
            ),
            "softmax": (
                "Softmax makes the attention weights of the same model, not the feed-forward block."
            ),
        },
    ),
    Case(
        "The output for a variance, which must be positive.",
        {
            "softplus": (
                "Every output is above 0, and large sums pass almost unchanged. The exponential is "
                "as common."
            )
        },
        {
            "ReLU": (
                "ReLU gives exactly 0 for every negative sum. A variance of 0 is not positive, "
                "and the slope there is 0."
            ),
            "sigmoid": "Positive, but never above 1.",
            "identity": "That can become negative.",
        },
    ),
    Case(
        "The action that a policy chooses: how far to steer, between −1 and 1.",
        {"tanh": "Its range is (−1, 1), and a sum of 0 steers straight on."},
        {
            "sigmoid": "The sigmoid cannot steer to the left: its range is (0, 1).",
            "ReLU": "ReLU cannot steer to the left, and to the right it has no end.",
            "softmax": "Softmax chooses among a few actions. Here the action is a number.",
        },
    ),
]


def quiz(case=1):
    """Return a LiveFigure with ten cases, four answers to each, and at once a verdict that names
    the confusion.
    """
    numbers = slider("case", case, 1, len(CASES), 1)
    answers = choice("choose", CASES[numbers.value - 1].names)
    answers.value = None
    given = {}  # the one thing that this figure remembers: the answer to each case

    def follow(name):
        """Keep an answer; another case has answers of its own, of which one may have been given
        before.
        """
        if name == "answer":
            given[numbers.value] = answers.value
        if name == "case":
            answers.options = CASES[numbers.value - 1].names
            answers.value = given.get(numbers.value)

    def draw(page, case, answer):
        asked, reasons, confusions = CASES[case - 1]
        found, colour = "Choose an answer.", INK
        if answer in reasons:
            found, colour = f"Right. {reasons[answer]}", GOOD
        elif answer in confusions:
            found, colour = f"Not yet. {confusions[answer]}", BAD
        right = [n for n, each in given.items() if each in CASES[n - 1].right]
        wrong = [n for n, each in given.items() if each in CASES[n - 1].wrong]
        score = f"{len(right)} of {len(CASES)} right"

        panel = page.panel(8, 156, 8, 704, x=(0, 704), y=(156, 0), frame=False)
        for cases, fill in ((right, GREEN), (wrong, ORANGE)):
            panel.dots([place_of(n) for n in cases], 18, fill, 18)
        panel.dots(place_of(case), 18, "none", 22, 1.5, markeredgecolor=INK)
        for n in range(1, len(CASES) + 1):
            panel.label(f"{n}", place_of(n), 18, color="black", zorder=6)
        panel.readout("score", score, 704, 23, coordinates="data")
        write_lines(panel, "asked", f"{case}. {asked}", 60, weight="bold")
        write_lines(panel, "found", found, 112, color=colour)
        return f"Case {case} of {len(CASES)}: {asked} {found} So far {score}."

    controls = {"case": numbers, "answer": answers}
    return LiveFigure(draw, controls, 172, follow=follow, recorded=False)


def place_of(case):
    """Return how far from the left the number of a case stands, in pixels."""
    return 34 * case - 16


def write_lines(panel, name, words, top, **look):
    """Write words in lines that fit into the page."""
    for n, line in enumerate(textwrap.wrap(words, 86)):
        panel.readout(
            f"{name}-{n + 1}",
            line,
            0,
            top + 20 * n,
            ha="left",
            coordinates="data",
            **look,
        )
