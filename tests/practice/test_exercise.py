"""Exercises have numbers that are pleasant to calculate with and hide no mistake, the same for a seed."""

import numpy as np
import pytest

from nnviz.engine.plan import Shape
from nnviz.practice.exercise import exercise
from tests.practice.shapes import ALL, TWO_TWO_ONE, shape


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: "-".join(map(str, kind.sizes)) + kind.activations[-1])
@pytest.mark.parametrize("seed", [1, 2])
def test_numbers_are_pleasant(kind: Shape, seed: int) -> None:
    drawn = exercise(kind, seed)
    assert drawn.network.shape == kind
    numbers: list[float] = [*drawn.inputs.ravel(), *(v for layer in drawn.network.layers for v in layer.matrix.ravel())]
    numbers += [bias for layer in drawn.network.layers if layer.vector is not None for bias in layer.vector]
    sizes = [round(100 * abs(number), 9) for number in numbers]
    assert all(size == round(size) and 10 <= size <= 95 for size in sizes)
    assert len(set(sizes)) == len(sizes)
    assert not {2 * size for size in sizes} & set(sizes)
    assert 0.3 <= drawn.learning_rate <= 0.7
    assert drawn.learning_rate != 0.5
    values, q = drawn.iteration.values, drawn.iteration.plan.quantities
    assert all(0.2 <= abs(float(values[z.id])) <= 2 for row in q.sums[1:] for z in row)
    outputs = np.array([values[a.id] for a in q.neurons[-1]])
    assert (np.abs(outputs - drawn.targets) >= 0.15).all()


def test_a_seed_has_its_numbers() -> None:
    first, again, other = (exercise(TWO_TWO_ONE, seed) for seed in (5, 5, 6))
    assert (first.network.layers[0].matrix == again.network.layers[0].matrix).all()
    assert (first.network.layers[0].matrix != other.network.layers[0].matrix).any()


def test_a_shape_that_is_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match="No numbers to practise with"):
        exercise(shape((8, 8, 8, 4), "tanh", "tanh", "tanh"), 1)
