"""LiveFigure: a Matplotlib figure that sliders redraw, with a picture and words for where no kernel runs.

A frame draws again only what moves. Artists that are `animated` are drawn in every frame; the rest (axes, ticks, grid)
is kept as text until Matplotlib itself marks the figure as stale, which it does when limits or labels change.

What the browser gets: a whole picture as an HTML widget, and from then on frames, which the script in hand.js paints:
the moving part each time, and what stands still when that has changed. Where that script does not run, each frame is a
whole picture.
"""

import base64
import html
import io
import threading
from pathlib import Path
from typing import NamedTuple

import anywidget
import ipywidgets
import numpy as np
import traitlets
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from helpers.figures.style import own_settings
from helpers.figures.svg import SvgRenderer, document

# JupyterLab runs a slider's callbacks in several threads; Matplotlib is not thread-safe, so one draws at a time.
DRAWING = threading.RLock()


class Grip(NamedTuple):
    """Axes in which the pointer moves controls, as `Page.grab` tells."""

    axes: object
    press: object
    cursor: str  # how CSS calls it


class Hand(anywidget.AnyWidget):
    """The browser's part of a live figure: paints frames, lets learners grab marks, names the handles of sliders."""

    _esm = Path(__file__).with_name("hand.js")
    still = traitlets.Unicode().tag(sync=True)  # SVG: what stands still in the picture, apart, since it seldom changes
    frame = traitlets.Dict().tag(sync=True)  # `moving`: SVG; `words`: what is shown; nothing while nobody paints frames
    grips = traitlets.List().tag(sync=True)  # `box`: left, top, width, height in pixels; `cursor`


