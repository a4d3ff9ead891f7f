"""Small PNG files: a palette in place of 16 million colours, in which a figure's own colours stay
themselves.
"""

import io

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

COLOURS = 64
OWN = 24  # so many of the colours that most pixels have stay exactly as they are
SAME = 8  # a difference that Pillow does not see


def compressed(pixels, description):
    """Return pixels of shape (rows, columns, 4) as the bytes of a PNG file that holds its
    description.
    """
    picture = Image.fromarray(pixels[..., :3])
    # Notebooks keep a PNG for each live figure; a palette makes it three times smaller. Every other
    # pixel has all the colours, but for mixtures at the edges of lines.
    half = (picture.width // 2, picture.height // 2)
    sample = picture.resize(half, Image.Resampling.NEAREST)
    palette = sample.quantize(
        COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE
    )
    keep_own_colours(palette, sample)
    small = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    words = PngInfo()
    words.add_itxt("Description", description)
    file = io.BytesIO()
    small.save(file, "png", optimize=True, pnginfo=words)
    return file.getvalue()


def keep_own_colours(palette, sample):
    """Put the colours that most pixels of the sample have into its palette, in place of those that
    come near.
    """
    counts = sorted(sample.getcolors(sample.width * sample.height), reverse=True)
    entries = np.array(palette.getpalette()).reshape(-1, 3)
    own = []
    for _, colour in counts[:OWN]:
        # Pillow looks a pixel's colour up to within SAME of it, so that two such entries would be
        # mixed up.
        if any(np.abs(np.subtract(colour, other)).max() <= SAME for other in own):
            continue
        difference = np.abs(entries - colour).max(axis=1)
        taken = [(entries == other).all(axis=1) for other in own]
        difference[np.any(taken, axis=0)] = 256
        entries[difference <= max(SAME, difference.min())] = colour
        own.append(colour)
    palette.putpalette(entries.ravel().tolist())
