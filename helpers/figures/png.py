"""Small PNG files: a palette in place of 16 million colours, with a figure's own among them."""

import io

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

COLOURS = 64
COMMON = 24  # so many of the colours that most pixels have stay exactly as they are
SAME = 8  # a difference that Pillow does not see


def compressed(pixels, description, own_colours):
    """Return pixels of shape (rows, columns, 4) as the bytes of a PNG file with its description.

    `own_colours`, each (red, green, blue) from 0 to 255, stay exactly as they are.
    """
    picture = Image.fromarray(pixels[..., :3])
    # Notebooks keep a PNG for each live figure; a palette makes it three times smaller. Every other
    # pixel has all the colours, but for mixtures at the edges of lines.
    half = (picture.width // 2, picture.height // 2)
    sample = picture.resize(half, Image.Resampling.NEAREST)
    palette = sample.quantize(
        COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE
    )
    counts = sorted(sample.getcolors(sample.width * sample.height), reverse=True)
    there = {colour for _, colour in counts}
    common = [colour for _, colour in counts[:COMMON]]
    keep_colours(palette, [*sorted(there.intersection(own_colours)), *common])
    small = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    words = PngInfo()
    words.add_itxt("Description", description)
    file = io.BytesIO()
    small.save(file, "png", optimize=True, pnginfo=words)
    return file.getvalue()


def keep_colours(palette, colours):
    """Put colours into a palette, each in place of those that come near, the first ones before."""
    entries = np.array(palette.getpalette()).reshape(-1, 3)
    kept = []
    for colour in colours:
        # Pillow looks a pixel's colour up to within SAME of it: two such entries would be mixed up.
        if any(np.abs(np.subtract(colour, other)).max() <= SAME for other in kept):
            continue
        difference = np.abs(entries - colour).max(axis=1)
        for other in kept:
            difference[(entries == other).all(axis=1)] = 256
        entries[difference <= max(SAME, difference.min())] = colour
        kept.append(colour)
    palette.putpalette(entries.ravel().tolist())
