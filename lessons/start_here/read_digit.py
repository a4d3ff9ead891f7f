"""read_digit: a handwritten digit on its way through a trained network, from pixels to shares."""

from typing import NamedTuple

import numpy as np

from helpers.arguments import whole, yes_or_no
from helpers.digit_reader import Digits, digits, train_digit_reader
from helpers.figures.controls import choice, set_ends, slider
from helpers.figures.diagram import diagram, draw_small_units, draw_unit, draw_votes
from helpers.figures.live import LiveFigure
from helpers.figures.style import BLUE, GREEN, ORANGE, SMALL, SOFT, ink
from helpers.network import Network

HEIGHT = 404
TOP = 52  # of the picture, the hidden units and the bars
SIDE = 236  # of the picture, in pixels
HIDDEN = 372  # the hidden units' place across
NEXT = 10  # pixels from one of them to the next
OUTPUT = 524  # the outputs' place across
ROW = 32.2  # pixels from one output to the next
BARS = 546  # the left end of the bars
LONGEST = 112  # in pixels
FAN = "#EEF0F2"  # from all pixels to all hidden units: 2048 weights
TITLE = {"ha": "left", "fontsize": 14, "weight": "bold"}
LARGE = 0.005  # a share below this is no number to speak of


class Reading(NamedTuple):
    """What a network makes of all test pictures, one row for each."""

    hidden: np.ndarray  # outputs of the hidden units, (pictures, units)
    shares: np.ndarray  # (pictures, 10)
    answers: np.ndarray  # the digit with the largest share, (pictures,)
    weights: np.ndarray  # from hidden units to outputs, (units, 10)
    misread: np.ndarray  # numbers of the pictures, from 0 on


def read_digit(picture=59, *, seed=0, chalk=False):
    """Return a LiveFigure of a network that reads handwritten digits which it has not seen before.

    It is trained right here, in about 0.1 seconds: 64 pixels, 32 hidden ReLU units, 10 outputs with
    softmax; `seed` draws its first weights. The slider begins at that `picture` of the 500 test
    pictures; buttons show the misread ones alone, and the network as it was before its training.
    With `chalk` there are two networks, with ReLU and without a bend, which have learned from
    pictures in ink and in chalk, white on black; buttons show either of either.
    Raises ValueError or TypeError for pictures and seeds that are not there.
    """
    seed = whole(seed, "seed", 0)
    _, test = digits()
    written = {"ink": test}
    if yes_or_no(chalk, "chalk"):
        written["chalk"] = Digits(1 - test.pictures, test.labels)
        networks = {
            "ReLU": train_digit_reader(seed=seed, chalk=True),
            "no bend": train_digit_reader("identity", seed=seed, chalk=True),
        }
    else:
        trained = train_digit_reader(seed=seed)
        fresh = Network(trained.sizes, seed=seed)
        networks = {"trained": trained, "before training": fresh}
    readings = {
        (name, how): read(network, pictures)
        for name, network in networks.items()
        for how, pictures in written.items()
    }
    count = len(test.labels)
    everything = f"all {count}"
    controls = {
        "picture": slider("picture", picture, 1, count, 1),
        "network": choice("network", list(networks)),
    }
    lists = {everything: np.arange(count)}
    recorded = [{"picture": 60, "network": None}]
    if chalk:
        controls["writing"] = choice("written in", list(written))
        recorded[0]["writing"] = None
    else:
        misread = readings["trained", "ink"].misread
        only_misread = f"the {len(misread)} misread"
        lists[only_misread] = misread
        filled = [name for name in lists if len(lists[name])]
        controls["pictures"] = choice("pictures", filled)

    def follow(name):
        if name == "pictures":
            shown = lists[controls["pictures"].value]
            set_ends(controls["picture"], 1, len(shown))

    def draw(page, picture, network, pictures=everything, writing="ink"):
        index = lists[pictures][picture - 1]
        reading = readings[network, writing]
        panel = diagram(page, 0, HEIGHT)
        draw_picture(page, panel, written[writing].pictures[index])
        shares = draw_shares(panel, reading, index)
        name = panel.label(f"test picture {index + 1}", 16, 22, gid="picture", **TITLE)
        verdict, colour = judge(reading.answers[index], test.labels[index])
        panel.label(verdict, 16, 320, gid="verdict", color=colour, **TITLE)
        right = count - len(reading.misread)
        name_of_both = f"{network}, {writing}" if chalk else network
        score = f"{name_of_both}: {right} of {count} right (seed {seed})"
        panel.label(score, 16, 348, ha="left", gid="score")
        # Last, since their marks change in number: those behind them would be made anew.
        on = draw_hidden(panel, reading, index)
        return f"{name}: {verdict}. Shares: {shares}. {on}. The network, {score}."

    if not chalk and len(misread):
        numbers = list(range(1, len(misread) + 1))
        block = {"pictures": [only_misread], "picture": numbers, "network": None}
        recorded.append(block)
    return LiveFigure(
        draw, controls, HEIGHT, follow=follow, leading=["pictures"], recorded=recorded
    )


