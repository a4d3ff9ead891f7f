"""The network of lesson 00 that reads digits: what is shown is what it computes."""

import numpy as np
import pytest
from shared import mark, right_of, set_to, texts

import helpers
from lessons.start_here.read_digit import percent, read_digit


@pytest.fixture(scope="module")
def test_part():
    _, test = helpers.digits()
    return test


@pytest.fixture(scope="module")
def network():
    return helpers.train_digit_reader()


@pytest.fixture
def live():
    return read_digit()


def misread_button(live):
    (button,) = [
        words for words in live.controls["pictures"].options if "misread" in words
    ]
    return button


def verdict(answer, label):
    if answer == label:
        return f"Right: it says {answer}"
    return f"Wrong: it says {answer}, but {label} was meant"


def test_pixels_units_shares_and_verdict_belong_to_the_picture(
    live, test_part, network
):
    for picture in (1, 205, 500):
        set_to(live, picture=picture)
        x = test_part.pictures[picture - 1 : picture]
        seen = mark(live, "pixels").get_array()[::-1]  # an image begins at its foot
        assert np.array_equal(np.ravel(seen), x[0])
        activity = network.activity(x)
        on = np.count_nonzero(activity.a[1])
        words = texts(live)
        assert words["hidden"] == f"{on} of 32 hidden units are on"
        shares = activity.output[0]
        for digit, share in enumerate(shares):
            assert words[f"share-{digit}"] == percent(share)
        bars = np.array([mark(live, f"bar-{digit}").get_width() for digit in range(10)])
        assert bars / bars.sum() == pytest.approx(shares, abs=1e-9)
        said = verdict(shares.argmax(), test_part.labels[picture - 1])
        assert words["verdict"] == said
        assert live.alt.startswith(f"test picture {picture}: {said}. ")


def test_the_score_is_that_of_the_network_on_all_pictures(live, network):
    score = f"trained: {right_of(network)} of 500 right (seed 0)"
    assert texts(live)["score"] == score


def test_the_misread_ones_alone_can_be_gone_through(live, test_part, network):
    answers = network.forward(test_part.pictures).argmax(axis=1)
    wrong = np.flatnonzero(answers != test_part.labels)
    set_to(live, pictures=misread_button(live))
    assert live.controls["picture"].max == len(wrong)
    for number, index in enumerate(wrong, 1):
        set_to(live, picture=number)
        assert texts(live)["picture"] == f"test picture {index + 1}"
        assert texts(live)["verdict"].startswith("Wrong: ")
    set_to(live, pictures="all 500")
    assert live.controls["picture"].max == 500
    assert texts(live)["picture"] == f"test picture {len(wrong)}"


def test_before_its_training_the_same_network_guesses(live, test_part):
    set_to(live, network="before training")
    fresh = helpers.Network([64, 32, 10], seed=0)
    words = texts(live)
    assert words["score"] == f"before training: {right_of(fresh)} of 500 right (seed 0)"
    answer = fresh.forward(test_part.pictures[58:59]).argmax()
    assert words["picture"] == "test picture 59"
    assert words["verdict"] == verdict(answer, test_part.labels[58])


def test_two_networks_read_ink_and_chalk(test_part):
    live = read_digit(chalk=True)
    activations = {"ReLU": "relu", "no bend": "identity"}
    writings = {"ink": test_part.pictures, "chalk": 1 - test_part.pictures}
    for name, activation in activations.items():
        network = helpers.train_digit_reader(activation, chalk=True)
        for writing, pictures in writings.items():
            set_to(live, network=name, writing=writing)
            seen = mark(live, "pixels").get_array()[::-1]
            assert np.array_equal(np.ravel(seen), pictures[58])
            words = texts(live)
            right = right_of(network, pictures)
            assert words["score"] == f"{name}, {writing}: {right} of 500 right (seed 0)"
            assert words["share-3"] == percent(network.forward(pictures)[58, 3])


def test_another_seed_trains_another_network(live):
    other = read_digit(seed=1)
    assert "(seed 1)" in texts(other)["score"]
    assert texts(other)["hidden"] != texts(live)["hidden"]


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0049, "< 1 %"), (0.0051, "1 %"), (0.994, "99 %"), (0.9951, "> 99 %")],
)
def test_no_share_is_nothing_or_all(share, words):
    assert percent(share) == words


def test_chalk_is_true_or_false():
    for call in (read_digit, helpers.train_digit_reader):
        with pytest.raises(TypeError, match="chalk must be True or False, not 1"):
            call(chalk=1)
