"""check: verdicts on a learner's answers that name the mistake. Each lesson's exercises have a file of their own."""

import difflib
import importlib
import pkgutil

from helpers.exercises.tasks import Verdict

__all__ = ["Verdict", "check"]


def check(exercise, *answers):
    """Return the verdict on the answers to the exercise of that name; it has `.passed` and `.message`.

    An answer is what the exercise asks for: a function, a number or a choice. A stub that is not filled in yet is told
    so and raises nothing. Raises ValueError for a name that no exercise has.
    """
    exercises = all_exercises()
    if exercise not in exercises:
        near = difflib.get_close_matches(str(exercise), exercises, n=3, cutoff=0.3) or sorted(exercises)
        raise ValueError(f"There is no exercise called {exercise!r}; did you mean {' or '.join(map(repr, near))}?")
    return exercises[exercise].judge(*answers)


def all_exercises():
    """Return every exercise of every lesson by its name."""
    lessons = (module.name for module in pkgutil.iter_modules(__path__) if module.name.startswith("lesson_"))
    return {
        name: task
        for lesson in lessons
        for name, task in importlib.import_module(f"{__name__}.{lesson}").EXERCISES.items()
    }