def read(network, test):
    """Return the Reading of a network."""
    activity = network.activity(test.pictures)
    answers = activity.output.argmax(axis=1)
    misread = np.flatnonzero(answers != test.labels)
    hidden = activity.a[-1]
    return Reading(hidden, activity.output, answers, network.W[-1], misread)


def judge(answer, label):
    """Return the network's answer in words that say whether it is right, and their colour."""
    if answer == label:
        return f"Right: it says {answer}", ink(GREEN)
    return f"Wrong: it says {answer}, but {label} was meant", ink(ORANGE)


def draw_picture(page, panel, pixels):
    """Draw the 64 pixels as they were written, and a fan from them to the hidden units."""
    limits = {"x": (0, 8), "y": (0, 8)}
    paper = page.panel(TOP, SIDE, 16, SIDE, frame=False, **limits)
    rows = np.flipud(pixels.reshape(8, 8))  # an image begins at its foot
    paper.image(rows, (0, 8, 0, 8), "Greys", gid="pixels")
    paper.line([0, 8, 8, 0, 0], [0, 0, 8, 8, 0], SOFT, 1, clip_on=False)
    panel.label("64 pixels", 16 + SIDE, 38, ha="right", **SMALL)


def unit_places(count):
    """Return the centres of the hidden units, one below the other, of shape (units, 2)."""
    down = TOP + 4 + NEXT * np.arange(count)
    return np.column_stack([np.full(count, HIDDEN), down])


def draw_hidden(panel, reading, index):
    """Draw the hidden units, the darker the larger their outputs; return how many are on."""
    outputs = reading.hidden[index]
    places = unit_places(len(outputs))
    left = 16 + SIDE
    ends = [(left, TOP), places[0], places[-1], (left, TOP + SIDE)]
    panel.area(ends, FAN)
    on = f"{np.count_nonzero(outputs)} of {len(outputs)} hidden units are on"
    panel.label(on, HIDDEN, 38, gid="hidden", **SMALL)
    answer = reading.answers[index]
    legend = f"solid: speaks for {answer}, dashed: against"
    panel.label(legend, OUTPUT - 60, 390, ha="left", **SMALL)
    # Without a bend outputs can be negative: a unit is as dark as it is far from 0.
    draw_small_units(panel, places, np.abs(outputs) / np.abs(reading.hidden).max())
    votes = outputs * reading.weights[:, answer]
    draw_votes(panel, places, (OUTPUT - 14, output_place(answer)), votes)
    return on


def output_place(digit):
    """Return how far down the output of a digit stands."""
    return TOP + 12 + ROW * digit


def draw_shares(panel, reading, index):
    """Draw the ten outputs and the bars of their shares; return the shares in words."""
    shares = reading.shares[index]
    answer = reading.answers[index]
    panel.label("10 outputs, their shares", OUTPUT - 12, 38, ha="left", **SMALL)
    words = []
    for digit, share in enumerate(shares):
        y = output_place(digit)
        largest = digit == answer
        colour = BLUE if largest else SOFT
        weight = "bold" if largest else "normal"
        draw_unit(panel, OUTPUT, y, str(digit), colour, radius=12, weight=weight)
        panel.rectangle(BARS, y - 9, LONGEST * share, 18, colour, gid=f"bar-{digit}")
        place = BARS + LONGEST * share + 6
        text = percent(share)
        look = {"ha": "left", "color": colour, "weight": weight}
        panel.label(text, place, y, gid=f"share-{digit}", **look)
        if share >= LARGE:
            words.append(f"{digit} {text}")
    return ", ".join(words)


def percent(share):
    """Return a share in whole percent, and never 100 % or 0 % of what is less or more."""
    if share < LARGE:
        return "< 1 %"
    return "> 99 %" if share > 1 - LARGE else f"{100 * share:.0f} %"
