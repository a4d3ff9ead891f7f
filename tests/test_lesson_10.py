"""10_cheatsheet: choose, family, cost and quiz, and what the lesson and its tables say."""

import importlib
import re
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.special import expit
from scipy.special import softmax as shares
from shared import FOLDER, mark, names, read, says, set_to, texts

import helpers
from helpers import ACTIVATIONS
from lessons.cheatsheet import (
    choose,
    cost,
    decisions,
    facts,
    family,
    quiz,
    six_questions,
)
from lessons.cheatsheet.advice import ABOUT, ADVICE, curves_of
from lessons.cheatsheet.quiz import CASES

LESSON = read("10_cheatsheet")
COST = importlib.import_module(
    "lessons.cheatsheet.cost"
)  # the module, not its function
CURVES = {name: f for name, f in ACTIVATIONS.items() if name != "softmax"}
X = np.linspace(-40, 40, 80_001)

# Which one do I choose?


@pytest.mark.parametrize("advice", ADVICE, ids=lambda advice: advice.case)
def test_each_answer_of_the_dialogue(advice):
    live = choose()
    set_to(live, layer=advice.layer, case=advice.case)
    f = advice.activation
    chosen = f"For {advice.layer}, {advice.case}: choose {f.name} ({advice.along})."
    assert f"{chosen} {advice.reason} {advice.more}" in live.alt
    shown = texts(live)
    said = [shown[name] for name in ("name", "along", "reason", "more")]
    assert said == [f.name, advice.along, advice.reason, advice.more]
    assert all(len(line) <= 70 for line in said), "A browser's letters may be wider."
    values = [str(getattr(child, "value", "")) for child in live.children]
    if f.name == "softplus":
        here = "You write it yourself in the last exercise below."
        assert here in live.alt
        assert here in values
    else:
        (link,) = [value for value in values if "href" in value]
        assert f'href="{ABOUT[f.identifier].lesson}.ipynb"' in link
        assert f"Read lesson {ABOUT[f.identifier].lesson[:2]}." in live.alt
    x, values, slopes = curves_of(f, -4, 4)
    np.testing.assert_array_equal(mark(live, "value curve").get_xydata().T, [x, values])
    np.testing.assert_array_equal(mark(live, "slope curve").get_xydata().T, [x, slopes])
    words = [text for axes in live.figure.axes for text in axes.texts]
    heights = {text.get_text(): text.get_position()[1] for text in words}
    way = mark(live, "way").get_ydata()
    assert (way[0], way[-1]) == (heights[advice.layer], heights[advice.case])


def test_another_layer_asks_for_its_own_cases():
    live = choose("hidden, transformer", "attention weights")
    assert "choose softmax" in live.alt
    live.controls["layer"].value = "inside an LSTM or GRU"
    assert live.controls["case"].options == ("a gate", "the candidate")
    assert "choose sigmoid" in live.alt
    with pytest.raises(ValueError, match="but it is 'a gate'"):
        choose("hidden, transformer", "a gate")


@pytest.mark.parametrize(
    ("table", "rows"), [(facts, 11), (six_questions, 11), (decisions, 16)]
)
def test_tables_are_whole_and_link_to_lessons(table, rows):
    made = table()
    head, _, *lines = made._repr_markdown_().splitlines()
    assert len(lines) == rows
    assert {line.count(" | ") for line in [head, *lines]} == {len(made[0]) - 1}
    assert all(f"{title}: " in repr(made).splitlines()[0] for title in made[0])
    links = re.findall(r"\]\((\w+\.ipynb)\)", "\n".join(lines))
    assert len(links) == rows
    assert all((FOLDER / link).is_file() for link in links)


# Side by side


def test_columns_show_what_is_chosen():
    live = family("ReLU", "ELU", "SiLU")
    parameters = {"leaky ReLU slope": 0.3, "ELU alpha": 2.0, "SiLU beta": 3.0}
    set_to(live, **{"1st": "leaky ReLU"}, **parameters, x0=-1.5, x_range=(-3, 2))
    settings = [f"{name} = {value:g}" for name, value in parameters.items()]
    assert ", ".join(settings) in live.alt
    expected = [
        ("leaky ReLU", 0.3 * -1.5, 0.3),
        ("ELU", 2 * np.expm1(-1.5), 2 * np.exp(-1.5)),
    ]
    for name, value, slope in expected:
        words = f"{name}: value {value:.4f}, slope {slope:.4f}."
        assert words.replace("-", "−") in live.alt
    for name in ("value curve", "slope curve"):
        columns = live.figure.findobj(
            lambda artist, name=name: artist.get_gid() == name
        )
        assert len(columns) == 3
        assert len({curve.axes.viewLim.bounds for curve in columns}) == 1, (
            "One scale for all."
        )
    x, slopes = columns[0].get_data()
    assert set(slopes[x < 0]) == {0.3}
    assert set(slopes[x > 0]) == {1.0}
    assert np.isnan(slopes).any(), "The jump is drawn as a jump."


