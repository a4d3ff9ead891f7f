"""LiveFigure: a picture that follows its controls, with a PNG and words for where no kernel runs.

What the browser gets: a whole picture as an HTML widget, and from then on frames, each of which
holds the pieces of SVG that differ from the frame before. The script in live.js paints them. Where
it does not run, each frame is a whole picture.
"""

import base64
import html
from pathlib import Path
from typing import NamedTuple

import anywidget
import ipywidgets
import traitlets

from helpers.arguments import numpy_reports
from helpers.figures.ahead import Ahead, SvgFrame
from helpers.figures.canvas import DRAWING, Canvas
from helpers.figures.controls import nearest_stop, set_ends, value_of
from helpers.figures.handout import save
from helpers.figures.page import Page
from helpers.figures.png import compressed
from helpers.figures.style import VERMILION
from helpers.figures.svg import document


class Script(anywidget.AnyWidget):
    """The browser's part of a live figure: paints frames, lets learners grab marks, names sliders'
    handles.
    """

    _esm = Path(__file__).with_name("live.js").read_text(encoding="utf-8")
    grips = traitlets.List().tag(sync=True)  # each as Grip.described
    controls = traitlets.Dict().tag(sync=True)  # the model of each control, by its name
    within = traitlets.Dict().tag(sync=True)  # as LiveFigure's


class Frame(NamedTuple):
    """What a figure shows for some values of its controls: no page when these can't be drawn."""

    page: Page | None
    words: str
    message: str


