"""A Matplotlib renderer that writes lean SVG: real text, no metadata, no settings read while it draws.

Matplotlib's own SVG backend reads `rcParams` in every frame and gives new ids to equal pictures; a slider's callback
needs neither. What takes Matplotlib most of a frame is to find out how large words will be, which a browser with
another font does not need: here words and the axes of a Page go into the picture without it.
"""

import base64
import html
import io

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex
from matplotlib.image import AxesImage
from matplotlib.path import Path
from matplotlib.spines import Spine
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from PIL import Image

FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
_LETTER = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "Z"}
# How far below its point a text's baseline lies, in parts of its size.
_BELOW = {"baseline": 0, "bottom": -0.24, "top": 0.76, "center": 0.26, "center_baseline": 0.38}


class SvgRenderer(RendererBase):
    """Collects the SVG elements of what is drawn on it; `name` keeps the ids of several figures on a page apart."""

    def __init__(self, width, height, name):
        super().__init__()
        self.width, self.height = width, height
        self._name = name
        self._flip = Affine2D().scale(1, -1).translate(0, height)
        self.clips = {}
        self.elements = []

    def definitions(self):
        """Return the rectangles to which elements refer, which cut them off."""
        return "".join(f'<clipPath id="{name}"><rect {box}/></clipPath>' for box, name in self.clips.items())

    def drawn(self, artist):
        """Return the SVG of one artist."""
        self.elements = []
        self.add(artist)
        return "".join(self.elements)

    def add(self, artist):
        """Draw an artist, words of one line and smooth images in a short way."""
        smooth = isinstance(artist, AxesImage) and artist.get_interpolation() == "bilinear"
        if smooth and artist.get_visible() and artist.get_array().ndim == 2:
            self._add_smooth(artist)
            return
        words = artist.get_text() if type(artist) is Text and artist.get_visible() else ""
        if not words or "\n" in words or artist.get_rotation():
            artist.draw(self)
            return
        x, y = artist.get_transform().transform(artist.get_unitless_position())
        gc = self.new_gc()
        gc.set_foreground(artist.get_color())
        gc.set_alpha(artist.get_alpha())
        gc.set_clip_rectangle(artist.clipbox if artist.get_clip_on() else None)
        below = _BELOW[artist.get_verticalalignment()] * artist.get_fontsize()
        self.draw_text(gc, x, self.height - y + below, words, artist.get_fontproperties(), 0, mtext=artist)

    def add_strokes(self, starts, ends, width, colour):
        """Draw straight lines between pairs of points, in pixels from the top left corner, as one path."""
        data = "".join("M{:.6g},{:.6g}L{:.6g},{:.6g}".format(*pair) for pair in np.hstack([starts, ends]))
        if data:
            paint = f'fill="none" stroke="{to_hex(colour)}" stroke-width="{width:g}"'
            self.elements.append(f'<path d="{data}" {paint}/>')

    def get_canvas_width_height(self):
        return self.width, self.height

    def get_image_magnification(self):
        return 2.0  # sharp on screens with two device pixels to a pixel

    def draw_path(self, gc, path, transform, rgbFace=None):
        line = rgbFace is None
        many = line and len(path.vertices) >= 128 and (path.codes is None or (path.codes <= Path.LINETO).all())
        path.simplify_threshold = 1 / 9  # of a pixel; the path got it, when a frame made it, from the reader's rcParams
        clean = path.cleaned(
            transform + self._flip,
            remove_nans=True,
            clip=(-50, -50, self.width + 50, self.height + 50) if line else None,
            simplify=many,
            curves=True,
        )
        data = _path_data(clean)
        if data:
            self.elements.append(f'<path d="{data}"{self._paint(gc, rgbFace)}{self._clip(gc)}/>')

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        places = (trans + self._flip).transform(path.vertices)
        places = places[np.isfinite(places).all(axis=1)]
        look = self._paint(gc, rgbFace) + self._clip(gc) if len(places) else ""
        marker = marker_path.cleaned(marker_trans + Affine2D().scale(1, -1), curves=True)
        for place in places:
            self.elements.append(f'<path d="{_path_data(Path(marker.vertices + place, marker.codes))}"{look}/>')

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        anchor, name = "start", mtext and mtext.get_gid()  # of a text of several lines there is no mtext
        if mtext and angle == 0:
            # The browser's font is another than Matplotlib's: let it align the text, from the point that was asked for.
            x = mtext.get_transform().transform(mtext.get_unitless_position())[0]
            anchor = {"left": "start", "center": "middle", "right": "end"}[mtext.get_horizontalalignment()]
        place = f'x="{x:.1f}" y="{y:.1f}" font-size="{prop.get_size_in_points():.4g}"'
        aligned = "" if anchor == "start" else f' text-anchor="{anchor}"'
        bold = ' font-weight="600"' if prop.get_weight() == "bold" else ""
        turned = f' transform="rotate({-angle:g} {x:.1f} {y:.1f})"' if angle else ""
        named = f' data-name="{html.escape(name)}"' if name else ""
        look = _colour("fill", gc.get_rgb()) + aligned + bold + turned + named + self._clip(gc)
        self.elements.append(f"<text {place}{look}>{html.escape(s)}</text>")

    def draw_image(self, gc, x, y, im, transform=None):
        height, width = (size / self.get_image_magnification() for size in im.shape[:2])
        self._embed(Image.fromarray(im[::-1]), gc, x, y, width, height)

    def _add_smooth(self, image):
        """Draw numbers with the colours of their colormap, interpolated; as a palette they take a tenth of the time."""
        box, colours, magnified = image.get_window_extent(self), image.cmap.N, self.get_image_magnification()
        places = np.asarray(image.norm(image.get_array()) * colours, np.float32)
        for side in (box.height, box.width):
            places = _stretched(places, round(side * magnified)).T
        shades = np.clip(places, 0, colours - 1).astype(np.uint8)
        picture = Image.fromarray(shades[::-1] if image.origin == "lower" else shades, "P")
        picture.putpalette(image.cmap(np.arange(colours), image.get_alpha(), bytes=True).tobytes(), "RGBA")
        gc = self.new_gc()
        gc.set_clip_rectangle(image.clipbox)
        self._embed(picture, gc, box.x0, box.y0, box.width, box.height)

    def _embed(self, picture, gc, x, y, width, height):
        """Put a picture of that many pixels in, with its lower left corner at (x, y)."""
        file = io.BytesIO()
        picture.save(file, "png", compress_level=1)
        place = f'x="{x:.1f}" y="{self.height - y - height:.1f}" width="{width:.1f}" height="{height:.1f}"'
        source = f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
        self.elements.append(f'<image {place} preserveAspectRatio="none" href="{source}"{self._clip(gc)}/>')

    def _paint(self, gc, face):
        fill = ' fill="none"' if face is None else _colour("fill", face)
        width, edge = gc.get_linewidth(), gc.get_rgb()
        if not width or not edge[3]:
            return fill
        _, dashes = gc.get_dashes()
        dashed = "" if dashes is None else f' stroke-dasharray="{" ".join(f"{d:.3g}" for d in dashes)}"'
        cap = ' stroke-linecap="round"' if gc.get_capstyle() == "round" else ""
        join = ' stroke-linejoin="round"' if gc.get_joinstyle() == "round" else ""
        return f'{fill}{_colour("stroke", edge)} stroke-width="{width:.3g}"{dashed}{cap}{join}'

    def _clip(self, gc):
        box = gc.get_clip_rectangle()
        if box is None:
            return ""
        left, bottom, width, height = box.bounds
        rectangle = f'x="{left:.1f}" y="{self.height - bottom - height:.1f}" width="{width:.1f}" height="{height:.1f}"'
        if rectangle not in self.clips:
            self.clips[rectangle] = f"{self._name}-{len(self.clips)}"
        return f' clip-path="url(#{self.clips[rectangle]})"'


