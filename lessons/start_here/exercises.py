"""The exercises of 00_start_here."""

from helpers.exercises import ChoiceTask, Exercises, Mistake, NumberTask

check = Exercises(
    {
        "weighted sum": NumberTask(
            answer=-1,
            right="1 − 3 + 1 = −1, and this sum is all that goes into the activation function.",
            mistakes=[
                Mistake("The bias is missing: add 1 at the end.", -2),
                Mistake(
                    "That is the unit's output with ReLU; the sum that ReLU receives is asked.",
                    0,
                ),
                Mistake("The second weight is −1, with a minus: 3 · (−1) = −3.", 5),
                Mistake("The bias is added, not subtracted.", -3),
                Mistake(
                    "Here everything is added up; first each input is multiplied by its weight.",
                    5.5,
                ),
            ],
        ),
        "two layers in one": NumberTask(
            answer=(-6, 9),
            right="−2 · (3x − 2) + 5 = −6x + 9: two layers, one straight line.",
            mistakes=[
                Mistake(
                    "The weight is right. The bias of the first layer passes through the second: "
                    "it is multiplied too.",
                    (-6, 3),
                ),
                Mistake(
                    "The weight is right. The first bias does not get lost: the second weight "
                    "multiplies it.",
                    (-6, 5),
                ),
                Mistake(
                    "The weight is right. The first bias is multiplied by the second weight before "
                    "5 is added.",
                    (-6, 7),
                ),
                Mistake(
                    "This is the second layer first; the first layer's result goes "
                    "into the second.",
                    (-6, 13),
                ),
                Mistake(
                    "The weight is right. −2 · (−2) is +4, since minus times minus is plus.",
                    (-6, 1),
                ),
                Mistake(
                    "The weight is right. The second bias is added, not multiplied: −2 · (−2) + 5.",
                    (-6, -10),
                ),
                Mistake(
                    "Weights and biases were added up; a layer multiplies what it "
                    "receives by its weight.",
                    (1, 3),
                ),
                Mistake("The bias is right; 3 · (−2) is negative.", (6, 9)),
                Mistake(
                    "The two numbers stand in the wrong order: weight first, then bias.",
                    (9, -6),
                ),
            ],
        ),
        "fifty layers": ChoiceTask(
            answer="b",
            right="Fifty multiplications and additions are one multiplication and one addition.",
            reasons={
                "a": "A straight piece begins where a unit bends, and without an activation no "
                "unit does.",
                "c": "For a parabola x has to be multiplied by itself; a layer multiplies it by "
                "fixed numbers only.",
                "d": "Its product of weights need not be 0: any single weight and bias can be "
                "reached.",
            },
        ),
    }
)
