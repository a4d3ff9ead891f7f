"""The toolkit of the live figures: page.py says what a figure draws with; start there."""

from helpers.figures.first_start import start_matplotlib

start_matplotlib()
