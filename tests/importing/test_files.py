"""Files that other libraries have written: the same outputs and gradients; and what is wrong with a file in words."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.importing.files import model_in
from nnviz.importing.safetensors import written
from tests.importing import protobuf as onnx
from tests.parameters import bits

pytestmark = pytest.mark.each_case

FILES = Path(__file__).parent / "files"
EXPECTED: dict[str, Any] = json.loads((FILES / "expected.json").read_text())
X, Y = np.array(EXPECTED["inputs"]), np.array(EXPECTED["targets"])
PRECISIONS = {"float16.safetensors": 1e-3, "bfloat16.safetensors": 1e-2}
W, B = [[0.5, -0.25], [1.5, 2.0], [-1.0, 0.125]], [0.25, -0.5, 1.0]


@pytest.fixture
def path(tmp_path: Path) -> Callable[[bytes], Path]:
    def file(content: bytes) -> Path:
        (tmp_path / "file").write_bytes(content)
        return tmp_path / "file"

    return file


# What other libraries have written


@pytest.mark.parametrize("name", EXPECTED["files"])
def test_a_file_has_the_outputs_and_gradients_of_its_library(name: str) -> None:
    facts = EXPECTED["files"][name]
    network = nnviz.from_file(FILES / name, activations=facts.get("activations"))
    close = PRECISIONS.get(name, 1e-6)
    np.testing.assert_allclose(nnviz.predict(network, X), facts["outputs"], rtol=close, atol=close)
    found = [array for pair in nnviz.gradients(network, X, Y) for array in pair if array is not None]
    for array, expected in zip(found, facts.get("gradients", found), strict=True):
        np.testing.assert_allclose(array, expected, rtol=10 * close, atol=close)


def test_every_stored_file_is_read() -> None:
    assert {file.name for file in FILES.iterdir()} == {*EXPECTED["files"], "expected.json"}


def test_a_file_that_does_not_say_its_activations_asks_for_them() -> None:
    with pytest.raises(
        ValueError, match=r"does not say the activations. Say them, one for each of its layers, 3 in all"
    ):
        nnviz.from_file(FILES / "float32.safetensors")
    with pytest.raises(ValueError, match="activations: there must be a list of 3"):
        nnviz.from_file(FILES / "float32.safetensors", activations=["tanh"])
    with pytest.raises(ValueError, match="activation: allowed are"):
        nnviz.from_file(FILES / "float32.safetensors", activations=["tanh", "swish", "sigmoid"])


def test_the_loss_is_chosen_or_the_one_that_goes_with_the_last_activation() -> None:
    assert nnviz.from_file(FILES / "torch.onnx").loss == "binary_cross_entropy"
    assert nnviz.from_file(FILES / "torch.onnx", loss="mean_squared_error").loss == "mean_squared_error"
    assert nnviz.from_file(FILES / "state.json", ["relu", "relu", "identity"]).loss == "mean_squared_error"


# Safetensors


def test_safetensors_are_read_to_the_last_bit_in_the_order_that_fits(path: Callable[[bytes], Path]) -> None:
    random = np.random.default_rng(5)
    second, first = random.normal(size=(1, 3)), random.normal(size=(3, 2))
    content = written({"a.weight": second, "b.weight": first, "b.bias": random.normal(size=3)})
    network = nnviz.from_file(path(content), activations=["tanh", "identity"])
    assert network.sizes == (2, 3, 1)
    assert bits(network)[0] == first.ravel().tolist()


def test_kernels_have_the_inputs_first(path: Callable[[bytes], Path]) -> None:
    content = written({"dense/kernel": np.array(W).T, "dense/bias": np.array(B)})
    [layer] = nnviz.from_file(path(content), activations=["identity"]).layers
    np.testing.assert_array_equal(layer.weights, W)


def test_layers_that_fit_in_no_order_or_in_two_are_refused(path: Callable[[bytes], Path]) -> None:
    for shapes in ([(1, 2), (3, 4)], [(2, 3), (3, 3), (3, 3), (3, 2)]):
        arrays = {f"{name}.weight": np.ones(shape) for name, shape in zip("abcd", shapes, strict=False)}
        content = written(arrays | {"d.bias": np.ones(3)} if len(shapes) == 4 else arrays)
        with pytest.raises(ValueError, match=r"do not fit each other in one order alone: a \("):
            nnviz.from_file(path(content))


def header(entries: Any, data: bytes = b"") -> bytes:
    text = json.dumps(entries).encode()
    return len(text).to_bytes(8, "little") + text + data


def entry(dtype: str, shape: Any, end: int) -> Any:
    return {"fc.weight": {"dtype": dtype, "shape": shape, "data_offsets": [0, end]}}


# ONNX


def chain(*nodes: bytes, tensors: tuple[bytes, ...] = ()) -> nnviz.Network:
    found = model_in(onnx.model(nodes, [onnx.tensor("W", W), onnx.tensor("B", B), *tensors]))
    return found.network


@pytest.mark.parametrize("raw", [True, False])
@pytest.mark.parametrize("kind", [1, 11])
def test_onnx_has_gemm_with_its_settings(raw: bool, kind: int) -> None:
    nodes = [
        onnx.node(
            "Gemm", ["x", "W", "B"], "y", onnx.whole("transB", 1), onnx.number("alpha", 2.0), onnx.number("beta", 0.5)
        )
    ]
    tensors = [onnx.tensor("W", W, kind, raw=raw), onnx.tensor("B", B, kind, raw=raw)]
    [layer] = model_in(onnx.model(nodes, tensors)).network.layers
    np.testing.assert_array_equal(layer.weights, 2 * np.array(W))
    np.testing.assert_array_equal(layer.vector, 0.5 * np.array(B))


def test_onnx_has_gemm_with_the_inputs_first() -> None:
    [layer] = chain(onnx.node("Gemm", ["x", "T", "B"], "y"), tensors=(onnx.tensor("T", np.array(W).T),)).layers
    np.testing.assert_array_equal(layer.weights, W)
    np.testing.assert_array_equal(layer.vector, B)


def test_onnx_has_products_and_sums() -> None:
    turned = onnx.tensor("T", np.array(W).T)
    network = chain(
        onnx.node("MatMul", ["x", "T"], "p"), onnx.node("Add", ["B", "p"], "z"), onnx.node("Relu", ["z"], "h"),
        onnx.node("MatMul", ["h", "W"], "q"), onnx.node("Sigmoid", ["q"], "y"), tensors=(turned,),
    )  # fmt: skip
    assert [(layer.activation, layer.biases is None) for layer in network.layers] == [
        ("relu", False),
        ("sigmoid", True),
    ]
    np.testing.assert_array_equal(network.layers[0].weights, W)
    np.testing.assert_array_equal(network.layers[1].weights, np.array(W).T)


def test_onnx_has_transposed_constants_and_constants_as_nodes() -> None:
    constant = onnx.node("Constant", [], "V", onnx.field(1, "value") + onnx.field(5, onnx.tensor("", W)))
    network = chain(constant, onnx.node("Transpose", ["V"], "T"), onnx.node("MatMul", ["x", "T"], "y"))
    np.testing.assert_array_equal(network.layers[0].weights, W)


@pytest.mark.parametrize(
    ("nodes", "words"),
    [
        ([onnx.node("Conv", ["x", "W"], "y", name="first")], r"first \(Conv\) cannot be shown"),
        ([onnx.node("Gemm", ["x", "W"], "h", onnx.whole("transB", 1)), onnx.node("Add", ["x", "h"], "y")],
         r"node 2 \(Add\) cannot be shown"),
        ([onnx.node("Gemm", ["x", "other"], "y")], r"node 1 \(Gemm\).*is no chain"),
        ([onnx.node("Gemm", ["x", "W"], "h", onnx.whole("transB", 1))], "y: the graph goes on"),
        ([onnx.node("Gemm", ["x", "W"], "y", onnx.whole("transA", 1))], r"Gemm\) cannot be shown"),
        ([onnx.node("Relu", ["x"], "y")], "must stand behind a fully connected layer"),
        ([onnx.node("Gemm", ["x", "W", "B"], "h", onnx.whole("transB", 1)),
          onnx.node("Gemm", ["h", "W", "B"], "y", onnx.whole("transB", 1))],
         r"node 2 \(Gemm\): its weights have the shape \(3, 2\), but there are 3 numbers behind node 1"),
        ([], "y: the graph goes on"),
    ],
    ids=range(8),
)  # fmt: skip
def test_what_of_onnx_cannot_be_shown_is_named(nodes: list[bytes], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        chain(*nodes)


def test_a_graph_with_two_inputs_is_refused() -> None:
    with pytest.raises(ValueError, match="one input and one output; here are 2 inputs and 1"):
        model_in(onnx.model([onnx.node("Relu", ["x"], "y")], [], inputs=("x", "w")))


# What is no file, or not a good one


NAN = float("nan")
BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"  \n", "The file is empty"),
    "zip": (b"PK\x03\x04rest", "a ZIP archive.*is not unpacked"),
    "pickle": (b"\x80\x04\x95rest", "a pickle, which is never opened"),
    "hdf5": (b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
    "text": (b"W1 = 3", "none of the files that are read"),
    "cut JSON": (b'{"fc.weight": [[1, 2', "no file of JSON"),
    "deep JSON": (b'{"a":' + b"[" * 100_000, "no file of JSON"),
    "no arrays": (b"{}", "no arrays by name"),
    "name": (b'{"bn.running_mean": [1]}', "bn.running_mean: this is no name of weights"),
    "NaN": (json.dumps({"fc.weight": [[NAN]]}).encode(), "fc.weight: every number must be finite"),
    "infinite": (b'{"fc.weight": [[1e999]]}', "fc.weight: every number must be finite"),
    "rows": (b'{"fc.weight": [[1, 2], [3]]}', "fc.weight: only numbers are allowed"),
    "words": (b'{"fc.weight": [["a"]]}', "fc.weight: only numbers are allowed"),
    "dimensions": (b'{"fc.weight": [1, 2]}', "fc.weight: the number of dimensions must be 2"),
    "biases": (b'{"fc.weight": [[1, 2]], "fc.bias": [1, 2]}', "fc: .* need a bias for each row"),
    "biases alone": (b'{"fc.bias": [1]}', "fc: there are biases without weights"),
    "twice": (b'{"fc.weight": [[1]], "fc.kernel": [[1]], "fc.w": [[1]]}', "fc.w: its layer has two"),
    "apart": (b'{"a.weight": [[1, 2]], "b.weight": [[1, 2]]}', "b: .* but there is 1 number behind a"),
    "transposed": (
        json.dumps({"1.weight": [[1] * 3] * 2, "2.weight": [[1], [1], [1]]}).encode(),
        r"seem to be transposed: 1 \(2, 3\), 2 \(3, 1\)",
    ),
    "coefs": (b'{"coefs_": [[[1]]], "intercepts_": []}', "here they are 1 and 0 long"),
    "coefs of numbers": (b'{"coefs_": 1, "intercepts_": 1}', "no file of JSON"),
    "activation": (
        b'{"coefs_": [[[1]]], "intercepts_": [[1]], "out_activation_": "swish"}',
        "out_activation_: swish cannot be shown",
    ),
    "Keras’ weights": (b'{"config": {"layers": []}, "weights": [[1]]}', "The weights are not those of the layers"),
    "Keras’ kernel": (
        json.dumps(
            {
                "config": {"layers": [{"class_name": "Dense", "config": {"name": "d", "units": 3}}]},
                "weights": [[[1, 2], [1, 2], [1, 2]], [0, 0, 0]],
            }
        ).encode(),
        r"d \(Dense\): a kernel of Keras has the shape \(n_in, n_out\), and here n_out is 3.*\(3, 2\)",
    ),
    "header too long": ((10**12).to_bytes(8, "little") + b"{" * 20, "no file of safetensors"),
    "header cut": (b"\x14\0\0\0\0\0\0\0" + b"{" * 20, "no file of safetensors"),
    "header list": (header([{}]), "none of the files that are read"),
    "entry": (header({"fc.weight": 3}), "no file of safetensors"),
    "type": (header(entry("F8_E4M3", [1, 1], 1), b"1"), "fc.weight: numbers of the type F8_E4M3 are not read"),
    "data cut": (header(entry("F32", [2, 2], 16), b"123"), r"fc.weight: .* not as many as the shape \(2, 2\)"),
    "size": (header(entry("F32", [2, 2], 8), b"1" * 8), r"fc.weight: its numbers are not as many"),
    "huge": (header(entry("F32", [10**9, 10**9], 8), b"1" * 8), "no file of safetensors"),
    "negative": (header(entry("F32", [-1, -1], 4), b"1" * 4), "no file of safetensors"),
    "bit set": (header(entry("F32", [1, 1], 4), b"\0\0\xc0\x7f"), "fc.weight: every number must be finite"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_with_a_file_is_said(case: str, path: Callable[[bytes], Path]) -> None:
    content, words = BAD[case]
    with pytest.raises(ValueError, match=words):
        nnviz.from_file(path(content), activations=["identity"])


def test_files_that_are_too_large_are_not_read(path: Callable[[bytes], Path]) -> None:
    with pytest.raises(ValueError, match="larger than 20 MB"):
        nnviz.from_file(path(b"{" + b" " * 20_000_000))
    rows = np.zeros((1001, 1000), dtype="<f8")
    with pytest.raises(ValueError, match=r"more than 1,000,000 weights"):
        model_in(written({"fc.weight": rows}))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_model_or_refused_in_words(content: bytes) -> None:
    for begun in (content, b"{" + content, len(content).to_bytes(8, "little") + b"{" + content, onnx.field(7, content)):
        with pytest.raises(ValueError, match=r"\w"):
            model_in(begun)


@given(data=st.data())
@pytest.mark.parametrize("name", sorted(EXPECTED["files"]))
def test_a_damaged_file_is_a_model_or_refused_in_words(name: str, data: st.DataObject) -> None:
    content = bytearray((FILES / name).read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    for damaged in (bytes(content), bytes(content[:cut])):
        with suppress(ValueError):
            assert model_in(damaged).guessed().network.layers
