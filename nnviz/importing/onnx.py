"""Files of ONNX: a graph of operations, read as far as it is a chain of fully connected layers and activations.

The numbers of fields are those of the messages in onnx.proto, which is part of ONNX’s specification.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.importing.model import MOST_PARAMETERS, Chain, Model, UnknownLayerError
from nnviz.importing.protobuf import Message, read
from nnviz.importing.safetensors import numbers
from nnviz.text import say

GRAPH = 7  # of a model
NODES, INITIALIZERS, INPUTS, OUTPUTS = 1, 5, 11, 12  # of a graph
NODE_INPUTS, NODE_OUTPUTS, NODE_NAME, OPERATION, ATTRIBUTES = 1, 2, 3, 4, 5
ATTRIBUTE_NAME, ATTRIBUTE_FLOAT, ATTRIBUTE_WHOLE, ATTRIBUTE_TEXT, ATTRIBUTE_TENSOR = 1, 2, 3, 4, 5
DIMENSIONS, TYPE, FLOATS, TENSOR_NAME, RAW, DOUBLES, ELSEWHERE = 1, 2, 4, 8, 9, 10, 14  # of a tensor
VALUE_NAME = 1
DOUBLE = 11
TYPES = {1: "F32", 10: "F16", DOUBLE: "F64", 16: "BF16"}
ACTIVATIONS = {"Relu", "Sigmoid", "Tanh", "Softmax", "LogSoftmax", "LeakyRelu", "Elu", "Softplus", "Gelu"}
PASSED = {"Identity", "Flatten", "Dropout"}
USUAL_LEAK = 0.01


def model_of(content: bytes) -> Model:
    """Return the layers in a file. Raises ValueError where it is damaged, or a node cannot be shown."""
    graphs = read(content).messages(GRAPH)
    if not graphs:
        raise ValueError(say("import.unknown"))
    return _Reader(graphs[0]).model()


@dataclass(frozen=True)
class _Node:
    operation: str
    where: str
    inputs: tuple[str, ...]
    output: str
    attributes: Mapping[str, Message]

    def whole(self, name: str, usual: int) -> int:
        return self.attributes[name].whole(ATTRIBUTE_WHOLE) if name in self.attributes else usual

    def number(self, name: str, usual: float) -> float:
        if name not in self.attributes:
            return usual
        return float(np.frombuffer(self.attributes[name].content(ATTRIBUTE_FLOAT) or bytes(4), "<f4")[0])


class _Reader:
    """Follows a graph from its input to its output."""

    def __init__(self, graph: Message) -> None:
        self.constants = {tensor.text(TENSOR_NAME): tensor for tensor in graph.messages(INITIALIZERS)}
        nodes = [_node(message, number) for number, message in enumerate(graph.messages(NODES), start=1)]
        for node in nodes:
            if node.operation == "Constant" and "value" in node.attributes:
                self.constants[node.output] = read(node.attributes["value"].content(ATTRIBUTE_TENSOR))
        self.nodes = [node for node in nodes if node.operation != "Constant"]
        self.turned: set[str] = set()
        self.inputs = [value.text(VALUE_NAME) for value in graph.messages(INPUTS)]
        self.outputs = [value.text(VALUE_NAME) for value in graph.messages(OUTPUTS)]
        self.chain = Chain()
        self.pending: tuple[str, Array] | None = None  # a product whose biases may follow

    def model(self) -> Model:
        inputs = [name for name in self.inputs if name not in self.constants]
        if len(inputs) != 1 or len(self.outputs) != 1:
            raise ValueError(say("import.onnx_ends", inputs=len(inputs), outputs=len(self.outputs)))
        [at] = inputs
        for node in self.nodes:
            if node.operation == "Transpose" and node.inputs[0] in self.constants:
                self._turn(node)
                continue
            if at not in node.inputs:
                raise ValueError(say("import.onnx_chain", where=node.where))
            self._follow(node, at)
            at = node.output
        if at != self.outputs[0]:
            raise ValueError(say("import.onnx_chain", where=self.outputs[0]))
        self._end_product(None)
        return self.chain.model()

    def _follow(self, node: _Node, at: str) -> None:
        """Add what a node does to what is before it. Raises UnknownLayerError where it cannot be shown."""
        if node.operation == "Add":
            self._sum(node, at)
            return
        self._end_product(None)
        if node.operation == "Gemm":
            self._gemm(node, at)
        elif node.operation == "MatMul":
            self._product(node, at)
        elif node.operation in ACTIVATIONS:
            self._activation(node)
        elif node.operation not in PASSED:
            raise UnknownLayerError(node.where, node.operation)

    def _turn(self, node: _Node) -> None:
        """Take note of a constant that is transposed."""
        self.constants[node.output] = self.constants[node.inputs[0]]
        if node.inputs[0] not in self.turned:
            self.turned.add(node.output)

    def _constant(self, node: _Node, place: int) -> Array:
        """Return the constant that an operation has at a place. Raises ValueError where there is none."""
        name = node.inputs[place]
        if name not in self.constants:
            raise ValueError(say("import.onnx_chain", where=node.where))
        array = _array(name, self.constants[name])
        return array.T if name in self.turned else array

    def _end_product(self, biases: Array | None) -> None:
        """Add the layer of a product, with its biases where it has any."""
        if self.pending is not None:
            where, weights = self.pending
            self.chain.dense(where, weights, biases)
            self.pending = None

    def _gemm(self, node: _Node, at: str) -> None:
        if node.inputs[0] != at or node.whole("transA", 0):
            raise UnknownLayerError(node.where, node.operation)
        weights = self._constant(node, 1) * node.number("alpha", 1.0)
        biases = None
        if len(node.inputs) > 2 and node.inputs[2]:
            biases = self._biases(node, 2, len(weights) if node.whole("transB", 0) else weights.shape[1])
            biases = biases * node.number("beta", 1.0)
        self.chain.dense(node.where, weights if node.whole("transB", 0) else weights.T, biases)

    def _product(self, node: _Node, at: str) -> None:
        if node.inputs[0] != at:
            raise UnknownLayerError(node.where, node.operation)
        self.pending = node.where, self._constant(node, 1).T

    def _sum(self, node: _Node, at: str) -> None:
        if self.pending is None:
            raise UnknownLayerError(node.where, node.operation)
        place = 1 if node.inputs[0] == at else 0
        self._end_product(self._biases(node, place, len(self.pending[1])))

    def _biases(self, node: _Node, place: int, count: int) -> Array:
        """Return the biases at a place, one for each neuron. Raises ValueError where they are not as many."""
        found = self._constant(node, place).reshape(-1)
        return np.repeat(found, count) if len(found) == 1 else found

    def _activation(self, node: _Node) -> None:
        is_tangent = node.operation == "Gelu" and "approximate" in node.attributes
        if is_tangent and node.attributes["approximate"].text(ATTRIBUTE_TEXT) != "none":
            raise UnknownLayerError(node.where, "Gelu(approximate)")
        if node.operation == "Elu" and node.number("alpha", 1.0) != 1.0:
            raise UnknownLayerError(node.where, "Elu(alpha)")
        leak = node.number("alpha", USUAL_LEAK) if node.operation == "LeakyRelu" else None
        self.chain.activation(node.where, node.operation, None if leak is None else float(f"{leak:.7g}"))


def _node(message: Message, number: int) -> _Node:
    operation, name = message.text(OPERATION), message.text(NODE_NAME)
    attributes = {found.text(ATTRIBUTE_NAME): found for found in message.messages(ATTRIBUTES)}
    outputs = message.texts(NODE_OUTPUTS)
    if not outputs:
        raise ValueError(say("import.unknown"))
    return _Node(
        operation,
        f"{name or say('import.node', number=number)} ({operation})",
        tuple(message.texts(NODE_INPUTS)),
        outputs[0],
        attributes,
    )


def _array(name: str, tensor: Message) -> Array:
    """Return a tensor's numbers. Raises ValueError where they are of a type that is not shown, or not all there."""
    kind, shape = tensor.whole(TYPE), tensor.wholes(DIMENSIONS)
    if kind not in TYPES or tensor.whole(ELSEWHERE):
        raise ValueError(say("import.type", name=name, given=kind, allowed="float, double, float16, bfloat16"))
    if not all(0 <= side <= MOST_PARAMETERS for side in shape):
        raise ValueError(say("import.array_size", name=name, shape=tuple(shape)))
    raw = tensor.content(RAW)
    data, of = (raw, TYPES[kind]) if raw else (b"".join(tensor.contents(FLOATS)), "F32")
    if kind == DOUBLE and not raw:
        data, of = b"".join(tensor.contents(DOUBLES)), "F64"
    try:
        return numbers(data, of, shape)
    except ValueError as error:
        raise ValueError(say("import.array_size", name=name, shape=tuple(shape))) from error
