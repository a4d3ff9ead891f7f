"""The quiz of 10_cheatsheet: ten cases, and what each wrong choice confuses."""

import itertools
import textwrap
from typing import NamedTuple

from helpers.activations import ACTIVATIONS
from helpers.exercises import ChoiceTask
from helpers.figures import Page
from helpers.figures.style import GREEN, ORANGE, SOFT, own_settings

__all__ = ["quiz"]


class Case(NamedTuple):
    """A case of the quiz, its four answers in the order of the buttons, and the task that judges them."""

    said: str
    task: ChoiceTask

    @property
    def answers(self):
        return sorted({self.task.answer, *self.task.reasons})


def _case(said, answer, right, **reasons):
    return Case(said, ChoiceTask(answer, right, {name.replace("_", " "): why for name, why in reasons.items()}))


CASES = (
    _case(
        "The output of a network that says whether a mail is spam.",
        "sigmoid",
        "One output between 0 and 1, trained with binary cross-entropy.",
        softmax="Softmax of a single score is always 1. It needs two scores, and then it is a sigmoid of their difference.",
        relu="The range of ReLU has no upper end, so that its output cannot be a probability.",
        tanh="tanh reaches down to −1, and a probability is never negative. Scaled to (0, 1) it is a sigmoid.",
    ),
    _case(
        "The output for the tags of a photo: beach, dog, evening. Several may hold at once.",
        "sigmoid",
        "A sigmoid for each tag: each gets an answer of its own.",
        softmax="With softmax the outputs sum to 1: beach and dog could not both be at 0.9.",
        identity="Without a bound the outputs are scores. As probabilities they need the range (0, 1).",
        tanh="The range of tanh is (−1, 1), and a probability is never negative.",
    ),
    _case(
        "The output for the price of a house.",
        "identity",
        "Any number may be the answer, so nothing may cut the range. Scale the targets instead.",
        sigmoid="That answers with a number between 0 and 1. For prices scaled into that range it would be level at both ends.",
        relu="Prices are positive, but where the sum is negative the slope of ReLU is 0 and nothing is learned.",
        softmax="Softmax shares out 1 among several classes. Here a single number is asked.",
    ),
    _case(
        "The output for a picture of exactly one of ten digits.",
        "softmax",
        "Ten outputs that sum to 1, trained with cross-entropy.",
        sigmoid="Ten sigmoids answer ten separate questions: two digits could both be at 0.9. Here exactly one is right.",
        relu="ReLU gives no probabilities: its outputs have no upper end and do not sum to 1.",
        identity="Scores are what softmax receives. Their order is right, but they are no probabilities.",
    ),
    _case(
        "The hidden layers of a plain convolutional network: your first try.",
        "relu",
        "Cheap and well tried. Change it last, and measure whether that helps.",
        sigmoid="Its slope is 0.25 at the most: after ten such layers little is left of a gradient.",
        softmax="Softmax makes the units of a layer compete for a sum of 1. It belongs at the output.",
        identity="Without a bend all layers together are one.",
    ),
    _case(
        "Hidden layers with ReLU. Many units give 0 for every example, at a small learning rate too.",
        "leaky relu",
        "A negative input keeps a share of its gradient, so that a unit can come back.",
        sigmoid="A sigmoid is level on both sides, so that units get stuck there too.",
        softplus="It helps a little, but far to the left its slope goes to 0 as well.",
        identity="No unit dies then, but no unit bends either.",
    ),
    _case(
        "A gate of an LSTM: which share of the memory is kept?",
        "sigmoid",
        "A share lies between 0 and 1.",
        tanh="tanh is the candidate and the output of the cell. A gate at −1 would turn the memory's sign around.",
        relu="A gate has to stay below 1. With 2 the memory would double in each step.",
        softmax="Then the gates of all units would share 1. Each gate decides for itself.",
    ),
    _case(
        "The feed-forward block of a BERT whose trained weights you load.",
        "gelu",
        "BERT was trained with GELU, and its weights expect the same function.",
        relu="The first transformer had ReLU. These weights were trained with another function, and their outputs would change.",
        silu="It looks almost the same, but the weights were trained with another function.",
        softmax="Softmax makes the attention weights in the same model, not the feed-forward block.",
    ),
    _case(
        "The output for a variance, which must be positive.",
        "softplus",
        "Every output is above 0, and large sums pass almost unchanged.",
        relu="ReLU gives exactly 0 for every negative sum. A variance of 0 makes the loss infinite, and the slope there is 0.",
        sigmoid="Positive, but never above 1.",
        identity="That can become negative.",
    ),
    _case(
        "The action that a policy chooses: how far to steer, between −1 and 1.",
        "tanh",
        "Its range is (−1, 1), with 0 for a sum of 0.",
        sigmoid="The sigmoid cannot steer to the left: its range is (0, 1).",
        relu="ReLU cannot steer to the left, and to the right it has no end.",
        softmax="Softmax chooses among a few actions. Here the action is a number.",
    ),
)
GOOD, BAD = "#00664B", "#A33B00"  # as in the verdicts of helpers.check
NAMES = {f.name.lower(): f.name for f in ACTIVATIONS.values()}


