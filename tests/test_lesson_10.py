"""10_cheatsheet: choose, family, cost and quiz, and what the lesson and its table say."""

import importlib
import re
from types import SimpleNamespace
from unittest.mock import Mock

import numpy as np
import pytest
from shared import FOLDER, Lesson, heights, mark, points, set_to, texts

import helpers
from helpers import ACTIVATIONS
from lessons.cheatsheet import (
    choose,
    cost,
    family,
    quiz,
    six_questions,
    softmax_twice,
)
from lessons.cheatsheet.advice import ABOUT, ADVICE, curves_of
from lessons.cheatsheet.quiz import CASES

LESSON = Lesson("10_cheatsheet")
says = LESSON.says
# The modules, not their functions.
COST = importlib.import_module("lessons.cheatsheet.cost")
TWICE = importlib.import_module("lessons.cheatsheet.twice")
CURVES = {name: f for name, f in ACTIVATIONS.items() if name != "softmax"}
X = np.linspace(-40, 40, 80_001)

# Which one do I choose?


@pytest.mark.parametrize("advice", ADVICE, ids=lambda advice: advice.case)
def test_each_answer_of_the_dialogue(advice):
    live = choose()
    set_to(live, layer=advice.layer, case=advice.case)
    f = advice.activation
    chosen = f"For {advice.layer}, {advice.case}: choose {f.name} ({advice.goes_with})."
    assert f"{chosen} {advice.reason} {advice.more}" in live.alt
    words = texts(live)
    said = [words[name] for name in ("name", "along", "reason", "more")]
    assert said == [f.name, advice.goes_with, advice.reason, advice.more]
    values = " ".join(str(getattr(child, "value", "")) for child in live.children)
    links = re.findall('href="(.*?)"', values)
    if f.name == "softplus":
        here = "You write it yourself in the last exercise below."
        assert links == []
        assert here in live.alt
        assert here in values
    else:
        lesson = ABOUT[f.identifier].lesson
        assert links == [f"{lesson}.ipynb"]
        assert f"Read lesson {lesson[:2]}." in live.alt
    x, values, slopes = curves_of(f, -4, 4)
    np.testing.assert_array_equal(points(live, "value curve").T, [x, values])
    np.testing.assert_array_equal(points(live, "slope curve").T, [x, slopes])


def test_a_line_leads_from_the_layer_to_the_case():
    layer, case = "hidden, transformer", "attention weights"
    live = choose(layer, case)
    words = [text for axes in live.figure.axes for text in axes.texts]
    places = {text.get_text(): text.get_position()[1] for text in words}
    way = heights(live, "way")
    assert (way[0], way[-1]) == (places[layer], places[case])


def test_another_layer_asks_for_its_own_cases():
    live = choose("hidden, transformer", "attention weights")
    assert "choose softmax" in live.alt
    live.controls["layer"].value = "inside an LSTM or GRU"
    assert live.controls["case"].options == ("a gate", "the candidate")
    assert "choose sigmoid" in live.alt
    with pytest.raises(ValueError, match="but it is 'a gate'"):
        choose("hidden, transformer", "a gate")


def test_the_table_is_whole_and_links_to_lessons():
    table = six_questions()
    head, _, *lines = table._repr_markdown_().splitlines()
    assert len(lines) == len(ACTIVATIONS)
    assert {line.count(" | ") for line in [head, *lines]} == {len(table[0]) - 1}
    first_line = repr(table).splitlines()[0]
    assert all(f"{title}: " in first_line for title in table[0])
    links = re.findall(r"\]\((\w+\.ipynb)\)", "\n".join(lines))
    assert len(links) == len(ACTIVATIONS)
    assert all((FOLDER / link).is_file() for link in links)


# Side by side


def test_columns_show_what_is_chosen():
    live = family("ReLU", "ELU", "SiLU")
    parameters = {"leaky ReLU leak": 0.3, "ELU alpha": 2.0, "SiLU beta": 3.0}
    set_to(live, **{"1st": "leaky ReLU"}, **parameters, x0=-1.5, x_range=(-3, 2))
    settings = [f"{name} = {value:g}" for name, value in parameters.items()]
    assert ", ".join(settings) in live.alt
    assert "leaky ReLU: value −0.4500, slope 0.3000." in live.alt
    elu = f"ELU: value {2 * np.expm1(-1.5):.4f}, slope {2 * np.exp(-1.5):.4f}."
    assert elu.replace("-", "−") in live.alt
    for name in ("value curve", "slope curve"):
        every = live.figure.findobj(lambda artist, name=name: artist.get_gid() == name)
        assert len(every) == 3
        scales = {curve.axes.viewLim.bounds for curve in every}
        assert len(scales) == 1, "One scale for all."
    x, slopes = every[0].get_data()
    assert set(slopes[x < 0]) == {0.3}
    assert set(slopes[x > 0]) == {1.0}
    assert np.isnan(slopes).any(), "The jump is drawn as a jump."


