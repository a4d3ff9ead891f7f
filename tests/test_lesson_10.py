"""10_cheatsheet: choose, family, cost and quiz, and what the lesson and its tables say."""

import importlib
import re
from types import SimpleNamespace

import numpy as np
import pytest
from shared import FOLDER, Lesson, heights, mark, points, set_to, texts

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

LESSON = Lesson("10_cheatsheet")
says = LESSON.says
# The module, not its function.
COST = importlib.import_module("lessons.cheatsheet.cost")
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
    words = texts(live)
    said = [words[name] for name in ("name", "along", "reason", "more")]
    assert said == [f.name, advice.along, advice.reason, advice.more]
    assert all(len(line) <= 70 for line in said), "A browser's letters may be wider."
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


@pytest.mark.parametrize(
    ("table", "rows"), [(facts, 11), (six_questions, 11), (decisions, 16)]
)
def test_tables_are_whole_and_link_to_lessons(table, rows):
    made = table()
    head, _, *lines = made._repr_markdown_().splitlines()
    assert len(lines) == rows
    assert {line.count(" | ") for line in [head, *lines]} == {len(made[0]) - 1}
    first_line = repr(made).splitlines()[0]
    assert all(f"{title}: " in first_line for title in made[0])
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
    ticks = []
    for seconds in (9.0, 3.0, 1.5, 4.0, *[5.0] * 11):
        ticks += [0.0, seconds]
    clock = iter(ticks)
    monkeypatch.setattr(COST, "time", SimpleNamespace(perf_counter=lambda: next(clock)))
    assert COST.best_time(calls.append, np.zeros(1000)) == pytest.approx(1.5e6)
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


# What the lesson and its tables say


def test_how_many_go_below_0_and_have_a_slope_above_1():
    below = [f.name for f in CURVES.values() if f(X).min() < 0]
    assert len(below) == 7
    first = ", ".join(below[:-1])
    seven = f"Seven go below 0: {first} and {below[-1]}."
    assert says(f"{seven} Three have a slope above 1")
    steep = [name for name, f in CURVES.items() if f.derivative(X).max() > 1]
    assert steep == ["selu", "gelu", "silu"]


def test_numbers_in_the_prose():
    assert says(f"−{-helpers.gelu(X).min():.2f}, −{-helpers.silu(X).min():.2f}")
    assert says(f"| lowest output of SELU | −{-helpers.selu(-50.0):.2f} |")
    assert says(f"SiLU's is −{-helpers.silu.derivative(-3.0):.2f}")
    assert says(f"It sees {helpers.softmax([1, 0, 0])[0]:.2f} and never more")
    assert says(f"To {helpers.sigmoid([2, 1, -1]).sum():.2f}:")


@pytest.mark.parametrize(
    ("name", "start"), [("selu", -0.56), ("gelu", 0.75), ("silu", 1.28)]
)
def test_where_the_table_says_that_slopes_are_above_1(name, start):
    assert f"{start}".replace("-", "−") in ABOUT[name].hint
    edge = X[np.argmin(ACTIVATIONS[name].derivative(X) <= 1)]
    assert edge == pytest.approx(start, abs=0.006)
