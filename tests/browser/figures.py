"""Live figures on a JupyterLab page: what they show, and what the kernel says of them."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator

INSIDE = Path(__file__).with_name("inside.py").read_text(encoding="utf-8")
PICTURE = '.widget-html svg[role="img"]'
FIGURE = '.widget-vbox:has(> .widget-html svg[role="img"])'
# A kind comes before those whose class its elements bear too.
KINDS = [
    "slider",
    "toggle-buttons",
    "toggle-button",
    "button",
    "checkbox",
    "dropdown",
    "select",
    "radio",
    "textarea",
    "text",
    "play",
]
FIELD = "input, select, textarea"
PARTS = {
    "slider": "[role=slider]",
    "toggle-buttons": "button",
    "play": "button >> nth=0",
}
CONTROLS = ", ".join(f".widget-{kind}:not(.widget-toggle-buttons *)" for kind in KINDS)


class Figure:
    """One live figure on the page, scrolled into view, and what the kernel says of it."""

    def __init__(self, lesson, root, model_id):
        self.root = root
        self.picture = root.locator(PICTURE)
        self._lesson = lesson
        self._model_id = model_id
        self.picture.scroll_into_view_if_needed()

    def kernel(self):
        """Return the words, texts and values of controls that the kernel has for this figure."""
        return self._lesson.ask(f"report({self._model_id!r})")

    def dot(self):
        """Return at which input the dot of `explore` stands for the kernel, or None."""
        return self.kernel()["values"].get("x₀")

    def svg(self):
        """Return the picture's markup."""
        return self.picture.evaluate("picture => picture.outerHTML")

    def coarse_images(self):
        """Return [its pixels, pixels on the page] across for each image blurred at ratio 2."""
        return self.root.evaluate("figure => lab.coarse(figure)")

    def controls(self, *kinds):
        """Return the controls from top to bottom, or those of some kinds."""
        shown = self.root.evaluate("figure => lab.controls(figure)")
        roots = self.root.locator(CONTROLS).all()
        found = [
            Control(root, control["kind"], control["label"])
            for root, control in zip(roots, shown, strict=True)
        ]
        return [control for control in found if not kinds or control.kind in kinds]

    def settle(self, seconds=15):
        """Wait until picture, readouts and kernel say the same, or fail with what differs."""
        report, review = (
            inside(f"{call}({self._model_id!r})") for call in ("report", "review")
        )
        settle = "(figure, options) => lab.settle(figure, ...options)"
        differ = self.root.evaluate(settle, [report, review, seconds * 1000])
        assert not differ, "; ".join(differ)

    def watch(self):
        """Look at the figure in every frame from now on. Return a function that ends it and returns
        what was seen: the number of repaints, all heights, and incomplete pictures.
        """
        seen = self.root.evaluate_handle("figure => lab.watch(figure)")
        return lambda: seen.evaluate("seen => { seen.stop = true; return seen; }")


@dataclass
class Control:
    """One control of a live figure."""

    root: Locator
    kind: str
    label: str

    @property
    def parts(self):
        """Return a slider's handles, the buttons of a row, or a single field."""
        if self.kind in ("button", "toggle-button"):
            return [self.root]
        return self.root.locator(PARTS.get(self.kind, FIELD)).all()

    def __str__(self):
        return f'{self.kind} "{self.label}"'


def inside(call):
    """Return code that calls a function of inside.py and leaves no name behind in the lesson."""
    return f"exec({f'{INSIDE}{chr(10)}{call}'!r}, {{'__name__': 'inside'}})"
