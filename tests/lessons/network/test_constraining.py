"""What a weight or a bias is, as it is set on the page: trained, fixed, absent, or the same as another."""

from urllib.parse import parse_qsl

import pytest

import nnviz
from nnviz.lessons.network.links import in_full, in_link, opened
from tests.asking import Json, link, then
from tests.networks import CONSTRAINED

TWO = {"preset": "2-2-1-sigmoid"}


def set_to(answer: Json, role: str) -> Json:
    return then(answer, action="role", payload=role)


@pytest.mark.parametrize(
    ("role", "kept"),
    [("w1 fixed", {"fixed": "w1"}), ("w3 absent", {"absent": "w3"}), ("w4 w1", {"tied": "w1,w4"}),
     ("b3 fixed", {"layers": "2 sigmoid trained, 1 sigmoid fixed"}),
     ("b2 b1", {"layers": "2 sigmoid one, 1 sigmoid trained"})],
)  # fmt: skip
def test_a_choice_is_kept_in_links_and_taken_back(role: str, kept: dict[str, str]) -> None:
    before = link(TWO)
    after = set_to(before, role)
    assert after["problems"] == {}
    assert after["replaces"]
    assert after["kept"].items() >= kept.items()
    again = link(dict(parse_qsl(after["query"], keep_blank_values=True)))
    assert again["kept"] == after["kept"]
    back = set_to(after, f"{role.split(maxsplit=1)[0]} trained")
    assert {key: back["kept"][key] for key in ("fixed", "absent", "tied", "layers")} == {
        key: before["kept"][key] for key in ("fixed", "absent", "tied", "layers")
    }


def test_what_becomes_the_same_as_another_has_its_number() -> None:
    before = link({**TWO, "w1": "0.1", "w4": "0.7"})
    after = set_to(before, "w1 w4")
    assert after["kept"]["w1"] == "0.7"
    assert "w4" not in after["kept"]
    changed = then(after, {"w1": "0.3"})
    setup, _ = opened(changed["kept"])
    assert [setup.by_name[name] for name in ("w1", "w4")] == [0.3, 0.3]


def test_a_link_that_is_back_is_0_and_can_be_set() -> None:
    gone = set_to(link(TWO), "w3 absent")
    assert "w3" not in gone["kept"]
    assert set_to(gone, "w3 trained")["kept"]["w3"] == "0"


def test_what_is_refused_stays_as_it_was_and_says_why() -> None:
    gone = set_to(link(TWO), "w3 absent")
    refused = set_to(gone, "w4 absent")
    assert "its neuron would have no input left" in refused["problems"]["role"]
    assert refused["kept"] == gone["kept"]


@pytest.mark.parametrize("role", ["w9 fixed", "w1 w1", "w1", "w1 frozen", "b1 absent", "w1 b1", "", "w1 w9"])
def test_what_there_is_not_is_refused(role: str) -> None:
    before = link(TWO)
    after = set_to(before, role)
    assert after["problems"].keys() == {"role"}
    assert after["kept"] == before["kept"]


def test_the_details_of_a_place_have_its_choices() -> None:
    tied = set_to(link(TWO), "w4 w1")
    for place in ("weight-1-0-0", "weight-1-1-1"):
        details = then(tied, chosen=place)["details"]
        assert (details["place"], details["title"]) == ("weight-1-0-0", "The chain rule of w1")
        assert '<option value="w1 w4" selected>the same as w4</option>' in details["choices"]
        assert '<option value="w4 w1" selected>the same as w1</option>' in details["choices"]
        assert "w1 is one number in 2 places" in details["parts"][0]["html"]
    gone = then(set_to(tied, "w3 absent"), chosen="weight-1-1-0")["details"]
    assert (gone["title"], gone["checkable"]) == ("No link w3", False)
    assert then(tied, chosen="neuron-1-0-0")["details"]["choices"] == ""
    assert '"b1 absent"' not in then(tied, chosen="bias-1-0-0")["details"]["choices"]


def test_the_table_says_what_is_held() -> None:
    table = link({**TWO, "fixed": "w1", "absent": "w3"})["panels"]["table"]
    assert "fixed: no update changes it" in table
    assert "absent: there is no such link" in table


def test_a_graph_has_each_weight_in_one_place() -> None:
    answer = link({**TWO, "tied": "w1,w4", "diagram": "graph"})
    assert "each weight and bias is in one place" in answer["figure"]["legend"]
    iteration = nnviz.trace(CONSTRAINED.network, CONSTRAINED.inputs, CONSTRAINED.targets, 0.1)
    with pytest.raises(ValueError, match="none may be tied"):
        nnviz.figure(iteration, diagram="graph")


def test_layers_that_change_keep_what_is_still_there() -> None:
    setup, problems = opened({**TWO, "fixed": "w1", "absent": "w3", "tied": "w5,w6"})
    assert problems == {}
    wider = then(link(in_link(setup)), {"layer1-neurons": "3"})["kept"]
    assert (wider["fixed"], wider["absent"], wider["tied"]) == ("w1", "w3", "w7,w8")
    assert then(link(in_link(setup)), {"inputs": "1"})["kept"]["absent"] == ""


def test_start_weights_leave_what_is_fixed_and_tie_what_is_tied() -> None:
    given = link({**TWO, "fixed": "w1", "w1": "0.123", "tied": "w5,w6"})
    drawn = then(given, {"start-rule": "uniform"})["kept"]
    assert drawn["w1"] == "0.123"
    assert drawn["w5"] != given["kept"]["w5"]
    setup, _ = opened(drawn)
    assert setup.by_name["w5"] == setup.by_name["w6"]


def test_pasted_weights_keep_what_is_held() -> None:
    given = link({**TWO, "fixed": "w1", "absent": "w3"})
    pasted = then(given, action="paste", payload="W1 = [[0.5, 0.6], [0.7, 0.8]]")["kept"]
    assert (pasted["fixed"], pasted["absent"], pasted["w1"]) == ("w1", "w3", "0.5")
    assert "w3" not in pasted


def test_from_python_to_the_page() -> None:
    e = CONSTRAINED
    query = nnviz.link(e.network, e.inputs, e.targets, e.learning_rate)
    setup, problems = opened(dict(parse_qsl(query, keep_blank_values=True)))
    assert problems == {}
    assert setup.network.shape == e.network.shape
    assert in_full(setup)["fixed"] == "w5,b4"


def test_who_practises_has_numbers_that_are_tied() -> None:
    answer = link({"layers": "2 sigmoid one, 1 sigmoid trained", "absent": "w3"})
    exercise = then(answer, action="exercise", payload="7")
    assert exercise["problems"] == {}
    setup, _ = opened(exercise["kept"])
    assert setup.by_name["b1"] == setup.by_name["b2"]
    assert setup.by_name["w3"] == 0


def test_a_path_of_a_tied_bias_that_is_left_out_is_recognized() -> None:
    layers = [nnviz.Layer([[0.15, 0.2], [0.25, 0.3]], [0.35, 0.35], "sigmoid"), nnviz.Layer([[0.4, 0.45]])]
    network = nnviz.Network(layers, tied=[("b1", "b2")])
    iteration = nnviz.trace(network, [[0.5, 0.9]], [[0.1]], 0.4)
    one = float(iteration.by_name["∂E/∂z1"].value)
    check = nnviz.check(iteration, {"∂E/∂z1": one, "∂E/∂z2": iteration.by_name["∂E/∂z2"].value, "∂E/∂b1": one})
    assert check.first_wrong is not None
    assert check.first_wrong.name == "∂E/∂b1"
    assert check.mistakes[0] == "path-dropped"
