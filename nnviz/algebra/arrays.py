"""The arrays that all numbers are kept in where there are many."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
