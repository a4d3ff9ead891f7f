"""Live figures on a JupyterLab page: what they show, and what the kernel says of them."""

from pathlib import Path

INSIDE = Path(__file__).with_name("inside.py").read_text(encoding="utf-8")
PICTURE = '.widget-html svg[role="img"]'
FIGURE = '.widget-vbox:has(> .widget-html svg[role="img"])'
# A kind comes before those whose class its elements bear too.
KINDS = [
    *(
        "slider",
        "toggle-buttons",
        "toggle-button",
        "button",
        "checkbox",
        "dropdown",
        "select",
    ),
    *("radio", "textarea", "text", "play"),
]
PARTS = {
    "slider": "[role=slider]",
    "toggle-buttons": "button",
    "checkbox": "input",
    "dropdown": "select",
    "select": "select",
    "radio": "input",
    "textarea": "textarea",
    "text": "input",
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
        return self._lesson.in_kernel(f"report({self._model_id!r})")

    def dot(self):
        """Return at which input the dot of `explore` stands for the kernel, or None."""
        return self.kernel()["values"].get("x₀")

    def svg(self):
        """Return the picture's markup."""
        return self.picture.evaluate("picture => picture.outerHTML")

    def texts(self):
        """Return the texts of the picture that have a name: "value", "slope" and others."""
        return self.root.evaluate("figure => lab.texts(figure)")

    def coarse_images(self):
        """Return [its pixels, pixels on the page] across for each image blurred at ratio 2."""
        return self.root.evaluate("figure => lab.coarse(figure)")

    def controls(self):
        """Return the controls from top to bottom."""
        shown = self.root.evaluate("figure => lab.controls(figure)")
        return [
            Control(
                self.root.locator(CONTROLS).nth(number),
                control["kind"],
                control["label"],
            )
            for number, control in enumerate(shown)
        ]

    def settle(self, seconds=15):
        """Wait until picture, readouts and kernel say the same, or fail with what differs."""
        calls = [
            inside(f"{function}({self._model_id!r})")
            for function in ("report", "review")
        ]
        settle = "(figure, options) => lab.settle(figure, ...options)"
        differ = self.root.evaluate(settle, [*calls, seconds * 1000])
        assert not differ, "; ".join(differ)

    def watch(self):
        """Return a watcher that looks at the figure in every frame from now on."""
        return Watcher(self.root)


class Watcher:
    """Looks at a figure in every frame until `stop`."""

    def __init__(self, root):
        self._seen = root.evaluate_handle("figure => lab.watch(figure)")

    def stop(self):
        """Return what it saw: the number of repaints, all heights, and incomplete pictures."""
        return self._seen.evaluate("seen => { seen.stop = true; return seen; }")


class Control:
    """One control of a live figure."""

    def __init__(self, root, kind, label):
        self._root = root
        self.kind = kind
        self.label = label

    @property
    def parts(self):
        """Return a slider's handles, the buttons of a row, or a single field."""
        single = self.kind in ("button", "toggle-button")
        return [self._root] if single else self._root.locator(PARTS[self.kind]).all()

    def __repr__(self):
        return f'{self.kind} "{self.label}"'


def inside(call):
    """Return code that calls a function of inside.py and leaves no name behind in the lesson."""
    return f"exec({f'{INSIDE}{chr(10)}{call}'!r}, {{'__name__': 'inside'}})"
