"""The rooms: one module, or one package, for each lesson, with the lesson's own live figures and its exercises.

A room offers learners the live figures in its `__all__`, each as `helpers.name`, and `helpers.check` knows the tasks in
its EXERCISES, from an exercise's name to its task. A new lesson needs no other change in `helpers` than its room.
What several lessons use stands outside: no room imports from another one.
"""

import importlib
import pkgutil


def rooms():
    """Return every module below this package, loaded."""
    return [importlib.import_module(room.name) for room in pkgutil.walk_packages(__path__, f"{__name__}.")]