@pytest.mark.parametrize("chosen", [("ReLU",), ("ReLU",) * 5, ("ReLU", "softmax")])
def test_what_cannot_stand_side_by_side_is_refused(chosen):
    with pytest.raises(ValueError, match=r"family shows 2 to 4|a name must be"):
        family(*chosen)


# Cost


def test_cost_measures_at_the_press_of_a_button(monkeypatch):
    live = cost()
    before = live.png()
    assert "press measure" in live.alt
    both = {name: (n + 1.0, 2.0 * n + 2) for n, name in enumerate(ACTIVATIONS)}
    times = both | {"64": (3.0,), "1000": (40.0,)}
    monkeypatch.setattr(COST, "measure", lambda: times)
    live.controls["measure"].value = True
    assert "ReLU 4 and 8" in live.alt
    assert "64 products 3, 1,000 products 40." in live.alt
    assert mark(live, "1000 value").get_width() == 40
    assert texts(live)["cost-gelu"].split() == ["2.0", "×", "4.0", "×"]
    for name, (value, slope) in both.items():
        assert mark(live, f"{name} value").get_width() == value
        assert mark(live, f"{name} slope").get_width() == slope
    live.controls["measure"].value = False
    assert live.png() == before


def test_the_best_of_several_runs_counts_and_not_the_first(monkeypatch):
    seconds = [9.0, 3.0, 1.5, 4.0] + 11 * [5.0]
    ticks = np.stack([np.zeros(15), seconds], axis=1)
    time = SimpleNamespace(perf_counter=iter(ticks.ravel()).__next__)
    monkeypatch.setattr(COST, "time", time)
    doubled = Mock(side_effect=lambda numbers: 2 * numbers)
    assert COST.best_time(doubled, np.zeros(1000)) == pytest.approx(1.5e6)
    assert doubled.call_count == 16


def test_products_are_those_of_a_unit_with_so_many_inputs(monkeypatch):
    made = []

    def best_time(function, *arguments):
        made.append((arguments[0].shape, function(*arguments).shape))
        return 1.0

    monkeypatch.setattr(COST, "best_time", best_time)
    times = COST.measure()
    assert times["64"] == times["1000"] == (1.0,)
    assert [numbers[-1] for numbers, _ in made[-2:]] == [64, 1000]
    assert made[-1][1] == (1000, 32)


# Quiz


def test_the_quiz_judges_at_once_and_remembers():
    live = quiz()
    for n, case in enumerate(CASES, 1):
        set_to(live, case=n)
        answers = live.controls["answer"]
        assert answers.value is None
        assert set(answers.options) == {*case.right, *case.wrong}
        assert len(answers.options) == 4
        for name, reason in (case.wrong | case.right).items():
            answers.value = name
            verdict = f"Right. {reason}"
            right = n
            if name in case.wrong:
                verdict = f"Not yet. {reason}"
                right = n - 1
            assert f"{case.asked} {verdict} So far {right} of 10 right." in live.alt
            words = texts(live)
            lines = [words[line] for line in words if line.startswith("found-")]
            assert " ".join(lines) == verdict
            assert words["score"] == f"{right} of 10 right"
    set_to(live, case=3)
    assert live.controls["answer"].value == "softplus"
    assert "10 of 10 right" in live.alt


# What the lesson and its table say


def read_by(cell):
    """Return {activation: how many it reads} as a cell prints it."""
    return dict(re.findall(r"(\w+) +(?:about )?(\d+)", LESSON.printed(cell)))


def test_what_the_cells_print():
    hidden = read_by("hidden")
    assert says(f"ReLU, it reads {hidden['relu']} of the 1,000")
    assert says(f"{hidden['gelu']}. Four more are luck")
    assert int(hidden["gelu"]) - int(hidden["relu"]) == 4
    deep = read_by("deep")
    assert says(f"ReLU still reads {deep['relu']} of 20.")
    assert says(f"{deep['sigmoid']} of 20, no more than by chance")
    helped = read_by("helped")
    assert says(f"{helped['relu']}. The three are close together again")
    selu = dict(re.findall(r"SELU, (\w+) +(\d+)", LESSON.printed("selu")))
    assert says(f"ten layers of SELU read {selu['xavier']}.")
    assert says(f"{selu['he']}. Not every start is as unlucky")
    softmax = read_by("twice")
    assert softmax["once"] == hidden["relu"]
    assert says(f"{softmax['twice']}. Even if")


