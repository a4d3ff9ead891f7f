"""The quiz of 10_cheatsheet: ten cases, and what each wrong choice confuses."""

import itertools
import textwrap

from helpers.activations import ACTIVATIONS
from helpers.exercises import ChoiceTask
from helpers.figures import Page
from helpers.figures.style import GREEN, INK, ORANGE, own_settings

# A case, its right answer, and three wrong ones.
CASES = """
The output of a network that says whether a mail is spam.
sigmoid: One output between 0 and 1, trained with binary cross-entropy.
softmax: Softmax of a single score is always 1. It needs two scores, and then it is a sigmoid of their difference.
ReLU: The outputs of ReLU have no upper end, so that they cannot be probabilities.
tanh: tanh reaches down to −1, and a probability is never negative. Brought into (0, 1) it is a sigmoid.

The output for the tags of a photo: beach, dog, evening. Several may hold at once.
sigmoid: One for each tag: each gets an answer of its own.
softmax: With softmax the outputs sum to 1: beach and dog could not both be at 0.9.
identity: Without a bound the outputs are scores. As probabilities they need the range (0, 1).
tanh: The range of tanh is (−1, 1), and a probability is never negative.

The output for the price of a house.
identity: Any number may come out, so nothing cuts the range. Scale the prices before the training.
sigmoid: It answers between 0 and 1. Even with prices scaled into that range it would be level at both ends.
ReLU: Prices are positive, but where the sum is negative the slope of ReLU is 0 and nothing is learned.
softmax: Softmax shares out 1 among several classes. Here a single number is asked.

The output for a picture of exactly one of ten digits.
softmax: Ten outputs that sum to 1, trained with cross-entropy.
sigmoid: Ten sigmoids answer ten separate questions: two digits could both be at 0.9. Exactly one is right.
ReLU: ReLU gives no probabilities: its outputs have no upper end and do not sum to 1.
identity: These are the scores that softmax receives. Their order is right, but they are no probabilities.

The hidden layers of a plain convolutional network, your first try.
ReLU: Cheap and well tried. Change it last, and measure whether that helps.
sigmoid: Its slope is 0.25 at the most: after ten such layers little is left of a gradient.
softmax: Softmax makes the units of a layer compete for a sum of 1. It belongs at the output.
identity: Without a bend all layers together are worth no more than one.

Hidden layers with ReLU. Many units give 0 for every example, with a small learning rate too.
leaky ReLU: A negative input keeps a share of its gradient, so that a unit can come back.
sigmoid: A sigmoid is almost level on both sides, so that units get stuck there too.
identity: No unit dies then, but no unit bends either.
softmax: Softmax makes the units of a layer compete for a sum of 1. It belongs at the output.

A gate of an LSTM: which share of the memory is kept?
sigmoid: A share lies between 0 and 1.
tanh: tanh is the candidate and the output of the cell. A gate at −1 would turn the sign of the memory around.
ReLU: A gate must not exceed 1. At 2 the memory would double in each step.
softmax: Then the gates of all units would share 1. Each gate decides for itself.

The feed-forward block of BERT, whose trained weights you load.
GELU: BERT was trained with GELU, and its weights expect the same function.
ReLU: The first transformer had ReLU. These weights were trained with another function.
SiLU: It looks almost the same, but these weights were trained with another function.
softmax: Softmax makes the attention weights of the same model, not the feed-forward block.

The output for a variance, which must be positive.
softplus: Every output is above 0, and large sums pass almost unchanged.
ReLU: ReLU gives exactly 0 for every negative sum. A variance of 0 is not positive, and the slope there is 0.
sigmoid: Positive, but never above 1.
identity: That can become negative.

The action that a policy chooses: how far to steer, between −1 and 1.
tanh: Its range is (−1, 1), and a sum of 0 steers straight on.
sigmoid: The sigmoid cannot steer to the left: its range is (0, 1).
ReLU: ReLU cannot steer to the left, and to the right it has no end.
softmax: Softmax chooses among a few actions. Here the action is a number.
"""
GOOD, BAD = "#00664B", "#A33B00"  # as in the verdicts of check


def cases():
    """Return (what is asked, the task that judges an answer, the words of the four buttons) for each case."""
    read = []
    for block in CASES.strip().split("\n\n"):
        asked, *lines = block.splitlines()
        says = dict(line.split(": ", 1) for line in lines)
        (answer, right), *wrong = ((name.lower(), sentence) for name, sentence in says.items())
        read.append(
            (asked, ChoiceTask(answer, right, dict(wrong)), [f.name for f in ACTIVATIONS.values() if f.name in says])
        )
    return read


@own_settings()
def quiz(case=1):
    """Return a LiveFigure with ten cases, four answers to each, and at once a verdict that names the confusion."""
    page, known, given, shown = Page(172), cases(), {}, case
    show = _draw(page, len(known))
    page.slider("case", "case", case, 1, len(known), 1)
    page.choice("answer", "choose", known[case - 1][2], None)
    buttons = page.controls["answer"]

    def update(case, answer):
        nonlocal shown
        asked, _, names = known[case - 1]
        if case != shown:  # with answers of its own, of which one may have been given before
            shown, answer = case, given.get(case)
            buttons.options, buttons.value = names, answer
        given[case] = answer
        verdicts = {n: known[n - 1][1].judge(each) for n, each in given.items() if each}
        told, colour = "Choose an answer.", INK
        if case in verdicts:
            passed, message = verdicts[case].passed, verdicts[case].message
            told, colour = (f"Right. {message}", GOOD) if passed else (f"Not yet. {message}", BAD)
        score = show(case, verdicts, f"{case}. {asked}", told, colour)
        return f"Case {case} of {len(known)}: {asked} {told} So far {score}."

    return page.live(update)


def _draw(page, count):
    """Draw the numbers of the cases and lines for words; return a function that shows a case and returns the score."""
    panel = page.panel(8, 156, 8, 704, x=(0, 704), y=(156, 0))
    panel.axes.set_axis_off()
    marks = panel.dots(GREEN, 18), panel.dots(ORANGE, 18), panel.dots("none", 22, 1.5, markeredgecolor=INK)
    for n in range(1, count + 1):
        panel.label(f"{n}", 34 * n - 16, 18, zorder=6)
    place = {"ha": "left", "transform": panel.data}
    panel.readout("score", 704, 23, transform=panel.data)
    above = [panel.readout(f"asked-{n}", 0, y, weight="bold", **place) for n, y in enumerate((60, 80))]
    below = [panel.readout(f"found-{n}", 0, y, **place) for n, y in enumerate((112, 132))]

    def show(case, verdicts, asked, told, colour):
        right, wrong = ([n for n, each in verdicts.items() if each.passed is passed] for passed in (True, False))
        for mark, numbers in zip(marks, (right, wrong, [case]), strict=True):
            mark.move([34 * n - 16 for n in numbers], [18] * len(numbers))
        for lines, said, look in ((above, asked, INK), (below, told, colour)):
            for text, line in itertools.zip_longest(lines, textwrap.wrap(said, 86), fillvalue=""):
                text.set(text=line, color=look)
        return page.write(score=f"{len(right)} of {count} right")["score"]

    return show
