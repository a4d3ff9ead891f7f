"""Real data: handwritten digits of 8 × 8 pixels, and a network that has learned to read them."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers.arguments import whole, yes_or_no
from helpers.network import Network

FILE = Path(__file__).with_name("data") / "digits.csv.gz"  # its source: data/README.md
DARKEST = 16  # what the file writes for a pixel full of ink
TEST = 500  # so many pictures are kept from the training
# So many take 20 seconds; for more, nobody would see a reason.
MOST_STEPS = 10**5


class Digits(NamedTuple):
    """Pictures of digits, of shape (examples, 64), and their labels, of shape (examples,)."""

    pictures: np.ndarray  # 0 is paper and 1 is ink; reshape(8, 8) has row 0 at the top
    labels: np.ndarray  # whole numbers from 0 to 9


def digits(seed=0):
    """Return (train, test): 1297 and 500 handwritten digits, shuffled by `seed`, each as Digits.

    Thirteen people wrote them, and each wrote in both parts: the digits of a stranger are harder to
    read than the test pictures. Source: Alpaydin & Kaynak 1998, Optical Recognition of Handwritten
    Digits, UCI Machine Learning Repository, doi:10.24432/C50P49, CC BY 4.0. Raises TypeError or
    ValueError when `seed` is no whole number from 0 on.
    """
    rng = np.random.default_rng(whole(seed, "seed", 0))
    table = np.loadtxt(FILE, dtype=int, delimiter=",")
    table = rng.permutation(table)
    pictures = table[:, :-1] / DARKEST
    labels = table[:, -1]
    train = Digits(pictures[:-TEST], labels[:-TEST])
    test = Digits(pictures[-TEST:], labels[-TEST:])
    return train, test


def train_digit_reader(
    activation="relu",
    *,
    depth=1,
    width=32,
    rate=0.1,
    steps=500,
    seed=0,
    chalk=False,
    **options,
):
    """Return a Network that has learned to read the training part of `digits()`.

    It has 64 inputs, `depth` hidden layers of `width` units and 10 outputs, and takes so many
    `steps` of gradient descent, each on 50 pictures, with that `rate` and momentum 0.9; `seed`
    draws its first weights and the pictures of each step. With `chalk` it learns each picture p in
    ink and, as on a blackboard, in chalk: 1 − p. Other `options` are Network's, such as
    initialisation="xavier". As it stands it needs 0.1 seconds and then reads 96 to 99 % of the test
    pictures; ten hidden layers want a rate of 0.01. Raises TypeError or ValueError for bad
    arguments, and OverflowError when the training diverges.
    """
    hidden = [width] * whole(depth, "depth", 1, most=100)
    network = Network([64, *hidden, 10], activation, seed=seed, **options)
    train, _ = digits()
    if yes_or_no(chalk, "chalk"):
        pictures = np.concatenate([train.pictures, 1 - train.pictures])
        train = Digits(pictures, np.tile(train.labels, 2))
    steps = whole(steps, "steps", 1, "steps=500", most=MOST_STEPS)
    training = {"rate": rate, "steps": steps, "batch": 50, "momentum": 0.9}
    reports = network.train(*train, every=100, seed=seed, **training)
    for report in reports:
        if report.stopped_because:
            raise OverflowError(report.stopped_because)
    return network