class LiveFigure(ipywidgets.VBox):
    """A picture with controls under it, drawn again whenever one of them changes.

    `draw(page, **values)` gets an empty Page and the value of each control by its name, says on the
    page what is to be seen, and returns one sentence or more that says so in words, values
    included. It must be pure: the same values make the same picture, for frames are kept (`refresh`
    draws anew). When it raises ValueError or TypeError, that sentence stands under the picture, and
    the last good picture stays.

    `controls` maps names to ipywidgets; `rows` are the widgets to show under the picture, if these
    are not simply the controls. What one control does to others is said in `follow(name)`: it is
    called before a frame is drawn with the name of the control that has changed, and may set other
    controls (`if name == "celsius": fahrenheit.value = …`). It is also called with None, once at
    first and whenever the hand has come to rest: then it may only tidy up, such as a slider's ends.
    `leading` names the controls that `follow` answers to: along the others the kernel can then draw
    ahead. `within` says which sliders stay inside the range slider: {"x0": "x_range"}.

    `recorded` says what a recording holds, for pages where no Python runs: a list of blocks, each a
    dict that gives controls a list of values, a number of stops, or None for all; others stay where
    they are at first. Without it, the toolkit chooses. False: it can't be recorded. A function:
    it returns the LiveFigure to record instead. `caches` are what `refresh` empties: functions
    with one of functools' caches, or others with a method `cache_clear`.

    Attributes: `controls`, `message` (empty when all is well), `alt` (the words for the picture now
    showing), `figure` (Matplotlib's Figure, as the last frame left it).

    """

    def __init__(
        self,
        draw,
        controls,
        height,
        width=720,
        *,
        rows=None,
        follow=None,
        leading=None,
        within=None,
        recorded=None,
        caches=(),
    ):
        """Draw once, so that a mistake in the first values raises ValueError or TypeError right
        here.
        """
        self.controls = dict(controls)
        self.message = ""
        self.size = (width, height)
        self.within = within or {}
        self.recorded = recorded
        self._caches = caches
        self._draw = draw
        self._follow = follow or (lambda name: None)
        self._following = False  # while `follow` moves controls
        self._followed = False  # whether it has moved one
        self._canvas = None
        self._grabbed = None  # what Grip.press has returned, until the next press
        self._views = set()  # names of the views in browsers
        self._shown = None  # the SvgFrame that is seen now
        self._page = None  # what is seen now, or None when it was not drawn for now
        self._sent = []  # the pieces of SVG that the browser has
        models = {name: control.model_id for name, control in self.controls.items()}
        self._script = Script(controls=models, within=self.within)
        self._script.on_msg(self._receive)
        self._leading = leading or ()
        self._ahead = None
        # A figure that remembers something may draw the same values in two ways.
        if not follow or leading is not None:
            self._ahead = Ahead(
                self.controls, self.within, self._draw_for_later, self._tell
            )
        self._picture = ipywidgets.HTML(layout={"width": "100%", "margin": "0"})
        self._line = ipywidgets.HTML(layout={"min_height": "24px", "margin": "0"})
        controls_shown = rows or self.controls.values()
        super().__init__(
            [self._picture, *controls_shown, self._script, self._line],
            layout={
                "max_width": f"{width}px",
                "padding": "4px 0 0 0",
                "overflow": "visible",
            },
        )
        self.add_class("live-figure")
        # In HTML an id begins with a letter. A closed figure has lost its model's.
        self._id = f"f{self.model_id}"
        with DRAWING:
            self._let_follow(None)
            self._redraw()
        for name, control in self.controls.items():
            control.observe(lambda change, name=name: self._change(name), names="value")

    @property
    def figure(self):
        """Matplotlib's Figure with the picture now showing."""
        with DRAWING:
            return self._canvas_as_seen().figure

    def refresh(self):
        """Draw with the controls' present values, or say below the picture why that can't be
        done.
        """
        with DRAWING:
            self._forget_frames()
            for cached in self._caches:
                cached.cache_clear()
            self._attempt(self._redraw)

    def png(self):
        """Return the picture as the bytes of a PNG file, at two pixels to a screen pixel."""
        with DRAWING:
            pixels = self._canvas_as_seen().pixels()
            return compressed(pixels, self.alt, self._page.colours())

    def save(self, path, *, megabytes=5, **stops):
        """Write the figure into one HTML file that moves by itself, for an email, a slide or a
        learning platform. Say how many states it holds, and its size.

        Keywords say at how many stops of its controls it is recorded, as in
        `save("leak.html", x0=61, negative_slope=21)`; a list gives the values themselves, None
        takes all; other controls stay where they are. Without keywords, the figure chooses.
        Raises ValueError for a figure that can't be recorded, and for a page of more than so many
        megabytes.
        """
        path, states, size = save(self, path, stops, megabytes)
        print(f"{path}: {states:,} states, {size:.2f} MB.")

    def close(self):
        """End the figure and all its widgets."""
        self._forget_frames()
        for child in self.children:
            child.close()
        self._canvas = None
        super().close()

    def _change(self, name):
        # A change that comes while another thread draws waits here, so that none is lost.
        with DRAWING:
            if self._following:  # `follow` has moved this control
                self._followed = True
                return
            if self._ahead:
                self._ahead.note_change(name)
            self._attempt(lambda: self._follow_and_redraw(name))

    def _follow_and_redraw(self, name):
        self._let_follow(name)
        if not self._views:  # nobody says when the hand has come to rest
            self._let_follow(None)
        self._redraw()

    def _attempt(self, action):
        """Do something, or say in the message line why it can't be done."""
        try:
            action()
        except (ValueError, TypeError) as error:
            self._say(str(error))

    def _let_follow(self, name):
        """Let controls follow the one of that name, and return whether a value has changed."""
        self._following = True
        self._followed = False
        try:
            self._keep_within(at_rest=name is None)
            self._follow(name)
        finally:
            self._following = False
        return self._followed

    def _keep_within(self, at_rest):
        """Let sliders end where the range ends that they belong to.

        The browser makes a slider with new ends anew, which costs too much for each frame of a
        drag: while the hand moves, that is done only when its value would lie outside.
        """
        for name, span in self.within.items():
            low, high = self.controls[span].value
            slider = self.controls[name]
            if low < high and (at_rest or not low <= slider.value <= high):
                set_ends(slider, low, high)

    def frame(self, values):
        """Return the Frame for values of the controls, {name: value}, without showing it."""
        try:
            return self._draw_frame(values)
        except (ValueError, TypeError) as error:
            return Frame(None, "", str(error))

    def _redraw(self):
        values = {name: value_of(control) for name, control in self.controls.items()}
        shown = self._ahead.find(values) if self._ahead else None
        message = ""
        if shown:
            self._page = None
        else:
            self._page, words, message = self._draw_frame(values)
            shown = self._as_svg(values, self._page, words)
            if self._ahead and self._views and not message:
                self._ahead.keep(shown)
        self._shown = shown
        self.alt = shown.words
        self._show()
        self._say(message)

    def _draw_frame(self, values):
        """Return the Frame for these values, or raise what `draw` raises."""
        width, height = self.size
        page = Page(height, width)
        with numpy_reports() as reports:
            words = self._draw(page, **values)
        message = ""
        if reports:
            kinds = " and ".join(sorted(set(reports)))
            message = (
                f"NumPy reports {kinds} inside the function, in this range of inputs."
            )
        return Frame(page, words, message)

    def _draw_for_later(self, values):
        """Return the SvgFrame for values of the controls, or None where all is not well."""
        frame = self.frame(values)
        if frame.page is None or frame.message or not self._views:
            return None
        return self._as_svg(values, frame.page, frame.words)

    def _as_svg(self, values, page, words):
        """Return a page as the browser gets it."""
        grips = [grip.described() for grip in page.grips]
        return SvgFrame(values, words, grips, self._canvas_with(page).pieces)

    def _tell(self, message):
        """Send a message to the script."""
        self._script.send(message)

    def _canvas_with(self, page):
        """Return the canvas, made anew if it was given back, with a page on it."""
        if self._canvas is None:
            width, height = self.size
            self._canvas = Canvas(width, height, self._id)
        self._canvas.show(page)
        return self._canvas

    def _canvas_as_seen(self):
        """Return the canvas with what is seen now on it."""
        if self._page is None:
            self._page = self._draw_frame(self._shown.values).page
        return self._canvas_with(self._page)

    def _show(self):
        """Send what has changed to the script where it runs, and a whole picture otherwise."""
        pieces = self._shown.pieces
        self._script.grips = self._shown.grips
        if not self._views:
            self._picture.value = document(pieces, *self.size, self.alt)
            return
        changed = {
            n: piece
            for n, piece in enumerate(pieces)
            if n >= len(self._sent) or piece != self._sent[n]
        }
        self._sent = pieces
        frame = {"changed": changed, "count": len(pieces), "words": self.alt}
        if self._ahead:
            frame["key"] = self._ahead.key(self._shown.values)
        self._tell({"frame": frame})

    def _receive(self, widget, message, buffers):
        """React to a message of the script, which names its `view`.

        {"here": bool}: the view has come or gone. {"rests": True}: no picture has come for a
        while. {"near": name, "handle": number}: the pointer is about to move that control.
        {"grip": number, "to": (across, down), "pressed": bool}: the pointer is at that pixel of the
        picture.
        """
        with DRAWING:
            if "here" in message:
                self._note_view(message["view"], message["here"])
            elif "near" in message:
                if self._ahead and message["near"] not in self._leading:
                    self._ahead.begin(message["near"], message["handle"])
            elif "rests" in message:
                if self._let_follow(None):
                    self._attempt(self._redraw)
            else:
                self._move_to(message)
                # The view answers with the next place.
                self._tell({"view": message["view"]})

    def _note_view(self, view, here):
        """Note that a view of the figure has come or gone."""
        if here:
            self._views.add(view)
            self._forget_frames()  # which this view does not have
            self._sent = []
            self._show()
            return
        self._views.discard(view)
        if not self._views:
            self._release_canvas()

    def _forget_frames(self):
        """Let go of frames that were kept, here and in the browser."""
        if self._ahead:
            self._ahead.forget()

    def _release_canvas(self):
        """Let go of the canvas, several megabytes: it is made anew if the figure is looked at
        again.
        """
        self._forget_frames()
        if self._canvas is not None:
            self._canvas.close()
        self._canvas = None
        self._sent = []

    def _move_to(self, message):
        """Set controls to where the pointer is."""
        canvas = self._canvas_as_seen()
        grip = self._page.grips[message["grip"]]
        across, down = message["to"]
        axes = canvas.axes_of(self._page, grip.panel)
        point = (
            axes.transData.inverted().transform((across, self.size[1] - down)).tolist()
        )
        if message["pressed"]:
            self._grabbed = grip.press(*point)
        values = self._grabbed(*point) if self._grabbed else {}
        for name, value in values.items():
            control = self.controls[name]
            control.value = nearest_stop(control, value)

    def _say(self, sentence):
        self.message = sentence
        # The words have the page's own colour, which can be read on any theme.
        style = f"border-left:4px solid {VERMILION};padding-left:8px;line-height:1.4"
        words = f'<div role="status" style="{style}">{html.escape(sentence)}</div>'
        self._line.value = words if sentence else ""

    def __repr__(self):
        return self.alt

    def _repr_mimebundle_(self, **options):
        width, height = self.size
        data = super()._repr_mimebundle_(**options)
        with DRAWING:
            alt = self.alt
            png = base64.b64encode(self.png()).decode()
        data = {**data, "text/plain": alt, "image/png": png}
        return data, {"image/png": {"width": width, "height": height, "alt": alt}}