class SvgAxes(Axes):
    """Axes that go into an SVG picture without Matplotlib's layout of their ticks; drawn elsewhere they are as any."""

    def draw(self, renderer):
        if not isinstance(renderer, SvgRenderer):
            super().draw(renderer)
            return
        for artist in sorted(self.get_children(), key=lambda child: child.zorder):
            framing = isinstance(artist, (Axis, Spine))
            if artist.get_animated() or artist is self.patch or (framing and not self.axison):
                continue
            if not isinstance(artist, Axis):
                renderer.add(artist)
                continue
            places = artist.get_majorticklocs()
            words = artist.major.formatter.format_ticks(places)
            if artist.major.formatter.get_offset():  # what is written once for all numbers, such as 1e7; seldom any
                renderer.add(artist)
            else:
                _add_ticks(renderer, artist, places, np.array(words))
        self.stale = False


# The sides of each axis, bottom and top or left and right: at which end of the other axis a side lies, which way leads
# outwards (in pixels), how far below its point a number's baseline lies (in parts of its size), and how it is aligned.
_SIDES = {
    "x": ((0, (0, 1), 0.76, "middle"), (1, (0, -1), -0.24, "middle")),
    "y": ((0, (-1, 0), 0.38, "end"), (1, (1, 0), 0.38, "start")),
}


