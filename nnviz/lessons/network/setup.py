"""All that a person has set: a network, its samples, its start, and how they want to be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nnviz.algebra.arrays import Array
from nnviz.diagram.pictures import NETWORK, PictureKind
from nnviz.engine.batches import ALL, Batches
from nnviz.engine.constraints import FREE, moved, places_of
from nnviz.engine.initializers import HAND, Initializer, drawn, drawn_biases
from nnviz.engine.manner import PLAIN, Manner
from nnviz.engine.method import PLAIN_METHOD, Method
from nnviz.engine.network import Layer, Network
from nnviz.engine.plan import Shape
from nnviz.engine.split import NO_SPLIT, Split
from nnviz.lessons.network.bias_kinds import MIXED, NO_BIASES, kinds_of, with_kinds
from nnviz.player.parsing import written
from nnviz.presets import PRESETS, Rows

Given = npt.NDArray[np.object_]  # floats, and what is more than a float
MOST_INPUTS, MOST_LAYERS, MOST_NEURONS, MOST_OUTPUTS = 16, 6, 10, 10


class Samples(NamedTuple):
    """Samples as rows: inputs, and their targets."""

    inputs: Rows
    targets: Rows


class OwnTable(NamedTuple):
    """The text of a person's own table, whose first line says what its columns are for.

    The samples are those of the table as soon as it ``is_read``.
    """

    text: str
    is_read: bool = True


@dataclass(frozen=True)
class Setup:
    """All that a person has set.

    ``weights`` and ``biases`` are in the order of their numbers; absent ones are 0, and tied ones what the first of
    them is. ``method`` is how they are updated. ``sample`` is
    the one whose numbers are shown, counted from 0; ``preset`` is the key of the one that all began with. ``picture``
    is what an iteration is drawn as, and ``as_batch`` says that matrices are those of all samples of an iteration, a
    column each. ``table`` is the one that the samples come from, None where they stand for themselves. ``split`` says
    which of the samples are kept apart for a test; ``batches`` are of the others.
    """

    preset: str
    shape: Shape
    weights: tuple[float, ...]
    biases: tuple[float, ...]
    inputs: Rows
    targets: Rows
    rate: float
    start: Initializer
    manner: Manner = PLAIN
    sample: int = 0
    batches: Batches = ALL
    picture: PictureKind = NETWORK
    as_batch: bool = False
    method: Method = PLAIN_METHOD
    table: OwnTable | None = None
    split: Split = NO_SPLIT

    @cached_property
    def parts(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The samples that are trained on, and those of the test, counted from 0."""
        trained, tested = self.split.numbers(len(self.inputs))
        return tuple(trained.tolist()), tuple(tested.tolist())

    @cached_property
    def training(self) -> Samples:
        """The samples that are trained on."""
        return Samples(self.inputs, self.targets) if self.split == NO_SPLIT else self._of(self.parts[0])

    @cached_property
    def test(self) -> Samples:
        """The samples that are kept apart for a test."""
        return self._of(self.parts[1])

    def _of(self, samples: Sequence[int]) -> Samples:
        return Samples(*(tuple(rows[at] for at in samples) for rows in (self.inputs, self.targets)))

    def __post_init__(self) -> None:
        held = self.shape.constraints
        if held == FREE:
            return
        numbers = self.by_name | dict.fromkeys(held.absent, 0.0)
        numbers |= {name: numbers[first] for name, first in held.first_of.items()}
        row = tuple(numbers.values())
        object.__setattr__(self, "weights", row[: len(self.weights)])
        object.__setattr__(self, "biases", row[len(self.weights) :])

    @property
    def by_name(self) -> dict[str, float]:
        """The weights and the biases by their numbered names, all weights first."""
        names = places_of(self.shape.sizes, self.shape.has_biases)
        return dict(zip(names, (*self.weights, *self.biases), strict=True))

    @cached_property
    def network(self) -> Network:
        """The network before the first iteration."""
        shape, held = self.shape, self.shape.constraints
        layers = [
            Layer(weights, biases, activation, negative_slope=slope)
            for weights, biases, activation, slope in zip(
                self.matrices, self.vectors, shape.activations, shape.negative_slopes, strict=True
            )
        ]
        return Network(layers, shape.loss, shape.reduction, held.fixed, held.absent, held.tied)

    @cached_property
    def matrices(self) -> list[Array]:
        """The weights of each layer, (n_out, n_in)."""
        return [part.astype(np.float64) for part in self._given_matrices]

    @cached_property
    def vectors(self) -> list[Array | None]:
        """The biases of each layer, (n_out,), or None."""
        return [None if part is None else part.astype(np.float64) for part in self._given_vectors]

    @property
    def _given_matrices(self) -> "list[Given]":
        """The weights of each layer as they were given, (n_out, n_in): some may be known as fractions."""
        shapes = [(n_out, n_in) for n_in, n_out in pairwise(self.shape.sizes)]
        return [
            part.reshape(shape) for part, shape in zip(_cut(self.weights, map(np.prod, shapes)), shapes, strict=True)
        ]

    @property
    def _given_vectors(self) -> "list[Given | None]":
        """The biases of each layer as they were given, (n_out,), or None."""
        sizes = [n_out if has else 0 for n_out, has in zip(self.shape.sizes[1:], self.shape.has_biases, strict=True)]
        return [part if len(part) else None for part in _cut(self.biases, sizes)]

    @cached_property
    def data_text(self) -> str:
        """All samples as links and files have them: 2,3,1;4,5,0."""
        rows = zip(self.inputs, self.targets, strict=True)
        return ";".join(",".join(map(written, (*x, *y))) for x, y in rows)

    @property
    def ends(self) -> tuple[int, int]:
        """How many inputs and how many targets a sample has."""
        return self.shape.sizes[0], self.shape.sizes[-1]

    @property
    def is_own(self) -> bool:
        """Whether this is no longer the network of the preset."""
        return self.shape != PRESETS[self.preset].network.shape

    @property
    def has_presets_numbers(self) -> bool:
        """Whether the run is that of the preset, however its update is made."""
        return replace(self, manner=PLAIN).run_setup == of_preset(self.preset).run_setup

    @property
    def run_setup(self) -> "Setup":
        """The same with all that makes no difference to the numbers as it is at first."""
        plain = PLAIN.with_mistake(self.manner.mistake)
        begun = replace(self, preset="", start=Initializer(), sample=0)
        return replace(begun, manner=plain, picture=NETWORK, as_batch=False, table=None)

    def with_layers(
        self, kept: Sequence["int | None"], kinds: Sequence[str] | None = None, **changes: object
    ) -> "Setup":
        """Return the setup with another shape; ``kept`` says for each layer which one of the old ones it was.

        ``kinds`` says what the biases of each layer are; as they were, where it does not. Weights and biases stay where
        they were, and what is held or tied of them, as far as there still is such a place; weights and biases that a
        rule has drawn are drawn again, but for fixed ones. New inputs are 1, new targets 0.
        """
        shape = self._shaped(kept, kinds, changes)
        matrices: list[Given] = [matrix.astype(object) for matrix in drawn(shape.sizes, self.start)]
        vectors: list[Given] = [np.zeros(n_out).astype(object) for n_out in shape.sizes[1:]]
        given_matrices, given_vectors, q = self._given_matrices, self._given_vectors, shape.quantities()
        biases_drawn = drawn_biases(shape.sizes, self.start)
        for layer, (old, matrix, vector) in enumerate(zip(kept, matrices, vectors, strict=True)):
            is_fixed = [[weight.id in shape.constraints.fixed for weight in row] for row in q.weights[layer + 1]]
            if old is not None:
                _copy(given_matrices[old], matrix, np.array(is_fixed) | (self.start.rule == HAND))
            if biases_drawn is not None and shape.trains_biases(layer + 1):
                vector[:] = biases_drawn[layer]
            are_fixed = [bias.id in shape.constraints.fixed for bias in q.biases[layer + 1]]
            if old is not None and (biases := given_vectors[old]) is not None:
                _copy(biases, vector, np.array(are_fixed) | (biases_drawn is None))
        return replace(
            self,
            shape=shape,
            weights=tuple(number for matrix in matrices for number in matrix.ravel().tolist()),
            biases=tuple(
                number
                for vector, has in zip(vectors, shape.has_biases, strict=True)
                if has
                for number in vector.tolist()
            ),
            inputs=as_wide(self.inputs, shape.sizes[0], 1.0),
            targets=as_wide(self.targets, shape.sizes[-1], 0.0),
        )

    def _shaped(
        self, kept: Sequence["int | None"], kinds: Sequence[str] | None, changes: Mapping[str, object]
    ) -> Shape:
        """Return another shape, with what is held or tied as far as it is still there."""
        if kinds is None:
            before = kinds_of(self.shape)
            kinds = [MIXED if layer is None else before[layer] for layer in kept]
        has_biases = tuple(kind != NO_BIASES for kind in kinds)
        free = replace(self.shape, constraints=FREE, has_biases=has_biases, **changes)  # type: ignore[arg-type]
        old, new = (places_of(shape.sizes, shape.has_biases) for shape in (self.shape, free))
        return with_kinds(replace(free, constraints=moved(self.shape.constraints, old, new, kept)), kinds)

    def with_start(self, start: Initializer) -> "Setup":
        """Return the setup with weights, and biases, drawn by a rule; those set by hand are what they are."""
        changed = replace(self, start=start)
        return changed if start.rule == HAND else changed.with_layers(range(len(self.matrices)))

    def with_samples(self, inputs: Rows, targets: Rows) -> "Setup":
        """Return the setup with other samples, which stand for themselves."""
        return replace(self, inputs=inputs, targets=targets, table=None).with_split(self.split)

    def with_split(self, split: Split) -> "Setup":
        """Return the setup with other samples kept apart for a test; a single one cannot be."""
        is_none = not split.share or len(self.inputs) == 1
        changed = replace(self, split=NO_SPLIT if is_none else split)
        return changed.showing(self.sample).with_batches(self.batches)

    def showing(self, sample: int) -> "Setup":
        """Return the setup with a sample shown; where there is none such to be trained on, with one near it."""
        trained, _ = self.parts
        return replace(self, sample=next((number for number in trained if number >= sample), trained[-1]))

    def with_batches(self, batches: Batches) -> "Setup":
        """Return the setup with other batches; one that holds all samples is none."""
        is_all = batches.size is None or batches.size >= len(self.training.inputs)
        return replace(self, batches=ALL if is_all else batches)


