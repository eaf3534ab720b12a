"""The presets: a network, its data and its settings, with a name and a source."""

from dataclasses import dataclass

from nnviz.engine.network import Layer, Network


@dataclass(frozen=True, eq=False)
class Preset:
    """What a lesson starts with: a network, one sample for it, and a learning rate."""

    name: str
    source: str
    network: Network
    inputs: tuple[float, ...]
    targets: tuple[float, ...]
    learning_rate: float


TWO_TWO_ONE = Preset(
    name="2-2-1",
    source="Backpropagation Step by Step (seeds/001)",
    network=Network([Layer([[0.11, 0.21], [0.12, 0.08]]), Layer([[0.14, 0.15]])]),
    inputs=(2.0, 3.0),
    targets=(1.0,),
    learning_rate=0.05,
)
