"""10_cheatsheet: the dialogue, functions side by side, their cost, the quiz, and what the lesson and its tables say."""

import importlib
import re
import time

import numpy as np
import pytest
from scipy.special import erf, expit
from scipy.special import softmax as shares
from shared import FOLDER, names, read, says, set_to, texts

import helpers
from helpers import ACTIVATIONS
from lessons.cheatsheet import choose, cost, decisions, facts, family, quiz, six_questions
from lessons.cheatsheet.choose import ABOUT, ADVICE
from lessons.cheatsheet.family import _nanoseconds
from lessons.cheatsheet.quiz import cases

LESSON = read("10_cheatsheet")
CURVES = {name: f for name, f in ACTIVATIONS.items() if name != "softmax"}
X = np.linspace(-40, 40, 80_001)

# The dialogue --------------------------------------------------------------------------------------------------------


def test_each_answer_of_the_dialogue():
    live = choose()
    for advice in ADVICE:
        set_to(live, layer=advice.layer, case=advice.case)
        assert live.message == ""
        assert f"{advice.layer}, {advice.case}: choose {advice.f.name} ({advice.along})" in live.alt
        assert texts(live)["reason"] == advice.reason
        assert all(len(line) <= 70 for line in advice[3:]), "A browser's letters may be wider."
        bold = [text.get_text() for text in live.figure.axes[0].texts if text.get_weight() == "bold"]
        assert bold == [advice.layer, advice.case, advice.f.name]
        (link,) = [child.value for child in live.children if "href" in str(getattr(child, "value", ""))]
        assert f'href="{ABOUT[advice.identifier].lesson}.ipynb"' in link
        curve = live.figure.axes[1].lines[-2]
        x, y = curve.get_data()
        if advice.f is not helpers.softmax:
            np.testing.assert_allclose(y, advice.f(x))


def test_another_layer_asks_for_its_own_cases():
    live = choose("hidden, transformer", "attention weights")
    assert "choose softmax" in live.alt
    live.controls["layer"].value = "inside an LSTM or GRU"
    assert live.controls["case"].options == ("a gate", "candidate and output")
    assert "choose sigmoid" in live.alt
    for wrong in ({"layer": "cake"}, {"case": "cake"}):
        with pytest.raises(ValueError, match="but it is 'cake'"):
            choose(**wrong)


@pytest.mark.parametrize(("table", "rows"), [(facts, 11), (six_questions, 11), (decisions, 16)])
def test_tables_are_whole_and_link_to_lessons(table, rows):
    made = table()
    lines = made._repr_markdown_().splitlines()
    assert len(lines) == rows + 2
    assert {line.count(" | ") for line in lines[2:]} == {len(made[0]) - 1}
    assert all(f"{what}: " in repr(made).splitlines()[0] for what in made[0])
    found = set(re.findall(r"\]\((\w+\.ipynb)\)", "\n".join(lines)))
    assert [name for name in found if not (FOLDER / name).is_file()] == []


# Side by side, cost, quiz --------------------------------------------------------------------------------------------


def test_columns_show_what_is_chosen():
    live = family("ReLU", "ELU", "SiLU")
    live.controls["1st"].value = "leaky ReLU"
    set_to(live, **{"leaky ReLU negative_slope": 0.3, "ELU alpha": 2.0, "SiLU beta": 3.0}, x0=-1.5, x_range=(-3, 2))
    expected = (("leaky ReLU", 0.3 * -1.5, 0.3), ("ELU", 2 * np.expm1(-1.5), 2 * np.exp(-1.5)))
    for name, value, slope in expected:
        said = f"{name}: value {value:.4f}, slope {slope:.4f}.".replace("-", "−")
        assert said in live.alt
    assert "leaky ReLU negative_slope = 0.3, ELU alpha = 2, SiLU beta = 3" in live.alt
    upper, lower, *others = live.figure.axes
    for axes in others[::2]:
        assert (axes.get_xlim(), axes.get_ylim()) == (upper.get_xlim(), upper.get_ylim())
    x, y = lower.lines[-2].get_data()
    assert set(y[~np.isnan(y)]) == {0.3, 1.0}
    assert np.isnan(y[np.searchsorted(x[~np.isnan(x)], 0)]), "The jump is drawn as a jump."
    live.controls["x_range"].value = (1, 1)
    assert "empty" in live.message


@pytest.mark.parametrize("chosen", [(), ("ReLU",), ("ReLU",) * 5, ("ReLU", "softmax"), ("ReLU", "relu")])
def test_what_cannot_stand_side_by_side_is_refused(chosen):
    with pytest.raises(ValueError, match=r"family shows 2 to 4|a name must be"):
        family(*chosen)


def test_cost_measures_at_the_press_of_a_button(monkeypatch):
    live = cost()
    before = live.png()
    assert "press measure" in live.alt
    times = {name: (n + 1.0, 2.0 * n + 2) for n, name in enumerate(ACTIVATIONS)}
    monkeypatch.setattr(importlib.import_module("lessons.cheatsheet.family"), "measured", lambda: times)
    live.controls["measure"].value = True
    assert "ReLU 4 and 8" in live.alt
    assert texts(live)["cost-gelu"].split() == ["2.0", "×", "4.0", "×"]
    assert [bar.get_width() for bar in live.figure.axes[0].patches] == [
        each for pair in times.values() for each in pair
    ]
    live.controls["measure"].value = False
    assert live.png() == before


def test_the_best_of_several_runs_counts_and_not_the_first(monkeypatch):
    calls, clock = [], iter([value for start in range(15) for value in (start, start + 1.5 + (start - 7) ** 2)])
    monkeypatch.setattr(time, "perf_counter", lambda: next(clock))
    assert _nanoseconds(calls.append, np.zeros(1000)) == pytest.approx(1.5e9 / 1000)
    assert len(calls) == 16


