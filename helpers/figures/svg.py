"""A Matplotlib renderer that writes lean SVG: real text, no metadata, no settings read while it
draws.

Matplotlib's own SVG backend reads `rcParams` in every frame and gives new ids to equal pictures; a
slider's callback needs neither. What takes Matplotlib most of a frame is to find out how large
words will be, which a browser with another font does not need: here words and axes go into the
picture without it.
"""

import base64
import html
import io
from functools import partial

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex
from matplotlib.image import AxesImage
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from PIL import Image

FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
LETTERS = {
    Path.MOVETO: "M",
    Path.LINETO: "L",
    Path.CURVE3: "Q",
    Path.CURVE4: "C",
    Path.CLOSEPOLY: "Z",
}
# How far below its point a text's baseline lies, in parts of its size.
BASELINES = {
    "baseline": 0,
    "bottom": -0.24,
    "top": 0.76,
    "center": 0.26,
    "center_baseline": 0.38,
}
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
MARGIN = 50  # pixels around the picture beyond which lines are cut off
MANY_POINTS = 128  # from so many on a line is simplified


class SvgRenderer(RendererBase):
    """Collects the SVG elements of what is drawn on it; `name` keeps the ids of several figures
    apart.
    """

    def __init__(self, width, height, name):
        super().__init__()
        self.width = width
        self.height = height
        self.elements = []
        self._name = name
        self._clips = {}
        self._flip = Affine2D().scale(1, -1).translate(0, height)

    def definitions(self):
        """Return the rectangles to which elements refer, which cut them off."""
        clips = self._clips.items()
        return "".join(
            f'<clipPath id="{name}"><rect {box}/></clipPath>' for box, name in clips
        )

    def drawn(self, artist):
        """Return the SVG of one artist."""
        self.elements = []
        self.add(artist)
        return "".join(self.elements)

    def add(self, artist):
        """Draw an artist, words of one line and smooth images in a short way."""
        if isinstance(artist, AxesImage) and artist.get_interpolation() == "bilinear":
            self._add_smooth_image(artist)
        elif (
            type(artist) is Text
            and "\n" not in artist.get_text()
            and not artist.get_rotation()
        ):
            self._add_words(artist)
        else:
            artist.draw(self)

    def _add_words(self, text):
        """Draw a text of one line."""
        if not text.get_text():
            return
        x, y = text.get_transform().transform(text.get_unitless_position())
        baseline = BASELINES[text.get_verticalalignment()] * text.get_fontsize()
        gc = self.new_gc()
        gc.set_foreground(text.get_color())
        gc.set_alpha(text.get_alpha())
        gc.set_clip_rectangle(text.clipbox if text.get_clip_on() else None)
        font = text.get_fontproperties()
        self.draw_text(
            gc, x, self.height - y + baseline, text.get_text(), font, 0, mtext=text
        )

    def add_strokes(self, starts, ends, width, colour):
        """Draw straight lines between pairs of points, in pixels from the top left corner, as one
        path.
        """
        pairs = np.hstack([starts, ends])
        data = "".join("M{:.6g},{:.6g}L{:.6g},{:.6g}".format(*pair) for pair in pairs)
        if data:
            paint = f'fill="none" stroke="{to_hex(colour)}" stroke-width="{width:g}"'
            self.elements.append(f'<path d="{data}" {paint}/>')

    # What Matplotlib asks of a renderer

    def get_canvas_width_height(self):
        return self.width, self.height

    def get_image_magnification(self):
        return 2.0  # sharp on screens with two device pixels to a pixel

    def draw_path(self, gc, path, transform, rgbFace=None):
        is_line = rgbFace is None
        straight = path.codes is None or (path.codes <= Path.LINETO).all()
        # A tenth of a pixel; the path got its own number from the reader's settings.
        path.simplify_threshold = 1 / 9
        edges = (-MARGIN, -MARGIN, self.width + MARGIN, self.height + MARGIN)
        clean = path.cleaned(
            transform + self._flip,
            remove_nans=True,
            clip=edges if is_line else None,
            simplify=is_line and straight and len(path.vertices) >= MANY_POINTS,
            curves=True,
        )
        data = path_data(clean)
        if data:
            look = self._paint(gc, rgbFace) + self._clip(gc)
            self.elements.append(f'<path d="{data}"{look}/>')

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        places = (trans + self._flip).transform(path.vertices)
        places = places[np.isfinite(places).all(axis=1)]
        marker = marker_path.cleaned(
            marker_trans + Affine2D().scale(1, -1), curves=True
        )
        look = self._paint(gc, rgbFace) + self._clip(gc) if len(places) else ""
        for place in places:
            data = path_data(Path(marker.vertices + place, marker.codes))
            self.elements.append(f'<path d="{data}"{look}/>')

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        attributes = [f'font-size="{prop.get_size_in_points():.4g}"']
        if mtext and angle == 0:
            # The browser's font is another than Matplotlib's: it aligns the text, at the point that
            # was asked for.
            x, _ = mtext.get_transform().transform(mtext.get_unitless_position())
            anchor = ANCHORS[mtext.get_horizontalalignment()]
            if anchor != "start":
                attributes.append(f'text-anchor="{anchor}"')
        attributes = [f'x="{x:.1f}" y="{y:.1f}"', *attributes]
        if prop.get_weight() == "bold":
            attributes.append('font-weight="600"')
        if angle:
            attributes.append(f'transform="rotate({-angle:g} {x:.1f} {y:.1f})"')
        if mtext and mtext.get_gid():  # of a text of several lines there is no mtext
            attributes.append(f'data-name="{html.escape(mtext.get_gid())}"')
        look = paint_of("fill", gc.get_rgb()) + self._clip(gc)
        self.elements.append(
            f"<text {' '.join(attributes)}{look}>{html.escape(s)}</text>"
        )

    def draw_image(self, gc, x, y, im, transform=None):
        height, width = np.array(im.shape[:2]) / self.get_image_magnification()
        self._embed(Image.fromarray(im[::-1]), gc, x, y, width, height)

    def _add_smooth_image(self, image):
        """Draw numbers in a colormap's colours, interpolated; as a palette they take a tenth of the
        time.
        """
        box = image.get_window_extent(self)
        colours = image.cmap.N
        magnification = self.get_image_magnification()
        places = np.asarray(image.norm(image.get_array()) * colours, dtype=np.float32)
        places = stretched(places, round(box.height * magnification)).T
        places = stretched(places, round(box.width * magnification)).T
        shades = np.clip(places, 0, colours - 1).astype(np.uint8)
        if image.origin == "lower":
            shades = shades[::-1]
        palette = image.cmap(np.arange(colours), image.get_alpha(), bytes=True)
        picture = Image.fromarray(shades, "P")
        picture.putpalette(palette.tobytes(), "RGBA")
        gc = self.new_gc()
        gc.set_clip_rectangle(image.clipbox)
        self._embed(picture, gc, box.x0, box.y0, box.width, box.height)

    def _embed(self, picture, gc, x, y, width, height):
        """Put a picture in, with its lower left corner at (x, y)."""
        file = io.BytesIO()
        picture.save(file, "png", compress_level=1)
        source = f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
        place = f'x="{x:.1f}" y="{self.height - y - height:.1f}"'
        size = f'width="{width:.1f}" height="{height:.1f}" preserveAspectRatio="none"'
        self.elements.append(f'<image {place} {size} href="{source}"{self._clip(gc)}/>')

    def _paint(self, gc, face):
        """Return the attributes of a shape's fill and stroke."""
        fill = ' fill="none"' if face is None else paint_of("fill", face)
        width = gc.get_linewidth()
        edge = gc.get_rgb()
        if not width or not edge[3]:
            return fill
        attributes = [fill, paint_of("stroke", edge), f' stroke-width="{width:.3g}"']
        _, dashes = gc.get_dashes()
        if dashes is not None:
            lengths = " ".join(f"{length:.3g}" for length in dashes)
            attributes.append(f' stroke-dasharray="{lengths}"')
        if gc.get_capstyle() == "round":
            attributes.append(' stroke-linecap="round"')
        if gc.get_joinstyle() == "round":
            attributes.append(' stroke-linejoin="round"')
        return "".join(attributes)

    def _clip(self, gc):
        """Return the attribute that cuts an element off, and note its rectangle."""
        box = gc.get_clip_rectangle()
        if box is None:
            return ""
        left, bottom, width, height = box.bounds
        top = self.height - bottom - height
        rectangle = (
            f'x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"'
        )
        place = f"{left:.0f}-{top:.0f}-{width:.0f}-{height:.0f}"
        name = self._clips.setdefault(rectangle, f"{self._name}-{place}")
        return f' clip-path="url(#{name})"'


