"""The toolkit of the live figures: page.py says what a figure draws with; start there."""