def test_the_quiz_judges_at_once_and_remembers():
    live = quiz()
    for n, (asked, task, words) in enumerate(cases(), 1):
        live.controls["case"].value = n
        assert live.controls["answer"].value is None
        assert live.controls["answer"].options == tuple(words)
        assert len(words) == 4
        for word in sorted(words, key=lambda word: word.lower() == task.answer):  # the right one last
            live.controls["answer"].value = word
            verdict = task.judge(word)
            assert f"{asked} " in live.alt
            assert verdict.message in live.alt
            assert verdict.passed == (word.lower() == task.answer)
            assert f"{n - (not verdict.passed)} of 10 right" in live.alt
            assert " ".join(filter(None, (texts(live)["found-0"], texts(live)["found-1"]))).endswith(verdict.message)
    live.controls["case"].value = 3
    assert live.controls["answer"].value == "identity"
    assert "10 of 10 right" in live.alt


# What the lesson and its tables say ----------------------------------------------------------------------------------


def test_how_many_go_below_0_and_have_a_slope_above_1():
    below = [name for name, f in CURVES.items() if f(X).min() < 0]
    steep = [name for name, f in CURVES.items() if f.derivative(X).max() > 1]
    assert below == ["identity", "tanh", "leaky_relu", "elu", "selu", "gelu", "silu"]
    assert steep == ["selu", "gelu", "silu"]
    assert says(
        LESSON, "Seven go below 0: identity, tanh, leaky ReLU, ELU, SELU, GELU and SiLU. Three have a slope above 1"
    )


def test_the_dozen_lines_are_the_functions():
    mine, x = names(LESSON, "imports", "write-all")["mine"], np.linspace(-8, 8, 4001)
    assert list(mine) == list(ACTIVATIONS)
    apart = {name: np.abs(f(x) - ACTIVATIONS[name](x)).max() for name, f in mine.items()}
    assert 4e-4 < apart.pop("gelu") < 5e-4
    assert max(apart.values()) < 2e-6


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (helpers.gelu(X).min(), "−0.17, −0.28"),
        (helpers.silu(X).min(), "−0.17, −0.28"),
        (helpers.selu(-50.0), "| lowest output of SELU | −1.76 |"),
        (helpers.silu.derivative(-3.0), "SiLU's is −0.09"),
        (shares([1, 0, 0])[0], "It sees 0.58 and never more"),
        (expit([2, 1, -1]).sum(), "To 1.88:"),
    ],
)
def test_numbers_in_the_prose(value, said):
    assert f"{value:.2f}".replace("-", "−") in said
    assert says(LESSON, said)


def test_slopes_at_minus_3_as_the_lesson_compares_them():
    assert -0.02 < helpers.gelu.derivative(-3.0) < 0 > helpers.silu.derivative(-3.0)
    assert helpers.relu.derivative(-3.0) >= 0 < helpers.leaky_relu.derivative(-3.0)


def test_what_the_table_says_of_slopes():
    hint = {name: about.hint for name, about in ABOUT.items()}
    for name, start in (("selu", -0.56), ("gelu", 0.75), ("silu", 1.28)):
        assert f"{start}".replace("-", "−") in hint[name]
        edge = X[np.argmin(ACTIVATIONS[name].derivative(X) <= 1)]
        assert edge == pytest.approx(start, abs=0.006)
    for name in ("gelu", "silu"):
        f = ACTIVATIONS[name]
        dip = X[f(X).argmin()]
        left, right = X[(X > -20) & (dip - 0.01 > X)], X[dip + 0.01 < X]
        assert f.derivative(left).max() < 0
        assert f.derivative(right).min() > 0
    assert helpers.sigmoid.derivative(X).max() == 0.25
    assert helpers.tanh.derivative(np.array([-3.0, 3.0])).max() < 0.01


@pytest.mark.parametrize("name", ["identity", "sigmoid", "softmax"])
def test_output_and_loss_make_the_error_the_gradient(name):
    rng = np.random.default_rng(0)
    losses = {
        "identity": lambda z, y: ((z - y) ** 2).sum() / 2,
        "sigmoid": lambda z, y: -(y * np.log(expit(z)) + (1 - y) * np.log(expit(-z))).sum(),
        "softmax": lambda z, y: -(y * np.log(shares(z))).sum(),
    }
    for y in np.eye(3):
        z = rng.normal(size=3)
        steps = 1e-6 * np.eye(3)
        pushes = [(losses[name](z + step, y) - losses[name](z - step, y)) / 2e-6 for step in steps]
        np.testing.assert_allclose(pushes, ACTIVATIONS[name](z) - y, atol=1e-7)


@pytest.mark.parametrize("seed", [0, 3])
def test_in_the_spirals_the_sigmoid_is_slow_and_most_are_alike(seed):
    spirals = names(LESSON, "imports", "spirals")["spirals"]
    points, labels = spirals(200, seed=0)

    def first_below(name):
        net = helpers.Network([2, 16, 16, 2], name, "he", seed=seed)
        reports = net.train(points, labels, rate=0.3, steps=170, momentum=0.9, clip=1.0)
        return next((report.step for report in reports if report.loss < 0.1), None)

    steps = {name: first_below(name) for name in CURVES}
    assert steps.pop("identity") is None
    assert steps.pop("sigmoid") >= 100
    assert 40 < steps.pop("softplus") <= 70
    assert all(20 <= step <= 40 for step in steps.values())


def test_gelu_is_x_times_phi():
    np.testing.assert_allclose(helpers.gelu(X), X * (1 + erf(X / np.sqrt(2))) / 2, atol=1e-12)
