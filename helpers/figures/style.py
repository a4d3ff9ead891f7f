"""How every figure looks: colours, sizes and bare axes, in one place."""

import matplotlib.style
from matplotlib.ticker import ScalarFormatter

# Okabe & Ito's colours, which stay apart for colour-blind readers and in grey.
BLUE = "#0072B2"  # the function
VERMILION = "#D55E00"  # everything that is its slope
GREEN = "#009E73"
ORANGE = "#E69F00"
PURPLE = "#CC79A7"
SKY = "#56B4E9"
INK = "#24292F"
SOFT = "#57606A"
GRID = "#E6E8EB"
FLAT = "#A88A44"  # shaded with little opacity, so that grid and axes show through
FLAT_TEXT = "#6E5E36"

_INKS = {
    GREEN: "#00664B",
    ORANGE: "#8A5A00",
    PURPLE: "#8C4A73",
    SKY: "#1F6C99",
    "#808000": "#666600",
    "#2F8F9D": "#1F6F7A",
}

FONT = (
    "DejaVu Sans"  # a name, because Matplotlib looks up "sans-serif" anew in every draw
)
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
    """Return the darker colour of the same hue in which words can be read on white."""
    return _INKS.get(colour, colour)


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
