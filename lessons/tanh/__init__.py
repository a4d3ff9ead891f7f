"""02_tanh: gradient descent to two weights, the memory cell of an LSTM, and the exercises."""

from lessons.tanh.descent import descent
from lessons.tanh.exercises import check
from lessons.tanh.lstm import lstm

__all__ = ["check", "descent", "lstm"]