# Axes


def frame_of(axes, renderer):
    """Return the grid, the ticks with their words and the sides of axes as SVG."""
    renderer.elements = []
    if axes.axison:
        add_axis(renderer, axes.xaxis)
        add_axis(renderer, axes.yaxis)
        for spine in axes.spines.values():
            spine.draw(renderer)
    return "".join(renderer.elements)


def add_axis(renderer, axis):
    """Draw the grid, the ticks and the words of an axis."""
    places = axis.get_majorticklocs()
    words = np.array(axis.major.formatter.format_ticks(places))
    # What is written once for all numbers, such as 1e7; seldom any.
    if axis.major.formatter.get_offset():
        axis.draw(renderer)
        return
    low, high = sorted(axis.get_view_interval())
    tolerance = 1e-9 * (high - low)
    seen = (places >= low - tolerance) & (places <= high + tolerance)
    places = places[seen]
    words = words[seen]
    is_x = axis.axis_name == "x"
    # Fractions of the other axis: bottom and top, or left and right.
    ends = (np.zeros_like(places), np.ones_like(places))
    if is_x:
        to_pixels = axis.axes.get_xaxis_transform()
        near, far = (np.column_stack([places, end]) for end in ends)
    else:
        to_pixels = axis.axes.get_yaxis_transform()
        near, far = (np.column_stack([end, places]) for end in ends)
    corner = (0, renderer.height)
    near = np.abs(to_pixels.transform(near) - corner)
    far = np.abs(to_pixels.transform(far) - corner)
    # Asked of a tick: get_tick_params calls the sides of an x axis left and right before Matplotlib
    # 3.9.
    tick = axis.get_major_ticks(1)[0]
    grid = tick.gridline
    if grid.get_visible():
        renderer.add_strokes(near, far, grid.get_linewidth(), grid.get_color())
    draw_side = partial(add_side, renderer, tick, words)
    if is_x:
        draw_side(tick.tick1line, tick.label1, near, (0, 1), "middle", "top")
        draw_side(tick.tick2line, tick.label2, far, (0, -1), "middle", "bottom")
    else:
        draw_side(tick.tick1line, tick.label1, near, (-1, 0), "end", "center_baseline")
        draw_side(tick.tick2line, tick.label2, far, (1, 0), "start", "center_baseline")


