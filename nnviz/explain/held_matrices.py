"""What is held or tied, in matrices: a mask M of what is trained, and sums over what is one and the same."""

from collections.abc import Callable

from nnviz.algebra.quantities import Place
from nnviz.engine.constraints import places_of
from nnviz.engine.plan import Shape
from nnviz.explain.matrix_equations import Combined, Constant, Enclosed, Side, Tied


def held_and_tied(
    shape: Shape, layer: int, part: str, as_columns: bool, side: Callable[[int], Side], name: str
) -> Side:
    """Return the gradients of the weights or the biases of a layer, counted from 1, as far as an update follows them.

    ``side`` gives those of each place by itself, in the matrix of a layer: (n_out, n_in), or transposed where neurons
    are rows. ``name`` is that of the mask.
    """
    own = _masked(shape, layer, part, as_columns, side(layer), name)
    of_part = (tie for _, tie in shape.trained_ties if tie[0].part == part)
    ties = [tie for tie in of_part if any(place.layer == layer for place in tie)]
    if not ties:
        return own
    others = sorted({place.layer for tie in ties for place in tie} - {layer})
    number = {layer: 0} | {other: at for at, other in enumerate(others, start=1)}
    groups = tuple(tuple((number[p.layer], *_cell(p, as_columns)) for p in tie) for tie in ties)
    return Tied((own, *map(side, others)), groups)


def mask_of(shape: Shape, layer: int, part: str, as_columns: bool, name: str) -> Constant | None:
    """Return the mask of the weights or the biases of a layer, 1 where they are trained; None where all of them are."""
    places = places_of(shape.sizes, shape.has_biases)
    own = {name: place for name, place in places.items() if place.part == part and place.layer == layer}
    held = shape.constraints.held
    if not held.intersection(own):
        return None
    cells = {_cell(place, as_columns): int(name not in held) for name, place in own.items()}
    n_rows, n_columns = (1 + max(numbers) for numbers in zip(*cells, strict=True))
    rows = tuple(tuple(cells[row, column] for column in range(n_columns)) for row in range(n_rows))
    written = "".join(f"<mtr>{''.join(f'<mtd><mn>{number}</mn></mtd>' for number in row)}</mtr>" for row in rows)
    return Constant(name, f"<mrow><mo>[</mo><mtable>{written}</mtable><mo>]</mo></mrow>", rows)


def _masked(shape: Shape, layer: int, part: str, as_columns: bool, inner: Side, name: str) -> Side:
    mask = mask_of(shape, layer, part, as_columns, name)
    if mask is None:
        return inner
    return Combined("⊙", mask, Enclosed(inner) if isinstance(inner, Combined) else inner)


def _cell(place: Place, as_columns: bool) -> tuple[int, int]:
    """Return the row and the column of a place in the matrix of its layer."""
    return (place.unit, place.source) if as_columns else (place.source, place.unit)
