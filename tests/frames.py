"""Read what a live figure shows: its SVG as elements, as texts, and drawn again by Agg from the SVG
alone.
"""

import base64
import io
import re
import xml.etree.ElementTree as ET

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import BboxImage
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, IdentityTransform
from PIL import Image

SVG = "{http://www.w3.org/2000/svg}"
_CODES = {
    "M": Path.MOVETO,
    "L": Path.LINETO,
    "Q": Path.CURVE3,
    "C": Path.CURVE4,
    "Z": Path.CLOSEPOLY,
}


def markup(live):
    """Return the SVG that a live figure shows, as the text in its HTML child."""
    values = [str(getattr(child, "value", "")) for child in live.children]
    (picture,) = [value for value in values if "<svg" in value]
    return picture


def root(live):
    """Return the parsed SVG of a live figure; what is no XML raises."""
    return ET.fromstring(markup(live))


def anonymous(svg):
    """Return SVG without the ids that keep the figures of a page apart."""
    return re.sub(r"f[0-9a-f]{32}-", "id-", svg)


def texts(svg):
    """Return the texts of a parsed SVG in the order in which they are drawn."""
    return ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]


def named(live, name):
    """Return the text that the SVG marks with data-name."""
    (text,) = [t for t in root(live).iter(f"{SVG}text") if t.get("data-name") == name]
    return text.text


def painted(figure):
    """Return what Matplotlib's Agg makes of a figure at twice its size, as an array of shape (rows,
    columns, 3).
    """
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=2 * figure.dpi)
    return np.asarray(Image.open(file).convert("RGB")).astype(float)


def repainted(svg):
    """Return what Agg makes of the paths and images of a parsed SVG, in the size and shape of
    `painted`.
    """
    width, height = (float(size) for size in svg.get("viewBox").split()[2:])
    figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="white")
    FigureCanvasAgg(figure)
    inches = Affine2D().scale(1, -1).translate(0, height).scale(1 / 72)
    place = inches + figure.dpi_scale_trans
    clips = {c.get("id"): _box(c[0], height) for c in svg.iter(f"{SVG}clipPath")}
    for number, element in enumerate(svg.iter()):
        if element.tag == f"{SVG}path":
            artist = _patch(element, place)
        elif element.tag == f"{SVG}image":
            artist = _image(element, figure)
        else:
            continue
        artist.set_zorder(number)
        figure.add_artist(artist)
        artist.set_clip_path(None)
        clip = re.fullmatch(r"url\(#(.+)\)", element.get("clip-path", ""))
        if clip:
            artist.set_clip_box(Bbox(clips[clip[1]] * 2))
    return painted(figure)


def path_of(element):
    """Return the Path that the `d` of an SVG path describes, y still pointing down."""
    vertices = []
    codes = []
    for letter, numbers in re.findall(r"([MLQCZ])([^MLQCZ]*)", element.get("d")):
        numbers = re.findall(r"-?[\d.]+(?:e[+-]?\d+)?", numbers) or ["0", "0"]
        points = np.reshape(np.float64(numbers), (-1, 2))
        vertices.extend(points.tolist())
        codes.extend([_CODES[letter]] * len(points))
    return Path(vertices, codes)


def pixels_of(element):
    """Return the pixels of an SVG image as an array."""
    data = element.get("href").removeprefix("data:image/png;base64,")
    image = Image.open(io.BytesIO(base64.b64decode(data)))
    return np.asarray(image.convert("RGBA"))  # some have a palette


def place_of(element):
    """Return [x, y, width, height] of an SVG rect or image, y pointing down."""
    return [float(element.get(side)) for side in ("x", "y", "width", "height")]


def _box(element, height):
    """Return ((left, bottom), (right, top)) of an SVG rect or image as an array, y pointing up."""
    x, y, width, tall = place_of(element)
    return np.array([[x, height - y - tall], [x + width, height - y]])


def _colour(element, kind):
    """Return the colour and the opacity of an SVG path's fill or stroke."""
    name = element.get(kind, "none")
    if name == "none":
        return name
    return name, float(element.get(f"{kind}-opacity", 1))


def _patch(element, place):
    dashes = element.get("stroke-dasharray")
    path = path_of(element)
    patch = PathPatch(path, transform=place)
    patch.set_linewidth(float(element.get("stroke-width", 0)))
    patch.set_facecolor(_colour(element, "fill"))
    patch.set_edgecolor(_colour(element, "stroke"))
    # Agg would round strokes away that are little more than their round ends; no browser does.
    strokes = np.abs(np.diff(path.vertices, axis=0)[::2])
    if strokes.max(initial=0) < 0.5:
        patch.set_snap(False)
    patch.set_capstyle(element.get("stroke-linecap", "butt"))
    patch.set_joinstyle(element.get("stroke-linejoin", "miter"))
    if dashes:
        width = patch.get_linewidth() or 1
        patch.set_linestyle((0, [float(dash) / width for dash in dashes.split()]))
    return patch


def _image(element, figure):
    box = _box(element, figure.get_size_inches()[1] * 72)
    image = BboxImage(
        lambda renderer: Bbox(box * figure.dpi / 72),
        interpolation="nearest",
        origin="upper",
    )
    image.set_data(pixels_of(element))
    image.set_transform(IdentityTransform())
    return image
