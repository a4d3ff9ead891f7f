"""The handwritten digits and the network that reads them."""

import hashlib

import numpy as np
import pytest
from shared import FOLDER

import helpers

TRAIN = 0
TEST = 1
DATA = FOLDER.parent / "helpers" / "data"


@pytest.fixture(scope="module")
def parts():
    return helpers.digits()


def accuracy(network, part):
    return np.mean(network.forward(part.pictures).argmax(axis=1) == part.labels)


def test_both_parts_together_are_the_test_set_of_the_collection(parts):
    for part, count in zip(parts, (1297, 500), strict=True):
        assert part.pictures.shape == (count, 64)
        assert part.labels.shape == (count,)
        assert part.pictures.min() == 0
        assert part.pictures.max() == 1
    pictures, labels = map(np.concatenate, zip(*parts, strict=True))
    # From the description of the collection: how many there are of each digit.
    published = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert np.bincount(labels).tolist() == published
    assert len(np.unique(pictures, axis=0)) == 1797  # none in both parts


def test_a_picture_lies_the_right_way_round(parts):
    # The mean 7 has its bar at the top, the mean 4 its one leg at the foot; ones are narrow.
    train = parts[TRAIN]
    means = [train.pictures[train.labels == digit].mean(axis=0) for digit in range(10)]
    mean = np.reshape(means, (10, 8, 8))
    assert mean[7, 0].sum() > 1.5 * mean[7, 7].sum()
    assert mean[7, :4, 4:].sum() > mean[7, 4:, 4:].sum()
    assert mean[4, 7].max() > 2 * mean[4, 7, :3].max()
    assert mean[1, :, 2:6].sum() > 0.9 * mean[1].sum()


def test_the_split_is_the_same_each_time_and_another_with_another_seed(parts):
    for part, again, other in zip(
        parts, helpers.digits(), helpers.digits(seed=1), strict=True
    ):
        assert np.array_equal(part.pictures, again.pictures)
        assert np.array_equal(part.labels, again.labels)
        assert not np.array_equal(part.labels, other.labels)


def test_source_and_licence_stand_beside_the_data_and_in_the_licence_file():
    file = DATA / "digits.csv.gz"
    beside = (DATA / "README.md").read_text(encoding="utf-8")
    assert file.stat().st_size < 150_000
    assert hashlib.sha256(file.read_bytes()).hexdigest() in beside
    licence = (FOLDER.parent / "LICENSE").read_text(encoding="utf-8")
    for text in (beside, licence):
        assert "Alpaydin" in text
        assert "CC BY 4.0" in text
        assert "10.24432/C50P49" in text
    assert file.name in licence


def test_a_trained_network_reads_what_it_has_not_seen(parts):
    network = helpers.train_digit_reader()
    assert network.sizes == [64, 32, 10]
    assert accuracy(network, parts[TEST]) >= 0.95
    assert accuracy(network, parts[TRAIN]) >= 0.98


def test_activation_depth_and_rate_reach_the_network(parts):
    options = {"depth": 2, "width": 20, "rate": 0.05, "initialisation": "xavier"}
    network = helpers.train_digit_reader("tanh", **options)
    assert network.sizes == [64, 20, 20, 10]
    assert network.f(np.array([-1.0])) == pytest.approx(np.tanh(-1))
    assert accuracy(network, parts[TEST]) >= 0.95
    idle = helpers.train_digit_reader(rate=1e-9, steps=100)
    assert accuracy(idle, parts[TEST]) < 0.5


def test_the_seed_makes_the_weights_again():
    weights = [helpers.train_digit_reader(seed=seed, steps=20).W for seed in (3, 3, 4)]
    assert all(map(np.array_equal, weights[0], weights[1]))
    assert not np.array_equal(weights[0][0], weights[2][0])


def test_a_training_that_diverges_says_so():
    with pytest.raises(OverflowError, match="smaller"):
        helpers.train_digit_reader("identity", depth=3, rate=1e12)
