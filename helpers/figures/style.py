"""How every figure looks: colours, sizes and bare axes, in one place."""

import matplotlib.style
import numpy as np
from matplotlib.colors import to_hex, to_rgb
from matplotlib.ticker import ScalarFormatter

# Okabe & Ito's colours ("Color Universal Design", 2008), of which orange, purple, sky, vermilion
# and green are darker here, so that each line has a contrast of at least 3 on white, and words in
# blue and vermilion one of 4.5. Colour-blind readers tell any two apart as in the original.
BLUE = "#0072B2"  # the function
VERMILION = "#C43B08"  # everything that is its slope
GREEN = "#009C6F"
ORANGE = "#BC8300"
PURPLE = "#B23C93"
SKY = "#0097FF"
INK = "#24292F"
SOFT = "#57606A"
PALE = "#868F99"  # lines beside the subject
GRID = "#E6E8EB"
FLAT_FILL = "#A88A44"  # shaded with little opacity, so that grid and axes show through
FLAT_TEXT = "#6E5E36"
# Contrast as WCAG 2.2 measures it: how bright red, green and blue are, and how bright words may be
# for a contrast of 5 on white, which has 1.
WEIGHTS = (0.2126, 0.7152, 0.0722)
LEGIBLE = 0.16

# A name, because Matplotlib looks up "sans-serif" anew in every draw.
FONT = "DejaVu Sans"
SMALL = {"color": SOFT, "fontsize": 11}  # words beside the subject
# Lines that are not the subject.
THIN = {"color": SOFT, "linewidth": 0.8}
DASHED = {"color": SOFT, "linewidth": 1, "linestyle": (0, (5, 4))}
DOTTED = {"color": SOFT, "linewidth": 1, "linestyle": (0, (1, 2.5))}

STYLE = {
    "figure.dpi": 72,  # a figure's unit is the pixel, at 72 to the inch
    "font.family": FONT,
    "font.size": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": SOFT,
    "axes.linewidth": 0.8,
    "axes.labelcolor": INK,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.major.size": 3,
    "ytick.major.size": 3,
    "text.color": INK,
    "text.parse_math": False,
    "lines.solid_capstyle": "round",
}


def own_settings():
    """Put STYLE in the place of the reader's settings while axes are made or a PNG is drawn."""
    return matplotlib.style.context(["default", STYLE])


class TrueMinus(ScalarFormatter):
    """Numbers at ticks with a true minus sign, whatever `axes.unicode_minus` says when a frame is
    drawn.
    """

    @staticmethod
    def fix_minus(text):
        return text.replace("-", "−")


def ink(colour):
    """Return the colour, or a darker one of the same hue, in which words can be read on white."""
    light = _light(colour)
    light *= LEGIBLE / max(LEGIBLE, light @ WEIGHTS)
    return to_hex(
        np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    )


def ink_on(colour):
    """Return "white" or "black", whichever can be read better on a colour."""
    return "white" if _light(colour) @ WEIGHTS < 0.179 else "black"


def _light(colour):
    """Return how much red, green and blue light a colour of sRGB sends, from 0 to 1."""
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def power_of_ten(exponent):
    """Return 10 to a whole exponent as readers write it: 10⁻⁶."""
    return f"10{str(int(exponent)).translate(_SUPERSCRIPT)}"


def number(value, digits=4):
    """Return `value` as readers write it: 0.1779, −2.5000, 4.54×10⁻⁵."""
    value = float(value)
    if value != 0 and not 1e-3 <= abs(value) < 1e5:
        mantissa, exponent = f"{value:.2e}".split("e")
        text = f"{mantissa}×{power_of_ten(exponent)}"
    else:
        text = f"{value:z.{digits}f}"  # z: what rounds to 0 has no sign
    return text.replace("-", "−")