@pytest.mark.parametrize(
    "chosen", [(), ("ReLU",), ("ReLU",) * 5, ("ReLU", "softmax"), ("ReLU", "relu")]
)
def test_what_cannot_stand_side_by_side_is_refused(chosen):
    with pytest.raises(ValueError, match=r"family shows 2 to 4|a name must be"):
        family(*chosen)


# Cost


def test_cost_measures_at_the_press_of_a_button(monkeypatch):
    live = cost()
    before = live.png()
    assert "press measure" in live.alt
    times = {name: (n + 1.0, 2.0 * n + 2) for n, name in enumerate(ACTIVATIONS)}
    monkeypatch.setattr(COST, "measure", lambda: times)
    live.controls["measure"].value = True
    assert "ReLU 4 and 8" in live.alt
    assert texts(live)["cost-gelu"].split() == ["2.0", "×", "4.0", "×"]
    for name, (value, slope) in times.items():
        assert mark(live, f"{name} value").get_width() == value
        assert mark(live, f"{name} slope").get_width() == slope
    live.controls["measure"].value = False
    assert live.png() == before


def test_the_best_of_several_runs_counts_and_not_the_first(monkeypatch):
    calls = []
    seconds = [9.0, 3.0, 1.5, 4.0, *[5.0] * 11]
    clock = iter([time for run in seconds for time in (0.0, run)])
    monkeypatch.setattr(COST, "time", SimpleNamespace(perf_counter=lambda: next(clock)))
    assert COST.best_time(calls.append, np.zeros(1000)) == pytest.approx(1.5e9 / 1000)
    assert len(calls) == 16


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
            verdict = "Right" if name in case.right else "Not yet"
            found = f"{verdict}. {reason}"
            right = n if name in case.right else n - 1
            assert f"{case.asked} {found} So far {right} of 10 right." in live.alt
            shown = texts(live)
            lines = [shown[line] for line in shown if line.startswith("found-")]
            assert " ".join(lines) == found
            assert shown["score"] == f"{right} of 10 right"
    set_to(live, case=3)
    assert live.controls["answer"].value == "softplus"
    assert "10 of 10 right" in live.alt


# What the lesson and its tables say


def test_how_many_go_below_0_and_have_a_slope_above_1():
    below = [f.name for f in CURVES.values() if f(X).min() < 0]
    steep = [name for name, f in CURVES.items() if f.derivative(X).max() > 1]
    *first, last = below
    assert says(
        LESSON,
        f"Seven go below 0: {', '.join(first)} and {last}. Three have a slope above 1",
    )
    assert len(below) == 7
    assert steep == ["selu", "gelu", "silu"]


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
    slope = {name: f.derivative(-3.0) for name, f in CURVES.items()}
    assert -0.02 < slope["gelu"] < 0
    assert slope["silu"] < 0
    assert slope["relu"] == 0 < slope["leaky_relu"]


@pytest.mark.parametrize(
    ("name", "start"), [("selu", -0.56), ("gelu", 0.75), ("silu", 1.28)]
)
def test_where_the_table_says_that_slopes_are_above_1(name, start):
    assert f"{start}".replace("-", "−") in ABOUT[name].hint
    edge = X[np.argmin(ACTIVATIONS[name].derivative(X) <= 1)]
    assert edge == pytest.approx(start, abs=0.006)


@pytest.mark.parametrize("f", [helpers.gelu, helpers.silu])
def test_left_of_the_dip_slopes_are_negative_as_the_table_says(f):
    dip = X[f(X).argmin()]
    assert f.derivative(np.linspace(-20, dip - 0.01, 1000)).max() < 0
    assert f.derivative(np.linspace(dip + 0.01, 20, 1000)).min() > 0


def test_in_the_spirals_the_sigmoid_is_slow_and_most_are_alike():
    points, labels = names(LESSON, "imports", "spirals")["spirals"](200, seed=0)
    steps = {}
    for name in CURVES:
        net = helpers.Network([2, 16, 16, 2], name, "he", seed=0)
        reports = net.train(points, labels, rate=0.3, steps=170, momentum=0.9, clip=1.0)
        steps[name] = next(
            (report.step for report in reports if report.loss < 0.1), None
        )
    assert steps.pop("identity") is None
    assert steps.pop("sigmoid") >= 100
    assert 40 < steps.pop("softplus") <= 70
    assert all(20 <= step <= 40 for step in steps.values())
