"""What one lesson alone needs, a module or a folder for each: its live figures and its exercises.

`lessons/relu.py` belongs to `notebooks/03_relu.ipynb`. No lesson imports another; what two of them use is in helpers.
"""