def of_preset(key: str) -> Setup:
    """Return a preset as it is. Raises KeyError for an unknown one."""
    preset = PRESETS[key]
    layers = preset.network.layers
    return Setup(
        preset=key,
        shape=preset.network.shape,
        weights=tuple(number for layer in layers for number in layer.matrix.ravel().tolist()),
        biases=tuple(number for layer in layers if layer.vector is not None for number in layer.vector.tolist()),
        inputs=preset.inputs,
        targets=preset.targets,
        rate=preset.learning_rate,
        start=preset.start,
        sample=preset.sample,
        batches=preset.batches,
    )


def _cut(numbers: Sequence[float], sizes: "Sequence[int] | map[int]") -> list[Given]:
    """Return the numbers in parts of these sizes."""
    ends = list(accumulate(sizes))
    return np.split(np.array(numbers, dtype=object), ends[:-1])


def _copy(old: Given, new: Given, where: npt.NDArray[np.bool_]) -> None:
    """Copy what has a place in both, where that is wanted of the new one."""
    both = tuple(slice(0, min(sizes)) for sizes in zip(old.shape, new.shape, strict=True))
    new[both] = np.where(where[both], old[both], new[both])


def as_wide(rows: Rows, width: int, filling: float) -> Rows:
    """Return rows of another width, with a filling where they had less."""
    return tuple((row + (filling,) * width)[:width] for row in rows)
