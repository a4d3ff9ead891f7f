"""The room of 00_start_here: its exercises."""

from helpers.exercises import ChoiceTask, NumberTask

EXERCISES = {
    "weighted sum": NumberTask(
        answer=-1,
        right="1 − 3 + 1 = −1, and this sum is all that the activation function gets to see.",
        mistakes={
            "The bias is missing: add 1 at the end.": -2,
            "That is the unit's output with ReLU; the sum that ReLU receives is asked.": 0,
            "The second weight is −1, with a minus: 3 · (−1) = −3.": 5,
            "The bias is added, not subtracted.": -3,
            "Here everything is added up; first each input is multiplied by its weight.": 5.5,
        },
    ),
    "two layers in one": NumberTask(
        answer=(-6, 9),
        right="−2 · (3x − 2) + 5 = −6x + 9: two layers, one straight line.",
        mistakes={
            "The weight is right. The bias of the first layer passes through the second: it is multiplied too.": (
                -6,
                3,
            ),
            "The weight is right. The first bias does not get lost: the second weight multiplies it.": (-6, 5),
            "The weight is right. The first bias is multiplied by the second weight before 5 is added.": (-6, 7),
            "This is the second layer first; the first layer's result goes into the second.": (-6, 13),
            "The weight is right. −2 · (−2) is +4, since minus times minus is plus.": (-6, 1),
            "The weight is right. The second bias is added, not multiplied: −2 · (−2) + 5.": (-6, -10),
            "Weights and biases were added up; a layer multiplies what it receives by its weight.": (1, 3),
            "The bias is right; 3 · (−2) is negative.": (6, 9),
            "The two numbers stand in the wrong order: weight first, then bias.": (9, -6),
        },
    ),
    "fifty layers": ChoiceTask(
        answer="b",
        right="Fifty multiplications and additions are one multiplication and one addition.",
        reasons={
            "a": "A straight piece begins where a unit bends, and without an activation no unit does.",
            "c": "For a parabola x has to be multiplied by itself; a layer multiplies it by fixed numbers only.",
            "d": "Its product of weights need not be 0: any single weight and bias can be reached.",
        },
    ),
}