def read(network):
    """Return how many of the 1,000 test pictures, in ink and in chalk, a network reads."""
    _, test = helpers.digits()
    answers = [
        network.forward(pictures).argmax(axis=1)
        for pictures in (test.pictures, 1 - test.pictures)
    ]
    return int(np.sum(answers == test.labels))


def reads(activation, seed, **options):
    """Return how many a network reads after training from a seed."""
    return read(
        helpers.train_digit_reader(activation, seed=seed, chalk=True, **options)
    )


def test_one_hidden_layer_wants_a_bend_and_no_special_one():
    # Of seeds 0 to 9, these are the lowest and the highest.
    relu = [reads("relu", seed) for seed in (4, 0)]
    gelu = [reads("gelu", seed) for seed in (4, 3)]
    assert says("ReLU reads {} to {}, GELU {} to {}.".format(*relu, *gelu))
    sigmoid = [reads("sigmoid", seed) for seed in (4, 0)]
    assert 10 < np.mean(relu) - np.mean(sigmoid) < 50, "A little."
    assert reads("identity", 4) < 200


def test_the_sigmoid_catches_up():
    sigmoid = reads("sigmoid", 0, steps=2000)
    relu = reads("relu", 0, steps=2000)
    assert says(f"it reads {sigmoid}, ReLU {relu}.")


DEEP = {"depth": 10, "rate": 0.01}


def test_ten_hidden_layers_are_choosy():
    # The lesson prints seed 0; as much holds for 0 to 9.
    assert reads("sigmoid", 1, **DEEP) < 110
    assert 800 < reads("relu", 1, **DEEP) < reads("tanh", 1, **DEEP)


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [("relu", 912, 963), ("tanh", 935, 971), ("gelu", 933, 964)],  # seeds 0 to 9
)
def test_with_help_they_are_level_again(name, lowest, highest):
    assert says(f"{lowest} to {highest}")
    helped = reads(name, 1, normalise="layer", residual=True, **DEEP)
    assert lowest <= helped <= highest


def test_selu_needs_weights_of_its_own():
    # The lesson prints the highest of seeds 0 to 9, and this is the lowest.
    assert says("from all ten that we tried, $1/n$ does better (828 to 917)")
    short = {"steps": 200, **DEEP}
    good = reads("selu", 3, initialisation="xavier", **short)
    assert good == pytest.approx(828, abs=3)
    assert reads("selu", 3, initialisation="he", **short) < 700


def test_softmax_twice_reads_far_less_from_any_seed():
    # Of seeds 0 to 9, these two read most.
    assert max(read(softmax_twice(seed=seed)) for seed in (2, 6)) < 640
    once = helpers.softmax(np.eye(10)[0]).max()
    assert says(f"makes {once:.2f} of that")
    assert says(f"below {-np.log(once):.2f}")


def test_softmax_twice_follows_the_slope_of_its_loss():
    """Each gradient says what a nudge of the weights makes of -ln softmax(softmax(z))."""
    rng = np.random.default_rng(seed=3)
    network = helpers.Network([4, 5, 3], "relu", seed=3)
    pictures = rng.normal(size=(6, 4))
    wanted = np.eye(3)[rng.integers(0, 3, 6)]

    def loss():
        p = network.activity(pictures).output
        return -np.mean(np.sum(wanted * np.log(helpers.softmax(p)), axis=1))

    found = TWICE.gradients(network, pictures, wanted)
    for weights, gradient in zip(network.W + network.b, found, strict=True):
        nudge = 1e-6 * rng.normal(size=weights.shape)
        weights += nudge
        above = loss()
        weights -= 2 * nudge
        below = loss()
        weights += nudge
        assert np.vdot(gradient, 2 * nudge) == pytest.approx(above - below, abs=1e-13)


def test_how_many_go_below_0():
    below = [f.name for f in CURVES.values() if f(X).min() < 0]
    assert len(below) == 7
    assert says(f"Seven: {', '.join(below[:-1])} and {below[-1]}.")


@pytest.mark.parametrize(
    ("name", "start"), [("selu", -0.56), ("gelu", 0.75), ("silu", 1.28)]
)
def test_where_the_table_says_that_slopes_are_above_1(name, start):
    assert f"{start}".replace("-", "−") in ABOUT[name].hint
    edge = X[np.argmin(ACTIVATIONS[name].derivative(X) <= 1)]
    assert edge == pytest.approx(start, abs=0.006)