class LiveFigure(ipywidgets.VBox):
    """A figure with controls under it, drawn again whenever one of them changes.

    `update` gets the value of each control by its name, moves the artists of `figure` and returns one sentence or more
    that says what the picture now shows, values included. When it raises ValueError or TypeError, that sentence stands
    under the picture, and the last good picture stays. It must compute before it moves anything.

    Attributes: `figure` (Matplotlib's Figure), `controls` (name → widget), `message` (empty when all is well),
    `alt` (the words for the picture now showing).
    """

    def __init__(self, figure, controls, update, rows=None, grips=()):
        """Draw once, so that a mistake in the first values raises ValueError or TypeError right here."""
        self.figure, self.controls = figure, dict(controls)
        self._update, self._busy, figure.stale = update, False, True
        self._size, self._views = figure.get_size_inches() * 72, set()
        self._grips, self._hand = grips, Hand(grips=[self._place(grip) for grip in grips])
        self._hand.on_msg(self._heard)
        FigureCanvasAgg(figure)
        self._picture = ipywidgets.HTML(layout=ipywidgets.Layout(width="100%", margin="0"))
        self._line = ipywidgets.HTML(layout=ipywidgets.Layout(min_height="24px", margin="0"))
        super().__init__(
            [self._picture, *(rows or self.controls.values()), self._hand, self._line],
            layout=ipywidgets.Layout(max_width=f"{self._size[0]:g}px", padding="4px 0 0 0", overflow="visible"),
        )
        self.add_class("live-figure")
        with DRAWING:
            self._redraw()
        for control in self.controls.values():
            control.observe(self.refresh, names="value")

    def refresh(self, change=None):
        """Draw with the controls' present values, or say under the picture why that cannot be done."""
        with DRAWING:  # a change that comes while another thread draws waits here, so that none is lost
            if self._busy:  # a control that was moved by the update itself
                return
            try:
                self._redraw()
            except (ValueError, TypeError) as trouble:
                self._drawn = {}  # nobody knows what has been moved before the trouble
                self._say(str(trouble))

    def png(self):
        """Return the picture as it stands now as the bytes of a PNG file, at two pixels to a screen pixel."""
        raw, small, words = io.BytesIO(), io.BytesIO(), PngInfo()
        with DRAWING, own_settings():
            self.figure.savefig(raw, format="rgba", dpi=144)
            words.add_itxt("Description", self.alt)
        # A palette makes the file three times smaller; notebooks keep one PNG for each live figure. Chosen in this way
        # it also has the colours of which there is only a line or a word. Every other pixel has them all.
        plain, size = Image.Dither.NONE, tuple((2 * self._size).astype(int).tolist())
        true = Image.frombuffer("RGBA", size, raw.getvalue()).convert("RGB")
        some = true.resize((true.width // 2, true.height // 2), Image.Resampling.NEAREST)
        palette = some.quantize(64, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=plain)
        true.quantize(palette=palette, dither=plain).save(small, "png", optimize=True, pnginfo=words)
        return small.getvalue()

    def _redraw(self):
        reports = set()
        self._busy = True
        try:
            # errstate is this thread's own, so that NumPy's reports reach the message line and nothing else.
            with np.errstate(all="call", under="ignore", call=lambda kind, _: reports.add(kind)):
                alt = self._update(**{name: control.value for name, control in self.controls.items()})
            self._settle(resting=not self._views)
        finally:
            self._busy = False
        self._show(alt)
        kinds = " and ".join(sorted(reports))
        self._say(f"NumPy reports {kinds} inside the function, in this range of inputs." if reports else "")

    def _settle(self, resting):
        for control in self.controls.values():
            if hasattr(control, "settle"):
                control.settle(resting)

    def _show(self, alt):
        """Send a frame to the script where it runs, and a whole picture otherwise."""
        if self.figure.stale:
            self._renderer, self._drawn = SvgRenderer(*self._size, f"f{self.model_id}"), {}
            self._draw_still(self._renderer)
            self._still = "".join(self._renderer.elements)
        moving = []
        for axes in self.figure.axes:
            for artist in sorted(axes.get_children(), key=lambda child: child.zorder):
                if artist.get_animated():
                    if artist.stale or artist not in self._drawn:  # most marks stay as they are while one slider moves
                        self._drawn[artist] = self._renderer.drawn(artist)
                    moving.append(self._drawn[artist])
        moving, self.alt = self._renderer.definitions() + "".join(moving), alt
        still, frame = (self._still, {"moving": moving, "words": alt}) if self._views else ("", {})
        with self._hand.hold_sync():  # both in one message: a moving part belongs to what stands still
            self._hand.still, self._hand.frame = still, frame
        if not self._views:
            self._picture.value = document(self._still, *self._size, alt, moving)

    def _place(self, grip):
        """Return a grip's box on the picture, as the script wants it."""
        (left, bottom), (right, top) = self.figure.transSubfigure.transform(grip.axes.get_position())
        return {"box": [left, self._size[1] - top, right - left, top - bottom], "cursor": grip.cursor}

    def _heard(self, _, message, buffers):
        """Note that a view has come, gone or come to rest, or set controls to where the pointer is, and answer then."""
        view = message["view"]
        if "rests" in message:
            with DRAWING:
                self._settle(resting=True)
            return
        if "here" in message:
            (self._views.add if message["here"] else self._views.discard)(view)
            return
        grip, (x, y) = self._grips[message["grip"]], message["to"]
        with DRAWING:
            point = grip.axes.transData.inverted().transform((x, self._size[1] - y)).tolist()
            if message["pressed"]:
                self._grabbed = grip.press(*point)
            for name, value in (self._grabbed(*point) if self._grabbed else {}).items():
                control = self.controls[name]
                steps = round((value - control.min) / control.step)
                control.value = round(min(max(control.min + steps * control.step, control.min), control.max), 9)
        self._hand.send({"view": view})

    def _draw_still(self, renderer):
        """Draw what does not move."""
        images = [image for axes in self.figure.axes for image in axes.images]
        shown = [image for image in images if image.get_animated() and image.get_visible()]
        for image in shown:  # Matplotlib 3.8 draws images with the axes, animated or not
            image.set_visible(False)
        self.figure.draw(renderer)
        for image in shown:
            image.set_visible(True)

    def _say(self, sentence):
        self.message = sentence
        words = f'<div role="status" style="color:#A33B00;line-height:1.4">{html.escape(sentence)}</div>'
        self._line.value = words if sentence else ""

    def _repr_mimebundle_(self, **options):
        width, height = map(int, self._size)
        data = super()._repr_mimebundle_(**options)
        with DRAWING:
            alt, png = self.alt, self.png()
        data |= {"text/plain": alt, "image/png": base64.b64encode(png).decode()}
        return data, {"image/png": {"width": width, "height": height, "alt": alt}}