@own_settings()
def quiz(case=1):
    """Return a LiveFigure with ten cases, four answers to each, and a verdict at once that names the confusion."""
    page, given, shown = Page(176), {}, case
    panel = page.panel(8, 160, 8, 704, x=(0, 704), y=(160, 0))
    panel.axes.set_axis_off()
    dots = [panel.dots("white", 15, 1.5, x=[20 + 34 * n], y=[18], markeredgecolor=SOFT) for n in range(len(CASES))]
    for n, _ in enumerate(CASES, 1):
        panel.text(f"{n}", 20 + 34 * (n - 1), 18, transform=panel.data, ha="center", va="center", zorder=6, fontsize=11)
    place = {"ha": "left", "transform": panel.data}
    lines = [panel.readout(f"case-{n}", 0, y, weight="bold", **place) for n, y in enumerate((62, 82))]
    verdict = [panel.readout(f"verdict-{n}", 0, y, **{**place, "fontsize": 13}) for n, y in enumerate((112, 132, 152))]
    panel.readout("score", 704, 24, transform=panel.data)
    page.slider("case", "case", case, 1, len(CASES), 1)
    page.choice("answer", "choose", _words(CASES[case - 1]), None)
    buttons = page.controls["answer"]

    def update(case, answer):
        nonlocal shown
        if case != shown:  # its own answers, and the one that was given before
            shown, answer = case, given.get(case)
            buttons.options, buttons.value = _words(CASES[case - 1]), answer
        given[case] = answer
        says, right = CASES[case - 1], [CASES[n - 1].task.judge(each).passed for n, each in given.items()]
        found = says.task.judge(answer) if answer else None
        told = f"{'Right' if found.passed else 'Not yet'}. {found.message}" if found else "Choose an answer."
        for texts, words, wide in ((lines, f"{case}. {says.said}", 82), (verdict, told, 90)):
            for text, line in itertools.zip_longest(texts, textwrap.wrap(words, wide), fillvalue=""):
                text.set_text(line)
        for text in verdict:
            text.set_color(SOFT if not found else GOOD if found.passed else BAD)
        for n, dot in enumerate(dots, 1):
            known = given.get(n)
            colour = "white" if not known else GREEN if CASES[n - 1].task.judge(known).passed else ORANGE
            dot.set(markerfacecolor=colour, markeredgewidth=3 if n == case else 1)
        total = page.write(score=f"{sum(right)} of {len(CASES)} right")["score"]
        return f"Case {case} of {len(CASES)}: {says.said} {told} So far {total}."

    return page.live(update)


def _words(case):
    """Return the answers of a case by the words on their buttons."""
    return {NAMES[answer]: answer for answer in case.answers}