def add_side(renderer, tick, words, stroke, label, feet, outwards, anchor, alignment):
    """Draw the ticks and the words on one side of the axes; `feet` are pixels, `outwards` is a
    direction.
    """
    outwards = np.array(outwards)
    length = tick.get_tick_padding()
    if stroke.get_visible() and length:
        tips = feet + length * outwards
        renderer.add_strokes(
            feet, tips, stroke.get_markeredgewidth(), stroke.get_color()
        )
    if not label.get_visible():
        return
    size = label.get_fontsize()
    below = np.array((0, BASELINES[alignment] * size))
    points = feet + (length + tick.get_pad()) * outwards + below
    look = f'text-anchor="{anchor}" font-size="{size:g}" fill="{to_hex(label.get_color())}"'
    for (x, y), text in zip(points, words, strict=True):
        renderer.elements.append(
            f'<text x="{x:.1f}" y="{y:.1f}" {look}>{html.escape(text)}</text>'
        )


# Text of SVG


def document(pieces, width, height, description):
    """Return one SVG picture, with a group for each piece, which screen readers call
    `description`.
    """
    groups = "".join(f"<g>{piece}</g>" for piece in pieces)
    size = f"display:block;width:100%;max-width:{width:g}px;height:auto"
    style = f"{size};background:#fff;touch-action:pan-y"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="{html.escape(description)}" style="{style}" font-family="{FONTS}" '
        f'fill="none">{groups}</svg>'
    )


def path_data(path):
    """Return a cleaned path, which ends with a mark of its own, as the text of an SVG path's
    `d`.
    """
    words = []
    previous = None
    points = path.vertices[:-1].round(2).tolist()
    for (x, y), code in zip(points, path.codes[:-1].tolist(), strict=True):
        # A curve has a letter for its first point only; so has a run of lines.
        repeated = code == previous and code != Path.MOVETO
        letter = "" if repeated else LETTERS[code]
        words.append(letter if code == Path.CLOSEPOLY else f"{letter}{x:g},{y:g}")
        previous = code
    return " ".join(words)


def paint_of(kind, colour):
    """Return the attributes of a "fill" or a "stroke" with this colour, (red, green, blue,
    opacity).
    """
    if colour[3] == 1:
        return f' {kind}="{to_hex(colour)}"'
    return f' {kind}="{to_hex(colour)}" {kind}-opacity="{colour[3]:.3g}"'


def stretched(values, count):
    """Return `count` rows interpolated between the given ones, each of which stands in the middle
    of its share.
    """
    middles = (np.arange(count) + 0.5) * len(values) / count - 0.5
    places = np.clip(middles, 0, len(values) - 1)
    below = places.astype(int)
    above = np.minimum(below + 1, len(values) - 1)
    share = np.float32(places - below)[:, np.newaxis]
    return values[below] + share * (values[above] - values[below])
