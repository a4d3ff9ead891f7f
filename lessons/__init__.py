"""What single lessons need: for each notebook a module, or a folder, with its live figures and its
exercises.
"""
