"""What 02_tanh needs: gradient descent to two weights, an LSTM's memory cell, and the exercises."""

from lessons.tanh.descent import descent
from lessons.tanh.exercises import check
from lessons.tanh.lstm import lstm

__all__ = ["check", "descent", "lstm"]