def _add_ticks(renderer, axis, places, words):
    """Write the grid, the ticks and the numbers of an axis, the `words` at their `places`."""
    # Asked of a tick: get_tick_params calls the sides of an x axis left and right before Matplotlib 3.9.
    look = axis.get_major_ticks(1)[0]
    sides = ((look.tick1line, look.label1), (look.tick2line, look.label2))
    low, high = sorted(axis.get_view_interval())
    seen = np.abs(places - (low + high) / 2) <= (0.5 + 1e-9) * (high - low)
    to_pixels = axis.axes.get_xaxis_transform() if axis.axis_name == "x" else axis.axes.get_yaxis_transform()
    order = 1 if axis.axis_name == "x" else -1
    points = np.reshape([[(place, end)[::order] for place in places[seen]] for end in (0, 1)], (-1, 2))
    ends = np.abs(to_pixels.transform(points) - (0, renderer.height)).reshape(2, -1, 2)
    if look.gridline.get_visible():
        renderer.add_strokes(*ends, look.gridline.get_linewidth(), look.gridline.get_color())
    length, size, colour = look.get_tick_padding(), look.label1.get_fontsize(), to_hex(look.label1.get_color())
    for (stroke, label), (end, outwards, below, anchor) in zip(sides, _SIDES[axis.axis_name], strict=True):
        if stroke.get_visible() and length:
            tips = ends[end] + np.multiply(outwards, length)
            renderer.add_strokes(ends[end], tips, look.tick1line.get_markeredgewidth(), look.tick1line.get_color())
        if label.get_visible():
            points = ends[end] + np.multiply(outwards, length + look.get_pad()) + (0, below * size)
            paint = f'text-anchor="{anchor}" font-size="{size:g}" fill="{colour}"'
            for (x, y), text in zip(points, words[seen], strict=True):
                renderer.elements.append(f'<text x="{x:.1f}" y="{y:.1f}" {paint}>{html.escape(text)}</text>')


def document(still, width, height, description, moving=""):
    """Return one SVG picture, announced by screen readers as `description`."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="{html.escape(description)}" style="display:block;width:100%;max-width:{width:g}px;height:auto;'
        f'background:#fff;touch-action:pan-y" font-family="{FONTS}" fill="none">'
        f'<g class="still">{"".join(still)}</g><g class="moving">{moving}</g></svg>'
    )


def _stretched(values, count):
    """Return `count` rows, interpolated between the given ones, each of which stands in the middle of its share."""
    places = np.clip((np.arange(count) + 0.5) * len(values) / count - 0.5, 0, len(values) - 1)
    below = places.astype(int)
    share = np.float32(places - below)[:, np.newaxis]
    start, end = values[below], values[np.minimum(below + 1, len(values) - 1)]
    return start + share * (end - start)


def _path_data(path):
    """Return a cleaned path, which ends with a mark of its own, as the text of an SVG path's `d`."""
    words, previous = [], None
    for (x, y), code in zip(path.vertices[:-1].round(2).tolist(), path.codes[:-1].tolist(), strict=True):
        # A curve has a letter for its first point only; so has a run of lines.
        letter = "" if code == previous != Path.MOVETO else _LETTER[code]
        words.append(letter if code == Path.CLOSEPOLY else f"{letter}{x:g},{y:g}")
        previous = code
    return " ".join(words)


def _colour(kind, colour):
    """Return the attributes of a "fill" or a "stroke" with this colour, (red, green, blue, opacity)."""
    opacity = "" if colour[3] == 1 else f' {kind}-opacity="{colour[3]:.3g}"'
    return f' {kind}="{to_hex(colour)}"{opacity}'
